import { type Child, h, num } from '../dom/h.js';
import { icon } from '../panel/icons.js';
import { drawKeys } from '../panel/keypad.js';
import type { DialPadModel, PanelModel } from '../panel/panel-model.js';

/** The dial pad: a field for any number, what is known of it, and the keys. */
export function drawDialPad(model: PanelModel): Child {
  const pad = model.dialPad;
  return pad && [field(model, pad), help(pad), drawKeys(model)];
}

function field(model: PanelModel, pad: DialPadModel): HTMLElement {
  const { texts } = model;
  return h(
    'div',
    { class: pad.invalid ? 'field bad' : 'field' },
    h(
      'button',
      {
        type: 'button',
        class: 'flag',
        part: 'country',
        'data-act': 'country',
        'aria-label': countryLabel(model, pad),
        'aria-expanded': 'false',
      },
      pad.country ? [h('span', {}, pad.country), ' ', num(pad.callingCode)] : h('span', {}, '+'),
      icon('down'),
    ),
    h('input', {
      part: 'number-input',
      'data-act': 'type',
      'data-key': 'number',
      name: 'number',
      type: 'tel',
      inputmode: 'tel',
      autocomplete: 'tel',
      dir: 'ltr',
      placeholder: texts.phoneNumber,
      value: pad.value,
      'aria-label': texts.phoneNumber,
      'aria-describedby': 'help',
      'aria-invalid': pad.invalid && 'true',
    }),
  );
}

/** It begins with what is seen on the button, so that people who speak to their computer can name it. */
function countryLabel({ texts, lang }: PanelModel, { country, callingCode }: DialPadModel): string {
  if (!country) return `+, ${texts.country}`;
  return `${country} ${callingCode}, ${texts.country}: ${countryName(lang, country)}`;
}

function countryName(lang: string, country: string): string {
  try {
    return new Intl.DisplayNames([lang], { type: 'region' }).of(country) ?? country;
  } catch {
    return country;
  }
}

const help = ({ help: text, invalid }: DialPadModel): HTMLElement =>
  h(
    'div',
    { class: invalid ? 'help bad' : 'help', id: 'help' },
    invalid && icon('alert'),
    h('span', {}, text),
  );
