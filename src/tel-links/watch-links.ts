import { DialerError, type Unsubscribe } from '../index.js';
import { findLink, goesElsewhere, hrefOf, isPlainClick } from './find-link.js';
import { linkText } from './link-text.js';
import type {
  LoadNumberRules,
  NumberRules,
  TelLink,
  TelLinksOptions,
} from './tel-links-options.js';
import { dialString, readTelUri, type TelUri } from './tel-uri.js';

/**
 * What `watchTelLinks` does, with the rules of the countries from wherever the caller has them.
 * @throws DialerError `config/invalid-option` when `onCall` is no function or `ignore` no selector.
 */
export function watchLinks(options: TelLinksOptions, loadRules: LoadNumberRules): Unsubscribe {
  const watch = new LinkWatch(options, loadRules);
  return () => watch.stop();
}

class LinkWatch {
  readonly #options: TelLinksOptions;
  readonly #root: Document | ShadowRoot | Element;
  readonly #ignore: string;
  readonly #loadRules: LoadNumberRules;
  readonly #listening = new AbortController();
  readonly #unlinkText: Unsubscribe | undefined;
  #rules: NumberRules | undefined;
  #loading: Promise<NumberRules | undefined> | undefined;

  constructor(options: TelLinksOptions, loadRules: LoadNumberRules) {
    this.#options = options;
    this.#root = options.root ?? document;
    this.#ignore = options.ignore ?? '[data-everdial-ignore]';
    this.#loadRules = loadRules;
    check(options, this.#root, this.#ignore);
    const { signal } = this.#listening;
    this.#root.addEventListener('click', (event) => this.#onClick(event as MouseEvent), { signal });
    for (const type of ['pointerover', 'focusin']) {
      this.#root.addEventListener(type, (event) => this.#onIntent(event), { signal });
    }
    if (options.inText === true) {
      const rules = options.country === undefined ? undefined : this.#load();
      this.#unlinkText = linkText({
        root: this.#root,
        ignore: this.#ignore,
        country: options.country,
        rules,
      });
    }
  }

  stop(): void {
    this.#listening.abort();
    this.#unlinkText?.();
  }

  #onClick(event: MouseEvent): void {
    if (!isPlainClick(event)) return;
    const link = findLink(event, this.#ignore);
    const uri = link && this.#readable(link);
    if (!link || !uri) return;
    if (uri.isGlobal || this.#rules) {
      const to = this.#destination(uri);
      if (to !== undefined && this.#options.onCall(to, link) !== false) event.preventDefault();
      return;
    }
    // Whether it is a number can not be told yet, and a moment later the browser would have taken the link.
    event.preventDefault();
    void this.#callWhenLoaded(uri, link);
  }

  async #callWhenLoaded(uri: TelUri, link: TelLink): Promise<void> {
    await this.#load();
    const to = this.#listening.signal.aborted ? undefined : this.#destination(uri);
    if (to !== undefined && this.#options.onCall(to, link) !== false) return;
    link.ownerDocument.defaultView?.location.assign(hrefOf(link));
  }

  #onIntent(event: Event): void {
    const link = findLink(event, this.#ignore);
    const uri = link && this.#readable(link);
    if (!link || !uri || cameFromInside(event, link)) return;
    if (!uri.isGlobal) void this.#load();
    this.#options.onIntent?.(link);
  }

  /** What the link says, when it is one of those that become calls. */
  #readable(link: TelLink): TelUri | undefined {
    if (goesElsewhere(link)) return undefined;
    const uri = readTelUri(hrefOf(link));
    return uri?.isGlobal || this.#options.country !== undefined ? uri : undefined;
  }

  #destination({ number, isGlobal, extension }: TelUri): string | undefined {
    if (isGlobal) return dialString(number, extension);
    const parsed = this.#rules?.parseNumber(number, { country: this.#options.country });
    return parsed?.ok ? dialString(parsed.e164, extension) : undefined;
  }

  /** Never rejects: without rules the links stay the browser's. What failed is tried again at the next link. */
  #load(): Promise<NumberRules | undefined> {
    this.#loading ??= this.#loadRules().then(
      (rules) => {
        this.#rules = rules;
        return rules;
      },
      () => {
        this.#loading = undefined;
        return undefined;
      },
    );
    return this.#loading;
  }
}

function check(options: TelLinksOptions, root: ParentNode, ignore: string): void {
  if (typeof options.onCall !== 'function') {
    throw new DialerError('config/invalid-option', { detail: 'onCall must be a function.' });
  }
  try {
    root.querySelector(ignore);
  } catch (cause) {
    throw new DialerError('config/invalid-option', { cause, detail: 'ignore is no selector.' });
  }
}

/** The pointer moves between the parts of a link without leaving it. */
const cameFromInside = (event: Event, link: TelLink): boolean => {
  const { relatedTarget } = event as MouseEvent;
  return relatedTarget !== null && link.contains(relatedTarget as Node);
};
