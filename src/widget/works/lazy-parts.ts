import type { EverdialTexts } from '../languages/en.js';
import { type LanguageCode, loadLanguage } from '../languages/index.js';
import type { PanelViews } from '../panel/draw-panel.js';
import type { PanelView } from '../panel/panel-model.js';
import type { Numbers } from './dial-pad-state.js';

/** What comes over the network only when somebody opens it: languages, views, the dial pad. */
export class LazyParts {
  readonly #onChange: () => void;
  #views: PanelViews = {};
  #sheets: readonly CSSStyleSheet[] = [];

  /** @param onChange - called when something has come */
  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** The views that are there. */
  get views(): PanelViews {
    return this.#views;
  }

  /** Their style sheets. */
  get sheets(): readonly CSSStyleSheet[] {
    return this.#sheets;
  }

  /** The words of a language; English when they can not be had. */
  language(code: LanguageCode): Promise<EverdialTexts> {
    return loadLanguage(code).catch(() => loadLanguage('en'));
  }

  /** A view of the panel. The keypad is there from the start. */
  async view(name: PanelView): Promise<void> {
    if (name === 'keypad' || this.#views[name]) return;
    const { drawDetails, drawDevices, viewsSheet } = await import('../panel/views/index.js');
    this.#add({ details: drawDetails, devices: drawDevices }, viewsSheet());
  }

  /** The dial pad with the plans of all countries. */
  async dialPad(): Promise<Numbers> {
    const [{ drawCountryList, drawDialPad, agentSheet }, numbers] = await Promise.all([
      import('../agent/index.js'),
      import('../../numbers/index.js'),
    ]);
    if (!this.#views.dialPad) {
      this.#add({ country: drawCountryList, dialPad: drawDialPad }, agentSheet());
    }
    return numbers;
  }

  /** Plays two notes on a speaker. */
  async testSound(speaker: string | undefined): Promise<void> {
    const { playTestSound } = await import('./test-sound.js');
    await playTestSound(speaker);
  }

  #add(views: PanelViews, sheet: CSSStyleSheet): void {
    this.#views = { ...this.#views, ...views };
    this.#sheets = [...this.#sheets, sheet];
    this.#onChange();
  }
}
