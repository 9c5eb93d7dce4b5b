import { describe, expect, it } from 'vitest';
import { sleep } from '../../../src/core/wait.js';
import { dialerStatus, type StatusFacts } from '../../../src/dialer/dialer-status.js';
import { DialerError } from '../../../src/errors/dialer-error.js';
import type { RouteStatus } from '../../../src/failover/route-status.js';
import { recordEvents } from '../../../src/testing/index.js';
import { failing, never, SAYS, type Script, scripted } from '../failover/scripted-provider.js';
import { NUMBER, stage } from './dialer-stage.js';

describe('the status in one word', () => {
  const of = (routes: string, facts: Partial<StatusFacts> = {}) =>
    dialerStatus({
      closed: false,
      online: true,
      routes: routes.split(' ').map((word, index) => {
        const unsupported = word === 'unsupported';
        const connection = unsupported ? 'idle' : word;
        const health = unsupported ? 'unsupported' : 'healthy';
        return { route: `route ${index}`, connection, health } as RouteStatus;
      }),
      first: 'route 0',
      ...facts,
    });

  it.each([
    ['idle idle', 'idle'],
    ['loading idle', 'connecting'],
    ['idle connecting', 'connecting'],
    ['reconnecting idle', 'connecting'],
    ['failed connecting', 'connecting'],
    ['ready idle', 'ready'],
    ['ready failed', 'ready'],
    ['failed ready', 'degraded'],
    ['reconnecting ready', 'degraded'],
    ['failed idle', 'idle'],
    ['failed failed', 'unavailable'],
    ['failed unsupported', 'unavailable'],
    ['unsupported', 'unavailable'],
  ])('with routes that are %s is %s', (routes, status) => {
    expect(of(routes)).toBe(status);
  });

  it('is offline whatever the routes are, and closed whatever else is', () => {
    expect(of('ready', { online: false })).toBe('offline');
    expect(of('ready', { online: false, closed: true })).toBe('closed');
  });
});

describe('a Dialer', () => {
  it('is idle when it is made', () => {
    expect(stage([scripted()]).dialer.status).toBe('idle');
  });

  it('tells its status as it changes, with the old one', async () => {
    const { dialer, clock, environment } = stage([scripted()]);
    const events = recordEvents(dialer, ['status-changed']);
    const read: unknown[] = [];
    dialer.on('status-changed', () => read.push(dialer.status, dialer.getSnapshot().status));
    await clock.until(dialer.warmUp());
    environment.setOnline(false);
    environment.setOnline(true);
    await clock.until(dialer.close());
    const words = ['connecting', 'ready', 'offline', 'ready', 'closed'];
    expect(events.map(([, { status }]) => status)).toEqual(words);
    expect(events.map(([, { previous }]) => previous)).toEqual(['idle', ...words.slice(0, -1)]);
    expect(read).toEqual(words.flatMap((word) => [word, word]));
  });

  it('is degraded on its second route', async () => {
    const { dialer, clock } = stage([
      scripted({ login: failing('provider/unreachable') }),
      scripted({ route: 'second', onDial: (leg) => leg.say(SAYS.sent) }),
    ]);
    dialer.dial(NUMBER);
    await clock.advance(0);
    expect(dialer.status).toBe('degraded');
    expect(dialer.routes.map(({ route, connection }) => [route, connection])).toEqual([
      ['second', 'ready'],
      ['first', 'failed'],
    ]);
  });
});

describe('a warm-up', () => {
  it('opens the first route that the browser supports, and no other', async () => {
    const routes = [
      scripted({ unsupported: () => new DialerError('provider/unsupported') }),
      scripted({ route: 'second' }),
      scripted({ route: 'third' }),
    ];
    const { dialer, clock } = stage(routes);
    await clock.until(dialer.warmUp());
    expect(routes.map(({ openSessions }) => openSessions)).toEqual([0, 1, 0]);
  });

  it('opens the routes that it is told', async () => {
    const routes = ['first', 'second', 'third'].map((route) => scripted({ route }));
    const { dialer, clock } = stage(routes);
    await clock.until(dialer.warmUp({ routes: ['third', 'second'] }));
    expect(routes.map(({ openSessions }) => openSessions)).toEqual([0, 1, 1]);
  });

  const troubles: readonly (readonly [string, Script, string])[] = [
    ['it is refused', { login: failing('provider/unreachable') }, 'unavailable'],
    ['the code is missing', { load: failing('provider/sdk-not-loaded') }, 'unavailable'],
    ['it does not connect', { login: never }, 'unavailable'],
    [
      'the browser does not support it',
      { unsupported: () => new DialerError('support/no-webrtc') },
      'idle',
    ],
  ];

  it.each(troubles)('never rejects, not even when %s', async (_name, script, status) => {
    const { dialer, clock, lines } = stage([scripted(script)]);
    await clock.until(dialer.warmUp());
    expect(dialer.status).toBe(status);
    expect(lines.some(([level]) => level === 'info')).toBe(true);
  });

  it('never rejects for an unknown route, a time-out or a signal', async () => {
    const { dialer, clock, expectNothingLeft } = stage([scripted({ login: never })]);
    await clock.until(dialer.warmUp({ routes: ['nowhere'] }));
    await clock.until(dialer.warmUp({ signal: AbortSignal.abort() }));
    const startMs = clock.monotonicNow();
    await clock.until(dialer.warmUp({ timeoutMs: 100 }));
    expect(clock.monotonicNow() - startMs).toBe(100);
    await expectNothingLeft();
    await clock.until(dialer.warmUp());
    expect(dialer.status).toBe('closed');
  });

  it('saves the next call the connecting', async () => {
    const set: { clock?: ReturnType<typeof stage>['clock'] } = {};
    const provider = scripted({
      login: async ({ clock }) => sleep(clock, 700),
      onDial: (leg) => leg.say(SAYS.sent),
    });
    const { dialer, clock } = stage([provider]);
    set.clock = clock;
    await clock.until(dialer.warmUp());
    const startMs = clock.monotonicNow();
    const call = dialer.dial(NUMBER);
    await clock.advance(0);
    expect([call.state, clock.monotonicNow() - startMs]).toEqual(['connecting', 0]);
  });

  it('learns that the browser is offline, and back again', async () => {
    const { dialer, clock, environment } = stage([scripted()], { online: false });
    await clock.until(dialer.warmUp());
    expect(dialer.status).toBe('offline');
    environment.setOnline(true);
    expect(dialer.status).toBe('ready');
  });
});
