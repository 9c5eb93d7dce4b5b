import type { Unsubscribe } from '../index.js';
import { numbersInText } from './numbers-in-text.js';
import type { NumberRules } from './tel-links-options.js';
import { telUri } from './tel-uri.js';
import { whenIdle } from './when-idle.js';

/** Where and how to find numbers in text. */
export interface LinkTextOptions {
  /** Below which node. */
  readonly root: Document | ShadowRoot | Element;
  /** Selector of what is to be left alone. */
  readonly ignore: string;
  /** Country of numbers without one. */
  readonly country: string | undefined;
  /** Its rules, when there is a country; nothing is read before they are there. */
  readonly rules: Promise<NumberRules | undefined> | undefined;
}

/** Marks the links that were made here, so that they can be found and undone. */
const MADE = 'data-everdial-found';

const NEVER =
  'head,a,button,input,textarea,select,script,style,noscript,template,code,pre,kbd,samp,svg,math,iframe,object,' +
  '[contenteditable],[role=button],[role=link],[role=textbox]';

/** Of one text node: longer ones are data. */
const MOST_CHARACTERS = 20_000;

/** Turns numbers in text into links, now and when text is added, in idle slices. Returns the function that undoes it. */
export function linkText(options: LinkTextOptions): Unsubscribe {
  const text = new LinkedText(options);
  return () => text.undo();
}

class LinkedText {
  readonly #root: Document | ShadowRoot | Element;
  readonly #left: string;
  readonly #country: string | undefined;
  readonly #observer: MutationObserver;
  /** Parts of the page that are still to be read. */
  readonly #queue = new Set<Node>();
  #rules: NumberRules | undefined;
  #walker: TreeWalker | undefined;
  #cancelIdle: Unsubscribe | undefined;
  #isReady = false;
  #isOver = false;

  constructor({ root, ignore, country, rules }: LinkTextOptions) {
    this.#root = root;
    this.#left = `${NEVER},${ignore}`;
    this.#country = country;
    this.#observer = new MutationObserver((records) => this.#note(records));
    this.#observer.observe(root, { childList: true, characterData: true, subtree: true });
    this.#queue.add(root);
    void Promise.resolve(rules).then((loaded) => {
      this.#rules = loaded;
      this.#isReady = true;
      this.#plan();
    });
  }

  undo(): void {
    this.#isOver = true;
    this.#observer.disconnect();
    this.#cancelIdle?.();
    for (const link of this.#root.querySelectorAll(`a[${MADE}]`)) unlink(link);
  }

  #note(records: readonly MutationRecord[]): void {
    for (const { type, target, addedNodes } of records) {
      if (type === 'characterData') this.#queue.add(target);
      for (const node of addedNodes) this.#queue.add(node);
    }
    this.#plan();
  }

  #plan(): void {
    if (this.#isOver || !this.#isReady || this.#cancelIdle) return;
    if (this.#queue.size === 0 && !this.#walker) return;
    this.#cancelIdle = whenIdle((hasTime) => {
      this.#cancelIdle = undefined;
      this.#note(this.#observer.takeRecords());
      this.#read(hasTime);
      // What was changed here is no news.
      this.#observer.takeRecords();
      this.#plan();
    });
  }

  #read(hasTime: () => boolean): void {
    while (hasTime()) {
      if (this.#walker) this.#step(this.#walker);
      else if (!this.#begin()) return;
    }
  }

  #step(walker: TreeWalker): void {
    const { root, currentNode } = walker;
    if (!root.contains(currentNode)) {
      // The page took away where the walk stood: what lies behind is found from the beginning only.
      this.#walker = undefined;
      this.#queue.add(root);
      return;
    }
    const node = walker.nextNode();
    if (node === null) this.#walker = undefined;
    else if (isText(node)) walker.currentNode = this.#linkNumbers(node);
  }

  /** Takes the next part of the page. `false` when there is none. */
  #begin(): boolean {
    const [node] = this.#queue;
    if (!node) return false;
    this.#queue.delete(node);
    if (!this.#root.contains(node) || this.#isLeftAlone(node)) return true;
    if (isText(node)) this.#linkNumbers(node);
    else this.#walker = this.#walk(node);
    return true;
  }

  #walk(node: Node): TreeWalker {
    const { SHOW_ELEMENT, SHOW_TEXT, FILTER_ACCEPT, FILTER_REJECT } = NodeFilter;
    const page = node.ownerDocument ?? (node as Document);
    return page.createTreeWalker(node, SHOW_ELEMENT | SHOW_TEXT, (inner) =>
      inner.nodeType === Node.ELEMENT_NODE && (inner as Element).matches(this.#left)
        ? FILTER_REJECT
        : FILTER_ACCEPT,
    );
  }

  #isLeftAlone(node: Node): boolean {
    const element = node.nodeType === Node.ELEMENT_NODE ? (node as Element) : node.parentElement;
    return element?.closest(this.#left) != null;
  }

  /** Returns the last node of what the text has become. */
  #linkNumbers(text: Text): Text {
    let last = text;
    if (text.length > MOST_CHARACTERS) return last;
    const national =
      this.#rules && this.#country !== undefined
        ? { rules: this.#rules, country: this.#country }
        : undefined;
    // From the end, so that the places of those before stay right.
    for (const { start, end, e164, extension } of [
      ...numbersInText(text.data, national),
    ].reverse()) {
      const number = text.splitText(start);
      const rest = number.splitText(end - start);
      if (last === text) last = rest;
      const link = text.ownerDocument.createElement('a');
      link.href = telUri(e164, extension);
      link.setAttribute(MADE, '');
      number.replaceWith(link);
      link.append(number);
    }
    return last;
  }
}

const isText = (node: Node | null): node is Text => node?.nodeType === Node.TEXT_NODE;

/** Puts the text back into the nodes around, which were one before. */
function unlink(link: Element): void {
  const { previousSibling: before, nextSibling: after, textContent: text } = link;
  if (!isText(before)) {
    link.replaceWith(text ?? '');
    return;
  }
  before.appendData((text ?? '') + (isText(after) ? after.data : ''));
  link.remove();
  if (isText(after)) after.remove();
}
