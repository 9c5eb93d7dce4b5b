import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type {
  PreflightCheck,
  PreflightCheckId,
  PreflightResult,
} from '../../../src/diagnostics/preflight-check.js';
import { DialerError } from '../../../src/errors/dialer-error.js';
import { recordEvents } from '../../../src/testing/index.js';
import { NUMBER, stage } from '../dialer/dialer-stage.js';
import { failing, never, SAYS, scripted } from '../failover/scripted-provider.js';
import { allowCalls, type FakeIce, useFakeIce } from './fake-ice.js';

let ice: FakeIce;
beforeEach(() => {
  ice = useFakeIce();
  allowCalls();
});
afterEach(() => {
  expect(ice.open).toBe(0);
  vi.unstubAllGlobals();
});

const ROUTES: readonly PreflightCheckId[] = ['token', 'sdk', 'signalling'];

const words = ({ checks }: PreflightResult) =>
  checks.map(({ id, route, status, error }) =>
    [id, route, status, error?.code].filter((word) => word !== undefined).join(' '),
  );

describe('a preflight', () => {
  it('checks everything that needs no person, in order, and places no call', async () => {
    const routes = [scripted({ token: 'required' }), scripted({ route: 'second' })];
    const { dialer, clock, media, expectNothingLeft } = stage(routes);
    const told: PreflightCheck[] = [];
    const result = await clock.until(dialer.preflight({ onCheck: (check) => told.push(check) }));
    expect(words(result)).toEqual([
      'browser passed',
      'microphone passed',
      'token first passed',
      'token second passed',
      'sdk first passed',
      'sdk second passed',
      'signalling first passed',
      'signalling second passed',
      'network passed',
    ]);
    expect(result.status).toBe('passed');
    expect(new Set(told)).toEqual(new Set(result.checks));
    expect(result.checks.find(({ id }) => id === 'microphone')?.data).toEqual({
      device: 'virtual',
      sampleRate: 48_000,
    });
    expect(routes.flatMap(({ legs }) => legs)).toEqual([]);
    expect(routes.map(({ openSessions }) => openSessions)).toEqual([1, 1]);
    expect(media.liveTracks).toBe(0);
    await expectNothingLeft();
    expect(routes.map(({ openSessions }) => openSessions)).toEqual([0, 0]);
  });

  it('closes the connections when they are idle for long, as a warm-up does', async () => {
    const route = scripted();
    const { dialer, clock } = stage([route]);
    await clock.until(dialer.preflight());
    expect(route.openSessions).toBe(1);
    await clock.advance(60_000);
    expect(route.openSessions).toBe(0);
  });

  it('skips everything in a browser that can not call', async () => {
    allowCalls(false);
    const route = scripted({ token: 'required' });
    const getToken = vi.fn(() => 'token');
    const { dialer, clock } = stage([route], { getToken });
    const result = await clock.until(dialer.preflight());
    expect(result.status).toBe('failed');
    expect(words(result)).toEqual([
      'browser failed media/insecure-context',
      'microphone skipped',
      'token first skipped',
      'sdk first skipped',
      'signalling first skipped',
      'network skipped',
    ]);
    expect(getToken).not.toHaveBeenCalled();
    expect(route.loads).toBe(0);
  });

  it.each([
    [
      'no token',
      { token: 'required', route: 'x' },
      ['token x failed auth/token-unavailable', 'sdk x passed', 'signalling x skipped'],
    ],
    [
      'no code',
      { load: failing('provider/sdk-not-loaded'), route: 'x' },
      ['token x passed', 'sdk x failed provider/sdk-not-loaded', 'signalling x skipped'],
    ],
    [
      'no support',
      { unsupported: () => new DialerError('provider/unsupported'), route: 'x' },
      ['token x passed', 'sdk x failed provider/unsupported', 'signalling x skipped'],
    ],
    [
      'no login',
      { login: never, route: 'x' },
      ['token x passed', 'sdk x passed', 'signalling x failed provider/timeout'],
    ],
  ] as const)(
    'a route with %s is a warning beside a good one, and a failure alone',
    async (_name, script, expected) => {
      const getToken = () => {
        throw new Error('no server');
      };
      const alone = stage([scripted(script)], { getToken });
      const result = await alone.clock.until(alone.dialer.preflight({ checks: ROUTES }));
      expect(words(result)).toEqual(expected);
      expect(result.status).toBe('failed');
      const both = stage([scripted(script), scripted({ route: 'good' })], { getToken });
      expect((await both.clock.until(both.dialer.preflight({ checks: ROUTES }))).status).toBe(
        'warning',
      );
    },
  );

  it('takes the routes that it is told; one that is not there is a failure, not a rejection', async () => {
    const routes = ['first', 'second'].map((route) => scripted({ route }));
    const { dialer, clock } = stage(routes);
    const wanted = { routes: ['second', 'nowhere'], checks: ROUTES };
    const result = await clock.until(dialer.preflight(wanted));
    expect(words(result)).toEqual([
      'token second passed',
      'token nowhere failed config/unknown-route',
      'sdk second passed',
      'sdk nowhere skipped',
      'signalling second passed',
      'signalling nowhere skipped',
    ]);
    expect(routes.map(({ loads }) => loads > 0)).toEqual([false, true]);
  });

  it('says offline at once, and asks nobody', async () => {
    const route = scripted();
    const { dialer, clock } = stage([route], { online: false });
    const result = await clock.until(
      dialer.preflight({ checks: ['token', 'sdk', 'signalling', 'network'] }),
    );
    expect(words(result)).toEqual([
      'token first failed network/offline',
      'sdk first skipped',
      'signalling first skipped',
      'network failed network/offline',
    ]);
    expect(route.loads).toBe(0);
  });

  it('tells the time of the login, and that a connection was there', async () => {
    const set: { sleep?: () => Promise<void> } = {};
    const { dialer, clock } = stage([scripted({ login: async () => set.sleep?.() })]);
    set.sleep = () => new Promise((resolve) => clock.setTimer(resolve, 120));
    const ask = async () => (await clock.until(dialer.preflight({ checks: ROUTES }))).checks[2];
    expect((await ask())?.data).toEqual({ loginMs: 120 });
    expect((await ask())?.data).toEqual({ alreadyConnected: true });
  });

  it('connects the regions of a vendor that bears one connection one by one, the first one last', async () => {
    const log: string[] = [];
    const region = (route: string) =>
      scripted({
        route,
        singleSession: true,
        login: async () => log.push(`open ${route}`),
        session: { close: async () => void log.push(`close ${route}`) },
      });
    const { dialer, clock } = stage([region('v/one'), region('v/two')]);
    const result = await clock.until(dialer.preflight({ checks: ROUTES }));
    expect(result.status).toBe('passed');
    expect(log).toEqual(['open v/two', 'close v/two', 'open v/one']);
  });

  it('leaves a running call alone', async () => {
    const script = {
      singleSession: true,
      onDial: (leg: { say(...all: readonly (typeof SAYS)[keyof typeof SAYS][]): void }) =>
        leg.say(SAYS.sent, SAYS.answered, SAYS.flows),
    };
    const routes = ['v/one', 'v/two'].map((route) => scripted({ route, ...script }));
    const { dialer, clock } = stage(routes);
    const call = dialer.dial(NUMBER);
    await clock.until(call.when('active'));
    const result = await clock.until(dialer.preflight({ checks: ROUTES }));
    expect(words(result).slice(4)).toEqual(['signalling v/one passed', 'signalling v/two skipped']);
    expect(result.status).toBe('passed');
    expect(call.state).toBe('active');
    await clock.until(call.hangup());
  });

  it('stays within 60 s however slow everything is, and resolves', async () => {
    const slow = (route: string) =>
      scripted({ route, id: 'v', token: 'required', load: never, login: never });
    const getToken = () => new Promise<string>(() => undefined);
    ice.ways = { ends: false };
    const { dialer, clock, expectNothingLeft } = stage(['1', '2', '3', '4'].map(slow), {
      getToken,
      permission: 'prompt',
    });
    const startMs = clock.monotonicNow();
    const result = await clock.until(dialer.preflight());
    expect(clock.monotonicNow() - startMs).toBeLessThanOrEqual(60_000);
    expect(result.status).toBe('failed');
    expect(result.checks).toHaveLength(15);
    await expectNothingLeft();
  });

  it('goes on when a listener throws, and tells it', async () => {
    const { dialer, clock } = stage([scripted()]);
    const errors = recordEvents(dialer, ['error']);
    const onCheck = () => {
      throw new Error('of the application');
    };
    const result = await clock.until(dialer.preflight({ onCheck, checks: ['browser'] }));
    expect(result.status).toBe('passed');
    expect(errors.map(([, { error }]) => error.code)).toEqual(['internal/listener-threw']);
  });
});

describe('a preflight that is given up', () => {
  const slow = () =>
    stage([scripted({ load: never })], { permission: 'prompt', timeouts: { sdkMs: 9_000 } });

  it.each([
    ['the signal aborts', 'state/aborted'],
    ['the time is over', 'state/timeout'],
    ['the Dialer is closed', 'state/closed'],
  ])('rejects when %s, tells nothing more, and frees everything', async (_how, code) => {
    const { dialer, clock, media, expectNothingLeft } = slow();
    const stop = new AbortController();
    const told: string[] = [];
    const options = code === 'state/timeout' ? { timeoutMs: 500 } : { signal: stop.signal };
    const running = dialer.preflight({ ...options, onCheck: ({ id }) => told.push(id) });
    const rejected = expect(running).rejects.toMatchObject({ code });
    await clock.advance(500);
    if (code === 'state/aborted') stop.abort();
    if (code === 'state/closed') await clock.until(dialer.close());
    await rejected;
    const before = [...told];
    media.answerPrompt('granted');
    await clock.advance(30_000);
    expect(told).toEqual(before);
    expect(media.liveTracks).toBe(0);
    await expectNothingLeft();
  });

  it('does not begin after its signal or the Dialer', async () => {
    const { dialer, clock } = slow();
    const begun = dialer.preflight({ signal: AbortSignal.abort() });
    await expect(begun).rejects.toMatchObject({ code: 'state/aborted' });
    await clock.until(dialer.close());
    await expect(dialer.preflight()).rejects.toMatchObject({ code: 'state/closed' });
  });
});

describe('the microphone', () => {
  const check = async (
    set: (scene: ReturnType<typeof stage>) => void,
    options: Parameters<typeof stage>[1] = {},
  ) => {
    const scene = stage([scripted()], options);
    set(scene);
    const startMs = scene.clock.monotonicNow();
    const result = await scene.clock.until(
      scene.dialer.preflight({ checks: ['microphone', 'microphone-sound'] }),
    );
    const tookMs = scene.clock.monotonicNow() - startMs;
    expect(scene.media).toMatchObject({ liveTracks: 0, meters: 0 });
    return { result, tookMs, words: words(result), ...scene };
  };

  it('passes as soon as somebody is heard', async () => {
    const { result, tookMs } = await check(({ media }) => media.setLevel('default', 0.2));
    expect(result.status).toBe('passed');
    expect(result.checks[1]?.data).toEqual({ loudest: 0.2 });
    expect(tookMs).toBeLessThan(1_000);
  });

  it('gives the person 5 s', async () => {
    const { result } = await check(({ media, clock }) =>
      clock.setTimer(() => media.setLevel('default', 0.2), 4_500),
    );
    expect(result.status).toBe('passed');
  });

  it.each([
    ['silent', 0, true, 'failed media/silent-microphone'],
    ['hardly heard', 0.005, true, 'warning media/silent-microphone'],
    ['not measured because the page must be silent', 0, false, 'warning media/playback-blocked'],
  ])('that is %s', async (_name, level, allowed, expected) => {
    const found = await check(({ media }) => {
      media.setLevel('default', level);
      media.setPlaybackAllowed(allowed);
    });
    expect(found.words[1]).toBe(`microphone-sound ${expected}`);
    expect(found.result.status).toBe('warning');
    expect(found.tookMs).toBe(5_000);
  });

  it('that is refused is a failure, and nobody listens', async () => {
    const found = await check(() => undefined, { permission: 'denied' });
    expect(found.words).toEqual([
      'microphone failed media/permission-denied',
      'microphone-sound skipped',
    ]);
    expect(found.result.status).toBe('failed');
    expect(found.result.checks[0]?.error?.remedy).not.toBe('');
  });

  it('whose question is not answered is given up after 25 s, a late answer is released', async () => {
    const found = await check(() => undefined, { permission: 'prompt' });
    expect(found.words[0]).toBe('microphone failed media/permission-dismissed');
    expect(found.tookMs).toBe(25_000);
    found.media.answerPrompt('granted');
    await found.clock.advance(0);
    expect(found.media.liveTracks).toBe(0);
  });
});

describe('the speaker', () => {
  it('plays a tone for a second', async () => {
    const { dialer, clock, media } = stage([scripted()]);
    const running = dialer.preflight({ checks: ['speaker'] });
    await clock.advance(500);
    expect(media.playingTones).toBe(1);
    expect(words(await clock.until(running))).toEqual(['speaker passed']);
    expect(media.playingTones).toBe(0);
  });

  it('fails where the page must be silent', async () => {
    const { dialer, clock, media } = stage([scripted()]);
    media.setPlaybackAllowed(false);
    const result = await clock.until(dialer.preflight({ checks: ['speaker'] }));
    expect(words(result)).toEqual(['speaker failed media/playback-blocked']);
    expect(result.status).toBe('warning');
  });
});

describe('the network', () => {
  const [host, srflx, relay] = [{ type: 'host' }, { type: 'srflx' }, { type: 'relay' }] as const;
  const overTcp = { ...relay, relayProtocol: 'tls' };
  const stun = 'stun:stun.example.com';
  const turn = 'turn:turn.example.com';

  it.each([
    ['nothing', [], {}, 'failed', 'unproven'],
    ['host only, no servers', [], { candidates: [host] }, 'passed', 'unproven'],
    ['STUN answers', [stun], { candidates: [host, srflx] }, 'passed', 'udp'],
    ['a public address', [stun], { candidates: [host] }, 'passed', 'unproven'],
    ['STUN is silent', [stun], { candidates: [host], unanswered: true }, 'warning', 'unproven'],
    ['ICE does not end', [stun], { candidates: [host], ends: false }, 'warning', 'unproven'],
    ['no relay', [stun, turn], { candidates: [host, srflx] }, 'warning', 'udp'],
    ['UDP blocked', [turn], { candidates: [host, overTcp] }, 'warning', 'tcp'],
    ['a relay that passes nothing', [turn], { candidates: [host, relay] }, 'warning', 'relay'],
  ] as const)('%s', async (_name, urls, ways, status, way) => {
    ice.ways = ways;
    const iceServers = urls.map((url) => ({ urls: url }));
    const { dialer, clock } = stage([scripted()], { iceServers });
    const { checks } = await clock.until(dialer.preflight({ checks: ['network'] }));
    expect(checks).toMatchObject([{ id: 'network', status, data: { way } }]);
    expect(checks[0]?.data).toHaveProperty('bandwidth');
    expect(checks[0]?.error?.code).toBe(
      status === 'passed' ? undefined : 'media/connection-failed',
    );
  });

  it.each([
    ['without a relay', [stun], { candidates: [] }],
    ['whose relay does not answer', [turn], { candidates: [], ends: false }],
    ['whose relay passes nothing', [turn], { candidates: [relay] }],
  ] as const)('relayOnly %s: no call is possible', async (_name, urls, ways) => {
    ice.ways = ways;
    const iceServers = urls.map((url) => ({ urls: url }));
    const { dialer, clock } = stage([scripted()], { iceServers, relayOnly: true });
    const result = await clock.until(dialer.preflight({ checks: ['network'] }));
    expect(result.status).toBe('failed');
    expect(ice.configs.every((config) => config.iceTransportPolicy === 'relay')).toBe(true);
  });
});
