/**
 * `everdial/widget/define`: registers `<ever-dial>` and types it in the DOM.
 * @packageDocumentation
 */
import { defineEverdial, type EverdialElement } from './index.js';

export type { EverdialElement } from './index.js';

defineEverdial();

declare global {
  interface HTMLElementTagNameMap {
    /** The widget. */
    'ever-dial': EverdialElement;
  }
}
