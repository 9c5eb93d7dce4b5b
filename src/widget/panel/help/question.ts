import { type Child, h } from '../../dom/h.js';
import { icon } from '../icons.js';
import type { BrowserKind, PanelModel } from '../panel-model.js';

const ASKS_IN_THE_CENTRE: readonly BrowserKind[] = ['ios', 'android', 'safari'];

/** A picture of the window with the place where this browser asks for the microphone, and where that is in words. */
export function drawQuestion({ browser, texts }: PanelModel): Child {
  const where = ASKS_IN_THE_CENTRE.includes(browser) ? 'centre' : 'corner';
  return [
    h(
      'div',
      { class: `window ${where}`, 'aria-hidden': 'true' },
      h('i'),
      h('span', {}, icon('mic')),
    ),
    h('p', { class: 'sub', part: 'hint' }, texts[`text.asking.${where}`]),
  ];
}
