import { getCountries, getCountryCallingCode } from 'libphonenumber-js/max';
import type { CountryCode } from './parsed-number.js';

/** A country to choose from. */
export interface Country {
  /** ISO 3166 alpha-2, upper case. */
  readonly code: CountryCode;
  /** For example `'+1'`. Several countries share one. */
  readonly callingCode: string;
  /** In the language that was asked for; the code where the browser knows no name. */
  readonly name: string;
}

/**
 * All countries and territories with a calling code, sorted by name as that language sorts.
 *
 * @param language - BCP 47, such as `'pt-BR'`; the browser's when left out or unreadable
 */
export function listCountries(language?: string): readonly Country[] {
  const locale = readable(language);
  const names = new Intl.DisplayNames(locale, { type: 'region', fallback: 'code' });
  const { compare } = new Intl.Collator(locale);
  return getCountries()
    .map((code) => ({
      code,
      callingCode: `+${getCountryCallingCode(code)}`,
      name: names.of(code) ?? code,
    }))
    .sort((one, other) => compare(one.name, other.name));
}

function readable(language: string | undefined): string[] {
  try {
    return language === undefined ? [] : Intl.getCanonicalLocales(language);
  } catch {
    return [];
  }
}
