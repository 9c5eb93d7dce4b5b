import { type Child, h, num } from '../dom/h.js';
import { iconButton } from './buttons.js';
import type { PanelModel, PanelView } from './panel-model.js';
import { SCENE_LOOKS } from './scenes.js';
import { shortStatus } from './words.js';

const IN_PROGRESS: readonly string[] = ['hangup', 'cancel', 'agree'];

/**
 * The top of the panel: whom it is with, or what is open; then what opens details or devices, and what makes it small.
 * @param covered - the view that covers the line; `undefined` while the line or the keypad is seen
 */
export function drawHeader(
  model: PanelModel,
  covered: Exclude<PanelView, 'keypad'> | undefined,
): HTMLElement {
  const { texts } = model;
  const back =
    covered &&
    iconButton({ act: 'back', icon: 'back', label: texts.back, look: 'ico', part: 'back-button' });
  return h(
    'header',
    { class: back ? 'head has-back' : 'head', part: 'header' },
    back,
    h(
      'div',
      { class: 'who' },
      h(
        'span',
        { class: 'name', part: 'name' },
        covered ? texts[covered] : h('slot', { name: 'header' }, model.name),
      ),
      secondLine(model, covered),
    ),
    tool(model, covered),
    model.closable && minimise(model),
  );
}

function secondLine(model: PanelModel, covered: PanelView | undefined): Child {
  if ((covered ?? model.view) && SCENE_LOOKS[model.scene].timer) {
    return h(
      'span',
      { class: 'number' },
      shortStatus(model),
      ' · ',
      num(model.time, { 'data-time': '' }),
    );
  }
  if (covered) return false;
  if (model.dialPad && model.scene === 'idle') {
    return h('span', { class: 'number' }, h('span', { class: 'chip' }, model.texts.ready));
  }
  return model.number !== '' && h('span', { class: 'number', part: 'number' }, num(model.number));
}

function tool(model: PanelModel, covered: PanelView | undefined): Child {
  const { texts } = model;
  if (SCENE_LOOKS[model.scene].timer) {
    return (
      covered !== 'details' &&
      iconButton({
        act: 'details',
        icon: 'info',
        label: texts.details,
        look: 'ico',
        part: 'details-button',
      })
    );
  }
  const hasDevices = model.controls.some(([name]) => name === 'devices');
  return (
    model.shape === 'agent' &&
    !covered &&
    hasDevices &&
    iconButton({
      act: 'devices',
      icon: 'audio',
      label: texts.devices,
      look: 'ico',
      part: 'devices-button',
    })
  );
}

function minimise({ scene, texts }: PanelModel): HTMLElement {
  const inProgress = SCENE_LOOKS[scene].actions.some((name) => IN_PROGRESS.includes(name));
  return iconButton({
    act: 'minimise',
    icon: inProgress ? 'down' : 'close',
    label: inProgress ? texts.minimise : texts.close,
    look: 'ico',
    part: 'minimise-button',
  });
}
