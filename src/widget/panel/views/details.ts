import { type Child, h, num } from '../../dom/h.js';
import { icon } from '../icons.js';
import type { PanelModel } from '../panel-model.js';

const UNKNOWN = '–';

/** The view `details`: who carries the call, how it is protected, how it sounds. */
export function drawDetails({ texts, details }: PanelModel): Child {
  if (!details) return false;
  const { carrier, quality, mos, delay, loss, data, copied } = details;
  const measured = (value: string | undefined): Child => (value ? num(value) : UNKNOWN);
  return [
    h(
      'dl',
      { class: 'rows', part: 'details' },
      row(texts.carrier, carrier || UNKNOWN),
      row(texts.encryption, encryption(details.encrypted, texts), texts.encryptionNote),
      row(texts.quality, [
        quality ? texts[quality] : UNKNOWN,
        mos !== undefined && [' · ', num(mos)],
      ]),
      row(texts.delay, measured(delay)),
      row(texts.loss, measured(loss)),
      row(texts.data, measured(data)),
    ),
    h(
      'button',
      { type: 'button', class: 'btn plain', part: 'action', 'data-act': 'copy-report' },
      copied && icon('check'),
      copied ? texts.copied : texts.copyReport,
    ),
  ];
}

const row = (term: string, value: Child, more?: string): HTMLElement =>
  h(
    'div',
    {},
    h('dt', {}, term),
    h('dd', {}, value),
    more !== undefined && h('dd', { class: 'tip' }, more),
  );

function encryption(encrypted: boolean | undefined, texts: PanelModel['texts']): Child {
  if (encrypted === undefined) return UNKNOWN;
  return encrypted
    ? h('span', { class: 'ok' }, icon('check'), texts.verified)
    : h('span', { class: 'ok bad' }, icon('alert'), texts.notVerified);
}
