import { describe, expect, test } from 'vitest';
import { openDialer } from './dialer-driver.js';
import { reasonToSkip } from './lab/tools.js';
import { PHONE_TONE, useTelephony } from './telephony-page.js';

const reason = reasonToSkip();
/** For polls, on a busy machine. */
const SOON = { timeout: 5_000 };
const suffix = reason === undefined ? '' : ` (skipped: ${reason})`;

describe.skipIf(reason)(`what breaks on the telephone path${suffix}`, () => {
  const it = useTelephony('test/telephony/page/dialer.ts', { gateways: 2 });

  /** Two routes, one over each gateway. */
  const twoRoutes = () =>
    it.lab.gateways.map(({ webSocket }, index) => ({
      server: webSocket,
      route: ['sip/first', 'sip/second'][index] ?? '',
    }));

  test('a wrong password', async () => {
    const dialer = await openDialer(it, [{ token: 'wrong' }]);
    await dialer.dial('5550100');
    expect(await dialer.ending()).toMatchObject({
      cause: 'unauthorized',
      code: 'auth/token-rejected',
      released: true,
      // Once more with a fresh token.
      attempts: [
        ['sip', 'unsent'],
        ['sip', 'unsent'],
      ],
    });
    expect(it.lab.gateway.invites).toEqual([]);
    await dialer.close();
  });

  test.each([
    [403, 'auth/token-rejected'],
    [503, 'provider/server-error'],
  ] as const)('a registration that is refused with %i', async (sipCode, code) => {
    await it.lab.gateway.fault('register', sipCode);
    const dialer = await openDialer(it);
    await dialer.dial('5550100');
    const ending = await dialer.ending();
    expect(ending).toMatchObject({ code, sipCode });
    expect(ending.attempts.every(([, phase]) => phase === 'unsent')).toBe(true);
    expect(it.lab.rings('5550100')).toBe(0);
    await dialer.close();
  });

  test('a server that refuses the WebSocket', async () => {
    await it.lab.gateway.fault('ws', 403);
    const dialer = await openDialer(it);
    await dialer.dial('5550100');
    expect(await dialer.ending()).toMatchObject({ code: 'provider/unreachable' });
    await dialer.close();
  });

  test('a server that swallows the login: our deadline ends it', async () => {
    await it.lab.gateway.fault('drop', 1);
    const dialer = await openDialer(it);
    const startedAt = Date.now();
    await dialer.dial('5550100');
    expect(await dialer.ending()).toMatchObject({
      code: 'provider/timeout',
      attempts: [['sip', 'unsent']],
    });
    expect(Date.now() - startedAt).toBeLessThan(4_000);
    await dialer.close();
  });

  test('a server that swallows the call: our deadline ends it, without proof', async () => {
    const dialer = await openDialer(it);
    await dialer.page.page.evaluate(() => globalThis.telephonyPage.dialer.warmUp());
    await it.lab.gateway.fault('drop', 1);
    const startedAt = Date.now();
    await dialer.dial('5550100');
    expect(await dialer.ending()).toMatchObject({
      confirmed: false,
      redialAdvice: 'ask',
      attempts: [['sip', 'sent']],
    });
    expect(Date.now() - startedAt).toBeLessThan(8_000);
    expect(it.lab.rings('5550100')).toBe(0);
    await it.lab.gateway.fault('drop', 0);
    await dialer.close();
  });

  test.each([
    ['an INVITE refused with 503', 'invite', 503],
    ['an INVITE refused with 500', 'invite', 500],
    ['a registration refused with 503', 'register', 503],
    ['a WebSocket that is refused', 'ws', 503],
    ['a server that swallows requests', 'drop', 1],
  ] as const)('%s: the same call over the second gateway, one ring', async (_, fault, value) => {
    await it.lab.gateway.fault(fault, value);
    const dialer = await openDialer(it, twoRoutes());
    await dialer.dial('5550100');
    expect(await dialer.until('active')).toBeUndefined();
    expect(await dialer.events()).toContain('(switched)');
    expect(await dialer.hears()).toBeCloseTo(PHONE_TONE, -2);
    expect(it.lab.rings('5550100')).toBe(1);
    expect(it.lab.gateways.map(({ invites }) => invites.length)).toEqual([0, 1]);
    expect(await dialer.hangup()).toMatchObject({ cause: 'completed', confirmed: true });
    await it.lab.phone.waitFor('closed');
    await dialer.close();
  });

  test('503 of the phone, after it rang: no second call', async () => {
    const dialer = await openDialer(it, twoRoutes());
    await dialer.dial('5550503');
    expect(await dialer.ending()).toMatchObject({ sipCode: 503, redialAdvice: 'ask' });
    expect(it.lab.rings('5550503')).toBe(1);
    await dialer.close();
  });

  test('the gateway is killed in the call and comes back: sound goes on, the hang-up arrives', async () => {
    const dialer = await openDialer(it);
    await dialer.dial('5550100');
    await dialer.until('active');
    await it.lab.gateway.kill();
    await expect.poll(() => dialer.events(), SOON).toContain('(reconnecting)');
    expect(await dialer.hears()).toBeCloseTo(PHONE_TONE, -2);
    await dialer.page.page.waitForTimeout(1_500);
    await it.lab.gateway.restart();
    await expect.poll(() => dialer.events(), { timeout: 10_000 }).toContain('(reconnected)');
    expect(await dialer.state()).toBe('active');
    expect(await dialer.hears()).toBeCloseTo(PHONE_TONE, -2);
    expect(it.lab.phone.liveCalls).toHaveLength(1);
    expect(await dialer.hangup()).toMatchObject({
      cause: 'completed',
      by: 'local',
      confirmed: true,
    });
    await it.lab.phone.waitFor('closed');
    await dialer.close();
  });

  test('the socket is closed in the call: it is opened again, ICE starts anew, the call goes on', async () => {
    const dialer = await openDialer(it);
    const credentials = () =>
      dialer.page.page.evaluate(() => {
        const connection = globalThis.everdialLab.peerConnections().at(-1);
        return [connection?.localDescription, connection?.remoteDescription].map(
          (description) => /^a=ice-ufrag:(.*)$/m.exec(description?.sdp ?? '')?.[1],
        );
      });
    await dialer.dial('5550100');
    await dialer.until('active');
    const before = await credentials();
    expect(await it.lab.gateway.closeSockets()).toBe(1);
    await expect.poll(() => dialer.events(), SOON).toContain('(reconnected)');
    const after = await credentials();
    expect(after.map((ufrag, index) => ufrag !== before[index])).toEqual([true, true]);
    expect(await dialer.hears()).toBeCloseTo(PHONE_TONE, -2);
    it.lab.phone.hangup('5550100');
    expect(await dialer.ending()).toMatchObject({
      cause: 'completed',
      by: 'remote',
      confirmed: true,
    });
    await dialer.close();
  });

  test('hung up while the gateway is away: the BYE arrives when it is back', async () => {
    const dialer = await openDialer(it);
    await dialer.dial('5550100');
    await dialer.until('active');
    await it.lab.gateway.kill();
    const ending = dialer.hangup();
    await dialer.page.page.waitForTimeout(300);
    await it.lab.gateway.restart();
    await it.lab.phone.waitFor('closed');
    expect(await ending).toMatchObject({ cause: 'completed', by: 'local', confirmed: true });
    await dialer.close();
  });

  test('hung up while the gateway is gone: told as not confirmed', async () => {
    const dialer = await openDialer(it);
    await dialer.dial('5550100');
    await dialer.until('active');
    await it.lab.gateway.kill();
    const startedAt = Date.now();
    expect(await dialer.hangup()).toMatchObject({ cause: 'completed', confirmed: false });
    expect(Date.now() - startedAt).toBeLessThan(5_000);
    expect(it.lab.phone.liveCalls).toHaveLength(1);
    await dialer.close();
  });

  test('the gateway dies while the phone rings: it does not ring for ever', async () => {
    const dialer = await openDialer(it);
    await dialer.dial('5550101');
    await it.lab.phone.waitFor('incoming');
    await expect.poll(() => dialer.state(), SOON).toBe('ringing');
    await it.lab.gateway.kill();
    await it.lab.gateway.restart();
    const ending = await dialer.ending();
    expect(ending).toMatchObject({ redialAdvice: 'ask', released: true });
    expect(it.lab.rings('5550101')).toBe(1);
    await dialer.close();
  });
});
