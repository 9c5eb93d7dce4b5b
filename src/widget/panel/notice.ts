import { h } from '../dom/h.js';
import { icon } from './icons.js';
import type { PanelModel } from './panel-model.js';
import { SCENE_LOOKS } from './scenes.js';
import { headline, sentence } from './words.js';

/** What is wrong during a call and what to do, at the bottom of the middle: it pushes nothing. */
export function drawNotice(model: PanelModel): HTMLElement {
  const { notice, fix } = SCENE_LOOKS[model.scene];
  const warns = notice === 'warning';
  const { chooseMicrophone, turnOnSound } = model.texts;
  return h(
    'div',
    { class: warns ? 'note warn' : 'note', part: 'notice', 'data-key': model.scene },
    icon(warns ? 'alert' : 'info'),
    h('b', {}, headline(model)),
    h('p', {}, sentence(model)),
    fix &&
      h(
        'button',
        { type: 'button', class: 'btn plain', part: 'action', 'data-act': fix },
        fix === 'choose-microphone' ? chooseMicrophone : turnOnSound,
      ),
  );
}
