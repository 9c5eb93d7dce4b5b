import { afterEach, expect, test, vi } from 'vitest';
import { createTelnyx } from '../../../../src/providers/telnyx/adapter.js';
import { callOptions, clientOptions } from '../../../../src/providers/telnyx/client-options.js';
import { telnyx } from '../../../../src/providers/telnyx/index.js';
import { TelnyxStage, useBrowserParts } from './telnyx-stage.js';

useBrowserParts();
afterEach(() => vi.unstubAllGlobals());

test.each([
  [{}, 'telnyx', 'wss://rtc.telnyx.com', 'https://rtc.telnyx.com'],
  [{ region: 'eu' }, 'telnyx/eu', 'wss://eu.rtc.telnyx.com', 'https://eu.rtc.telnyx.com'],
  [{ route: 'second' }, 'second', 'wss://rtc.telnyx.com', 'https://rtc.telnyx.com'],
  [
    { sdkOptions: { host: 'ws://127.0.0.1:8080/a/path?x=1' } },
    'telnyx',
    'ws://127.0.0.1:8080',
    'http://127.0.0.1:8080',
  ],
  [
    { sdkOptions: { host: 'voice.example.com' } },
    'telnyx',
    'wss://voice.example.com',
    'https://voice.example.com',
  ],
])('%j is the route %s and talks to %s', (options, route, socket, reports) => {
  const provider = telnyx(options);
  expect(provider).toMatchObject({ id: 'telnyx', route, token: 'required', singleSession: true });
  expect(provider.origins).toEqual([socket, reports]);
});

test('says what it can do', () => {
  expect(telnyx().capabilities).toEqual({
    hold: 'native',
    digits: 'signalling',
    ringing: true,
    callerId: true,
    reattach: true,
    acknowledges: true,
    confirmsHangup: true,
  });
});

test('says where it cannot be used', () => {
  expect(telnyx().unsupported?.()).toBeUndefined();
  vi.stubGlobal('RTCPeerConnection', undefined);
  expect(telnyx().unsupported?.()?.code).toBe('support/no-webrtc');
});

test('says that the SDK is missing', async () => {
  const { context } = new TelnyxStage();
  const provider = createTelnyx({ sdk: () => Promise.reject(new Error('blocked')) });
  const missing = { code: 'provider/sdk-not-loaded', route: 'telnyx' };
  await expect(provider.load(context)).rejects.toMatchObject(missing);
  await expect(provider.open(context)).rejects.toMatchObject(missing);
});

test('without a token nothing is made', async () => {
  const stage = new TelnyxStage();
  const refused = new Error('no token');
  const context = { ...stage.context, getToken: () => Promise.reject(refused) };
  await expect(stage.provider.open(context)).rejects.toBe(refused);
  expect(stage.clients).toEqual([]);
});

test('the client keeps quiet, keeps calls over a mailto link, and gives up in time', () => {
  const { context } = new TelnyxStage();
  expect(clientOptions('jwt', context, {})).toEqual({
    login_token: 'jwt',
    trickleIce: true,
    maxReconnectAttempts: 4,
    hangupOnBeforeUnload: false,
    forceRelayCandidate: false,
    enableCallReports: false,
    debugLogLevel: 'error',
  });
});

test('what the application passes to the vendor wins', () => {
  const { context } = new TelnyxStage({}, { vendorTelemetry: true, relayOnly: true });
  const iceServers = [{ urls: 'stun:stun.example.com' }];
  const options = clientOptions(
    'jwt',
    { ...context, iceServers },
    { region: 'eu', trickleIce: false, sdkOptions: { trickleIce: true, env: 'development' } },
  );
  expect(options).toMatchObject({
    region: 'eu',
    trickleIce: true,
    env: 'development',
    enableCallReports: true,
    forceRelayCandidate: true,
    iceServers,
  });
});

test('the call carries what was asked for', () => {
  const request = {
    callId: 'call-1',
    attempt: 2,
    to: '+12025550100',
    from: '+12025550177',
    params: { 'everdial-call-id': 'call-1', campaign: 'spring' },
    stream: undefined,
    iceServers: [{ urls: 'turn:turn.example.com' }],
  };
  const options = callOptions('id-1', request, ['opus'], ({ attempt }) => `Versuch № ${attempt}`);
  expect(options).toMatchObject({
    id: 'id-1',
    destinationNumber: '+12025550100',
    callerNumber: '+12025550177',
    customHeaders: [
      { name: 'X-everdial-call-id', value: 'call-1' },
      { name: 'X-campaign', value: 'spring' },
    ],
    negotiateAudio: true,
    iceServers: request.iceServers,
  });
  expect(options['localStream']).toBeInstanceOf(MediaStream);
  expect(Buffer.from(String(options['clientState']), 'base64').toString()).toBe('Versuch № 2');
  const plain = callOptions('id-2', { ...request, from: undefined, iceServers: [] }, [], undefined);
  expect(plain).not.toHaveProperty('callerNumber');
  expect(plain).not.toHaveProperty('clientState');
  expect(plain).not.toHaveProperty('iceServers');
});
