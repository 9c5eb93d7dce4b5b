import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanNumber } from '../../../src/core/phone-number.js';
import { formatNumber, formatWhileTyping, maskNumber } from '../../../src/numbers/index.js';

describe('formatNumber', () => {
  it.each([
    ['+14155550123', 'international', '+1 415 555 0123'],
    ['+14155550123', 'national', '(415) 555-0123'],
    ['+442079460958', 'international', '+44 20 7946 0958'],
    ['+442079460958', 'national', '020 7946 0958'],
    ['+9995550123', 'international', '+9995550123'],
    ['4155550123', 'international', '4155550123'],
    ['ref:sales', 'national', 'ref:sales'],
    ['', 'national', ''],
  ] as const)('%s, %s: %s', (e164, style, text) => {
    expect(formatNumber(e164, style)).toBe(text);
  });

  it('is international when nothing is said', () => {
    expect(formatNumber('+14155550123')).toBe('+1 415 555 0123');
  });

  it('never throws and keeps the digits', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\+[1-9]\d{6,14}$/), (e164) => {
        expect(formatNumber(e164).replace(/[^\d+]/g, '')).toBe(e164);
      }),
    );
  });
});

describe('formatWhileTyping', () => {
  it.each([
    ['4', 'US', '4'],
    ['415', 'US', '(415'],
    ['4155', 'US', '(415) 5'],
    ['4155550123', 'US', '(415) 555-0123'],
    ['1415555', 'US', '1 (415) 555'],
    ['+1415555', 'US', '+1 415 555'],
    ['+44207946', 'US', '+44 20 7946'],
    ['02079460958', 'GB', '020 7946 0958'],
    ['0044 2079460958', 'GB', '+44 20 7946 0958'],
    ['+44 (0)20 7946 0958', 'US', '+44 20 7946 0958'],
    ['tel:+1-415-555-0123', undefined, '+1 415 555 0123'],
    ['４１５５５５', 'US', '(415) 555'],
    ['4155550123', undefined, '4155550123'],
    ['4155550123', 'XX', '4155550123'],
    ['+', 'US', '+'],
    ['', 'US', ''],
    ['4155550123 ext. 4', 'US', '(415) 555-0123 ext. 4'],
    ['+14155550123,,4', 'US', '+1 415 555 0123,,4'],
    ['*100#', 'US', '*100#'],
    ['sales', 'US', 'sales'],
  ])('%j with %s: %j', (input, country, shown) => {
    expect(formatWhileTyping(input, { country })).toBe(shown);
  });

  it('lets every digit be deleted by the key that deletes', () => {
    let shown = '(415) 555-0123';
    for (let left = 9; left > 0; left -= 1) {
      shown = formatWhileTyping(shown.slice(0, -1), { country: 'US' });
      expect(shown.replace(/\D/g, '')).toHaveLength(left);
    }
  });

  const countries = fc.constantFrom(undefined, 'US', 'GB', 'DE', 'IT', 'JP', 'AR', 'MX', 'XX');
  const digitsOf = (text: string): string => cleanNumber(text).replace(/\D/g, '');

  it('keeps the digits, and formats once and for all', () => {
    const number = fc.stringMatching(/^\+?\d{0,20}$/);
    const written = fc.oneof(number, fc.stringMatching(/^\+?\d?[\d .-]{0,25}(?: x\d{0,4})?$/));
    fc.assert(
      fc.property(written, countries, (input, country) => {
        const shown = formatWhileTyping(input, { country });
        expect(digitsOf(shown)).toBe(digitsOf(input));
        expect(formatWhileTyping(shown, { country })).toBe(shown);
      }),
      { numRuns: 3000 },
    );
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.anything()), countries, (input, c) => {
        expect(typeof formatWhileTyping(input as string, { country: c })).toBe('string');
      }),
    );
  });
});

describe('maskNumber', () => {
  it('is the same as everywhere', () => {
    expect(maskNumber('+14155550123')).toBe('+1•••••••23');
  });
});
