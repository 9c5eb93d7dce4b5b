import { describe, expect, it } from 'vitest';
import { guessCountry, listCountries } from '../../../src/numbers/index.js';

describe('guessCountry', () => {
  it.each([
    ['Europe/Berlin', ['en-US', 'de'], 'DE'],
    ['America/Los_Angeles', ['es-MX'], 'US'],
    ['Asia/Calcutta', ['en'], 'IN'],
    ['Asia/Kolkata', ['en'], 'IN'],
    ['UTC', ['en-GB'], 'GB'],
    ['UTC', ['fr', 'fr-CA'], 'CA'],
    ['UTC', ['zh-Hant-TW'], 'TW'],
    ['UTC', ['es-419', 'es'], undefined],
    ['Nowhere/At_All', ['de'], undefined],
    ['', ['not a language', 'pt-BR'], 'BR'],
    ['constructor', [], undefined],
  ])('%s and %j: %s', (timeZone, languages, country) => {
    expect(guessCountry({ timeZone, languages })).toBe(country);
  });

  it('asks the browser when nothing is handed in', () => {
    const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
    expect(guessCountry()).toBe(guessCountry({ timeZone, languages: navigator.languages }));
  });

  it('agrees with the tables of the browser', () => {
    for (const { code } of listCountries('en')) {
      const locale = new Intl.Locale(`und-${code}`) as Intl.Locale & {
        readonly timeZones?: readonly string[];
        getTimeZones?(): readonly string[];
      };
      for (const timeZone of locale.getTimeZones?.() ?? locale.timeZones ?? []) {
        expect([code, undefined], timeZone).toContain(guessCountry({ timeZone, languages: [] }));
      }
    }
  });
});

describe('listCountries', () => {
  it('has every country with its code, each once', () => {
    const list = listCountries('en');
    expect(list.length).toBeGreaterThan(230);
    expect(new Set(list.map(({ code }) => code)).size).toBe(list.length);
    expect(list).toContainEqual({ code: 'GB', callingCode: '+44', name: 'United Kingdom' });
    expect(list).toContainEqual({ code: 'CA', callingCode: '+1', name: 'Canada' });
    for (const { callingCode } of list) expect(callingCode).toMatch(/^\+[1-9]\d{0,2}$/);
  });

  it('speaks the language that is asked for, and sorts as it does', () => {
    const german = listCountries('de').map(({ name }) => name);
    expect(german).toContain('Österreich');
    expect(german.indexOf('Österreich')).toBeLessThan(german.indexOf('Portugal'));
    // In Swedish Ö comes last.
    const swedish = listCountries('sv').map(({ name }) => name);
    expect(swedish.indexOf('Österrike')).toBeGreaterThan(swedish.indexOf('Zambia'));
    expect(listCountries('ja')).toContainEqual({ code: 'JP', callingCode: '+81', name: '日本' });
  });

  it('takes the language of the browser for one that is none', () => {
    expect(listCountries('no language')).toEqual(listCountries());
  });
});
