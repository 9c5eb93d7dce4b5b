import type { CountryCode } from './parsed-number.js';
import { countryOfTimeZone } from './time-zones.js';

/** What a browser tells of where its person is. */
export interface VisitorHints {
  /** Preferred languages, best first, BCP 47. @defaultValue `navigator.languages` */
  readonly languages?: readonly string[] | undefined;
  /** Name of the time zone, IANA. @defaultValue the browser's */
  readonly timeZone?: string | undefined;
}

/**
 * The country that the browser's time zone and languages suggest; `undefined` when they do not. Show it and let the
 * person change it.
 *
 * The time zone goes first: it tells where somebody is, and many browsers all over the world speak American English.
 * Behind it comes the first language that names a region.
 */
export function guessCountry(hints: VisitorHints = {}): CountryCode | undefined {
  const timeZone = hints.timeZone ?? browserTimeZone();
  return countryOfTimeZone(timeZone) ?? regionOf(hints.languages ?? browserLanguages());
}

function browserTimeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

function browserLanguages(): readonly string[] {
  return typeof navigator === 'undefined' ? [] : navigator.languages;
}

function regionOf(languages: readonly string[]): CountryCode | undefined {
  for (const language of languages) {
    const region = regionIn(language);
    // Digits are parts of the world, such as 419 for Latin America.
    if (region !== undefined && /^[A-Z]{2}$/.test(region)) return region;
  }
  return undefined;
}

function regionIn(language: string): string | undefined {
  try {
    return new Intl.Locale(language).region;
  } catch {
    return undefined;
  }
}
