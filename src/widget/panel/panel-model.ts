import type { EverdialTexts } from '../languages/en.js';
import type { Scene } from '../scene.js';

/** What opens inside the panel. */
export type PanelView = 'keypad' | 'devices' | 'details' | 'country';

/** What is known of the person's browser: where it asks for the microphone and how a refusal is taken back. */
export type BrowserKind = 'chrome' | 'firefox' | 'safari' | 'ios' | 'android';

/** The four controls of a call. */
export type ControlName = 'mute' | 'keypad' | 'devices' | 'hold';

/** How a control stands: `unavailable` it stays in its place, can be focused and does nothing. */
export type ControlState = 'off' | 'on' | 'unavailable';

/**
 * What can be pressed, chosen or typed; the value of `data-act`. With a value: `key` a digit, `*`, `#`, `+` · `input`, `output` a
 * device · `rate` a mark · `country` a country (`active`: the one the arrow keys stand on; none: the list opens or closes) ·
 * `type` the text of the number field (`check`: it is complete) · `search` that of the list's field · `move-country` lines up or down.
 */
export type Act =
  | 'call'
  | 'agree'
  | 'not-now'
  | 'cancel'
  | 'hangup'
  | 'again'
  | 'retry'
  | 'close'
  | 'minimise'
  | 'expand'
  | 'back'
  | 'mute'
  | 'hold'
  | 'keypad'
  | 'devices'
  | 'details'
  | 'country'
  | 'key'
  | 'type'
  | 'check'
  | 'search'
  | 'move-country'
  | 'input'
  | 'output'
  | 'rate'
  | 'choose-microphone'
  | 'turn-on-sound'
  | 'test-sound'
  | 'copy-report'
  | 'erase';

/** A choice in the device menu. */
export interface Choice {
  /** What is sent back. */
  readonly id: string;
  /** What is shown: another's words, so always as text. */
  readonly label: string;
  /** Whether it is the chosen one. */
  readonly picked: boolean;
}

/** What the device menu shows. */
export interface DevicesModel {
  /** Microphones. */
  readonly inputs: readonly Choice[];
  /** Speakers; empty where the browser offers no choice. */
  readonly outputs: readonly Choice[];
}

/** What the details of a call show; texts are ready to be shown. */
export interface DetailsModel {
  /** Name of the carrier and whether it is the first line. */
  readonly carrier: string;
  /** Whether the encryption has been verified; `undefined` while that is being asked. */
  readonly encrypted: boolean | undefined;
  /** `good`, `fair`, `weak`, or `undefined` while unknown. */
  readonly quality: 'good' | 'fair' | 'weak' | undefined;
  /** Such as `4.2 / 4.5`. */
  readonly mos: string | undefined;
  /** Such as `84 ms`. */
  readonly delay: string | undefined;
  /** Such as `0.3 %`. */
  readonly loss: string | undefined;
  /** Such as `1.9 MB`. */
  readonly data: string | undefined;
  /** True for a moment after the report was copied. */
  readonly copied: boolean;
}

/** What the dial pad of the agent panel, or of an element without `to`, shows. */
export interface DialPadModel {
  /** What has been typed, formatted. */
  readonly value: string;
  /** ISO 3166 alpha-2 of the country for numbers without a country code; `undefined` when none is known. */
  readonly country: string | undefined;
  /** Such as `+1`; empty when no country is known. */
  readonly callingCode: string;
  /** Below the field: the country's name, what kind of number it is, or what is wrong; empty for nothing. */
  readonly help: string;
  /** Whether `help` says what is wrong. */
  readonly invalid: boolean;
  /** Whether Call can be pressed. */
  readonly callable: boolean;
  /** For the list of countries: those that match `search`, in order; empty until the list is open. */
  readonly countries: readonly CountryChoice[];
  /** What is looked for in the list of countries. */
  readonly search: string;
  /** Which country of the list the arrow keys stand on. */
  readonly active: string | undefined;
}

/** One line of the list of countries. */
export interface CountryChoice {
  /** ISO 3166 alpha-2. */
  readonly code: string;
  /** In the language of the widget. */
  readonly name: string;
  /** Such as `+49`. */
  readonly callingCode: string;
}

/**
 * Everything the panel shows, as plain data. The controller makes it, `drawPanel` draws it; the drawing decides nothing and
 * remembers nothing.
 */
export interface PanelModel {
  /** Which shape: `panel` inline, `floating` in the corner, `bar` one line, `agent` fills its place and has a dial pad. */
  readonly shape: 'panel' | 'floating' | 'bar' | 'agent';
  /** What is shown. */
  readonly scene: Scene;
  /** What is open inside; `undefined` for the line with its words. */
  readonly view: PanelView | undefined;
  /** All words. */
  readonly texts: EverdialTexts;
  /** BCP 47 language of the words. */
  readonly lang: string;
  /** Where its lines begin. */
  readonly direction: 'ltr' | 'rtl';
  /** Whether the panel can be made small or closed: the button for that in the header. */
  readonly closable: boolean;
  /** Whom it is with, for the header. */
  readonly name: string;
  /** The number as people write it, for the header; empty when there is none to show. */
  readonly number: string;
  /** `tel:` address for calling with a phone; `undefined` when it must not be offered. */
  readonly phoneLink: string | undefined;
  /** Values for the placeholders of the texts: `name`, `number`, `seconds`, `duration`. */
  readonly words: Readonly<Record<string, string>>;
  /** Time of the conversation, `02:47`. */
  readonly time: string;
  /** The sentence below the headline, where the scene has more than one (`unreachable`, `consent`). */
  readonly sentence: string | undefined;
  /** Below the sentence before the call, such as `Open until 18:00`; empty for nothing. */
  readonly openUntil: string;
  /** Controls in their order; one that the site left out is missing. */
  readonly controls: readonly (readonly [ControlName, ControlState])[];
  /** How good the sound is, as bars. */
  readonly quality: 1 | 2 | 3 | undefined;
  /** What the receipt says: the microphone is off, is still on, or nothing. */
  readonly receipt: 'off' | 'on' | undefined;
  /** Digits sent in this call. */
  readonly digits: string;
  /** Which mark was given; `undefined` before. */
  readonly rated: 'bad' | 'okay' | 'good' | undefined;
  /** Which instructions to show. */
  readonly browser: BrowserKind;
  /** For the view `devices`. */
  readonly devices: DevicesModel;
  /** For the view `details`. */
  readonly details: DetailsModel | undefined;
  /** For the agent panel and for an element without `to`; `undefined` elsewhere. */
  readonly dialPad: DialPadModel | undefined;
}
