import { fill } from '../../../src/widget/dom/h.js';
import type { EverdialTexts } from '../../../src/widget/languages/en.js';
import { direction, duration, type LanguageCode } from '../../../src/widget/languages/index.js';
import type {
  ControlName,
  ControlState,
  CountryChoice,
  DialPadModel,
  PanelModel,
} from '../../../src/widget/panel/panel-model.js';
import type { Scene } from '../../../src/widget/scene.js';
import type { Picture } from './pictures.js';

/** A language of the gallery. */
export interface GalleryLanguage {
  /** Of the words, for numbers and names. */
  readonly code: LanguageCode;
  /** The words. */
  readonly texts: EverdialTexts;
}

const CALLING_CODES = {
  CA: '+1',
  DE: '+49',
  ES: '+34',
  FR: '+33',
  GB: '+44',
  IN: '+91',
  JP: '+81',
  SA: '+966',
  US: '+1',
};
/** What a control can not do yet. */
const UNAVAILABLE: Partial<Record<Scene, readonly ControlName[]>> = {
  connecting: ['keypad', 'hold'],
  slow: ['keypad', 'hold'],
  switching: ['keypad', 'hold'],
  ringing: ['hold'],
};

/** The fixed model behind a picture of a panel or a bar: the same on every machine and every day. */
export function galleryModel(picture: Picture, { code, texts }: GalleryLanguage): PanelModel {
  const scene = picture.scene as Scene;
  return {
    shape: picture.variant === 'button' ? 'panel' : picture.variant,
    scene,
    view: picture.view,
    texts,
    lang: code,
    direction: direction(code),
    closable: picture.variant !== 'agent',
    name: 'Example Co',
    number: '+1 415 555-0123',
    phoneLink: 'tel:+14155550123',
    words: {
      name: 'Example Co',
      number: '+1 415 555-0123',
      seconds: '45',
      duration: duration(code, 252),
    },
    time: '02:47',
    sentence: scene === 'unreachable' ? texts['ended.two-lines'] : undefined,
    openUntil: fill(texts.openUntil, { time: '18:00' }),
    controls: controls(scene),
    quality: scene === 'poor' ? 1 : 3,
    receipt: 'off',
    digits: '12#',
    rated: undefined,
    browser: 'chrome',
    devices: {
      inputs: [
        { id: 'built-in', label: 'Built-in microphone', picked: false },
        { id: 'headset', label: 'USB headset', picked: true },
        { id: 'webcam', label: 'Webcam microphone', picked: false },
      ],
      outputs: [
        { id: 'speakers', label: 'Built-in speakers', picked: false },
        { id: 'headset', label: 'USB headset', picked: true },
      ],
    },
    details: {
      carrier: `Telnyx · ${texts.firstLine}`,
      encrypted: true,
      quality: 'good',
      mos: '4.2 / 4.5',
      delay: '84 ms',
      loss: '0.3 %',
      data: '1.9 MB',
      copied: false,
    },
    dialPad:
      picture.variant === 'agent' || picture.dialPad ? dialPad(picture, code, texts) : undefined,
  };
}

function controls(scene: Scene): PanelModel['controls'] {
  const state = (name: ControlName): ControlState => {
    if (UNAVAILABLE[scene]?.includes(name)) return 'unavailable';
    return (scene === 'muted' && name === 'mute') || (scene === 'held' && name === 'hold')
      ? 'on'
      : 'off';
  };
  const names = ['mute', 'keypad', 'devices', 'hold'] as const;
  return names.map((name) => [name, state(name)] as const);
}

function dialPad(picture: Picture, code: LanguageCode, texts: EverdialTexts): DialPadModel {
  const names = new Intl.DisplayNames([code], { type: 'region' });
  const countries: CountryChoice[] = Object.entries(CALLING_CODES)
    .map(([country, callingCode]) => ({
      code: country,
      name: names.of(country) ?? country,
      callingCode,
    }))
    .sort((one, other) => one.name.localeCompare(other.name, code));
  const country = names.of('US') ?? 'US';
  const { value = '', invalid = false } = picture.dialPad ?? {};
  const wrong = value === '911' ? texts.emergency : fill(texts.tooShort, { country });
  return {
    value,
    country: 'US',
    callingCode: '+1',
    invalid,
    callable: false,
    countries,
    search: '',
    active: undefined,
    ...picture.dialPad,
    help: invalid ? wrong : value === '' ? '' : country,
  };
}
