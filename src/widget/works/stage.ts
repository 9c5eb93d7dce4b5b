import { morph } from '../dom/morph.js';
import { setLevels, setTime } from '../panel/levels.js';
import { stopAt } from './keyboard.js';

/** How often the line is redrawn while people talk. */
const LEVELS_MS = 100;
const SECOND_MS = 1_000;

/** Where the works draw: the panel or the bar in the element's shadow root, kept from drawing to drawing. */
export class Stage {
  readonly #root: ShadowRoot;
  readonly #before: Element;
  readonly #first: readonly CSSStyleSheet[];
  readonly #shown = new Map<string, HTMLElement>();
  #timers: ReturnType<typeof setInterval>[] = [];

  /** @param before - what is drawn stands before this node */
  constructor(root: ShadowRoot, before: Element) {
    this.#root = root;
    this.#before = before;
    this.#first = [...root.adoptedStyleSheets];
  }

  /** Puts these style sheets behind that of the start button; later ones win. */
  style(...sheets: readonly CSSStyleSheet[]): void {
    const wanted = [...this.#first, ...sheets];
    const there = this.#root.adoptedStyleSheets;
    if (wanted.length === there.length && wanted.every((sheet, at) => sheet === there[at])) return;
    this.#root.adoptedStyleSheets = wanted;
  }

  /** Shows this under a name, instead of what was there under it; `undefined` shows nothing. */
  show(name: string, fresh: HTMLElement | undefined): void {
    const old = this.#shown.get(name);
    if (old && fresh && old.tagName === fresh.tagName) {
      this.#keepFocus(old, () => morph(old, fresh));
      return;
    }
    old?.remove();
    this.#shown.delete(name);
    if (!fresh) return;
    this.#before.before(fresh);
    this.#shown.set(name, fresh);
  }

  /** What is shown under a name. */
  find(name: string): HTMLElement | undefined {
    return this.#shown.get(name);
  }

  /** Draws time and sound again and again, or stops doing so. */
  follow(live: LiveSource | undefined): void {
    for (const timer of this.#timers.splice(0)) clearInterval(timer);
    if (!live) return;
    const still = matchMedia('(prefers-reduced-motion: reduce)');
    this.#timers = [
      setInterval(() => setTime(this.#root, live.time()), SECOND_MS),
      setInterval(() => {
        const { input, output } = live.levels();
        setLevels(this.#root, input, output, still.matches);
      }, LEVELS_MS),
    ];
  }

  /** Puts choices back to what is drawn: what somebody has chosen could not be done. */
  resetChoices(): void {
    for (const input of this.#root.querySelectorAll<HTMLInputElement>('[type=radio]')) {
      input.checked = input.defaultChecked;
    }
  }

  /** Takes everything away. */
  clear(): void {
    this.follow(undefined);
    for (const shown of this.#shown.values()) shown.remove();
    this.#shown.clear();
    this.#root.adoptedStyleSheets = [...this.#first];
  }

  /** What has the focus keeps it; where it was taken away, the panel gets it, so that nobody is thrown out of the call. */
  #keepFocus(panel: HTMLElement, change: () => void): void {
    const focused = this.#root.activeElement as HTMLElement | null;
    change();
    if (focused?.matches('.key')) stopAt(focused);
    if (focused && panel.isConnected && !this.#root.activeElement) {
      (panel.matches('[tabindex]')
        ? panel
        : panel.querySelector<HTMLElement>('[tabindex]')
      )?.focus();
    }
  }
}

/** What changes all the time while people talk. */
export interface LiveSource {
  /** Time of the conversation. */
  time(): string;
  /** Levels of both sides, 0 to 1. */
  levels(): { readonly input: number; readonly output: number };
}
