import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseDigits } from '../../../src/core/digits.js';
import { isDialerError } from '../../../src/errors/dialer-error.js';

it('reads tones and pauses in their order', () => {
  expect(parseDigits('1,w#*aD')).toEqual([
    { digit: '1' },
    { pauseMs: 2000 },
    { pauseMs: 500 },
    { digit: '#' },
    { digit: '*' },
    { digit: 'A' },
    { digit: 'D' },
  ]);
  expect(parseDigits('')).toEqual([]);
});

it('reads every string of allowed characters, one step for each', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[0-9*#A-Da-d,wW]*$/), (digits) => {
      expect(parseDigits(digits)).toHaveLength(digits.length);
    }),
  );
});

it('refuses every other character, and does not repeat it in the error', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('E', ' ', '+', 'p', '１', '😀'),
      (text, bad) => {
        try {
          parseDigits(text + bad);
          expect.unreachable();
        } catch (error) {
          expect(isDialerError(error, 'config/invalid-option')).toBe(true);
        }
      },
    ),
  );
  expect(() => parseDigits('12345678X')).toThrow(/^(?!.*12345678)\[config\/invalid-option\]/);
});
