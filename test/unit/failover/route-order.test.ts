import { describe, expect, it } from 'vitest';
import { sleep } from '../../../src/core/wait.js';
import { DialerError } from '../../../src/errors/dialer-error.js';
import { recordEvents } from '../../../src/testing/index.js';
import { NUMBER, stage } from '../dialer/dialer-stage.js';
import { AFTER_HOLD_OFF_MS, answers, breakable, firstBroken } from './broken-route.js';
import { never, SAYS, scripted } from './scripted-provider.js';

const OTHER = '+14155550124';

describe('after a failure', () => {
  it('the next call goes straight to the second route', async () => {
    const { call, first, state } = firstBroken();
    expect([await call(), first.contexts.length]).toEqual(['second', 1]);
    state.broken = false;
    expect([await call(), first.contexts.length]).toEqual(['second', 1]);
  });

  it('the route is listed last, with what is known of it', async () => {
    const { call, dialer, order, clock } = firstBroken();
    expect(order()).toEqual(['first', 'second']);
    const seen = recordEvents(dialer, ['route-changed']);
    await call();
    expect(order()).toEqual(['second', 'first']);
    expect(dialer.routes[0]).toMatchObject({
      health: 'healthy',
      retryAtMs: undefined,
      error: undefined,
    });
    const [, bad] = dialer.routes;
    expect(bad).toMatchObject({ health: 'cooling-down', error: { code: 'provider/unreachable' } });
    expect(bad?.retryAtMs).toBeGreaterThanOrEqual(clock.now() + 22_500);
    expect(bad?.retryAtMs).toBeLessThanOrEqual(clock.now() + 37_500);
    expect(
      seen.some(([, { route }]) => route.route === 'first' && route.health === 'cooling-down'),
    ).toBe(true);
  });

  it('of a call that was sent, too, although its signalling works', async () => {
    const first = scripted({
      onDial: (leg) =>
        leg.say(SAYS.sent, { ...SAYS.busy, error: new DialerError('provider/server-error') }),
    });
    const second = scripted({ ...answers, route: 'second' });
    const { dialer, clock } = stage([first, second], { failover: () => ({ action: 'next' }) });
    const call = dialer.dial(NUMBER);
    await clock.until(call.when('active'));
    await clock.until(call.hangup());
    expect(dialer.routes.map(({ route }) => route)).toEqual(['second', 'first']);
    await clock.until(dialer.dial(NUMBER).when('active'));
    expect([first.legs.length, second.legs.length]).toEqual([1, 2]);
  });

  it('the route is tried all the same when nothing better is left', async () => {
    const first = breakable({}, true);
    const second = breakable({ route: 'second' });
    const { dialer, clock } = stage([first.provider, second.provider]);
    await clock.until(dialer.warmUp({ routes: ['first'] }));
    first.state.broken = false;
    second.state.broken = true;
    const call = dialer.dial(NUMBER);
    const switches = recordEvents(call, ['switched']);
    await clock.until(call.when('active'));
    expect(call.route).toBe('first');
    expect(switches.map(([, { from, to }]) => [from, to])).toEqual([['second', 'first']]);
  });

  it('routes in bad health are told to a policy, behind the others', async () => {
    const told: unknown[] = [];
    const first = breakable({}, true);
    const bad = breakable({ route: 'bad' }, true);
    const { dialer, clock } = stage(
      [first.provider, bad.provider, scripted({ ...answers, route: 'good' })],
      {
        failover: ({ candidates }) => {
          told.push(candidates.map(({ route, health }) => [route, health]));
          return { action: 'next' };
        },
      },
    );
    await clock.until(dialer.warmUp({ routes: ['bad'] }));
    await clock.until(dialer.dial(NUMBER).when('active'));
    expect(told).toEqual([
      [
        ['good', 'healthy'],
        ['bad', 'cooling-down'],
      ],
    ]);
  });

  it.each(['call/busy', 'call/invalid-number', 'call/blocked'] as const)(
    '%s is none of the route',
    async (code) => {
      const provider = scripted({
        onDial: (leg) => leg.say(SAYS.sent, { ...SAYS.busy, error: new DialerError(code) }),
      });
      const { dialer, clock } = stage([provider, scripted({ route: 'second' })]);
      await clock.until(dialer.dial(NUMBER).when('ended'));
      expect(dialer.routes[0]).toMatchObject({ route: 'first', health: 'healthy' });
    },
  );

  it('a callee who is busy shows that the route works', async () => {
    const failures = [new DialerError('provider/server-error'), new DialerError('call/busy')];
    const provider = scripted({
      onDial: (leg) => leg.say(SAYS.sent, { ...SAYS.busy, error: failures.shift() }),
    });
    const { dialer, clock } = stage([provider]);
    await clock.until(dialer.dial(NUMBER).when('ended'));
    expect(dialer.routes[0]?.health).toBe('cooling-down');
    await clock.until(dialer.dial(NUMBER).when('ended'));
    expect(dialer.routes[0]).toMatchObject({ health: 'healthy', error: undefined });
  });
});

describe('once the hold-off is over', () => {
  it('a call uses the second route, and the first one is probed beside it without a call', async () => {
    const { call, clock, first, state, order } = firstBroken();
    await call();
    state.broken = false;
    await clock.advance(AFTER_HOLD_OFF_MS);
    expect(first.contexts).toHaveLength(1);
    expect(await call()).toBe('second');
    expect([first.contexts.length, first.openSessions, first.legs]).toEqual([2, 1, []]);
    expect(order()).toEqual(['first', 'second']);
  });

  it('the call after a good probe uses the first route again', async () => {
    const { call, clock, state } = firstBroken();
    await call();
    state.broken = false;
    await clock.advance(AFTER_HOLD_OFF_MS);
    expect([await call(), await call()]).toEqual(['second', 'first']);
  });

  it('a call does not wait for the probe', async () => {
    const first = scripted({
      ...answers,
      login: (_context, count) =>
        count === 1 ? Promise.reject(new DialerError('provider/unreachable')) : never(),
    });
    const { dialer, clock } = stage([first, scripted({ ...answers, route: 'second' })]);
    const before = dialer.dial(NUMBER);
    await clock.until(before.when('active'));
    await clock.until(before.hangup());
    await clock.advance(AFTER_HOLD_OFF_MS);
    const startMs = clock.monotonicNow();
    const call = dialer.dial(NUMBER);
    await clock.until(call.when('active'));
    expect([call.route, clock.monotonicNow() - startMs, first.contexts.length]).toEqual([
      'second',
      0,
      2,
    ]);
  });

  it('a probe that is still under way when its call ends counts all the same', async () => {
    const first = scripted({
      ...answers,
      login: (_context, count) =>
        count === 1 ? Promise.reject(new DialerError('provider/unreachable')) : sleep(clock, 1_000),
    });
    const second = scripted({ ...answers, route: 'second' });
    const { dialer, clock, expectNothingLeft } = stage([first, second]);
    for (const waitMs of [AFTER_HOLD_OFF_MS, 0]) {
      const call = dialer.dial(NUMBER);
      await clock.until(call.when('active'));
      await clock.until(call.hangup());
      await clock.advance(waitMs);
    }
    expect(dialer.routes[0]?.route).toBe('second');
    await clock.advance(1_000);
    expect([dialer.routes[0]?.route, first.openSessions, first.legs]).toEqual(['first', 1, []]);
    await expectNothingLeft();
  });

  it('a failed probe doubles the hold-off, and does not trouble the call', async () => {
    const { call, clock, dialer, order, first } = firstBroken();
    const holdOffMs = () => (dialer.routes[1]?.retryAtMs ?? Number.NaN) - clock.now();
    await call();
    expect(holdOffMs()).toBeLessThanOrEqual(37_500);
    await clock.advance(AFTER_HOLD_OFF_MS);
    expect(await call()).toBe('second');
    expect(first.contexts).toHaveLength(2);
    expect(holdOffMs()).toBeGreaterThanOrEqual(45_000);
    expect(holdOffMs()).toBeLessThanOrEqual(75_000);
    expect(order()).toEqual(['second', 'first']);
  });

  it('the probe takes a connection that is still there', async () => {
    // A call was refused, and nothing was wrong with the signalling.
    const first = scripted({
      ...answers,
      onDial: (leg) =>
        first.legs.length === 1
          ? leg.say(SAYS.sent, { ...SAYS.busy, error: new DialerError('provider/server-error') })
          : leg.say(SAYS.sent, SAYS.answered, SAYS.flows),
    });
    const second = scripted({ ...answers, route: 'second' });
    const { dialer, clock } = stage([first, second], { failover: () => ({ action: 'next' }) });
    const routes: unknown[] = [];
    for (const waitMs of [AFTER_HOLD_OFF_MS, 1_000, 1_000]) {
      const call = dialer.dial(NUMBER);
      await clock.until(call.when('active'));
      await clock.until(call.hangup());
      routes.push(call.route);
      await clock.advance(waitMs);
    }
    expect(routes).toEqual(['second', 'second', 'first']);
  });

  it('a running call stays on its route, and nothing is probed in it', async () => {
    const { clock, dialer, first, second, state } = firstBroken();
    const call = dialer.dial(NUMBER);
    const events = recordEvents(call, ['switched']);
    await clock.until(call.when('active'));
    state.broken = false;
    await clock.advance(AFTER_HOLD_OFF_MS);
    await clock.until(dialer.warmUp());
    await clock.advance(600_000);
    expect([call.route, call.state, first.contexts.length]).toEqual(['second', 'active', 1]);
    expect([second.legs.length, events.length]).toEqual([1, 1]);
  });

  it('a second call beside it stays on that route, too, and probes the first', async () => {
    const { clock, dialer, first, state } = firstBroken({ maxCalls: 2 });
    const running = dialer.dial(NUMBER);
    await clock.until(running.when('active'));
    state.broken = false;
    await clock.advance(AFTER_HOLD_OFF_MS);
    const beside = dialer.dial(OTHER);
    await clock.until(beside.when('active'));
    expect([running.route, beside.route, first.legs.length]).toEqual(['second', 'second', 0]);
    expect(dialer.routes[0]).toMatchObject({ route: 'first', health: 'healthy' });
  });
});

describe('a call that is pinned to a route', () => {
  it('uses it alone', async () => {
    const { dialer, clock, first, second } = firstBroken();
    const { attempts } = await clock.until(
      dialer.dial(NUMBER, { routes: ['first'] }).when('ended'),
    );
    expect(attempts.map(({ route }) => route)).toEqual(['first']);
    expect([first.contexts.length, second.contexts.length]).toEqual([1, 0]);
  });

  it('uses it in bad health, too', async () => {
    const { call, state, first } = firstBroken();
    await call();
    state.broken = false;
    expect([await call({ routes: ['first'] }), first.legs.length]).toEqual(['first', 1]);
  });
});

describe('the order of a call', () => {
  it('is its own, bad health apart', async () => {
    const providers = ['first', 'second', 'third'].map((route) => breakable({ route }));
    const { dialer, clock } = stage(providers.map(({ provider }) => provider));
    for (const { state } of providers.slice(1)) state.broken = true;
    await clock.until(dialer.warmUp({ routes: ['third'] }));
    const call = dialer.dial(NUMBER, { routes: ['third', 'second', 'first'] });
    await clock.until(call.when('active'));
    await clock.until(call.hangup());
    expect(call.outcome?.attempts.map(({ route }) => route)).toEqual(['second', 'first']);
  });
});

describe('without a network', () => {
  it('a failed call blames no route', async () => {
    const { dialer, clock, environment } = firstBroken();
    const call = dialer.dial(NUMBER);
    environment.setOnline(false);
    const { error } = await clock.until(call.when('ended'));
    expect(error?.code).toBe('network/offline');
    expect(dialer.routes.map(({ route, health }) => [route, health])).toEqual([
      ['first', 'healthy'],
      ['second', 'healthy'],
    ]);
  });

  it('neither does a warm-up, nor a call that was running', async () => {
    const { dialer, clock, environment, state, first } = firstBroken();
    environment.setOnline(false);
    await clock.until(dialer.warmUp());
    environment.setOnline(true);
    state.broken = false;
    const call = dialer.dial(NUMBER);
    await clock.until(call.when('active'));
    environment.setOnline(false);
    first.leg.say({ ...SAYS.lost, error: new DialerError('network/signalling-lost') });
    await clock.until(call.when('ended'));
    expect(dialer.routes.map(({ health }) => health)).toEqual(['healthy', 'healthy']);
  });
});
