import { type Child, h } from '../../dom/h.js';
import { drawIcon } from '../../launcher/icons.js';
import { icon, plain } from '../icons.js';
import type { Choice, PanelModel } from '../panel-model.js';

const METER_BARS = 32;
const SOUND = plain(
  'M4 9.5v5h3.5L12 18.5v-13L7.5 9.5zM15.5 9a4.2 4.2 0 0 1 0 6M18 6.5a7.8 7.8 0 0 1 0 11',
);

/** The view `devices`: microphones with a meter, speakers with a tone. */
export const drawDevices = (model: PanelModel): Child => [inputs(model), outputs(model)];

const inputs = ({ devices, texts }: PanelModel): HTMLElement =>
  h(
    'fieldset',
    { class: 'group', part: 'devices' },
    h('legend', { class: 'cap' }, texts.microphone),
    choices('input', devices.inputs, texts.unnamed),
    h(
      'div',
      {
        class: 'meter',
        part: 'meter',
        role: 'meter',
        'aria-label': texts.level,
        'aria-valuemin': 0,
        'aria-valuemax': 100,
        'aria-valuenow': 0,
      },
      Array.from({ length: METER_BARS }, () => h('i')),
    ),
    h('p', { class: 'tip' }, texts.speakHint),
  );

const outputs = ({ devices, texts }: PanelModel): HTMLElement =>
  h(
    'fieldset',
    { class: 'group', part: 'devices' },
    h('legend', { class: 'sr' }, texts.speaker),
    h(
      'div',
      { class: 'cap-row' },
      h('span', { class: 'cap', 'aria-hidden': 'true' }, texts.speaker),
      h(
        'button',
        { type: 'button', class: 'btn plain', part: 'action', 'data-act': 'test-sound' },
        drawIcon('sound', SOUND),
        texts.testSound,
      ),
    ),
    devices.outputs.length > 0
      ? choices('output', devices.outputs, texts.unnamed)
      : h('p', { class: 'tip' }, texts.speakerBySystem),
  );

const choices = (act: 'input' | 'output', list: readonly Choice[], unnamed: string): Child =>
  list.map(({ id, label, picked }) =>
    h(
      'label',
      { class: 'opt', 'data-key': id },
      h('input', { type: 'radio', name: act, value: id, 'data-act': act, checked: picked }),
      h('span', {}, label || unnamed),
      icon('check'),
    ),
  );
