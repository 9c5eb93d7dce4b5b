import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { PreflightOptions, PreflightResult } from '../../../src/index.js';
import type { LabPage } from '../../lab/browser/open-page.js';
import { NOTHING_LEFT, useDialerLab } from '../dialer/dialer-lab.js';
import { startTurnServer, type TurnServer } from './turn-server.js';

type Wishes = Pick<PreflightOptions, 'checks' | 'routes'>;
type Told = Pick<PreflightResult['checks'][number], 'id' | 'route' | 'status' | 'data'> & {
  readonly error?: { readonly code: string; readonly codes?: object };
};
interface Answer {
  readonly status: PreflightResult['status'];
  readonly checks: readonly Told[];
}

/** Checks in the page; errors come back as they would be sent to a server. */
const preflight = ({ page }: LabPage, wishes: Wishes = {}): Promise<Answer> =>
  page.evaluate(
    async (options) =>
      JSON.parse(JSON.stringify(await globalThis.everdialPage.dialer.preflight(options))),
    wishes,
  );

const words = ({ checks }: Answer) =>
  checks.map(({ id, route, status }) => `${id} ${route ? `${route} ` : ''}${status}`);
const find = ({ checks }: Answer, id: string, route?: string) =>
  checks.find((check) => check.id === id && check.route === route);

const ALL = [
  'browser',
  'microphone',
  'microphone-sound',
  'speaker',
  'token',
  'sdk',
  'signalling',
  'network',
] as const;

describe('a preflight over both carriers', () => {
  const it = useDialerLab();
  let turn: TurnServer;
  beforeAll(async () => {
    turn = await startTurnServer();
  });
  afterEach(() => {
    turn.throttleKbps = undefined;
    expect(it.lab.telnyx.invites).toEqual([]);
    expect(it.lab.twilio.invites).toEqual([]);
    expect(it.lab.network.liveCalls).toBe(0);
  });
  afterAll(() => turn.close());

  test('all is well: every check passes, no call is placed, nothing stays open but the warm connections', async () => {
    const opened = await it.open(['telnyx', 'twilio'], { iceServers: turn.iceServers });
    const result = await preflight(opened, { checks: ALL });

    expect(words(result)).toEqual([
      'browser passed',
      'microphone passed',
      'microphone-sound passed',
      'speaker passed',
      'token telnyx passed',
      'token twilio passed',
      'sdk telnyx passed',
      'sdk twilio passed',
      'signalling telnyx passed',
      'signalling twilio passed',
      'network passed',
    ]);
    expect(result.status).toBe('passed');
    expect(find(result, 'signalling', 'telnyx')?.data).toHaveProperty('loginMs');
    const network = find(result, 'network')?.data;
    expect(network).toMatchObject({ relay: true, way: 'udp' });
    expect(network?.['uploadKbps']).toBeGreaterThan(100);
    expect(turn.relayedBytes).toBeGreaterThan(100_000);
    expect(it.lab.telnyx.logins.length).toBe(1);
    expect(it.lab.twilio.logins.length).toBe(1);
    expect(await opened.resources()).toMatchObject({ liveTracks: 0, peerConnections: 0 });
    await expect.poll(() => turn.allocations).toBe(0);

    const again = await preflight(opened, { checks: ['signalling'] });
    expect(again.checks.map(({ data }) => data)).toEqual([
      { alreadyConnected: true },
      { alreadyConnected: true },
    ]);
    await opened.page.evaluate(() => globalThis.everdialPage.dialer.close());
    await expect.poll(() => opened.resources()).toMatchObject(NOTHING_LEFT);
    expect(opened.pageErrors).toEqual([]);
  });

  test('a delayed line: the time of the login tells it', async () => {
    it.lab.telnyx.faults.delayMs = 100;
    const opened = await it.open(['telnyx', 'twilio']);
    const result = await preflight(opened, { checks: ['token', 'sdk', 'signalling'] });
    const loginMs = (route: string) => Number(find(result, 'signalling', route)?.data['loginMs']);
    expect(loginMs('telnyx')).toBeGreaterThan(400);
    expect(loginMs('telnyx')).toBeGreaterThan(loginMs('twilio'));
  });

  test('without a relay it says that the bandwidth was not measured', async () => {
    const opened = await it.open(['telnyx']);
    const result = await preflight(opened, { checks: ['network'] });
    expect(result.status).toBe('passed');
    expect(result.checks[0]?.data).toMatchObject({
      host: true,
      relay: false,
      way: 'unproven',
      bandwidth: 'not measured: no relay',
    });
  });

  test('a slow line is a warning with the number', async () => {
    turn.throttleKbps = 64;
    const opened = await it.open(['telnyx'], { iceServers: turn.iceServers });
    const result = await preflight(opened, { checks: ['network'] });
    const [check] = result.checks;
    expect(result.status).toBe('warning');
    expect(check?.error?.code).toBe('network/slow');
    expect(check?.data['uploadKbps']).toBeGreaterThan(20);
    expect(check?.data['uploadKbps']).toBeLessThan(80);
    expect(await opened.resources()).toMatchObject({ peerConnections: 0 });
  });

  test.each([
    [true, 'failed'],
    [false, 'warning'],
  ] as const)('a relay that gives no answer, relayOnly %s: %s', async (relayOnly, status) => {
    // The discard port, on which nobody listens.
    const iceServers = [{ urls: 'turn:127.0.0.1:9', username: 'lab', credential: 'lab' }];
    const opened = await it.open(['telnyx'], { iceServers, relayOnly });
    const result = await preflight(opened, { checks: ['network'] });
    expect(result.status).toBe(status);
    expect(result.checks[0]?.error?.code).toBe('media/connection-failed');
    expect(await opened.resources()).toMatchObject({ peerConnections: 0 });
  });

  test('a carrier that refuses the login is a warning while another one works', async () => {
    it.lab.telnyx.faults.login = 'reject';
    const opened = await it.open(['telnyx', 'twilio']);
    const result = await preflight(opened);
    expect(result.status).toBe('warning');
    expect(find(result, 'signalling', 'telnyx')).toMatchObject({
      status: 'failed',
      error: { code: 'auth/token-rejected' },
    });
    expect(find(result, 'signalling', 'twilio')?.status).toBe('passed');
  });

  test('no carrier can be reached', async () => {
    it.lab.telnyx.faults.tcp = 'refuse';
    it.lab.twilio.faults.login = 'silent';
    await it.lab.telnyx.settled();
    const opened = await it.open(['telnyx', 'twilio']);
    const result = await preflight(opened);
    expect(result.status).toBe('failed');
    expect(find(result, 'signalling', 'telnyx')?.error?.code).toBe('provider/unreachable');
    expect(find(result, 'signalling', 'twilio')?.error?.code).toBe('provider/timeout');
  });

  test('two regions of a vendor: one after the other, and the first one stays', async () => {
    const opened = await it.open(['telnyx', 'telnyx/us-east']);
    const result = await preflight(opened, { checks: ['sdk', 'signalling'] });
    expect(words(result)).toEqual([
      'sdk telnyx passed',
      'sdk telnyx/us-east passed',
      'signalling telnyx passed',
      'signalling telnyx/us-east failed',
    ]);
    const ready = await opened.page.evaluate(() =>
      globalThis.everdialPage.dialer.routes.map(({ route, connection }) => [route, connection]),
    );
    expect(ready).toContainEqual(['telnyx', 'ready']);
  });

  test('the microphone is refused', async () => {
    const opened = await it.open(['telnyx'], {}, { permissions: [], microphone: 'device' });
    const result = await preflight(opened, { checks: ['microphone', 'microphone-sound'] });
    expect(words(result)).toEqual(['microphone failed', 'microphone-sound skipped']);
    expect(result.checks[0]?.error?.code).toBe('media/permission-denied');
    expect(result.status).toBe('failed');
  });

  test('given up in the middle: everything is closed at once', async () => {
    const opened = await it.open(['twilio'], { iceServers: turn.iceServers });
    turn.throttleKbps = 20;
    const code = await opened.page.evaluate(async () => {
      const leaving = new AbortController();
      const { dialer } = globalThis.everdialPage;
      const result = dialer.preflight({ signal: leaving.signal });
      setTimeout(() => leaving.abort(), 1_500);
      return result.then(
        () => 'resolved',
        (error) => error.code,
      );
    });
    expect(code).toBe('state/aborted');
    await expect
      .poll(() => opened.resources())
      .toMatchObject({ liveTracks: 0, peerConnections: 0 });
  });
});

describe('a page that must not make sound', () => {
  const it = useDialerLab({ autoplay: false });

  test('fails the speaker until there was a click', async () => {
    const { page, context } = await it.openPage();
    const cdp = await context.newCDPSession(page);
    const check = `globalThis.everdialPage.dialer.preflight({ checks: ['speaker'] })
      .then(({ status, checks }) => [status, checks[0].error?.code ?? ''].join(' '))`;
    // Whatever Playwright evaluates counts as a click.
    const quietly = async (expression: string) => {
      const options = { expression, awaitPromise: true, returnByValue: true, userGesture: false };
      return (await cdp.send('Runtime.evaluate', options)).result.value;
    };
    await quietly(
      "globalThis.everdialPage.create({ routes: ['sandbox'], telnyxHost: '', twilioHost: '' })",
    );
    expect(await quietly(check)).toBe('warning media/playback-blocked');
    await page.mouse.click(10, 10);
    expect(await page.evaluate(check)).toBe('passed ');
  });
});
