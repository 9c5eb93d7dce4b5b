import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Lab } from '../start-lab.js';
import { MICROPHONE_HZ, SdkLab } from './sdk-lab.js';

const ORDINARY = '+12025550100';

let sdk: SdkLab;
let lab: Lab;

beforeAll(async () => {
  sdk = await SdkLab.start();
  lab = sdk.lab;
});

afterEach(() => sdk.reset());

afterAll(() => sdk.close());

describe('the unmodified Telnyx SDK on the gateway', () => {
  it('carries a call with sound both ways, digits and hold', async () => {
    await sdk.logIn();
    expect(lab.telnyx.logins.map((login) => login.token)).toEqual(['lab']);
    await sdk.dial(ORDINARY);
    await sdk.logged('state requesting', 'state trying', 'raw telnyx_rtc.ringing', 'state active');
    await sdk.toneInPage(1400);
    await sdk.toneAtPhone(ORDINARY, MICROPHONE_HZ);
    const phone = lab.network.phone(ORDINARY);
    expect((await phone.waitFor('tone')).frequency).toBeCloseTo(700, -1);

    await sdk.call('dtmf', '1#');
    await phone.waitFor('digit', { nth: 2 });
    expect(
      phone.history.filter((event) => event.type === 'digit').map((event) => event.digit),
    ).toEqual(['1', '#']);

    expect(await sdk.call('hold')).toBe(true);
    await phone.waitFor('held');
    await vi.waitFor(async () => expect((await sdk.page.remoteTone(300)).frequency).toBe(0), 5000);
    await sdk.call('unhold');
    await phone.waitFor('resumed');
    await sdk.toneInPage(1400);

    await sdk.call('hangup');
    await sdk.logged('state active', 'state destroy');
    const end = await phone.waitFor('hung-up', { callId: 'call-1' });
    expect(end).toMatchObject({ by: 'caller', carrier: 'telnyx', callId: 'call-1' });
    expect(end.billedSeconds).toBeGreaterThan(1);
    expect(phone.history.map((event) => event.type).slice(0, 4)).toEqual([
      'arrived',
      'ring-start',
      'ring-end',
      'answered',
    ]);
    expect(lab.network.rings(ORDINARY)).toBe(1);
    expect(lab.network.everRangTwice()).toBe(false);
    expect(lab.telnyx.invites).toMatchObject([
      { to: ORDINARY, params: { 'everdial-call-id': 'call-1' } },
    ]);
    expect(await sdk.page.resources()).toMatchObject({
      liveTracks: 0,
      peerConnections: 0,
      sockets: 1,
    });
    expect(sdk.page.pageErrors).toEqual([]);
  });

  it('takes an answer of the non-trickle kind, over PCMU', async () => {
    await sdk.logIn();
    await sdk.dial(ORDINARY, {
      trickleIce: false,
      preferred_codecs: [{ mimeType: 'audio/PCMU', clockRate: 8000, channels: 1 }],
    });
    await sdk.logged('state active');
    await sdk.toneInPage(1400);
    await sdk.toneAtPhone(ORDINARY, MICROPHONE_HZ);
    const codec = await sdk.page.page.evaluate(async () => {
      const pc = globalThis.everdialLab.peerConnections().at(-1);
      const stats = [...((await pc?.getStats())?.values() ?? [])];
      const inbound = stats.find((one) => one.type === 'inbound-rtp');
      return stats.find((one) => one.id === inbound?.codecId)?.mimeType;
    });
    expect(codec).toBe('audio/PCMU');
  });

  it('ends when the callee hangs up', async () => {
    await sdk.logIn();
    await sdk.dial(ORDINARY);
    await sdk.logged('state active');
    lab.network.phone(ORDINARY).hangUp();
    await sdk.logged('state destroy', 'raw telnyx_rtc.bye');
    expect(await sdk.end()).toEqual({
      cause: 'NORMAL_CLEARING',
      causeCode: 16,
      sipCode: 200,
      sipReason: 'NORMAL_CLEARING',
    });
    expect(lab.network.history(ORDINARY).at(-1)).toMatchObject({ type: 'hung-up', by: 'callee' });
  });

  it.each([
    ['+12025550101', 'USER_BUSY', 17, 486],
    ['+12025550103', 'CALL_REJECTED', 21, 603],
    ['+12025550104', 'UNALLOCATED_NUMBER', 1, 404],
    ['+12025550105', 'NORMAL_TEMPORARY_FAILURE', 41, 503],
  ])('tells why %s did not answer: %s', async (number, cause, causeCode, sipCode) => {
    await sdk.logIn();
    await sdk.dial(number);
    await sdk.logged('state destroy', 'raw telnyx_rtc.bye');
    expect(await sdk.end()).toMatchObject({
      cause,
      causeCode,
      sipCode,
    });
    expect(lab.network.answeredCount()).toBe(0);
    expect(lab.network.history(number).at(-1)).toMatchObject({ type: 'refused', sipCode });
  });

  it('plays early media before the answer', async () => {
    const phone = lab.network.phone('+12025550107');
    phone.behaviour = { earlyMedia: { tone: 620 }, answerAfterMs: undefined };
    await sdk.logIn();
    await sdk.dial(phone.number);
    await sdk.logged('raw telnyx_rtc.ringing', 'state early');
    await sdk.toneInPage(620);
    expect(lab.network.billedSeconds()).toBe(0);
    phone.answer();
    await sdk.logged('state early', 'state active');
    await sdk.toneInPage(1400);
  });

  it('cancels a ringing call', async () => {
    const phone = lab.network.phone('+12025550107');
    await sdk.logIn();
    await sdk.dial(phone.number);
    await sdk.logged('raw telnyx_rtc.ringing');
    await sdk.call('hangup');
    await phone.waitFor('cancelled');
    expect(phone.history.map((event) => event.type)).toEqual([
      'arrived',
      'ring-start',
      'ring-end',
      'cancelled',
    ]);
  });

  it('lets a cancel lose against the answer', async () => {
    const phone = lab.network.phone('+12025550113');
    await sdk.logIn();
    await sdk.dial(phone.number);
    await sdk.logged('raw telnyx_rtc.ringing');
    await sdk.call('hangup');
    await phone.waitFor('answered');
    await vi.waitFor(() => {
      const frames = lab.telnyx.frames.filter((frame) => frame.from === 'gateway').slice(-2);
      expect(frames[0]?.text).toContain('telnyx_rtc.answer');
      expect(frames[1]?.text).toContain('CALL IS ANSWERED');
    });
    expect(lab.network.liveCalls).toBe(1);
  });

  it('comes back to its call after a lost socket', async () => {
    await sdk.logIn();
    await sdk.dial(ORDINARY);
    await sdk.logged('state active');
    await sdk.toneAtPhone(ORDINARY, MICROPHONE_HZ);
    lab.telnyx.dropSockets();
    await sdk.logged('socket closed', 'ready');
    await sdk.logged('socket closed', 'state recovering', 'state active');
    await sdk.toneInPage(1400);
    await sdk.toneAtPhone(ORDINARY, MICROPHONE_HZ);
    expect(lab.network.rings(ORDINARY)).toBe(1);
    await sdk.call('hangup');
    await lab.network.phone(ORDINARY).waitFor('hung-up');
  });

  it('loses a ringing call that the gateway forgot, while the phone rings on', async () => {
    const phone = lab.network.phone('+12025550107');
    await sdk.logIn();
    await sdk.dial(phone.number);
    await sdk.logged('raw telnyx_rtc.ringing');
    lab.telnyx.faults.reattach = 'never';
    lab.telnyx.dropSockets();
    await sdk.logged('socket closed', 'error 48501', 'state destroy');
    expect(phone.calls.length).toBe(1);
  });

  it('answers a ringing call over the socket that came back', async () => {
    const phone = lab.network.phone('+12025550107');
    await sdk.logIn();
    await sdk.dial(phone.number);
    await sdk.logged('raw telnyx_rtc.ringing');
    lab.telnyx.dropSockets();
    await sdk.logged('socket closed', 'ready');
    phone.answer();
    await sdk.logged('ready', 'state active');
    await sdk.toneInPage(1400);
  });

  it('finds its media again by an ICE restart', async () => {
    await sdk.logIn();
    await sdk.dial(ORDINARY);
    await sdk.logged('state active');
    await sdk.toneInPage(1400);
    lab.network.phone(ORDINARY).loseMedia();
    await vi.waitFor(
      () =>
        expect(lab.telnyx.frames.some((frame) => frame.text.includes('updateMedia'))).toBe(true),
      { timeout: 20_000 },
    );
    await sdk.toneInPage(1400);
    await sdk.toneAtPhone(ORDINARY, MICROPHONE_HZ);
    expect(lab.network.history(ORDINARY).filter((event) => event.type === 'hung-up')).toEqual([]);
  });

  it.each([
    ['+12025550109', 0, 0],
    ['+12025550110', MICROPHONE_HZ, MICROPHONE_HZ],
    ['+12025550114', 0, MICROPHONE_HZ],
    ['+12025550115', 1400, 0],
  ])(
    'passes the sound of %s: %i Hz in the page, %i Hz at the phone',
    async (number, page, phone) => {
      await sdk.logIn();
      await sdk.dial(number);
      await sdk.logged('state active');
      await lab.network.phone(number).waitFor('answered');
      await vi.waitFor(
        async () =>
          expect(
            await sdk.page.page.evaluate(
              () => globalThis.everdialLab.peerConnections()[0]?.connectionState,
            ),
          ).toBe('connected'),
        { timeout: 8000 },
      );
      // Long enough for sound that should not be there.
      await sdk.quiet(500);
      await sdk.toneInPage(page);
      await sdk.toneAtPhone(number, phone);
    },
  );
});
