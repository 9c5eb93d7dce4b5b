import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanNumber, isE164, maskNumber } from '../../../src/core/phone-number.js';

const e164 = fc.stringMatching(/^\+[1-9]\d{6,14}$/);
const separator = fc.constantFrom(
  ' ',
  '.',
  '-',
  '/',
  '\u00a0',
  '\u2011',
  '\u2013',
  '\u200b',
  '\u202a',
  '\u3000',
);

describe('cleanNumber', () => {
  it.each([
    ['+1 (415) 555-0123', '+14155550123'],
    ['+1.415.555.0123', '+14155550123'],
    ['tel:+1-415-555-0123', '+14155550123'],
    ['TEL: +14155550123', '+14155550123'],
    ['0044 20 7946 0958', '+442079460958'],
    ['(0044) 20 7946 0958', '+442079460958'],
    ['(+44) (0)20 7946 0958', '+442079460958'],
    ['+44 (0) 20 7946 0958', '+442079460958'],
    ['+44-(0)-20/7946 0958', '+442079460958'],
    ['+39 (0)6 1234 5678', '+390612345678'],
    ['＋１（４１５）５５５－０１２３', '+14155550123'],
    ['\u202a+1\u202c 415\u2011555\u20130123\u200b', '+14155550123'],
    ['[+1] 415 555 0123', '+14155550123'],
    ['020 7946 0958', '02079460958'],
    ['000', '000'],
    ['ring me', 'ringme'],
    ['', ''],
  ])('%j becomes %j', (input, output) => {
    expect(cleanNumber(input)).toBe(output);
  });

  it('finds the number again whatever separators stand between its digits', () => {
    const written = e164.chain((number) =>
      fc
        .array(fc.array(separator, { maxLength: 2 }), {
          minLength: number.length,
          maxLength: number.length,
        })
        .map((gaps) => ({
          number,
          written: [...number].map((char, i) => char + (gaps[i] ?? []).join('')).join(''),
        })),
    );
    fc.assert(
      fc.property(written, fc.constantFrom('', ' ', 'tel:'), ({ number, written }, prefix) => {
        expect(cleanNumber(prefix + written)).toBe(number);
      }),
    );
  });

  it('reads 00 as +, and full-width forms as ASCII', () => {
    fc.assert(
      fc.property(e164, (number) => {
        expect(cleanNumber(`00${number.slice(1)}`)).toBe(number);
        const wide = [...number].map((char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0));
        expect(cleanNumber(wide.join(''))).toBe(number);
      }),
    );
  });

  it('never throws, never adds a digit, and a second time changes no number', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (input) => {
        const cleaned = cleanNumber(input);
        const count = (text: string) => text.match(/[\d０-９]/g)?.length ?? 0;
        expect(count(cleaned)).toBeLessThanOrEqual(count(input));
        if (isE164(cleaned)) expect(cleanNumber(cleaned)).toBe(cleaned);
      }),
    );
  });
});

describe('isE164', () => {
  it.each(['+14155550123', '+1234567', '+123456789012345'])('%s is', (number) => {
    expect(isE164(number)).toBe(true);
  });

  it.each([
    '14155550123',
    '+123456',
    '+1234567890123456',
    '+04155550123',
    '+1 4155550123',
    '+1415555012a',
    '+14155550123\n',
    '',
  ])('%j is not', (number) => {
    expect(isE164(number)).toBe(false);
  });
});

describe('maskNumber', () => {
  it.each([
    ['+14155550123', '+1•••••••23'],
    ['+44 20 7946 0958', '+4•••••••58'],
    ['0044 20 7946 0958', '+4•••••••58'],
    ['+14155550123,,1234#', '+1•••••••23'],
    ['+14155550123w1234', '+1•••••••23'],
    ['tel:+14155550123;ext=42', '+1•••••••23'],
    ['4155550123', '4•••••••23'],
    ['911', '•••••••'],
    ['', '•••••••'],
    ['ref:sales', 'ref:sales'],
  ])('%j is written %j', (number, masked) => {
    expect(maskNumber(number)).toBe(masked);
  });

  it('shows at most the first digit and the last two', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        fc.pre(!text.startsWith('ref:'));
        expect(maskNumber(text)).toMatch(/^(\+?\d)?•{7}(\d\d)?$/);
      }),
    );
  });
});
