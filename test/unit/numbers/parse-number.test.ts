import fc from 'fast-check';
import { getExampleNumber } from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';
import { describe, expect, it } from 'vitest';
import { isEmergencyNumber } from '../../../src/core/emergency-numbers.js';
import { formatNumber, parseNumber } from '../../../src/numbers/index.js';

const US = { ok: true, e164: '+14155550123', country: 'US', kind: 'fixed-or-mobile' };
const GB = { ok: true, e164: '+442079460958', country: 'GB', kind: 'fixed' };

describe('parseNumber', () => {
  it.each([
    ['+1 415 555 0123', undefined, US],
    ['(415) 555-0123', 'US', US],
    ['415.555.0123', 'us', US],
    ['1-415-555-0123', ' US ', US],
    ['tel:+1-415-555-0123', undefined, US],
    ['tel:555-0123;phone-context=+1-415', undefined, US],
    ['\u202a+1\u202c\u00a0415\u2011555\u20130123\u200b', undefined, US],
    ['＋１（４１５）５５５－０１２３', undefined, US],
    ['020 7946 0958', 'GB', GB],
    ['+44 (0)20 7946 0958', undefined, GB],
    ['+44 (0) 20 7946 0958', 'US', GB],
    ['0044 20 7946 0958', undefined, GB],
    ['0044 20 7946 0958', 'DE', GB],
    ['011 44 20 7946 0958', 'US', GB],
    ['(+44) 20/7946-0958', 'US', GB],
  ])('reads %j with %s', (input, country, number) => {
    expect(parseNumber(input, { country })).toEqual({ ...number, extension: '' });
  });

  it.each([
    ['+1 415 555 0123 ext. 42', '42'],
    ['+1 415 555 0123 ext 42', '42'],
    ['+1 415 555 0123ext42', '42'],
    ['+1 415 555 0123, extension: 4 2', '42'],
    ['+1 415 555 0123 x42', '42'],
    ['+1 415 555 0123X42', '42'],
    ['+1 415 555 0123 #42', '42'],
    ['+1 415 555 0123 доб. 42', '42'],
    ['+1 415 555 0123 内線42', '42'],
    ['+1 415 555 0123 int. 42', '42'],
    ['+1 415 555 0123,,42', '42'],
    ['+1 415 555 0123,,1,,42#', '1,,42#'],
    ['+14155550123w42', '42'],
    ['+14155550123;42', '42'],
    ['tel:+1-415-555-0123;ext=42', '42'],
    ['tel:+1-415-555-0123;isub=7;ext=42', '42'],
    ['＋１ ４１５ ５５５ ０１２３ ｘ４２', '42'],
  ])('takes the extension from %j', (input, extension) => {
    expect(parseNumber(input)).toEqual({ ...US, extension });
  });

  it.each([
    ['', 'US', 'empty'],
    [' \u00a0\u200e', 'US', 'empty'],
    ['tel:', 'US', 'empty'],
    ['call me', 'US', 'not-a-number'],
    ['415 CALL NOW', 'US', 'not-a-number'],
    ['4155550123+', 'US', 'not-a-number'],
    ['415 555 0123', undefined, 'no-country'],
    ['415 555 0123', 'XX', 'no-country'],
    ['415 555', 'US', 'too-short'],
    ['116 117', 'DE', 'short-code'],
    ['415 555 012', 'US', 'too-short'],
    ['+1 415', undefined, 'too-short'],
    ['4', undefined, 'too-short'],
    ['+1 415 555 0123 45', undefined, 'too-long'],
    ['1'.repeat(40), undefined, 'too-long'],
    ['1'.repeat(4000), 'US', 'too-long'],
    ['911', 'US', 'emergency'],
    ['9-1-1', undefined, 'emergency'],
    ['tel:112', 'DE', 'emergency'],
    ['+1911', undefined, 'emergency'],
    ['999 ext. 1', 'GB', 'emergency'],
    ['611', 'US', 'short-code'],
    ['22000', 'US', 'short-code'],
    ['116117', 'DE', 'short-code'],
    ['116117', undefined, 'short-code'],
    ['*100#', 'GB', 'short-code'],
  ])('refuses %j with %s: %s', (input, country, reason) => {
    expect(parseNumber(input, { country })).toEqual({ ok: false, reason });
  });

  it.each([
    ['+1 155 555 0123', '+11555550123'],
    ['+999 555 0123', '+9995550123'],
  ])('hands out %s, which nobody has, for those who want to try', (input, e164) => {
    expect(parseNumber(input)).toEqual({ ok: false, reason: 'not-in-use', e164 });
  });

  it.each([
    ['+1 800 555 0123', 'toll-free'],
    ['+1 900 555 0123', 'premium'],
    ['+49 180 12345', 'shared-cost'],
    ['+44 909 555 0123', 'premium'],
    ['+44 7400 123456', 'mobile'],
    ['+800 1234 5678', 'toll-free'],
    ['+44 56 0012 3456', 'other'],
  ])('%s is %s', (input, kind) => {
    const parsed = parseNumber(input);
    expect(parsed.ok && parsed.kind).toBe(kind);
  });

  it('knows no country of an international range', () => {
    expect(parseNumber('+800 1234 5678')).toMatchObject({ ok: true, country: undefined });
  });

  // Country, its code, and what its people dial in front at home.
  it.each([
    ['AR', '+54', '0'],
    ['AU', '+61', '0'],
    ['BR', '+55', ''],
    ['CH', '+41', '0'],
    ['CN', '+86', ''],
    ['DE', '+49', '0'],
    ['ES', '+34', ''],
    ['FR', '+33', '0'],
    ['GB', '+44', '0'],
    ['IN', '+91', '0'],
    ['IT', '+39', ''],
    ['JP', '+81', '0'],
    ['KR', '+82', '0'],
    ['MX', '+52', ''],
    ['NG', '+234', '0'],
    ['NL', '+31', '0'],
    ['PL', '+48', ''],
    ['SE', '+46', '0'],
    ['TR', '+90', '0'],
    ['US', '+1', ''],
    ['ZA', '+27', '0'],
  ] as const)('%s: what is written at home and abroad is one number', (country, code, trunk) => {
    const e164 = getExampleNumber(country, examples)?.number ?? '';
    expect(e164.startsWith(code)).toBe(true);
    const atHome = formatNumber(e164, 'national');
    const abroad = formatNumber(e164);
    expect(atHome.startsWith('0') ? '0' : '').toBe(trunk);
    expect(abroad.startsWith(`${code} `)).toBe(true);
    const number = { ok: true, e164, country, kind: parseNumber(e164).ok && expect.any(String) };
    expect(parseNumber(atHome, { country })).toMatchObject(number);
    expect(parseNumber(abroad)).toMatchObject(number);
    expect(parseNumber(abroad.replace('+', '00'), { country: 'GB' })).toMatchObject(number);
    expect(parseNumber(`${abroad} x7`)).toMatchObject({ ...number, extension: '7' });
  });

  const countries = fc.constantFrom(undefined, 'US', 'GB', 'DE', 'IT', 'JP', 'AR', 'XX', '');
  const typed = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.stringMatching(/^[\d+()\-. x#*,;=telext]{0,40}$/),
    fc.anything().map((value) => value as string),
  );

  it('never throws, and what it calls a number is one', () => {
    fc.assert(
      fc.property(typed, countries, (input, country) => {
        const parsed = parseNumber(input, { country });
        if (!parsed.ok) return;
        expect(parsed.e164).toMatch(/^\+[1-9]\d{6,14}$/);
        expect(parsed.extension).toMatch(/^(?:[\d*#][\d*#,w]*)?$/i);
        expect(parseNumber(parsed.e164)).toEqual({ ...parsed, extension: '' });
      }),
      { numRuns: 2000 },
    );
  });

  it('tells of every emergency number, whatever the country', () => {
    const short = fc.stringMatching(/^\+?\d{2,8}$/).filter(isEmergencyNumber);
    fc.assert(
      fc.property(short, countries, (input, country) => {
        expect(parseNumber(input, { country })).toEqual({ ok: false, reason: 'emergency' });
      }),
    );
  });

  it('takes no time to speak of over text made to take long', () => {
    const begun = performance.now();
    for (const part of ['1 ', 'ext ', ';', '#', '( ', 'x1', ';a=', ' ,', '+1']) {
      parseNumber(part.repeat(120 / part.length), { country: 'US' });
    }
    expect(performance.now() - begun).toBeLessThan(500);
  });
});
