import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeMediaPeer, FakeTrunk } from './fake-network.js';
import { startTwilioGateway, type TwilioGateway } from './start-twilio-gateway.js';
import { TestClient } from './test-client.js';

let gateway: TwilioGateway;
let trunk: FakeTrunk;
let url: string;

beforeEach(async () => {
  trunk = new FakeTrunk();
  gateway = await startTwilioGateway({ trunk, media: () => new FakeMediaPeer() });
  url = `ws://${gateway.plainHost}/signal`;
});

afterEach(async () => {
  await gateway.close();
});

const invite = { callsid: 'TJS1', sdp: 'offer 1', twilio: { params: 'To=%2B15550001111' } };

describe('reaching the Twilio gateway', () => {
  it('speaks the same protocol with and without TLS', async () => {
    const tls = await TestClient.login(`wss://${gateway.host}/signal`);
    const plain = await TestClient.login(url);
    expect(gateway.openSockets).toBe(2);
    tls.close();
    plain.close();
    await vi.waitFor(() => expect(gateway.openSockets).toBe(0));
  });

  it('refuses, resets and answers again on the same port', async () => {
    gateway.faults.tcp = 'refuse';
    await expect(TestClient.open(url)).rejects.toThrow('ECONNREFUSED');
    await expect(TestClient.open(`wss://${gateway.host}/signal`)).rejects.toThrow('ECONNREFUSED');
    gateway.faults.tcp = 'reset';
    await gateway.settled();
    await expect(TestClient.open(url)).rejects.toThrow(/ECONNRESET|hang up/);
    gateway.resetFaults();
    await gateway.settled();
    expect(gateway.faults.tcp).toBe('ok');
    await TestClient.login(url);
  });

  it('answers no connection attempt in a black hole, and open sockets live on', async () => {
    const open = await TestClient.login(url);
    gateway.faults.tcp = 'black-hole';
    await gateway.settled();
    const [host, port] = gateway.plainHost.split(':');
    const outcome = await new Promise<string>((resolve) => {
      const socket = connect({ host, port: Number(port), timeout: 300 });
      socket.on('connect', () => resolve('connected'));
      socket.on('error', () => resolve('refused'));
      socket.on('timeout', () => {
        socket.destroy();
        resolve('nothing');
      });
    });
    expect(outcome).toBe('nothing');
    await open.settle();
    gateway.resetFaults();
    await gateway.settled();
    await TestClient.login(url);
  });

  it('holds the upgrade, or answers it with a status', async () => {
    gateway.faults.upgrade = 401;
    await expect(TestClient.open(url)).rejects.toThrow('401');
    gateway.faults.upgrade = 'hold';
    const pending = TestClient.open(url).catch((error: Error) => error);
    await vi.waitFor(() => expect(gateway.heldUpgrades).toBe(1));
    await gateway.close();
    expect(await pending).toBeInstanceOf(Error);
  });

  it('knows no other WebSocket than /signal', async () => {
    await expect(TestClient.open(`ws://${gateway.plainHost}/other`)).rejects.toThrow('404');
  });

  it('counts and answers other requests, as sounds and insights need', async () => {
    const base = `http://${gateway.plainHost}`;
    const preflight = await fetch(`${base}/v4/EndpointEvents`, { method: 'OPTIONS' });
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*');
    expect((await fetch(`${base}/v4/EndpointEvents`, { method: 'POST', body: '{}' })).ok).toBe(
      true,
    );
    const sound = await fetch(`${base}/js/client/sounds/releases/1.0.0/dtmf-1.mp3`);
    expect((await sound.arrayBuffer()).byteLength).toBe(204);
    expect(gateway.webRequests.map((request) => request.method)).toEqual([
      'OPTIONS',
      'POST',
      'GET',
    ]);
  });

  it('sends heartbeats', async () => {
    gateway.settings.heartbeatMs = 5;
    const client = await TestClient.login(url);
    await client.until(() => client.heartbeats >= 3);
  });
});

describe('logging in', () => {
  it('takes any token and announces its lifetime', async () => {
    gateway.settings.tokenTtlSeconds = 12;
    const client = await TestClient.open(url);
    client.send('listen', { token: 'anything' });
    expect(await client.next('connected')).toMatchObject({ token: { ttl: 12 } });
    expect(gateway.logins).toMatchObject([{ token: 'anything' }]);
    gateway.clearLogs();
    expect([gateway.logins, gateway.frames]).toEqual([[], []]);
  });

  it.each([
    ['bad', 31204],
    ['bad-auth', 31201],
    ['bad-signature', 31202],
    ['bad-expired', 31205],
    ['bad-rate', 31206],
  ])('refuses the token %s with %i, its registration and its calls too', async (token, code) => {
    const client = await TestClient.open(url);
    client.send('listen', { token });
    expect(await client.next('error')).toMatchObject({ error: { code } });
    client.send('register', { media: { audio: true } });
    expect(await client.next('error')).toMatchObject({ error: { code: 31204 } });
    client.send('invite', invite);
    expect(await client.next('hangup')).toMatchObject({ error: { code: 31204 } });
    expect(trunk.legs).toEqual([]);
  });

  it('registers and unregisters', async () => {
    const client = await TestClient.login(url);
    client.send('register', { media: { audio: true } });
    await client.next('ready');
    expect(gateway.registrations).toBe(1);
    client.send('register', { media: { audio: false } });
    await client.next('offline');
    expect(gateway.registrations).toBe(0);
  });

  it('can be silent, refuse or drop', async () => {
    gateway.faults.login = 'silent';
    const client = await TestClient.open(url);
    client.send('listen', { token: 'good' });
    await client.settle();
    expect(client.received).toEqual([]);
    gateway.faults.login = 'reject';
    gateway.settings.loginErrorCode = 31202;
    client.send('listen', { token: 'good' });
    expect(await client.next('error')).toMatchObject({ error: { code: 31202 } });
    gateway.faults.login = 'drop';
    client.send('listen', { token: 'good' });
    await client.closed();
    expect(gateway.logins.length).toBe(3);
  });
});

describe('faults of a call', () => {
  it('swallows, refuses or drops the INVITE without a call in the network', async () => {
    const client = await TestClient.login(url);
    gateway.faults.invite = 'swallow';
    client.send('invite', invite);
    await client.settle();
    gateway.faults.invite = 'error';
    client.send('invite', invite);
    expect(await client.next('hangup')).toMatchObject({
      callsid: 'TJS1',
      error: { code: 31503 },
    });
    gateway.faults.invite = 'drop';
    client.send('invite', invite);
    await client.closed();
    expect(gateway.invites.length).toBe(3);
    expect(trunk.legs).toEqual([]);
  });

  it('drops the socket and lets the phone ring', async () => {
    const client = await TestClient.login(url);
    gateway.faults.invite = 'drop-after-placing';
    client.send('invite', invite);
    await client.closed();
    expect(trunk.legs.length).toBe(1);
    expect(trunk.legs[0]?.said).toEqual([]);
  });

  it('tells of ringing after the answer', async () => {
    const client = await TestClient.login(url);
    gateway.faults.invite = 'late';
    client.send('invite', invite);
    await client.settle();
    trunk.legs[0]?.listener.ringing();
    await client.settle();
    expect(client.received).toEqual([]);
    trunk.legs[0]?.listener.answered();
    await client.until(() => client.received.length === 2);
    expect(client.received.map((frame) => frame.type)).toEqual(['answer', 'ringing']);
  });

  it('swallows ringing, answer and hang-up', async () => {
    const client = await TestClient.login(url);
    Object.assign(gateway.faults, { ringing: 'swallow', answer: 'swallow', bye: 'swallow' });
    client.send('invite', invite);
    await client.settle();
    trunk.legs[0]?.listener.ringing();
    trunk.legs[0]?.listener.answered();
    client.send('hangup', { callsid: 'TJS1' });
    await client.settle();
    expect(client.received).toEqual([]);
    expect(trunk.legs[0]?.said).toEqual([]);
    expect(gateway.openCalls.length).toBe(1);
  });

  it('delays every message and keeps their order', async () => {
    const client = await TestClient.login(url);
    gateway.faults.delayMs = 60;
    const started = performance.now();
    client.send('message', { callsid: 'CA0', voiceeventsid: 'KX1', content: '' });
    gateway.faults.delayMs = 30;
    client.send('message', { callsid: 'CA0', voiceeventsid: 'KX2', content: '' });
    expect(await client.next('ack')).toMatchObject({ voiceeventsid: 'KX1' });
    expect(await client.next('ack')).toMatchObject({ voiceeventsid: 'KX2' });
    expect(performance.now() - started).toBeGreaterThanOrEqual(58);
  });

  it('delays the handshake by its round trips', async () => {
    gateway.faults.delayMs = 10;
    const started = performance.now();
    await TestClient.open(url);
    expect(performance.now() - started).toBeGreaterThanOrEqual(58);
  });

  it('makes sockets half-open', async () => {
    const client = await TestClient.login(url);
    gateway.freezeSockets();
    client.send('invite', invite);
    const other = await TestClient.login(url);
    await other.settle();
    expect(trunk.legs).toEqual([]);
    expect(gateway.openSockets).toBe(2);
  });

  it('survives frames that make no sense', async () => {
    const client = await TestClient.login(url);
    for (const text of ['', 'x', '[]', '{"type":1}', '{"type":"invite"}', '{"type":"nonsense"}']) {
      client.sendText(text);
    }
    await client.settle();
    client.send('hangup', { callsid: 'unknown' });
    await client.settle();
  });

  it('sends errors and the final close on demand', async () => {
    const client = await TestClient.login(url);
    gateway.sendError(31206, 'Slow down', 3);
    expect(await client.next('error')).toEqual({
      error: { code: 31206, message: 'Slow down', retryAfter: 3 },
    });
    gateway.sendClose();
    expect(await client.next('close')).toEqual({});
    client.send('invite', invite);
    await vi.waitFor(() => expect(trunk.legs.length).toBe(1));
    gateway.hangupAll(31005);
    expect(await client.next('hangup')).toMatchObject({ error: { code: 31005 } });
    expect(trunk.legs[0]?.said).toEqual(['hangup']);
  });
});
