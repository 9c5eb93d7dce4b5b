import { describe, expect, test } from 'vitest';
import { type AdapterPage, eventually, useAdapterLab } from './twilio-lab.js';

const it = useAdapterLab();
const RINGS = '+12025550107';

/** Gives what must not happen the time to happen: longer than the SDK's first tries to reconnect. */
const settle = () => new Promise((resolve) => setTimeout(resolve, 700));

/** Keeps every offer back until `letGo`, as a slow computer would. */
const holdOffers = ({ page }: AdapterPage) =>
  page.evaluate(() => {
    const { createOffer } = RTCPeerConnection.prototype;
    const gate = new Promise<void>((resolve) => {
      Object.assign(globalThis, { letGo: resolve });
    });
    RTCPeerConnection.prototype.createOffer = async function (
      this: RTCPeerConnection,
      ...args: unknown[]
    ) {
      await gate;
      return Reflect.apply(createOffer, this, args);
    } as typeof createOffer;
  });
const letGo = ({ page }: AdapterPage) => page.evaluate(() => Reflect.get(globalThis, 'letGo')());

describe('a call that is cancelled before it left is never placed (trap 4)', () => {
  test('in the very task in which it was dialled; the session goes on', async () => {
    const page = await it.page();
    await page.open();
    await page.run('prepareMicrophone');
    await page.page.evaluate((to) => {
      globalThis.twilioPage.dialNow(to);
      globalThis.twilioPage.hangup();
      globalThis.twilioPage.release();
    }, RINGS);
    expect(await page.said()).toEqual([
      { type: 'ended', by: 'local', final: false, error: undefined },
    ]);
    await settle();
    expect(it.lab.twilio.invites).toEqual([]);
    await page.talk();
    expect(it.lab.twilio.invites.length).toBe(1);
    expect(await page.types()).not.toContain('connection failed');
    await page.expectClean();
  });

  test('while the browser makes the offer', async () => {
    const page = await it.page();
    await page.open();
    await holdOffers(page);
    await page.run('dial');
    await page.until('peer-connection');
    await page.run('hangup');
    await letGo(page);
    await settle();
    expect(it.lab.twilio.invites).toEqual([]);
    expect(await page.types()).toEqual(['peer-connection', 'ended']);
    await page.expectClean();
  });
});

describe('an INVITE that could not be written is not kept for later', () => {
  test('the socket goes while the browser makes the offer', async () => {
    const page = await it.page();
    await page.open();
    await holdOffers(page);
    await page.run('dial');
    await page.until('peer-connection');
    it.lab.twilio.dropSockets();
    await page.until('ended');
    await letGo(page);
    await settle();
    expect(it.lab.twilio.invites).toEqual([]);
    expect(await page.types()).toEqual([
      'peer-connection',
      'connection reconnecting',
      'ended',
      'connection failed',
    ]);
    await page.expectClean();
  });
});

describe('a socket that is lost before the answer (trap 5)', () => {
  test.each([
    ['while it rings', RINGS, 'progress'],
    ['while nothing has come back', '+12025550112', 'sent'],
  ])(
    '%s: the call has ended, nobody knows how, and everything is freed',
    async (_when, to, phase) => {
      const page = await it.page();
      await page.open();
      await page.run('dial', { to });
      await page.until(phase);
      it.lab.twilio.dropSockets();
      expect(await page.until('ended')).toMatchObject({
        by: 'network',
        final: false,
        error: 'network/signalling-lost',
      });
      await page.until('connection failed');
      await page.run('release');
      expect(await page.run('copiesAreLive')).toBe(false);
      expect(await page.run('originalIsLive')).toBe(true);
      const logins = it.lab.twilio.logins.length;
      await settle();
      expect(it.lab.twilio.logins.length).toBe(logins);
      expect(it.lab.twilio.invites.length).toBe(1);
      await page.expectClean();
    },
  );
});

describe('how a call is told of', () => {
  test.each([
    ['+12025550101', 'call/busy', '31486'],
    ['+12025550103', 'call/rejected', '31603'],
    ['+12025550104', 'call/invalid-number', '31404'],
    ['+12025550105', 'provider/server-error', '31503'],
    ['+12025550106', 'provider/server-error', '31500'],
    ['+12025550118', 'provider/timeout', '31504'],
  ])('%s ends as %s: %s is not hidden (trap 8)', async (to, error, providerCode) => {
    const page = await it.page();
    await page.open();
    await page.run('dial', { to });
    const ended = await page.until('ended');
    expect(ended).toMatchObject({ by: 'remote', final: true, error, providerCode });
    await settle();
    expect((await page.types()).filter((type) => type === 'ended').length).toBe(1);
    await page.expectClean();
  });

  test('early media is told of when it comes', async () => {
    const page = await it.page();
    await page.open();
    await page.run('dial', { to: '+12025550108' });
    expect(await page.until('progress', 2)).toMatchObject({ ringing: true, earlyMedia: true });
    await page.until('remote-stream');
    await eventually(() => page.run('heardHz')).toBeCloseTo(620, -2);
    await page.until('answered');
    await page.expectClean();
  });

  test('an answer without ringing is only assumed, and the owner is warned', async () => {
    it.lab.twilio.settings.answersAtOnce = true;
    const page = await it.page();
    await page.open();
    await page.run('dial', { to: RINGS });
    expect(await page.until('answered')).toMatchObject({ evidence: 'assumed' });
    expect((await page.page.evaluate(() => globalThis.twilioPage.warnings)).join()).toContain(
      'answerOnBridge',
    );
    expect(await page.types()).not.toContain('progress');
  });

  test('ringing that is told of after the answer does not take the answer back', async () => {
    it.lab.twilio.faults.invite = 'late';
    const page = await it.page();
    await page.open();
    await page.talk();
    await settle();
    const phases = (await page.types()).filter((type) => /^(sent|progress|answered)$/.test(type));
    expect(phases[0]).toBe('sent');
    expect(phases.at(-1)).toBe('answered');
  });

  test('number, caller ID and parameters arrive as they were given', async () => {
    const page = await it.page();
    await page.open();
    await page.talk();
    expect(it.lab.twilio.invites[0]).toMatchObject({
      to: '+12025550100',
      params: { 'everdial-call-id': 'call-1', colour: 'green & blue' },
    });
    const frame = it.lab.twilio.frames.find(({ text }) => text.includes('"invite"'))?.text ?? '';
    expect(frame).toContain('CallerId=%2B12025550001');
    // Opus is offered first (trap 17).
    expect(frame).toMatch(/m=audio \d+ [A-Z/]+ 111 /);
  });

  test('the far side hangs up', async () => {
    const page = await it.page();
    await page.open();
    await page.talk();
    it.lab.network.phone('+12025550100').hangUp();
    expect(await page.until('ended')).toEqual({ type: 'ended', by: 'remote', final: true });
    await page.expectClean();
  });

  test('one call after the other, over one device', async () => {
    const page = await it.page();
    await page.open();
    for (let nth = 1; nth <= 3; nth += 1) {
      await page.run('dial', { to: '+12025550100' });
      await page.until('answered', nth);
      await page.run('hangup');
      await page.run('release');
      await page.run('stopMicrophone');
    }
    expect(it.lab.twilio.logins.length).toBe(1);
    expect(it.lab.twilio.invites.length).toBe(3);
    await page.expectClean();
  });
});
