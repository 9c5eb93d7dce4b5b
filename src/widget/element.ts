import type { Call, Dialer, DialOptions } from '../index.js';
import { savesData } from '../intent/saves-data.js';
import { ATTRIBUTES } from './attributes.js';
import { h } from './dom/h.js';
import type { EverdialTexts } from './languages/en.js';
import { phoneIcon } from './launcher/icons.js';
import { offerPhone, withdrawPhone } from './launcher/offer-phone.js';
import { startSheet } from './launcher/styles.js';
import { callWord } from './launcher/words.js';
import type { StartWorks, Works, WorksHost } from './works/works.js';

/** On a server there is no HTMLElement, and importing this must do no harm. */
const Base: typeof HTMLElement =
  typeof HTMLElement === 'undefined' ? (class {} as typeof HTMLElement) : HTMLElement;

/** Properties that a page may have set before the element was defined. */
const PROPERTIES = ['dialer', 'to', 'label', 'dialOptions', 'texts'] as const;
/** Signs that somebody is about to press. */
const INTENT = ['pointerover', 'focusin', 'pointerdown'] as const;
/** A spinner that would be seen for less time is not shown. */
const SPINNER_AFTER_MS = 150;
/** How long an element may be out of the page, while a router moves it, before its call is ended. */
const REMOVED_MS = 1_000;

/**
 * The start button of `<ever-dial>`, and all of the element that a page pays for before anybody wants to call. Everything
 * else, its {@link Works}, comes on the first sign of interest through {@link LauncherElement.loadWorks}.
 */
export abstract class LauncherElement extends Base {
  /** The attributes that are watched. */
  static readonly observedAttributes: readonly string[] = ATTRIBUTES;
  /** Fetches the rest of the element. */
  static loadWorks: () => Promise<StartWorks>;

  // The loader may have painted the button before this class was there: it is taken over, and a focus on it stays.
  readonly #root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
  readonly #live = h('div', { class: 'sr', role: 'status' });
  readonly #button =
    this.#root.querySelector('button') ?? h('button', { type: 'button', part: 'button' });
  #listening: AbortController | undefined;
  #dialer: Dialer | undefined;
  #dialOptions: DialOptions = {};
  #texts: Partial<EverdialTexts> = {};
  #works: Works | undefined;
  #loading: Promise<StartWorks> | undefined;
  #removed: ReturnType<typeof setTimeout> | undefined;

  /** The Dialer to use. Unset: one is made from the attributes on the first sign of interest. */
  get dialer(): Dialer | undefined {
    return this.#dialer ?? this.#works?.dialer;
  }
  /** Takes effect at the next call. */
  set dialer(dialer: Dialer | undefined) {
    this.#dialer = dialer;
    this.#works?.changed();
  }
  /** What to call; mirrors the attribute. */
  get to(): string {
    return this.getAttribute('to') ?? '';
  }
  /** As the attribute. */
  set to(to: string) {
    this.setAttribute('to', to);
  }
  /** Words on the button; mirrors the attribute. */
  get label(): string {
    return this.getAttribute('label') ?? '';
  }
  /** As the attribute. */
  set label(label: string) {
    this.setAttribute('label', label);
  }
  /** Options of the calls it makes. */
  get dialOptions(): DialOptions {
    return this.#dialOptions;
  }
  /** Takes effect at the next call. */
  set dialOptions(options: DialOptions) {
    this.#dialOptions = options;
  }
  /** Words that differ from the language's own. */
  get texts(): Partial<EverdialTexts> {
    return this.#texts;
  }
  /** Takes effect at once. */
  set texts(texts: Partial<EverdialTexts>) {
    this.#texts = texts;
    this.#changed();
  }
  /** The call now, or the last one; `undefined` before the first. */
  get call(): Call | undefined {
    return this.#works?.call;
  }
  /**
   * As a press on its button. Returns the call, or `undefined` when `everdial:before-call` was cancelled, consent was not
   * given, or there is no number yet. Never rejects.
   * @param to - instead of the attribute, for this call only
   */
  readonly start = async (to?: string): Promise<Call | undefined> => {
    const spinner = setTimeout(
      () => this.#button.setAttribute('aria-busy', 'true'),
      SPINNER_AFTER_MS,
    );
    try {
      const works = await this.#load().finally(() => {
        clearTimeout(spinner);
        this.#button.removeAttribute('aria-busy');
      });
      return await works?.start(to);
    } catch (error) {
      this.#failed(error);
      offerPhone(this);
      return undefined;
    }
  };

  /** @internal */
  connectedCallback(): void {
    clearTimeout(this.#removed);
    if (!this.#live.isConnected && !this.#works) {
      this.#root.adoptedStyleSheets = [startSheet()];
      if (!this.#button.parentNode) this.#root.append(this.#button);
      this.#root.append(this.#live);
      for (const name of PROPERTIES) {
        if (!Object.hasOwn(this, name)) continue;
        const value: unknown = this[name];
        Reflect.deleteProperty(this, name);
        Reflect.set(this, name, value);
      }
    }
    this.#listen();
    this.#drawLauncher();
    this.#works?.changed();
    // Nobody is interested yet: the code is fetched, and no connection is opened.
    const fetchCode = (): void => void this.#load().catch((error) => this.#failed(error));
    if (this.#wantsCodeAtOnce()) fetchCode();
    // Safari has no requestIdleCallback.
    if (this.hasAttribute('preload')) (globalThis.requestIdleCallback ?? setTimeout)(fetchCode);
  }

  /** @internal */
  disconnectedCallback(): void {
    this.#listening?.abort();
    // A router that moves the element puts it back at once.
    this.#removed = setTimeout(() => {
      this.#works?.stop();
      this.#works = undefined;
    }, REMOVED_MS);
  }

  /** @internal */
  attributeChangedCallback(name: string): void {
    if (!this.isConnected) return;
    if (name === 'for') this.#listen();
    this.#changed();
  }

  readonly #drawLauncher = (): void => {
    const round = this.getAttribute('size') === 'round';
    const label = this.label || this.#texts.call || callWord(this.#language);
    const words = h('slot', { name: 'label' }, label);
    const floats = this.getAttribute('variant') === 'floating';
    this.#button.className = `btn launch primary ${this.getAttribute('size') ?? ''}${floats ? ' dock' : ''}`;
    this.#button.dataset['position'] = this.getAttribute('position') ?? '';
    const number = this.getAttribute('phone') ?? this.to;
    this.#button.dataset['number'] = number.startsWith('ref:') ? '' : number;
    withdrawPhone(this.#root);
    this.#button.hidden = this.#launcher !== this.#button;
    if (round) this.#button.setAttribute('aria-label', label);
    else this.#button.removeAttribute('aria-label');
    // What is there already stays: a click whose node is taken away between press and release is none.
    const there = (name: string) => this.#button.querySelector(`slot[name=${name}]`);
    if (there('icon') && (there('label')?.textContent ?? '') === (round ? '' : label)) return;
    this.#button.replaceChildren(
      h('slot', { name: 'icon' }, phoneIcon()),
      ...(round ? [] : [h('span', { class: 'txt' }, words)]),
    );
  };

  get #language(): string {
    return this.closest<HTMLElement>('[lang]')?.lang ?? '';
  }

  /** Inline panels have no button to wait for; where calls are impossible or the shop may be closed, the button says so. */
  #wantsCodeAtOnce(): boolean {
    return (
      this.hasAttribute('hours') ||
      /panel|bar|agent/.test(this.getAttribute('variant') ?? '') ||
      !navigator.mediaDevices ||
      typeof RTCPeerConnection === 'undefined'
    );
  }

  #changed(): void {
    if (this.#works) this.#works.changed();
    else this.#drawLauncher();
  }

  /** What is pressed to start: the page's button, if there is one of that id, or the element's own. */
  get #launcher(): HTMLElement {
    const id = this.getAttribute('for');
    const root = this.getRootNode() as Document;
    return (id && root.getElementById?.(id)) || this.#button;
  }

  #listen(): void {
    this.#listening?.abort();
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    this.#button.addEventListener('click', this.#onClick, { signal });
    for (const type of INTENT) this.addEventListener(type, this.#onIntent, { signal });
    if (!this.hasAttribute('for')) return;
    // At the document, so that the button may come and go.
    const root = this.getRootNode();
    const ifOwn = (listener: (event: Event) => void) => (event: Event) => {
      if (event.composedPath().includes(this.#launcher)) listener(event);
    };
    root.addEventListener('click', ifOwn(this.#onClick), { signal });
    for (const type of INTENT) root.addEventListener(type, ifOwn(this.#onIntent), { signal });
    // The button may stand further down in a page that is still being read.
    document.addEventListener('DOMContentLoaded', this.#drawLauncher, { signal });
  }

  readonly #onClick = (event: Event): void => {
    if (event.defaultPrevented || (event.target === this && event.currentTarget !== this.#button)) {
      return;
    }
    void this.start();
  };

  readonly #onIntent = ({ type }: Event): void => {
    if (this.hasAttribute('no-warm-up') || (type !== 'pointerdown' && savesData())) return;
    // What is wrong is told by a press.
    void this.#load()
      .then((works) => works?.warmUp())
      .catch(() => undefined);
  };

  /** Once; again after a failure, because the network may be back. `undefined` when the element was removed meanwhile. */
  async #load(): Promise<Works | undefined> {
    this.#loading ??= (this.constructor as typeof LauncherElement).loadWorks();
    try {
      const startWorks = await this.#loading;
      if (!this.isConnected) return undefined;
      this.#works ??= startWorks(this.#host());
      return this.#works;
    } catch (error) {
      this.#loading = undefined;
      throw error;
    }
  }

  #host(): WorksHost {
    const element = this;
    return {
      element,
      root: this.#root,
      live: this.#live,
      button: this.#button,
      get launcher() {
        return element.#launcher;
      },
      get dialer() {
        return element.#dialer;
      },
      get dialOptions() {
        return element.#dialOptions;
      },
      get texts() {
        return element.#texts;
      },
      drawLauncher: this.#drawLauncher,
    };
  }

  #failed(error: unknown): void {
    this.dispatchEvent(
      new CustomEvent('everdial:error', { detail: { error }, bubbles: true, composed: true }),
    );
    console.error('everdial', error);
  }
}
