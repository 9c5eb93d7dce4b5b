import { h } from '../dom/h.js';
import type { EverdialTexts } from '../languages/en.js';
import { type IconName, icon } from './icons.js';
import type { ControlName, ControlState, PanelModel } from './panel-model.js';
import { SCENE_LOOKS } from './scenes.js';

interface ControlLook {
  readonly icon: IconName;
  readonly part: string;
  readonly on?: { readonly icon: IconName; readonly text: keyof EverdialTexts };
}

const CONTROLS: Readonly<Record<ControlName, ControlLook>> = {
  mute: { icon: 'mic', part: 'mute', on: { icon: 'mic-off', text: 'unmute' } },
  keypad: { icon: 'keypad', part: 'keypad-button', on: { icon: 'down', text: 'hideKeypad' } },
  devices: { icon: 'audio', part: 'devices-button' },
  hold: { icon: 'pause', part: 'hold', on: { icon: 'play', text: 'resume' } },
};

/** The row of controls. One that can not be used keeps its place, can be focused and says why. */
export const drawControls = (model: PanelModel): HTMLElement =>
  h(
    'div',
    { class: 'ctls', part: 'controls' },
    model.controls.map(([name, state]) => drawControl(model, name, state)),
  );

function drawControl(model: PanelModel, name: ControlName, state: ControlState): HTMLElement {
  const { texts } = model;
  const look = CONTROLS[name];
  const on = state === 'on' || (name === 'keypad' && model.view === 'keypad');
  const unavailable = state === 'unavailable';
  const settingUp = SCENE_LOOKS[model.scene].labels === 'steps';
  return h(
    'button',
    {
      type: 'button',
      class: on ? 'ctl is-on' : 'ctl',
      part: `control ${look.part}`,
      'data-act': name,
      'data-key': name,
      'aria-expanded': name === 'keypad' && String(on),
      'aria-disabled': unavailable && 'true',
      title: unavailable && (settingUp ? texts.notYet : texts.notHere),
    },
    h('span', { class: 'disc' }, icon(on && look.on ? look.on.icon : look.icon)),
    // Both words are laid out, one is shown: the row never changes its height.
    h(
      'span',
      { class: 'words' },
      h('span', { class: on && look.on && 'gone' }, texts[name]),
      look.on && h('span', { class: !on && 'gone' }, texts[look.on.text]),
    ),
  );
}
