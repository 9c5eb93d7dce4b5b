import { type Child, h, num } from '../dom/h.js';
import { icon } from './icons.js';
import { drawLine } from './line.js';
import { drawNotice } from './notice.js';
import type { PanelModel } from './panel-model.js';
import type { PanelViews } from './panel-views.js';
import { SCENE_LOOKS } from './scenes.js';
import { headline, receipt, sentence } from './words.js';

/** The middle of the panel while no view covers it: the line, what it means, what to do. */
export function drawBody(model: PanelModel, views: PanelViews): Child {
  const look = SCENE_LOOKS[model.scene];
  return [
    drawLine(model),
    look.timer ? timer(model) : status(model),
    !look.notice && hint(model),
    look.picture && views[look.picture]?.(model),
    model.scene === 'idle' && model.openUntil !== '' && note(icon('clock'), model.openUntil),
    look.over && [drawReceipt(model), h('slot', { name: 'other', class: 'other' })],
    look.notice && drawNotice(model),
    look.rating && views.rating?.(model),
  ];
}

const timer = ({ texts, time }: PanelModel): HTMLElement =>
  h(
    'div',
    {
      class: 'say timer',
      part: 'timer',
      role: 'timer',
      'aria-label': texts.callTime,
      'data-key': 'timer',
    },
    num(time, { 'data-time': '' }),
  );

const status = (model: PanelModel): HTMLElement =>
  h('h2', { class: 'say', part: 'status', 'data-key': model.scene }, headline(model));

function hint(model: PanelModel): Child {
  const text = sentence(model);
  if (text === '') return false;
  const { scene } = model;
  const failed = SCENE_LOOKS[scene].line.some((stop) => stop[0] === 'bad');
  const kind = scene === 'consent' ? 'hint consent' : failed ? 'hint error' : 'hint';
  return h(
    'p',
    { class: 'sub', part: kind, 'data-key': scene },
    scene === 'consent' ? h('slot', { name: 'consent' }, text) : text,
  );
}

const note = (...children: readonly Child[]): HTMLElement => h('p', { class: 'seal' }, children);

function drawReceipt(model: PanelModel): Child {
  const text = receipt(model);
  const stillOn = model.receipt === 'on';
  return (
    text !== undefined &&
    h(
      'p',
      { class: stillOn ? 'seal warn' : 'seal', part: 'receipt' },
      icon(stillOn ? 'alert' : 'mic-off'),
      text,
    )
  );
}
