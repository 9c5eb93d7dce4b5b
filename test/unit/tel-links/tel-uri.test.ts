import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isEmergencyNumber } from '../../../src/core/emergency-numbers.js';
import { cleanNumber, isE164 } from '../../../src/core/phone-number.js';
import { dialString, readTelUri, telUri } from '../../../src/tel-links/tel-uri.js';

const number = '+14155550123';

describe('readTelUri', () => {
  it.each([
    ['tel:+14155550123', { number, isGlobal: true, extension: '' }],
    ['TEL:+1-415-555-0123', { number, isGlobal: true, extension: '' }],
    ['tel://+14155550123', { number, isGlobal: true, extension: '' }],
    [' tel:+1 (415) 555.0123 ', { number, isGlobal: true, extension: '' }],
    ['tel:\n+1415\t5550123', { number, isGlobal: true, extension: '' }],
    ['tel:%2B1%20415%20555%200123', { number, isGlobal: true, extension: '' }],
    ['tel:\u202a+14155550123\u202c', { number, isGlobal: true, extension: '' }],
    ['tel:0014155550123', { number, isGlobal: true, extension: '' }],
    ['tel:+44(0)2079460958', { number: '+442079460958', isGlobal: true, extension: '' }],
    ['tel:+14155550123;ext=42', { number, isGlobal: true, extension: '42' }],
    ['tel:+14155550123;isub=1;EXT=4-2', { number, isGlobal: true, extension: '42' }],
    ['tel:+14155550123,,42#', { number, isGlobal: true, extension: '42#' }],
    ['tel:+14155550123p42p1', { number, isGlobal: true, extension: '42,1' }],
    ['tel:+14155550123;42', { number, isGlobal: true, extension: '42' }],
    ['tel:555-0123;phone-context=+1-415', { number, isGlobal: true, extension: '' }],
    ['tel:4155550123', { number: '4155550123', isGlobal: false, extension: '' }],
    ['tel:(020) 7946-0958', { number: '02079460958', isGlobal: false, extension: '' }],
  ])('reads %j', (href, uri) => {
    expect(readTelUri(href)).toEqual(uri);
  });

  it.each([
    'tel:',
    'tel:+',
    'tel:sales',
    'tel:+141555',
    'tel:+12345678901234567',
    'tel:+1%',
    'tel:+14155550123;ext=abc',
    'tel:*100%23',
    'tel:7042;phone-context=example.com',
    'tel:7042',
    'tel:911',
    'tel:112',
    'tel:+1911',
    'tel:911;phone-context=+1',
    'tel:10111;phone-context=+27',
    'https://example.com/?tel:+14155550123',
    'mailto:call@example.com',
    'callto:+14155550123',
    '',
  ])('leaves %j to the browser', (href) => {
    expect(readTelUri(href)).toBeUndefined();
  });

  it('reads no emergency number that the core knows, however it is written', () => {
    const code = fc.oneof(fc.constantFrom('', '+1', '+7', '+27', '+44', '+353', '+94'));
    const alone = fc.stringMatching(/^\d{2,5}$/);
    fc.assert(
      fc.property(code, alone, (front, digits) => {
        fc.pre(isEmergencyNumber(front + digits));
        expect(readTelUri(`tel:${front}${digits}`)).toBeUndefined();
      }),
      { numRuns: 1000 },
    );
    for (const front of ['+27', '+353']) {
      for (let digits = 0; digits < 100_000; digits += 1) {
        const written = front + digits;
        if (isEmergencyNumber(written)) expect(readTelUri(`tel:${written}`)).toBeUndefined();
      }
    }
  });

  it('reads the same number that the core does', () => {
    const written = fc.stringMatching(/^(?:\+|00)[1-9]\d{0,2} ?(?:\(0\))?[\d ().-]{6,14}$/);
    fc.assert(
      fc.property(written, (text) => {
        const cleaned = cleanNumber(text);
        fc.pre(isE164(cleaned) && !isEmergencyNumber(cleaned) && !/^00\(/.test(text));
        expect(readTelUri(`tel:${text}`)?.number).toBe(cleaned);
      }),
      { numRuns: 2000 },
    );
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const uri = readTelUri(`tel:${text}`);
        if (uri?.isGlobal) expect(isE164(uri.number)).toBe(true);
      }),
    );
  });
});

describe('addresses and dial strings', () => {
  it('are read back', () => {
    const extensions = fc.stringMatching(/^\d{0,6}$/);
    fc.assert(
      fc.property(fc.stringMatching(/^\+[1-9]\d{8,14}$/), extensions, (e164, extension) => {
        fc.pre(!isEmergencyNumber(e164));
        expect(readTelUri(telUri(e164, extension))).toEqual({
          number: e164,
          isGlobal: true,
          extension,
        });
      }),
    );
  });

  it('hold the extension behind a pause', () => {
    expect(dialString(number, '42')).toBe('+14155550123,,42');
    expect(dialString(number, '')).toBe(number);
  });
});
