import type { EverdialAttributes, EverdialVariant } from '../attributes.js';
import { chooseLanguage, type LanguageCode } from '../languages/index.js';

/** What the attributes of an element ask for, read and checked. */
export interface Settings {
  /** What to call, as written; empty when the person enters a number. */
  readonly to: string;
  /** Whom the person will talk to; empty when nobody was named. */
  readonly name: string;
  /** Number to show and for an ordinary phone; empty when there is none. */
  readonly phone: string;
  /** Where tokens come from; empty when nowhere. */
  readonly tokenUrl: string;
  /** Public name of the site; empty when it has none. */
  readonly site: string;
  /** Names of providers, best first. */
  readonly providers: readonly string[];
  /** Words on the button; empty for the language's own. */
  readonly label: string;
  /** How it looks. */
  readonly variant: EverdialVariant;
  /** Size of the start button; empty for the ordinary one. */
  readonly size: string;
  /** Corner of the panel. */
  readonly position: string;
  /** Language of the words. */
  readonly language: LanguageCode;
  /** Country for numbers without one; `undefined`: guessed. */
  readonly country: string | undefined;
  /** Opening hours; empty: always open. */
  readonly hours: string;
  /** Their time zone; `undefined`: the visitor's. */
  readonly timeZone: string | undefined;
  /** Whether consent is asked for. */
  readonly consentRequired: boolean;
  /** What is asked then; empty for the language's own words. */
  readonly consentText: string;
  /** Whether the call has a key pad. */
  readonly keypad: boolean;
  /** Whether devices can be chosen. */
  readonly devices: boolean;
  /** Whether single letters are shortcuts. */
  readonly shortcuts: boolean;
  /** Whether an ordinary phone is offered. */
  readonly phoneLink: boolean;
}

const VARIANTS: readonly EverdialVariant[] = ['button', 'floating', 'panel', 'bar', 'agent'];
const SIZES = ['', 'small', 'round'] as const;
const POSITIONS = ['bottom-right', 'bottom-left', 'top-right', 'top-left'] as const;
const THEMES = ['auto', 'light', 'dark'] as const;

/**
 * Reads the attributes of an element. A value that is none of the possible ones counts as missing.
 * @param onWrong - told the name of each attribute with a value that is not possible, and what is
 */
export function readSettings(
  element: HTMLElement,
  onWrong: (name: string, possible: readonly string[]) => void,
): Settings {
  const read = (name: keyof EverdialAttributes): string => element.getAttribute(name)?.trim() ?? '';
  const isOn = (name: keyof EverdialAttributes): boolean =>
    element.hasAttribute(name) && read(name) !== 'false';
  const oneOf = <Value extends string>(
    name: keyof EverdialAttributes,
    [usual, ...others]: readonly [Value, ...Value[]],
  ): Value => {
    const wanted = element.getAttribute(name)?.trim();
    const found = wanted ? [usual, ...others].find((value) => value === wanted) : usual;
    if (found === undefined) onWrong(name, [usual, ...others]);
    return found ?? usual;
  };
  const country = read('country').toUpperCase();
  if (country && !/^[A-Z]{2}$/.test(country)) onWrong('country', ['two letters, as in ISO 3166']);
  oneOf('theme', THEMES);
  const timeZone = read('time-zone');
  if (timeZone && !isTimeZone(timeZone)) onWrong('time-zone', ['a name such as Europe/Paris']);
  return {
    to: read('to'),
    name: read('name'),
    phone: read('phone') || (read('to').startsWith('ref:') ? '' : read('to')),
    tokenUrl: read('token-url'),
    site: read('site'),
    providers: read('providers')
      .split(/[\s,]+/)
      .filter(Boolean),
    label: read('label'),
    variant: oneOf('variant', VARIANTS as [EverdialVariant]),
    size: oneOf('size', SIZES),
    position: oneOf('position', POSITIONS),
    language: chooseLanguage(element.closest<HTMLElement>('[lang]')?.lang),
    country: /^[A-Z]{2}$/.test(country) ? country : undefined,
    hours: read('hours'),
    timeZone: isTimeZone(timeZone) ? timeZone : undefined,
    consentRequired: isOn('consent-required'),
    consentText: read('consent-text'),
    keypad: !isOn('no-keypad'),
    devices: !isOn('no-devices'),
    shortcuts: !isOn('no-shortcuts'),
    phoneLink: !isOn('no-phone-link'),
  };
}

/** Whether the browser knows a time zone of this name (IANA). */
function isTimeZone(name: string): boolean {
  try {
    return name !== '' && Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}
