import { describe, expect, test } from 'vitest';
import { openDialer } from './dialer-driver.js';
import { BEARER_TOKEN } from './lab/gateway.js';
import { e164, type LabDigits } from './lab/numbers.js';
import { toneShare } from './lab/recording.js';
import { reasonToSkip } from './lab/tools.js';
import { PAGE_TONE, PHONE_TONE, useTelephony } from './telephony-page.js';

const reason = reasonToSkip();
/** For polls, on a busy machine. */
const SOON = { timeout: 5_000, interval: 20 };
const suffix = reason === undefined ? '' : ` (skipped: ${reason})`;

describe.skipIf(reason)(`calls over the telephone path${suffix}`, () => {
  const it = useTelephony('test/telephony/page/dialer.ts');

  /** What the phone heard in the call that ended last. */
  const heard = () => it.lab.phone.recordings.at(-1)?.samples ?? new Int16Array();

  test('sound both ways, digits, hang-up: one ring, nothing left', async () => {
    const dialer = await openDialer(it);
    await dialer.dial('5550100');
    expect(await dialer.until('active')).toBeUndefined();
    expect(await dialer.hears()).toBeCloseTo(PHONE_TONE, -2);
    await dialer.sendDigits('159#');
    await it.lab.phone.waitFor('digit', { nth: 4 });
    expect(it.lab.phone.digits).toBe('159#');

    expect(await dialer.hangup()).toMatchObject({
      cause: 'completed',
      by: 'local',
      confirmed: true,
      released: true,
    });
    await it.lab.phone.waitFor('closed');
    expect(it.lab.rings('5550100')).toBe(1);
    expect(toneShare(heard(), PAGE_TONE)).toBeGreaterThan(0.5);
    expect(toneShare(heard(), PHONE_TONE)).toBe(0);
    await dialer.close();
  });

  test('digits by INFO', async () => {
    const dialer = await openDialer(it, [{ digits: 'signalling' }]);
    await dialer.dial('5550100');
    await dialer.until('active');
    await dialer.sendDigits('159#');
    await it.lab.phone.waitFor('digit', { nth: 4 });
    expect(it.lab.phone.digits).toBe('159#');
    await dialer.close();
    await it.lab.phone.waitFor('closed');
  });

  test('Opus from end to end', async () => {
    const dialer = await openDialer(it);
    await dialer.dial('5550103');
    await dialer.until('active');
    expect(await dialer.hears()).toBeCloseTo(PHONE_TONE, -2);
    expect((await dialer.packets()).codec).toBe('audio/opus');
    await dialer.hangup();
    await it.lab.phone.waitFor('closed');
    expect(toneShare(heard(), PAGE_TONE)).toBeGreaterThan(0.8);
    await dialer.close();
  });

  test.each([
    [{ login: 'bearer', token: BEARER_TOKEN }, 'a bearer token'],
    [{ register: false }, 'no registration'],
    [{ register: false, login: 'bearer', token: BEARER_TOKEN }, 'a bearer token alone'],
  ] as const)('%o: a call with %s', async (route, _) => {
    const dialer = await openDialer(it, [route]);
    await dialer.dial('5550100');
    expect(await dialer.until('active')).toBeUndefined();
    expect(await dialer.hears()).toBeCloseTo(PHONE_TONE, -2);
    await dialer.close();
    await it.lab.phone.waitFor('closed');
  });

  // The phone rang before it refused: who hears 500 or 503 then is asked before anything is dialled again.
  test.each([
    ['5550302', 302, 'call/blocked', 'no'],
    ['5550403', 403, 'call/blocked', 'no'],
    ['5550404', 404, 'call/invalid-number', 'no'],
    ['5550408', 408, 'call/no-answer', 'ok'],
    ['5550480', 480, 'call/unavailable', 'ok'],
    ['5550486', 486, 'call/busy', 'ok'],
    ['5550488', 488, 'media/negotiation-failed', 'ask'],
    ['5550500', 500, 'provider/server-error', 'ask'],
    ['5550503', 503, 'provider/server-error', 'ask'],
    ['5550600', 600, 'call/busy', 'ok'],
    ['5550603', 603, 'call/rejected', 'ask'],
  ] as const)('%s: %i is %s', async (number, sipCode, code, redialAdvice) => {
    const dialer = await openDialer(it);
    await dialer.dial(number);
    expect(await dialer.ending()).toMatchObject({
      by: 'remote',
      confirmed: true,
      code,
      sipCode,
      redialAdvice,
      released: true,
      attempts: [['sip', 'progress']],
    });
    expect(it.lab.scripted.responses(number)).toEqual([180, sipCode]);
    expect(it.lab.rings(number)).toBe(1);
    // Where the redirection points to: it is never followed.
    expect(it.lab.rings('5550199')).toBe(0);
    expect(await dialer.events()).toEqual(['connecting', 'ringing', 'ended']);
    await dialer.close();
  });

  test('nobody there: 408 without a ring', async () => {
    const dialer = await openDialer(it);
    await dialer.dial('5550999');
    expect(await dialer.ending()).toMatchObject({ code: 'provider/timeout', sipCode: 408 });
    await dialer.close();
  });

  test('early media is heard before the answer; the far side hangs up', async () => {
    const dialer = await openDialer(it);
    await dialer.dial('5550183');
    await expect
      .poll(() => dialer.page.page.evaluate(() => globalThis.telephonyPage.call.earlyMedia), SOON)
      .toBe(true);
    expect(await dialer.hears(700)).toBeCloseTo(PHONE_TONE, -2);
    expect(await dialer.events()).toEqual(['connecting', 'ringing']);
    expect(await dialer.until('active')).toBeUndefined();
    expect(await dialer.ending()).toMatchObject({
      cause: 'completed',
      by: 'remote',
      confirmed: true,
    });
    await dialer.close();
  });

  test('an announcement is heard, then 480', async () => {
    const dialer = await openDialer(it);
    await dialer.dial('5550184');
    await expect.poll(() => it.lab.scripted.responses('5550184'), SOON).toEqual([180, 183]);
    expect(await dialer.hears(700)).toBeCloseTo(PHONE_TONE, -2);
    expect(await dialer.ending()).toMatchObject({ code: 'call/unavailable', sipCode: 480 });
    await dialer.close();
  });

  test('the far side answers and hangs up', async () => {
    const dialer = await openDialer(it);
    await dialer.dial('5550101');
    await it.lab.phone.waitFor('incoming');
    await expect.poll(() => dialer.state(), SOON).toBe('ringing');
    it.lab.phone.accept('5550101');
    expect(await dialer.until('active')).toBeUndefined();
    it.lab.phone.hangup('5550101');
    expect(await dialer.ending()).toMatchObject({
      cause: 'completed',
      by: 'remote',
      confirmed: true,
    });
    await dialer.close();
  });

  test('the far side declines', async () => {
    const dialer = await openDialer(it);
    await dialer.dial('5550101');
    await it.lab.phone.waitFor('incoming');
    it.lab.phone.hangup('5550101');
    expect(await dialer.ending()).toMatchObject({ code: 'call/busy', sipCode: 486 });
    await dialer.close();
  });

  test.each(['5550101', '5550486', '5550183'] as const)(
    '%s: cancelled while it rings, and the phone knows',
    async (number) => {
      const dialer = await openDialer(it);
      await dialer.dial(number);
      await expect.poll(() => dialer.state(), SOON).toBe('ringing');
      expect(await dialer.hangup()).toMatchObject({ cause: 'cancelled', confirmed: true });
      if (number === '5550101') await it.lab.phone.waitFor('closed');
      else {
        await expect
          .poll(() => it.lab.scripted.received(number), SOON)
          .toEqual(['INVITE', 'CANCEL', 'ACK']);
      }
      expect(it.lab.phone.liveCalls).toEqual([]);
      await dialer.close();
    },
  );

  test('hung up at once: no phone goes on ringing', async () => {
    const dialer = await openDialer(it);
    for (const delayMs of [0, 5, 10, 20, 40, 80, 120, 160]) {
      await dialer.dial('5550101');
      await dialer.page.page.waitForTimeout(delayMs);
      expect(await dialer.hangup()).toMatchObject({ cause: 'cancelled', released: true });
      await expect.poll(() => it.lab.phone.liveCalls, SOON).toEqual([]);
    }
    await dialer.close();
  });

  test('nothing arrives on hold, and sound is back afterwards', async () => {
    const dialer = await openDialer(it);
    await dialer.dial('5550100');
    await dialer.until('active');
    await dialer.hold(true);
    await dialer.page.page.waitForTimeout(200);
    const before = await dialer.packets();
    await dialer.page.page.waitForTimeout(600);
    const after = await dialer.packets();
    expect(after.received - before.received).toBe(0);
    expect(after.sent - before.sent).toBe(0);
    await dialer.hold(false);
    await expect.poll(() => dialer.hears(), { timeout: 4_000 }).toBeCloseTo(PHONE_TONE, -2);
    await dialer.hangup();
    await it.lab.phone.waitFor('closed');
    expect(it.lab.phone.packets.received).toBeGreaterThan(after.sent + 10);
    await dialer.close();
  });

  test('the far side holds and takes back', async () => {
    const dialer = await openDialer(it);
    const held = () => dialer.page.page.evaluate(() => globalThis.telephonyPage.call.heldByRemote);
    await dialer.dial('5550100');
    await dialer.until('active');
    it.lab.phone.setHeld('5550100', true);
    await expect.poll(held, SOON).toBe(true);
    it.lab.phone.setHeld('5550100', false);
    await expect.poll(held, SOON).toBe(false);
    expect(await dialer.hears()).toBeCloseTo(PHONE_TONE, -2);
    await dialer.close();
  });

  test('passed on to another number: that one rings, and this call is over', async () => {
    const dialer = await openDialer(it);
    await dialer.dial('5550100');
    await dialer.until('active');
    await dialer.page.page.evaluate(
      (to) => globalThis.telephonyPage.call.transfer(to),
      e164('5550101'),
    );
    await it.lab.phone.waitFor('incoming', { number: '5550101' });
    it.lab.phone.accept('5550101');
    await it.lab.phone.waitFor('established', { number: '5550101' });
    await expect.poll(() => dialer.state(), SOON).toBe('ended');
    expect(await dialer.ending()).toMatchObject({ cause: 'completed', released: true });
    await dialer.close();
  });

  test('answered in the moment of the hang-up: no phone stays in a call', async () => {
    const dialer = await openDialer(it);
    for (const acceptFirstMs of [-30, -20, -12, -6, -3, 0, 3, 6, 12, 20, 30]) {
      await dialer.dial('5550101');
      await expect.poll(() => dialer.state(), SOON).toBe('ringing');
      const accept = setTimeout(() => it.lab.phone.accept('5550101'), Math.max(0, -acceptFirstMs));
      await dialer.page.page.waitForTimeout(Math.max(0, acceptFirstMs));
      const { cause, confirmed } = await dialer.hangup();
      expect(['cancelled', 'completed']).toContain(cause);
      expect(confirmed).toBe(true);
      clearTimeout(accept);
      await expect.poll(() => it.lab.phone.liveCalls, SOON).toEqual([]);
    }
    await dialer.close();
  });

  test('called itself: 480, and the call that is under way goes on', async () => {
    const dialer = await openDialer(it);
    await dialer.dial('5550100');
    await dialer.until('active');
    it.lab.phone.dial('5550101', 'sip:visitor@lab.example');
    const { reason } = await it.lab.phone.waitFor('closed', { number: '5550101' });
    expect(reason).toContain('480');
    expect(await dialer.hears()).toBeCloseTo(PHONE_TONE, -2);
    await dialer.close();
  });

  test('a number that forks: one answers, the other stops ringing', async () => {
    const dialer = await openDialer(it);
    await dialer.dial('5550120');
    await it.lab.phone.waitFor('incoming', { number: '5550101' });
    await it.lab.phone.waitFor('incoming', { number: '5550102' });
    it.lab.phone.accept('5550102');
    expect(await dialer.until('active')).toBeUndefined();
    await it.lab.phone.waitFor('closed', { number: '5550101' });
    expect(await dialer.hears()).toBeCloseTo(PHONE_TONE, -2);
    expect(await dialer.hangup()).toMatchObject({ cause: 'completed', confirmed: true });
    await it.lab.phone.waitFor('closed', { number: '5550102' });
    await dialer.close();
  });

  test('60 calls in a row: 60 with sound both ways, and nothing is left', async () => {
    const dialer = await openDialer(it);
    const number: LabDigits = '5550100';
    for (let round = 1; round <= 60; round += 1) {
      await dialer.dial(number);
      expect(await dialer.until('active')).toBeUndefined();
      expect(await dialer.hears(450)).toBeCloseTo(PHONE_TONE, -2);
      expect(await dialer.hangup()).toMatchObject({ cause: 'completed', confirmed: true });
      await it.lab.phone.waitFor('closed', { nth: round });
      // At once: a call that is answered in the same second takes its file.
      expect(toneShare(heard(), PAGE_TONE)).toBeGreaterThan(0.5);
      const { liveTracks, peerConnections } = await dialer.page.resources();
      expect({ liveTracks, peerConnections }).toEqual({ liveTracks: 0, peerConnections: 0 });
    }
    expect(it.lab.rings(number)).toBe(60);
    expect(it.lab.phone.liveCalls).toEqual([]);
    await dialer.close();
  }, 180_000);
});
