import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { buildPage } from '../browser/build-page.js';
import { launchBrowser } from '../browser/launch-browser.js';
import { type LabPage, openPage } from '../browser/open-page.js';
import { type Lab, startLab } from '../start-lab.js';
import './page-side/sdk-page.js';

const ORDINARY = '+12025550100';

let browser: Browser;
let lab: Lab;
let path: string;
let page: LabPage;

beforeAll(async () => {
  [browser, lab, path] = await Promise.all([
    launchBrowser(),
    startLab(),
    buildPage('test/lab/telnyx/page-side/sdk-page.ts'),
  ]);
});

afterEach(async () => {
  await page.close();
  await lab.reset();
});

afterAll(async () => {
  await Promise.all([browser.close(), lab.close()]);
});

/** Opens a page and logs in. */
async function logIn(options: Readonly<Record<string, unknown>> = {}): Promise<void> {
  page = await openPage(browser, { url: lab.url(path), microphone: { tone: 700 } });
  await page.page.evaluate(([host, more]) => globalThis.sdkPage.connect(host, more), [
    lab.telnyx.url,
    options,
  ] as const);
  await logged('ready');
}

async function dial(to: string, options: Readonly<Record<string, unknown>> = {}): Promise<void> {
  await page.page.evaluate(([number, more]) => globalThis.sdkPage.dial(number, more), [
    to,
    { customHeaders: [{ name: 'X-everdial-call-id', value: 'call-1' }], ...options },
  ] as const);
}

function call(method: string, ...args: unknown[]): Promise<unknown> {
  return page.page.evaluate(([name, parameters]) => globalThis.sdkPage.call(name, ...parameters), [
    method,
    args,
  ] as const);
}

/** Waits until the page has noted these lines, in this order, other lines between them or not. */
async function logged(...lines: string[]): Promise<void> {
  await vi.waitFor(
    async () => {
      const log = await page.page.evaluate(() => globalThis.sdkPage.log);
      let at = 0;
      for (const line of log) if (line === lines[at]) at += 1;
      if (at < lines.length) throw new Error(`No ${lines[at]} in: ${log.join(', ')}`);
    },
    { timeout: 8000, interval: 30 },
  );
}

async function toneInPage(frequency: number): Promise<void> {
  await vi.waitFor(
    async () => {
      const tone = await page.remoteTone(300);
      expect(Math.abs(tone.frequency - frequency)).toBeLessThan(10);
      expect(tone.decibels).toBeGreaterThan(-40);
    },
    { timeout: 8000, interval: 30 },
  );
}

async function toneAtPhone(number: string, frequency: number): Promise<void> {
  await vi.waitFor(
    () =>
      expect(Math.abs(lab.network.phone(number).heard().frequency - frequency)).toBeLessThan(10),
    { timeout: 8000, interval: 30 },
  );
}

describe('the unmodified Telnyx SDK on the gateway', () => {
  it('carries a call with sound both ways, digits and hold', async () => {
    await logIn();
    expect(lab.telnyx.logins.map((login) => login.token)).toEqual(['lab']);
    await dial(ORDINARY);
    await logged('state requesting', 'state trying', 'raw telnyx_rtc.ringing', 'state active');
    await toneInPage(1400);
    await toneAtPhone(ORDINARY, 700);
    const phone = lab.network.phone(ORDINARY);
    expect((await phone.waitFor('tone')).frequency).toBeCloseTo(700, -1);

    await call('dtmf', '1#');
    await phone.waitFor('digit', { nth: 2 });
    expect(
      phone.history.filter((event) => event.type === 'digit').map((event) => event.digit),
    ).toEqual(['1', '#']);

    expect(await call('hold')).toBe(true);
    await phone.waitFor('held');
    await vi.waitFor(async () => expect((await page.remoteTone(300)).frequency).toBe(0), 5000);
    await call('unhold');
    await phone.waitFor('resumed');
    await toneInPage(1400);

    await call('hangup');
    await logged('state active', 'state destroy');
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
    expect(await page.resources()).toMatchObject({ liveTracks: 0, peerConnections: 0, sockets: 1 });
    expect(page.pageErrors).toEqual([]);
  });

  it('takes an answer of the non-trickle kind, over PCMU', async () => {
    await logIn();
    await dial(ORDINARY, {
      trickleIce: false,
      preferred_codecs: [{ mimeType: 'audio/PCMU', clockRate: 8000, channels: 1 }],
    });
    await logged('state active');
    await toneInPage(1400);
    await toneAtPhone(ORDINARY, 700);
    const codec = await page.page.evaluate(async () => {
      const pc = globalThis.everdialLab.peerConnections().at(-1);
      const stats = [...((await pc?.getStats())?.values() ?? [])];
      const inbound = stats.find((one) => one.type === 'inbound-rtp');
      return stats.find((one) => one.id === inbound?.codecId)?.mimeType;
    });
    expect(codec).toBe('audio/PCMU');
  });

  it('ends when the callee hangs up', async () => {
    await logIn();
    await dial(ORDINARY);
    await logged('state active');
    lab.network.phone(ORDINARY).hangUp();
    await logged('state destroy', 'raw telnyx_rtc.bye');
    expect(await page.page.evaluate(() => globalThis.sdkPage.end())).toEqual({
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
    await logIn();
    await dial(number);
    await logged('state destroy', 'raw telnyx_rtc.bye');
    expect(await page.page.evaluate(() => globalThis.sdkPage.end())).toMatchObject({
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
    await logIn();
    await dial(phone.number);
    await logged('raw telnyx_rtc.ringing', 'state early');
    await toneInPage(620);
    expect(lab.network.billedSeconds()).toBe(0);
    phone.answer();
    await logged('state early', 'state active');
    await toneInPage(1400);
  });

  it('cancels a ringing call', async () => {
    const phone = lab.network.phone('+12025550107');
    await logIn();
    await dial(phone.number);
    await logged('raw telnyx_rtc.ringing');
    await call('hangup');
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
    await logIn();
    await dial(phone.number);
    await logged('raw telnyx_rtc.ringing');
    await call('hangup');
    await phone.waitFor('answered');
    await vi.waitFor(() => {
      const frames = lab.telnyx.frames.filter((frame) => frame.from === 'gateway').slice(-2);
      expect(frames[0]?.text).toContain('telnyx_rtc.answer');
      expect(frames[1]?.text).toContain('CALL IS ANSWERED');
    });
    expect(lab.network.liveCalls).toBe(1);
  });

  it('comes back to its call after a lost socket', async () => {
    await logIn();
    await dial(ORDINARY);
    await logged('state active');
    await toneAtPhone(ORDINARY, 700);
    lab.telnyx.dropSockets();
    await logged('socket closed', 'ready', 'state recovering', 'state active');
    await toneInPage(1400);
    await toneAtPhone(ORDINARY, 700);
    expect(lab.network.rings(ORDINARY)).toBe(1);
    await call('hangup');
    await lab.network.phone(ORDINARY).waitFor('hung-up');
  });

  it('loses a ringing call that the gateway forgot, while the phone rings on', async () => {
    const phone = lab.network.phone('+12025550107');
    await logIn();
    await dial(phone.number);
    await logged('raw telnyx_rtc.ringing');
    lab.telnyx.faults.reattach = 'never';
    lab.telnyx.dropSockets();
    await logged('socket closed', 'error 48501', 'state destroy');
    expect(phone.calls.length).toBe(1);
  });

  it('answers a ringing call over the socket that came back', async () => {
    const phone = lab.network.phone('+12025550107');
    await logIn();
    await dial(phone.number);
    await logged('raw telnyx_rtc.ringing');
    lab.telnyx.dropSockets();
    await logged('socket closed', 'ready');
    phone.answer();
    await logged('ready', 'state active');
    await toneInPage(1400);
  });

  it('finds its media again by an ICE restart', async () => {
    await logIn();
    await dial(ORDINARY);
    await logged('state active');
    await toneInPage(1400);
    lab.network.phone(ORDINARY).loseMedia();
    await vi.waitFor(
      () =>
        expect(lab.telnyx.frames.some((frame) => frame.text.includes('updateMedia'))).toBe(true),
      { timeout: 20_000 },
    );
    await toneInPage(1400);
    await toneAtPhone(ORDINARY, 700);
    expect(lab.network.history(ORDINARY).filter((event) => event.type === 'hung-up')).toEqual([]);
  });
});
