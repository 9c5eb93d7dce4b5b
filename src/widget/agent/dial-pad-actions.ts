import { type Child, h } from '../dom/h.js';
import { drawIcon } from '../launcher/icons.js';
import { actionButton } from '../panel/actions.js';
import { plain } from '../panel/icons.js';
import type { PanelModel } from '../panel/panel-model.js';

const ERASE = plain(
  'M9 5.5h10a1.5 1.5 0 0 1 1.5 1.5v10a1.5 1.5 0 0 1-1.5 1.5H9L3.5 12zM11.5 9.5l5 5M16.5 9.5l-5 5',
);

/** The bottom of the dial pad: Call, and what deletes the last digit. */
export function drawDialPadActions(model: PanelModel): Child {
  const pad = model.dialPad;
  return (
    pad && [
      actionButton(model, 'call', { look: 'primary', disabled: !pad.callable }),
      h(
        'button',
        {
          type: 'button',
          class: 'ico erase',
          part: 'erase-button',
          'data-act': 'erase',
          'data-key': 'erase',
          'aria-label': model.texts.erase,
          title: model.texts.erase,
          'aria-disabled': pad.value === '' && 'true',
        },
        drawIcon('erase', ERASE),
      ),
    ]
  );
}
