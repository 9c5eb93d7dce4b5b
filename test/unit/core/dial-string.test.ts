import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDialString } from '../../../src/core/dial-string.js';
import { isE164 } from '../../../src/core/phone-number.js';
import { type DialerError, isDialerError } from '../../../src/errors/dialer-error.js';

function failure(to: unknown): DialerError {
  try {
    parseDialString(to as string);
  } catch (error) {
    if (isDialerError(error)) return error;
    throw error;
  }
  throw new Error('did not fail');
}

describe('parseDialString', () => {
  it.each([
    ['+14155550123', '+14155550123', ''],
    ['+1 (415) 555-0123', '+14155550123', ''],
    ['+14155550123,,7#w2', '+14155550123', ',,7#w2'],
    ['0044 20 7946 0958 , 42 #', '+442079460958', ',42#'],
    ['+14155550123w*9', '+14155550123', 'w*9'],
    ['＋１４１５５５５０１２３，７', '+14155550123', ',7'],
    ['+14155550123,,', '+14155550123', ''],
    ['ref:sales', 'ref:sales', ''],
    [' ref:sales.eu/west ', 'ref:sales.eu/west', ''],
    ['ref:www,42', 'ref:www,42', ''],
  ])('%j calls %j and then sends %j', (to, number, digits) => {
    expect(parseDialString(to)).toEqual({ number, digits });
  });

  it.each([
    ['', 'call/invalid-number'],
    ['   ', 'call/invalid-number'],
    ['hello', 'call/invalid-number'],
    ['tomorrow', 'call/invalid-number'],
    ['4155550123', 'call/invalid-number'],
    ['+1415', 'call/invalid-number'],
    ['+1234567890123456', 'call/invalid-number'],
    ['++14155550123', 'call/invalid-number'],
    ['+14155550123#42', 'call/invalid-number'],
    ['sip:ann@example.com', 'call/invalid-number'],
    ['+14155550123;ext=42', 'call/invalid-number'],
    [',,42', 'call/invalid-number'],
    ['+14155550123,4x', 'config/invalid-option'],
    ['+14155550123,+1', 'config/invalid-option'],
    ['ref:', 'config/invalid-option'],
    ['ref: sales', 'config/invalid-option'],
    [undefined, 'config/invalid-option'],
    [null, 'config/invalid-option'],
    [14155550123, 'config/invalid-option'],
    ['911', 'call/emergency-number'],
    ['911,,1', 'call/emergency-number'],
    ['00112', 'call/emergency-number'],
    ['+44 999', 'call/emergency-number'],
  ])('refuses %j with %s', (to, code) => {
    expect(failure(to).code).toBe(code);
  });

  it('calls an ordinary number that begins as an emergency number does', () => {
    expect(parseDialString('+1 911 555 0123').number).toBe('+19115550123');
  });

  it('splits every number and digits that are put together', () => {
    const number = fc.stringMatching(/^\+[1-9]\d{8,14}$/);
    const digits = fc.stringMatching(/^[,w]{1,3}[0-9*#A-D][0-9*#A-D,w]{0,9}$/);
    fc.assert(
      fc.property(number, digits, (number, digits) => {
        expect(parseDialString(number + digits)).toEqual({ number, digits });
      }),
    );
  });

  it('gives a number or one of its three errors for any text, and no error repeats the text', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.stringMatching(/^\+?[\d ,w().-]{0,25}$/),
    );
    fc.assert(
      fc.property(text, (to) => {
        try {
          const { number } = parseDialString(to);
          expect(isE164(number) || number.startsWith('ref:')).toBe(true);
        } catch (error) {
          const known = [
            'call/invalid-number',
            'call/emergency-number',
            'config/invalid-option',
          ] as const;
          if (!isDialerError(error, ...known)) throw error;
          expect(error.message).not.toMatch(/\d{3}/);
        }
      }),
    );
  });
});
