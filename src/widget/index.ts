/**
 * `everdial/widget`: the class behind `<ever-dial>`. Importing it registers nothing; `everdial/widget/define` does.
 * @packageDocumentation
 */
import { LauncherElement } from './element.js';
import { addProviderNames, type ProviderNames } from './provider-names.js';

export type { EverdialAttributes, EverdialVariant } from './attributes.js';
export { LauncherElement } from './element.js';
export type { BeforeCallDetail, EverdialEventMap } from './events.js';
export type { EverdialTexts } from './languages/en.js';
export type { ProviderNames } from './provider-names.js';
export type { Scene } from './scene.js';
export type { StartWorks, Works, WorksHost } from './works/works.js';

/**
 * The `<ever-dial>` element: a button that calls, with key pad, device menu and status, in a shadow root.
 *
 * Styling: `::part(button | panel | status | timer | keypad | key | mute | hold | hangup | devices | error | …)` and
 * `--everdial-…` custom properties; all of them are in the guide. Its attribute `data-state` is the call's state, or
 * `idle`; `data-scene` says more exactly what is shown.
 */
export class EverdialElement extends LauncherElement {
  /** Fetches panel, calls and languages. */
  static override loadWorks = async () => (await import('./works/index.js')).startWorks;
}

/** Options of {@link defineEverdial}. */
export interface DefineOptions {
  /**
   * Tag name.
   * @defaultValue 'ever-dial'
   */
  readonly tag?: `${string}-${string}` | undefined;
  /** What the names in the `providers` attribute stand for. */
  readonly providers?: ProviderNames | undefined;
}

/** Registers the element. Harmless when it is registered already, and on a server. Names of providers are added each time. */
export function defineEverdial({ tag = 'ever-dial', providers = {} }: DefineOptions = {}): void {
  addProviderNames(providers);
  if (typeof customElements === 'undefined' || customElements.get(tag)) return;
  // A class can be registered once only, a second tag needs one of its own.
  const taken = customElements.getName?.(EverdialElement);
  customElements.define(tag, taken ? class extends EverdialElement {} : EverdialElement);
}
