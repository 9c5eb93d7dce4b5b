import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createSip } from '../../../../src/providers/sip/adapter.js';
import { sip } from '../../../../src/providers/sip/index.js';
import type { SipOptions } from '../../../../src/providers/sip/options.js';
import { testEnvironment } from '../../../../src/testing/index.js';

const OPTIONS: SipOptions = { server: 'wss://pbx.example.com/ws', domain: 'pbx.example.com' };
const ignore = () => undefined;
const context = {
  signal: new AbortController().signal,
  logger: { debug: ignore, info: ignore, warn: ignore, error: ignore },
};

beforeEach(() => vi.stubGlobal('RTCPeerConnection', class {}));
afterEach(() => vi.unstubAllGlobals());

test('says who it is and what it can do', () => {
  expect(sip(OPTIONS)).toMatchObject({
    id: 'sip',
    route: 'sip',
    token: 'required',
    origins: ['wss://pbx.example.com'],
    capabilities: {
      hold: 'native',
      digits: 'rtp',
      transfer: true,
      inbound: true,
      ringing: true,
      callerId: true,
      reattach: true,
      acknowledges: true,
      confirmsHangup: true,
    },
  });
  const other = sip({ ...OPTIONS, route: 'sip/edge', digits: 'signalling', register: false });
  expect(other.route).toBe('sip/edge');
  expect(other.capabilities).toMatchObject({ digits: 'signalling', inbound: false });
});

test('names each origin of its servers once, the preferred first', () => {
  const { origins } = sip({
    ...OPTIONS,
    server: [
      'wss://last.example.com/a',
      { url: new URL('wss://first.example.com:8443/ws'), weight: 2 },
      { url: 'wss://last.example.com/b', weight: 1 },
    ],
  });
  expect(origins).toEqual(['wss://first.example.com:8443', 'wss://last.example.com']);
});

test.each([
  ['no server', { ...OPTIONS, server: '' }],
  ['an empty list', { ...OPTIONS, server: [] }],
  ['a web address', { ...OPTIONS, server: 'https://pbx.example.com' }],
  ['a bad one among good ones', { ...OPTIONS, server: ['wss://pbx.example.com', 'pbx'] }],
  ['no domain', { ...OPTIONS, domain: '' }],
])('%s is told at once', (_what, options) => {
  expect(() => sip(options)).toThrow(
    expect.objectContaining({ code: 'config/invalid-option' }) as Error,
  );
});

test('says where it cannot be used', () => {
  expect(sip(OPTIONS).unsupported?.()).toBeUndefined();
  vi.stubGlobal('RTCPeerConnection', undefined);
  expect(sip(OPTIONS).unsupported?.()?.code).toBe('support/no-webrtc');
});

test('says that the library is missing', async () => {
  const provider = createSip({ ...OPTIONS, sdk: () => Promise.reject(new Error('blocked')) });
  await expect(provider.load(context)).rejects.toMatchObject({
    code: 'provider/sdk-not-loaded',
    route: 'sip',
  });
});

test('a login without a user name is told, and nothing is opened', async () => {
  const made = vi.fn();
  const provider = createSip({ ...OPTIONS, sdk: () => ({ UA: made }) });
  const opening = provider.open({
    ...context,
    clock: testEnvironment().clock,
    getToken: async () => ({ token: 'secret' }),
    report: ignore,
    iceServers: [],
    relayOnly: false,
    codecs: [],
    maxBitrateKbps: 32,
    vendorTelemetry: false,
  });
  await expect(opening).rejects.toMatchObject({ code: 'auth/token-unavailable' });
  expect(made).not.toHaveBeenCalled();
});
