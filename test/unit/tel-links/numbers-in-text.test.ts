import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as rules from '../../../src/numbers/index.js';
import { numbersInText } from '../../../src/tel-links/numbers-in-text.js';

/** What was found, as it stands in the text, and as a number. */
const found = (text: string, country?: string): readonly string[] =>
  numbersInText(text, country === undefined ? undefined : { country, rules }).map(
    ({ start, end, e164, extension }) =>
      `${text.slice(start, end)} = ${e164}${extension && ` x${extension}`}`,
  );

describe('numbers with a country code', () => {
  it.each([
    ['Call +1 415 555 0123.', ['+1 415 555 0123 = +14155550123']],
    ['Call +1 (415) 555-0123, or mail', ['+1 (415) 555-0123 = +14155550123']],
    ['(+44) 20 7946 0958', ['(+44) 20 7946 0958 = +442079460958']],
    ['Tel:+44 (0)20 7946 0958!', []],
    ['Tel: +44 (0)20 7946 0958!', ['+44 (0)20 7946 0958 = +442079460958']],
    ['+1\u00a0415\u00a0555\u20110123', ['+1\u00a0415\u00a0555\u20110123 = +14155550123']],
    ['+14155550123 ext. 42, please', ['+14155550123 ext. 42 = +14155550123 x42']],
    [
      '+1 415 555 0123 / +1 415 555 0199',
      ['+1 415 555 0123 = +14155550123', '+1 415 555 0199 = +14155550199'],
    ],
    ['+1 415 555 0123 24 hours a day', ['+1 415 555 0123 = +14155550123']],
    ['+1 415 555', []],
    ['2+14155550123', []],
    ['a+14155550123', []],
    ['+14155550123abc', []],
    ['+1 415\n555 0123', []],
    ['+12345678901234567890', []],
    ['415 555 0123', []],
    ['+27 10111', []],
  ])('%j', (text, numbers) => {
    expect(found(text)).toEqual(numbers);
  });
});

describe('numbers as they are written in a country', () => {
  it.each([
    ['US', 'Call (415) 555-0123 now', ['(415) 555-0123 = +14155550123']],
    ['US', 'Call 415-555-0123 x42', ['415-555-0123 x42 = +14155550123 x42']],
    ['US', '415.555.0123', ['415.555.0123 = +14155550123']],
    ['US', '1-415-555-0123', ['1-415-555-0123 = +14155550123']],
    ['US', 'order 4155550123', []],
    ['US', '+44 20 7946 0958', ['+44 20 7946 0958 = +442079460958']],
    [
      'US',
      '+1 415 555 0123 or 415 555 0199',
      ['+1 415 555 0123 = +14155550123', '415 555 0199 = +14155550199'],
    ],
    ['GB', '020 7946 0958', ['020 7946 0958 = +442079460958']],
    ['GB', '0207 946 0958', ['0207 946 0958 = +442079460958']],
    ['GB', '02079460958', ['02079460958 = +442079460958']],
    ['US', '4111 1111 1111 1111', []],
    ['US', 'card 4155 5501 2341 5555', []],
    ['US', '911', []],
    ['GB', '999 or 112', []],
    ['SG', '1990-2020', []],
    ['DE', '30.11.2026', []],
    ['DE', '2026-11-30', []],
    ['DE', '192.168.10.21', []],
    ['ES', '912 345 678 €', []],
    ['DK', '25 000 000', []],
    ['DK', '$25 00 00 00', []],
    ['US', '#415 555 0123', []],
    ['US', 'v415.555.0123', []],
    ['US', 'https://example.com/415-555-0123', []],
  ])('%s: %j', (country, text, numbers) => {
    expect(found(text, country)).toEqual(numbers);
  });

  it('with the rules at hand no digits of the text behind get into a number', () => {
    const text = '+44 20 7946 0958 24 hours';
    expect(found(text, 'US')).toEqual(['+44 20 7946 0958 = +442079460958']);
  });
});

describe('any text', () => {
  it('gives places in order and apart, and numbers that are some', () => {
    const piece = fc.constantFrom(
      '+1 415 555 0123',
      '415-555-0123',
      ' ',
      'x4',
      '(',
      ',',
      '7',
      '\n',
    );
    const text = fc.oneof(
      fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')),
      fc.stringMatching(/^[\d+() .\-/x]{0,80}$/),
    );
    fc.assert(
      fc.property(text, fc.constantFrom(undefined, 'US', 'DE', 'DK'), (written, country) => {
        const national = country === undefined ? undefined : { country, rules };
        let last = 0;
        for (const { start, end, e164 } of numbersInText(written, national)) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(written.length);
          expect(e164).toMatch(/^\+[1-9]\d{6,14}$/);
          last = end;
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('is read in time that grows with its length, not faster', () => {
    const begun = performance.now();
    for (const part of ['1 ', '(1', '1-', '+1 ', '12 ', '1() ', ' . ']) {
      numbersInText(part.repeat(20_000 / part.length), { country: 'US', rules });
    }
    expect(performance.now() - begun).toBeLessThan(3_000);
  });
});
