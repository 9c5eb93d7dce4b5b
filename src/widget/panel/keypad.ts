import { type Child, h, num, spoken } from '../dom/h.js';
import type { PanelModel } from './panel-model.js';

const KEYS = [
  ['1', ''],
  ['2', 'ABC'],
  ['3', 'DEF'],
  ['4', 'GHI'],
  ['5', 'JKL'],
  ['6', 'MNO'],
  ['7', 'PQRS'],
  ['8', 'TUV'],
  ['9', 'WXYZ'],
  ['*', ''],
  ['0', '+'],
  ['#', ''],
] as const;

/** As many digits as there is room for. */
const ROOM = 12;

/** The twelve keys, from left to right in every language. One stop of the Tab key: only the first has `tabindex` 0. */
export const drawKeys = ({ texts }: PanelModel): HTMLElement =>
  h(
    'div',
    { class: 'keys', part: 'keypad', role: 'group', 'aria-label': texts.keypad },
    KEYS.map(([digit, letters], index) =>
      h(
        'button',
        {
          type: 'button',
          class: digit === '*' ? 'key star' : 'key',
          part: 'key',
          'data-act': 'key',
          'data-value': digit,
          tabindex: index === 0 ? 0 : -1,
        },
        h('span', {}, digit),
        ' ',
        digit === '*' && spoken(texts.star),
        digit === '#' && spoken(texts.hash),
        digit !== '*' && digit !== '#' && h('small', {}, letters),
      ),
    ),
  );

/** The view `keypad`: what was sent, its end when it is long, and the keys. */
export const drawKeypad = (model: PanelModel): Child => [
  h(
    'div',
    { class: 'entry', part: 'digits', role: 'group', 'aria-label': model.texts.digitsSent },
    num([...model.digits].slice(-ROOM).join(' ')),
  ),
  drawKeys(model),
];
