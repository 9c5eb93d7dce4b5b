import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isEmergencyNumber } from '../../../src/core/emergency-numbers.js';
import { isE164 } from '../../../src/core/phone-number.js';

const BEST_KNOWN = '000 100 101 102 108 110 111 112 119 911 999 10111'.split(' ');
const OTHERS =
  '15 17 18 103 113 115 117 118 120 122 133 144 155 158 190 191 192 193 995 997 998 1122 1669'.split(
    ' ',
  );

it.each([...BEST_KNOWN, ...OTHERS])('%s is one', (number) => {
  expect(isEmergencyNumber(number)).toBe(true);
});

it.each(BEST_KNOWN)('%s is one behind a country code too', (number) => {
  for (const code of ['+1', '+44', '+27', '+971', '00353']) {
    expect(isEmergencyNumber(code + number)).toBe(true);
  }
});

it.each([
  '9-1-1',
  ' 112 ',
  '00112',
  '+112',
  '+1 (911)',
  'tel:911',
  '９９９',
  '+1911',
  '+44999',
  '00 44 999',
])('%j is one however it is written', (number) => {
  expect(isEmergencyNumber(number)).toBe(true);
});

it.each([
  '+1 911 555 0123',
  '+49 112 345678',
  '+44 1122 334455',
  '+442079460999',
  '+91 112 2334455',
  '+33 15 12 34 56 78',
  '+6834000',
  '+1415',
  '+44 113',
  '+91 11',
  '91155',
  '1120',
  '116117',
  '118500',
  '9110',
  '99',
  '1',
  '',
  'ref:911',
])('%j is none', (number) => {
  expect(isEmergencyNumber(number)).toBe(false);
});

it('refuses no number in E.164 form, but the five-digit ones behind their country code', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^\+[1-9]\d{6,14}$/), (number) => {
      expect(isE164(number)).toBe(true);
      expect(isEmergencyNumber(number)).toBe(/^\+\d{2,3}(10111|10177)$/.test(number));
    }),
  );
});
