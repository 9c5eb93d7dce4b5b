import { type Child, h, spoken } from '../../dom/h.js';
import { drawIcon } from '../../launcher/icons.js';
import { icon, plain } from '../icons.js';
import type { PanelModel } from '../panel-model.js';

const SLIDERS = plain(
  'M4 8h7M17 8h3M4 16h3M13 16h7M14 5.8a2.2 2.2 0 1 1 0 4.4 2.2 2.2 0 0 1 0-4.4zM10 13.8a2.2 2.2 0 1 1 0 4.4 2.2 2.2 0 0 1 0-4.4z',
);

/** The three steps by which a refused microphone is allowed in this browser. */
export function drawSteps({ browser, texts }: PanelModel): HTMLElement {
  const symbol = (): Child => [
    browser === 'firefox' ? icon('mic-off') : drawIcon('sliders', SLIDERS),
    spoken(texts.settingsSymbol),
  ];
  const step = (line: string): HTMLElement => {
    const [first, second] = line.split('{icon}');
    return h('li', {}, h('span', {}, first, second !== undefined && [symbol(), second]));
  };
  return h(
    'ol',
    { class: 'steps', part: 'steps' },
    texts[`steps.${browser}`].split('\n').map(step),
  );
}
