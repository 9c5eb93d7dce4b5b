import { describe, expect, test } from 'vitest';
import { eventually, NOTHING_LEFT, useAdapterLab } from './twilio-lab.js';

const it = useAdapterLab();
const ZERO = { ...NOTHING_LEFT, timeouts: 0 };

describe('what the SDK never settles is a failure as soon as it shows (traps 1 and 9)', () => {
  test.each([
    ['bad', 'auth/token-rejected'],
    ['bad-auth', 'auth/token-rejected'],
    ['bad-expired', 'auth/token-expired'],
    ['bad-signature', 'auth/token-rejected'],
    ['bad-rate', 'provider/over-limit'],
  ])('the token %s: %s', async (token, code) => {
    const page = await it.page();
    expect(await page.open({ token })).toBe(code);
    await eventually(page.resources).toMatchObject(ZERO);
    expect(page.pageErrors).toEqual([]);
    expect(await page.said()).toEqual([]);
  });

  test.each(['refuse', 'reset'] as const)('the port: %s', async (tcp) => {
    it.lab.twilio.faults.tcp = tcp;
    await it.lab.twilio.settled();
    const page = await it.page();
    expect(await page.open()).toBe('provider/unreachable');
    await eventually(page.resources).toMatchObject(ZERO);
    expect(page.pageErrors).toEqual([]);
  });

  test('a status instead of the upgrade', async () => {
    it.lab.twilio.faults.upgrade = 401;
    const page = await it.page();
    expect(await page.open()).toBe('provider/unreachable');
    await eventually(page.resources).toMatchObject(ZERO);
  });

  test('the socket goes before the login is answered', async () => {
    it.lab.twilio.faults.login = 'drop';
    const page = await it.page();
    expect(await page.open()).toBe('provider/unreachable');
    await eventually(page.resources).toMatchObject(ZERO);
    expect(it.lab.twilio.logins.length).toBe(1);
  });
});

test.each([
  ['a black hole', { tcp: 'black-hole' }],
  ['an upgrade that is never answered', { upgrade: 'hold' }],
  ['a login that is never answered', { login: 'silent' }],
] as const)('%s is left when the signal aborts, and nothing goes on', async (_what, faults) => {
  Object.assign(it.lab.twilio.faults, faults);
  await it.lab.twilio.settled();
  const page = await it.page();
  const opening = page.open();
  await eventually(async () => (await page.resources()).sockets).toBe(1);
  await page.run('abort');
  expect(await opening).toBe('state/aborted');
  await eventually(page.resources).toMatchObject(ZERO);
  expect(page.pageErrors).toEqual([]);
});

test('the session leaves no timer behind, not even for the end of the token (trap 18)', async () => {
  const page = await it.page();
  expect(await page.open()).toBe('open');
  await page.run('close');
  await eventually(page.resources).toMatchObject(ZERO);
});

test('nothing is fetched from another host: no sounds, no insights (trap 12)', async () => {
  const page = await it.page();
  const foreign: string[] = [];
  page.page.on('request', (request) => {
    const { hostname, protocol } = new URL(request.url());
    if (protocol !== 'data:' && hostname !== '127.0.0.1') foreign.push(hostname);
  });
  await page.open();
  await page.talk();
  await page.run('sendDigit', '5', 100);
  await page.expectClean();
  expect(foreign).toEqual([]);
});

test('insights are sent where the application allows it', async () => {
  const page = await it.page();
  const foreign: string[] = [];
  page.page.on('request', (request) => foreign.push(new URL(request.url()).hostname));
  await page.open({ vendorTelemetry: true });
  await page.talk();
  expect(foreign.some((host) => host.startsWith('eventgw'))).toBe(true);
});

describe('a session without a call', () => {
  test('tells of a lost connection and of its return', async () => {
    const page = await it.page();
    await page.open();
    it.lab.twilio.dropSockets();
    expect(await page.until('connection reconnecting')).toMatchObject({
      error: 'network/signalling-lost',
    });
    await page.until('connection ready');
    await page.talk();
    await page.expectClean();
  });

  test('that is lost before it was logged in again is told of, too', async () => {
    const page = await it.page();
    await page.open();
    it.lab.twilio.faults.login = 'drop';
    it.lab.twilio.dropSockets();
    await page.until('connection reconnecting');
    await eventually(() => it.lab.twilio.logins.length).toBeGreaterThan(2);
    it.lab.twilio.resetFaults();
    await page.until('connection ready');
    it.lab.twilio.dropSockets();
    await page.until('connection reconnecting', 2);
    await page.until('connection ready', 2);
  });

  test('gives up when every new socket is dropped: eight a second, for ever', async () => {
    const page = await it.page();
    await page.open();
    it.lab.twilio.faults.login = 'drop';
    it.lab.twilio.dropSockets();
    expect(await page.until('connection failed')).toMatchObject({ error: 'provider/unreachable' });
    const logins = it.lab.twilio.logins.length;
    await eventually(page.resources).toMatchObject({ sockets: 0 });
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(it.lab.twilio.logins.length).toBe(logins);
    expect(page.pageErrors).toEqual([]);
  });

  test('does not dial without a connection', async () => {
    const page = await it.page();
    await page.open();
    it.lab.twilio.faults.tcp = 'refuse';
    await it.lab.twilio.settled();
    it.lab.twilio.dropSockets();
    await page.until('connection reconnecting');
    await page.run('dial');
    expect(await page.until('ended')).toMatchObject({
      by: 'network',
      final: false,
      error: 'network/signalling-lost',
    });
    expect(await page.types()).not.toContain('sent');
    expect(it.lab.twilio.invites).toEqual([]);
  });

  test('survives errors out of the blue (trap 7)', async () => {
    const page = await it.page();
    await page.open();
    it.lab.twilio.sendError(31002);
    it.lab.twilio.sendError(31204);
    await page.talk();
    await page.expectClean();
  });

  test('swaps its token between calls, and says when the new one is refused', async () => {
    const page = await it.page();
    await page.open();
    expect(await page.run('updateToken', 'second')).toBe('updated');
    expect(it.lab.twilio.logins.map(({ token }) => token)).toEqual(['good', 'second']);
    await page.talk();
    await page.run('hangup');
    await page.run('release');
    expect(await page.run('updateToken', 'bad-expired')).toBe('auth/token-expired');
    await page.expectClean();
  });

  test('ends when the page goes away: the SDK then destroys itself', async () => {
    const page = await it.page();
    await page.open();
    await page.talk();
    await page.page.evaluate(() => dispatchEvent(new PageTransitionEvent('pagehide')));
    expect(await page.until('ended')).toMatchObject({
      by: 'network',
      final: false,
      error: 'network/signalling-lost',
    });
    await page.until('connection failed');
    await page.expectClean();
  });
});
