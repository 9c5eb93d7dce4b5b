import { describe, expect, it } from 'vitest';
import { registerTelHandler, telFromLocation } from '../../../src/tel-links/index.js';

describe('registerTelHandler', () => {
  const answering = (registerProtocolHandler: (scheme: string, url: string) => void) => ({
    registerProtocolHandler: (scheme: string, url: string | URL) =>
      registerProtocolHandler(scheme, String(url)),
  });

  it('hands the page to the browser', () => {
    const asked: string[] = [];
    const navigator = answering((...handed) => asked.push(...handed));
    const url = 'https://example.com/call?tel=%s';
    expect(registerTelHandler({ url, navigator })).toEqual({ asked: true });
    expect(asked).toEqual(['tel', url]);
  });

  it('takes the open page when none is named', () => {
    let handed = '';
    registerTelHandler({
      navigator: answering((_, url) => {
        handed = url;
      }),
    });
    expect(handed).toBe(`${location.origin}${location.pathname}?tel=%s`);
  });

  it.each([
    ['SyntaxError', 'invalid-url'],
    ['SecurityError', 'not-allowed'],
    ['NotAllowedError', 'not-allowed'],
  ])('tells of %s as %s', (name, reason) => {
    const navigator = answering(() => {
      throw new DOMException('', name);
    });
    expect(registerTelHandler({ navigator })).toEqual({ asked: false, reason });
  });

  it('tells when the browser has no such thing', () => {
    const navigator = { registerProtocolHandler: undefined } as unknown as Navigator;
    expect(registerTelHandler({ navigator })).toEqual({ asked: false, reason: 'not-supported' });
  });
});

describe('telFromLocation', () => {
  it.each([
    ['?tel=%2B14155550123', '', '+14155550123'],
    ['?tel=+14155550123', '', '+14155550123'],
    ['?tel=tel%3A%2B1-415-555-0123', '', '+1-415-555-0123'],
    ['?tel=tel:+1+415+555+0123', '', '+1 415 555 0123'],
    ['?tel=(415)+555-0123', '', '(415) 555-0123'],
    ['?tel=4155550123&x=1', '', '4155550123'],
    ['?x=1&tel=4155550123', '', '4155550123'],
    ['?tel=tel%3A%2B14155550123%3Bext%3D42', '', '+14155550123,,42'],
    ['?tel=%2B14155550123%20x42', '', '+14155550123,,42'],
    ['?tel=tel%3A555-0123%3Bphone-context%3D%2B1', '', '555-0123'],
    ['', '#tel=+14155550123', '+14155550123'],
    ['?tel=%2B14155550123', '#tel=+14155550199', '+14155550123'],
    ['?tel=911', '', '911'],
    ['', '', undefined],
    ['?tel=', '', undefined],
    ['?telephone=4155550123', '', undefined],
    ['?tel=%', '', undefined],
    ['?tel=sales', '', undefined],
    ['?tel=call+4155550123+now', '', undefined],
    ['?tel=javascript%3Aalert(1)', '', undefined],
    ['?tel=%3Cimg%20src=x%3E1', '', undefined],
    [`?tel=${'1'.repeat(51)}`, '', undefined],
  ])('%s%s: %s', (search, hash, number) => {
    expect(telFromLocation({ search, hash })).toBe(number);
  });

  it('reads the address of the open page, and knows none on a server', () => {
    location.hash = '#tel=+14155550123';
    expect(telFromLocation()).toBe('+14155550123');
    location.hash = '';
    expect(telFromLocation()).toBeUndefined();
  });
});
