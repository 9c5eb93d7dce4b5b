import { expect, test } from 'vitest';
import { SipSocket } from '../../../../src/providers/sip/socket.js';
import { createSimulatedClock } from '../../../../src/testing/simulated-clock.js';
import { FakeWebSocket, useFakeWebSocket } from './fake-web-socket.js';

useFakeWebSocket();

const PING = '\r\n\r\n';
const PONG = '\r\n';
const ignore = () => undefined;

/** A socket in front of servers that the test plays. */
function stage(servers: readonly string[] = ['wss://one.example.com/ws']) {
  const clock = createSimulatedClock();
  const closed = new AbortController();
  const told: string[] = [];
  const warnings: string[] = [];
  const socket = new SipSocket(servers, {
    clock,
    logger: { debug: ignore, info: ignore, warn: (text) => warnings.push(text), error: ignore },
    closed: closed.signal,
    lost: () => told.push('lost'),
    failed: () => told.push('failed'),
    ask: () => told.push('ask'),
  });
  socket.onconnect = () => told.push('connect');
  socket.ondisconnect = (error, code) => told.push(`disconnect ${error} ${code}`);
  socket.ondata = (data) => told.push(`data ${String(data)}`);
  const open = async () => {
    socket.connect();
    await clock.advance(0);
  };
  return { clock, closed, told, warnings, socket, open };
}

test('opens the server with the subprotocol of RFC 7118 and says where it is', async () => {
  const { socket, told, open } = stage();
  await open();
  expect(FakeWebSocket.newest).toMatchObject({
    url: 'wss://one.example.com/ws',
    protocol: 'sip',
    binaryType: 'arraybuffer',
  });
  expect([told, socket.connected]).toEqual([['connect'], true]);
  expect([socket.via_transport, socket.url, socket.sip_uri]).toEqual([
    'WSS',
    'wss://one.example.com/ws',
    'sip:one.example.com;transport=ws',
  ]);
  expect(socket.send('a message')).toBe(true);
  expect(FakeWebSocket.newest.sent).toContain('a message');
});

test('the next server is tried when one refuses, hangs or can not even be asked', async () => {
  const { clock, told, open } = stage(['wss://one.example.com', 'ws://two.example.com']);
  FakeWebSocket.mode = 'hangs';
  await open();
  expect(told).toEqual([]);
  FakeWebSocket.mode = 'opens';
  await clock.advance(1_200);
  expect(FakeWebSocket.all.map(({ url, readyState }) => [url, readyState])).toEqual([
    ['wss://one.example.com', 3],
    ['ws://two.example.com', 1],
  ]);
  expect(told).toEqual(['connect']);
  const other = stage(['wss://one.example.com', 'ws://two.example.com']);
  FakeWebSocket.mode = 'throws';
  await other.open();
  expect(other.told).toEqual(['failed']);
});

test('at first each server is tried once', async () => {
  const { clock, told, open } = stage(['wss://one.example.com', 'ws://two.example.com']);
  FakeWebSocket.mode = 'refuses';
  await open();
  await clock.advance(60_000);
  expect([told, FakeWebSocket.all.length, clock.pendingTimers]).toEqual([['failed'], 2, 0]);
});

test('a silent server is asked, often in a call and seldom without one', async () => {
  const { clock, socket, open } = stage();
  await open();
  const { sent } = FakeWebSocket.newest;
  const answer = () => FakeWebSocket.newest.say(PONG);
  expect(sent).toEqual([PING]);
  answer();
  await clock.advance(14_999);
  expect(sent.length).toBe(1);
  await clock.advance(1);
  expect(sent.length).toBe(2);
  answer();
  socket.busy = true;
  await clock.advance(1_000);
  expect(sent.length).toBe(3);
  answer();
  await clock.advance(1_000);
  expect(sent.length).toBe(4);
  answer();
  socket.busy = false;
  await clock.advance(14_000);
  expect(sent.length).toBe(4);
});

test('a server that does not answer any more is a lost one, though no event says so', async () => {
  const { clock, socket, told, open } = stage();
  await open();
  FakeWebSocket.newest.say(PONG);
  socket.busy = true;
  await clock.advance(1_000);
  await clock.advance(2_499);
  expect(told).not.toContain('lost');
  await clock.advance(1);
  expect(told.slice(-2)).toEqual(['disconnect true 1006', 'lost']);
  expect([socket.connected, FakeWebSocket.newest.readyState, clock.pendingTimers]).toEqual([
    false,
    3,
    0,
  ]);
  expect(socket.send('too late')).toBe(false);
});

test('anything that comes proves that the server is there', async () => {
  const { clock, socket, told, open } = stage();
  await open();
  FakeWebSocket.newest.say(PONG);
  socket.busy = true;
  for (let second = 0; second < 20; second += 1) {
    await clock.advance(1_000);
    FakeWebSocket.newest.say('NOTIFY');
  }
  expect(told).not.toContain('lost');
});

test('a server that never answers pings is asked with a request instead, and less often', async () => {
  const { clock, socket, told, open } = stage();
  await open();
  socket.busy = true;
  await clock.advance(2_500);
  expect(told).toEqual(['connect', 'ask']);
  FakeWebSocket.newest.say('SIP/2.0 200 OK');
  await clock.advance(2_999);
  expect(told.filter((what) => what === 'ask').length).toBe(1);
  await clock.advance(1);
  expect(told.filter((what) => what === 'ask').length).toBe(2);
  expect(FakeWebSocket.newest.sent).toEqual([PING]);
  await clock.advance(2_500);
  expect(told.at(-1)).toBe('lost');
});

test('check() calls back when the server answers, and not when it is lost', async () => {
  const { clock, socket, told, open } = stage();
  socket.check(() => told.push('without a socket'));
  await open();
  FakeWebSocket.newest.say(PONG);
  socket.check(() => told.push('there'));
  socket.check(() => told.push('there, too'));
  expect(FakeWebSocket.newest.sent).toEqual([PING, PING]);
  FakeWebSocket.newest.say(PONG);
  expect(told.filter((what) => what.startsWith('there'))).toEqual(['there', 'there, too']);
  socket.check(() => told.push('never'));
  await clock.advance(2_500);
  expect(told.at(-1)).toBe('lost');
  await open();
  FakeWebSocket.newest.say(PONG);
  expect(told).not.toContain('never');
  expect(told).not.toContain('without a socket');
});

test('a lost connection is opened again and again, in pauses, until it is given up', async () => {
  const { clock, socket, told, open } = stage();
  await open();
  const startMs = clock.monotonicNow();
  const triesMs: number[] = [];
  FakeWebSocket.mode = 'refuses';
  FakeWebSocket.newest.break();
  socket.connect();
  for (let step = 0; step < 700; step += 1) {
    const before = FakeWebSocket.all.length;
    await clock.advance(100);
    if (FakeWebSocket.all.length > before) triesMs.push(clock.monotonicNow() - startMs);
  }
  expect(triesMs.slice(0, 6)).toEqual([100, 200, 700, 1_700, 3_700, 5_700]);
  expect(told.slice(-1)).toEqual(['failed']);
  expect(clock.pendingTimers).toBe(0);
});

test('comes back on the first server that opens', async () => {
  const { clock, socket, told, open } = stage(['wss://one.example.com', 'ws://two.example.com']);
  await open();
  FakeWebSocket.mode = 'refuses';
  FakeWebSocket.newest.break();
  socket.connect();
  await clock.advance(300);
  FakeWebSocket.mode = 'opens';
  await clock.advance(1_000);
  expect(told.at(-1)).toBe('connect');
  expect(socket.connected).toBe(true);
});

test('what can not be read is logged, and the connection stays', async () => {
  const { socket, warnings, open } = stage();
  await open();
  socket.ondata = () => {
    throw new Error('garbage');
  };
  FakeWebSocket.newest.say('garbage');
  expect([warnings.length, socket.connected]).toEqual([1, true]);
});

test.each(['open', 'opening', 'waiting'])(
  'closed while it is %s, nothing is left',
  async (when) => {
    const { clock, closed, told, socket, open } = stage();
    if (when === 'opening') FakeWebSocket.mode = 'hangs';
    await open();
    if (when === 'waiting') {
      FakeWebSocket.mode = 'refuses';
      FakeWebSocket.newest.break();
      socket.connect();
      await clock.advance(400);
    }
    const before = [...told];
    closed.abort();
    await clock.advance(120_000);
    expect(told).toEqual(before);
    expect(FakeWebSocket.all.every(({ readyState }) => readyState === 3)).toBe(true);
    expect(clock.pendingTimers).toBe(0);
  },
);
