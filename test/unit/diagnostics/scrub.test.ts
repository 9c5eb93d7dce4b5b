import { describe, expect, it } from 'vitest';
import { deviceClass } from '../../../src/diagnostics/device-class.js';
import { Scrubber } from '../../../src/diagnostics/scrub.js';
import { DialerError } from '../../../src/errors/dialer-error.js';

const scrub = new Scrubber(false);

describe('a text', () => {
  it.each([
    ['call to +14155550142 failed', 'call to +1•••••••42 failed'],
    ['to:4155550142', 'to:4•••••••42'],
    ['(415) 555-0142', '4•••••••42'],
    ['+44 (0)20 7946 0958 rings', '+4•••••••58 rings'],
    ['tel14155550142x', 'tel1•••••••42x'],
    ['Authorization: Bearer abc def', '[secret]'],
    ['header Bearer abc.def', 'header [secret]'],
    ['{"login_token":"abc"}', '{"login_[secret]"}'],
    ['password=hunter2&x', '[secret]&x'],
    ['got eyJhbGciOiJI.eyJzdWIi.c2ln-_x', 'got [token]'],
    ['from 192.0.2.7:5060', 'from [address]:5060'],
    ['from [2001:db8::7]:5060', 'from [[address]]:5060'],
    ['at 2001:db8:0:0:0:0:0:7', 'at [address]'],
    ['host:2001:db8::7', 'host[address]'],
    ['1f2e3d4c-0000-4000-8000-000000000000.local', '[address]'],
    ['v=0\r\no=- 46117 2 IN IP4 192.0.2.7', '[sdp]\r\n[sdp]'],
    ['candidate:1 1 udp 1 192.0.2.7 9 typ host', '[sdp]'],
    [`key ${'aZ9_'.repeat(12)}`, 'key [secret]'],
  ])('%j becomes %j', (text, expected) => {
    expect(scrub.text(text)).toBe(expected);
  });

  it.each([
    'route telnyx/us-west failed: provider/unreachable',
    '[auth/token-expired] The token is over.',
    'a token is missing, the basics: see docs',
    'call 0b5f6a52-1f4e-4c6c-9d53-1d2f10a9e5a7 ended',
    'CA0123456789abcdef0123456789abcdef',
    'nothing after 3000 ms, 31486',
    'a listener of state-changed threw (TypeError)',
  ])('%j stays', (text) => {
    expect(scrub.text(text)).toBe(text);
  });

  it('keeps numbers if that is wanted, and nothing else', () => {
    const text = '+14155550142 at 192.0.2.7 with eyJhbGciOiJI.e.x';
    expect(new Scrubber(true).text(text)).toBe('+14155550142 at [address] with [token]');
  });
});

describe('data', () => {
  it('is copied as plain data: functions, streams and foreign objects are left out', () => {
    const data = { a: 1, b: [true, undefined], c: new Map(), d: () => 1, e: null };
    expect(JSON.stringify(scrub.data(data))).toBe('{"a":1,"b":[true,null],"e":null}');
  });

  it('hides what is secret by its name, and masks what is a number by its name', () => {
    const data = { token: 'abc', 'X-Api-Key': 'abc', to: '+1 415 555 0142', from: '123' };
    expect(scrub.data(data)).toEqual({
      token: '[secret]',
      'X-Api-Key': '[secret]',
      to: '+1•••••••42',
      from: '•••••••',
    });
  });

  it('scrubs names, too', () => {
    expect(scrub.data({ '+14155550142': { '192.0.2.7': 1 } })).toEqual({
      '+1•••••••42': { '[address]': 1 },
    });
  });

  it('tells of an error code, codes, message and remedy, of its causes only the names', () => {
    const cause = new TypeError('secret of +14155550142');
    const error = new DialerError('call/busy', {
      cause,
      sipCode: 486,
      route: 'telnyx',
      detail: 'to +1 415 555 0142',
    });
    expect(JSON.parse(JSON.stringify(scrub.data({ error })))).toEqual({
      error: {
        code: 'call/busy',
        kind: 'callee',
        codes: { sipCode: 486 },
        provider: 'telnyx',
        route: 'telnyx',
        message: expect.stringMatching(/^\[call\/busy\] .*to \+1•••••••42$/),
        summary: error.summary,
        remedy: error.remedy,
        causes: ['TypeError'],
      },
    });
  });
});

describe('the class of a device', () => {
  it.each([
    ['Jabra Evolve2 65 (0b0e:24c9)', 'headset'],
    ['Default - Headset Microphone (Ada’s AirPods)', 'bluetooth'],
    ['Headset (WH-1000XM4 Hands-Free AG Audio)', 'bluetooth'],
    ['Yeti Stereo Microphone (b58e:9e84)', 'usb'],
    ['MacBook Pro Microphone (Built-in)', 'built-in'],
    ['Microphone Array (Realtek High Definition Audio)', 'built-in'],
    ['CABLE Output (VB-Audio Virtual Cable)', 'virtual'],
    ['Monitor of Mic_Bus', 'virtual'],
    ['Default', 'default'],
    ['', 'other'],
    ['Ada’s desk', 'other'],
  ])('%j is %s', (label, expected) => {
    expect(deviceClass(label)).toBe(expected);
  });
});
