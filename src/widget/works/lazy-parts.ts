import type { drawBar } from '../bar/draw-bar.js';
import type { EverdialTexts } from '../languages/en.js';
import { type LanguageCode, loadLanguage } from '../languages/index.js';
import type { PanelViews } from '../panel/panel-views.js';
import type { detailsOf } from './details-of.js';
import type { DialPadState, Numbers } from './dial-pad-state.js';
import type { HoursSign } from './hours-sign.js';

/** What the dial pad is made of. */
export interface DialPadParts {
  /** Makes what it knows. */
  readonly DialPadState: typeof DialPadState;
  /** The plans of all countries. */
  readonly numbers: Numbers;
}

/** What comes over the network only when it is needed: languages, what opens in a call, the bar, the dial pad, opening hours. */
export class LazyParts {
  readonly #onChange: () => void;
  readonly #coming = new Map<string, Promise<unknown>>();
  #views: PanelViews = {};
  #sheets: readonly CSSStyleSheet[] = [];
  #modes: readonly CSSStyleSheet[] = [];
  #drawBar: typeof drawBar | undefined;
  #detailsOf: typeof detailsOf | undefined;

  /** @param onChange - called when something has come */
  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** The views that are there. */
  get views(): PanelViews {
    return this.#views;
  }

  /** The style sheets of all that is there, in the order in which they count. */
  get sheets(): readonly CSSStyleSheet[] {
    return [...this.#sheets, ...this.#modes];
  }

  /** Draws the variant `bar`; `undefined` until {@link LazyParts.bar} has come. */
  get drawBar(): typeof drawBar | undefined {
    return this.#drawBar;
  }

  /** Says what the details show; `undefined` until {@link LazyParts.callViews} have come. */
  get detailsOf(): typeof detailsOf | undefined {
    return this.#detailsOf;
  }

  /** The words of a language; `undefined` when they do not come. */
  language(code: LanguageCode): Promise<EverdialTexts | undefined> {
    return loadLanguage(code).catch(() => undefined);
  }

  /** Help with the microphone. */
  help(): Promise<void> {
    return this.#once('help', async () => {
      const { HELP_VIEWS, helpSheet } = await import('../panel/help/index.js');
      this.#add(helpSheet(), HELP_VIEWS);
    });
  }

  /** Keypad, devices, details, rating. */
  callViews(): Promise<void> {
    return this.#once('call-views', async () => {
      const [views, { detailsOf }] = await Promise.all([
        import('../panel/views/index.js'),
        import('./details-of.js'),
      ]);
      this.#detailsOf = detailsOf;
      this.#add(views.callViewsSheet(), views.CALL_VIEWS);
    });
  }

  /** Looks for more contrast and forced colours, as soon as the person's system asks for one of them. */
  watchModes(signal: AbortSignal): void {
    const asked = matchMedia('(prefers-contrast:more),(forced-colors:active)');
    const look = (): void => {
      if (!asked.matches) return;
      void this.#once('modes', async () => {
        this.#modes = [(await import('../panel/special-modes.js')).specialModesSheet()];
        this.#onChange();
      });
    };
    asked.addEventListener('change', look, { signal });
    look();
  }

  /** The variant of one line. */
  bar(): Promise<void> {
    return this.#once('bar', async () => {
      const bar = await import('../bar/index.js');
      this.#drawBar = bar.drawBar;
      this.#add(bar.barSheet());
    });
  }

  /** The dial pad with the plans of all countries. */
  dialPad(): Promise<DialPadParts> {
    return this.#once('dial-pad', async () => {
      const [pad, { DialPadState }, numbers] = await Promise.all([
        import('../agent/index.js'),
        import('./dial-pad-state.js'),
        import('../../numbers/index.js'),
      ]);
      this.#add(pad.agentSheet(), pad.DIAL_PAD_VIEWS);
      return { DialPadState, numbers };
    });
  }

  /** What reads opening hours. */
  hours(): Promise<typeof HoursSign> {
    return this.#once('hours', async () => (await import('./hours-sign.js')).HoursSign);
  }

  /** Plays two notes on a speaker. */
  async testSound(speaker: string | undefined): Promise<void> {
    const { playTestSound } = await import('./test-sound.js');
    await playTestSound(speaker);
  }

  /** Once; again when it has failed, because the network may be back. */
  #once<Part>(name: string, load: () => Promise<Part>): Promise<Part> {
    const coming = this.#coming.get(name) ?? load();
    this.#coming.set(name, coming);
    coming.catch(() => this.#coming.delete(name));
    return coming as Promise<Part>;
  }

  #add(sheet: CSSStyleSheet, views: PanelViews = {}): void {
    this.#views = { ...this.#views, ...views };
    this.#sheets = [...this.#sheets, sheet];
    this.#onChange();
  }
}
