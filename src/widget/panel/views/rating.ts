import { h } from '../../dom/h.js';
import type { PanelModel } from '../panel-model.js';

/** The question how the sound was, with three answers. */
export function drawRating({ texts, rated }: PanelModel): HTMLElement {
  const answers = [
    ['bad', texts.rateBad],
    ['okay', texts.rateOkay],
    ['good', texts.rateGood],
  ] as const;
  return h(
    'fieldset',
    { class: 'rate', part: 'rating' },
    h('legend', { class: 'sr' }, texts.rate),
    h('div', { class: 'cap', 'aria-hidden': 'true' }, texts.rate),
    h(
      'div',
      { class: 'seg' },
      answers.map(([value, label]) =>
        h(
          'label',
          {},
          h('input', {
            type: 'radio',
            name: 'rate',
            value,
            'data-act': 'rate',
            checked: rated === value,
          }),
          h('span', {}, label),
        ),
      ),
    ),
  );
}
