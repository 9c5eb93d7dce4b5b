import { h } from '../dom/h.js';
import { type IconName, icon } from './icons.js';
import type { Act } from './panel-model.js';

/** What a button that shows only an icon is made of. */
export interface IconButton {
  /** What it does. */
  readonly act: Act;
  /** What it shows. */
  readonly icon: IconName;
  /** Its name, also shown on hover. */
  readonly label: string;
  /** Its look: `ico`, or `round` with more. */
  readonly look: string;
  /** Its parts. */
  readonly part: string;
  /** Whether it can not be used now. */
  readonly disabled?: boolean;
}

/** A button that shows only an icon. */
export const iconButton = (button: IconButton): HTMLElement =>
  h(
    'button',
    {
      type: 'button',
      class: button.look,
      part: button.part,
      'data-act': button.act,
      'data-key': button.act,
      'aria-label': button.label,
      title: button.label,
      'aria-disabled': button.disabled && 'true',
    },
    icon(button.icon),
  );
