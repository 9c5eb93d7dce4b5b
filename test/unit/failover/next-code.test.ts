import { describe, expect, it } from 'vitest';
import { sleep } from '../../../src/core/wait.js';
import { NUMBER, type StageOptions, stage } from '../dialer/dialer-stage.js';
import { answers, breakable } from './broken-route.js';
import { failing, never, SAYS, type Script, scripted } from './scripted-provider.js';

/** A call over a first route that is scripted; what matters is when the others' code is fetched. */
function routes(script: Script, options: StageOptions = {}, other: Script = {}) {
  const first = scripted({ ...answers, ...script });
  const second = scripted({ ...answers, route: 'second', ...other });
  const third = scripted({ ...answers, route: 'third' });
  const set = stage([first, second, third], options);
  return {
    ...set,
    first,
    second,
    third,
    dial: () => set.dialer.dial(NUMBER),
    /** How often the code of each other route was asked for, and whether it was connected. */
    others: () => [second.loads, second.contexts.length, third.loads],
  };
}

describe('the code of the next route', () => {
  it.each([
    [1_000, 249],
    [300, 74],
    [3_000, 749],
  ])('is fetched after a quarter of the head start of %d ms', async (staggerMs, lastMs) => {
    const { dial, clock, others } = routes({ login: never }, { timeouts: { staggerMs } });
    dial();
    await clock.advance(lastMs);
    expect(others()).toEqual([0, 0, 0]);
    await clock.advance(1);
    expect(others()).toEqual([1, 0, 0]);
  });

  it('is fetched with the click when the login, begun ahead of it, takes long already', async () => {
    const { dial, dialer, clock, others } = routes({ login: never });
    void dialer.warmUp();
    await clock.advance(500);
    expect(others()).toEqual([0, 0, 0]);
    dial();
    await clock.advance(0);
    expect(others()).toEqual([1, 0, 0]);
  });

  it('is not fetched beside a login that is quick', async () => {
    const { dial, clock, others } = routes({ login: ({ clock: time }) => sleep(time, 240) });
    await clock.until(dial().when('active'));
    await clock.advance(30_000);
    expect(others()).toEqual([0, 0, 0]);
  });

  it('is not fetched after the login that took a while was there', async () => {
    const { dial, clock, others } = routes({ login: ({ clock: time }) => sleep(time, 400) });
    await clock.until(dial().when('active'));
    await clock.advance(30_000);
    expect(others()).toEqual([1, 0, 0]);
  });

  it('may fail to come: that is no failure of the call, nor of the route', async () => {
    const { dial, dialer, clock, second } = routes(
      { login: ({ clock: time }) => sleep(time, 900) },
      {},
      { load: failing('provider/sdk-not-loaded') },
    );
    const call = dial();
    await clock.until(call.when('active'));
    expect([call.route, second.loads, call.problem]).toEqual(['first', 1, undefined]);
    expect(dialer.routes.map(({ health }) => health)).toEqual(['healthy', 'healthy', 'healthy']);
  });

  it('is not fetched for somebody who has hung up', async () => {
    const { dial, clock, others } = routes({ login: never });
    const call = dial();
    await clock.advance(200);
    await clock.until(call.hangup());
    await clock.advance(5_000);
    expect(others()).toEqual([0, 0, 0]);
  });
});

describe('beside a call that is not acknowledged', () => {
  const silent: Script = {
    capabilities: { acknowledges: true },
    onDial: (leg) => leg.say(SAYS.sent),
  };

  it('it is fetched after the head start, and nothing is connected', async () => {
    const { dial, clock, others } = routes(silent);
    dial();
    await clock.advance(999);
    expect(others()).toEqual([0, 0, 0]);
    await clock.advance(1);
    expect(others()).toEqual([1, 0, 0]);
    await clock.advance(1_999);
    expect(others()).toEqual([1, 0, 0]);
  });

  it.each([
    ['acknowledged', SAYS.acknowledged],
    ['ringing', SAYS.rings],
    ['answered', SAYS.answered],
    ['over', SAYS.busy],
  ] as const)('it is not fetched once that is %s', async (_name, event) => {
    const { dial, clock, others, first } = routes(silent);
    dial();
    await clock.advance(999);
    first.leg.say(event);
    await clock.advance(10_000);
    expect(others()).toEqual([0, 0, 0]);
  });

  it('it is not fetched where the vendor acknowledges nothing', async () => {
    const { dial, clock, others } = routes({ onDial: (leg) => leg.say(SAYS.sent) });
    dial();
    await clock.advance(15_000);
    expect(others()).toEqual([0, 0, 0]);
  });
});

describe('when no route is healthy', () => {
  it('the next one is fetched in the turn of the click', async () => {
    const state = { login: failing('provider/unreachable') };
    const both = ['first', 'second'].map((route) =>
      scripted({ ...answers, route, login: () => state.login() }),
    );
    const { dialer, clock } = stage(both);
    for (const { route } of both) await clock.until(dialer.warmUp({ routes: [route] }));
    expect(dialer.routes.map(({ health }) => health)).toEqual(['cooling-down', 'cooling-down']);
    state.login = never;
    const count = () => both.flatMap(({ loads, contexts }) => [loads, contexts.length]);
    const before = count();
    dialer.dial(NUMBER);
    await clock.advance(0);
    const more = count().map((now, index) => now - (before[index] ?? 0));
    expect([more, clock.monotonicNow()]).toEqual([[1, 1, 1, 0], 0]);
  });

  it('nothing is where one is, which goes first', async () => {
    const { provider: bad } = breakable({ route: 'bad' }, true);
    const good = scripted({ ...answers, route: 'good' });
    const { dialer, clock } = stage([bad, good]);
    await clock.until(dialer.warmUp({ routes: ['bad'] }));
    const before = bad.loads;
    const call = dialer.dial(NUMBER);
    await clock.until(call.when('active'));
    expect([call.route, bad.loads - before]).toEqual(['good', 0]);
  });
});

describe('an idle connection', () => {
  it('has its minute anew with each warm-up', async () => {
    const provider = scripted(answers);
    const { dialer, clock, expectNothingLeft } = stage([provider]);
    await clock.until(dialer.warmUp());
    await clock.advance(59_000);
    await clock.until(dialer.warmUp());
    await clock.advance(59_999);
    expect([provider.openSessions, provider.contexts.length]).toEqual([1, 1]);
    await clock.advance(1);
    expect([provider.openSessions, dialer.status]).toEqual([0, 'idle']);
    await expectNothingLeft();
  });

  it('is not closed under a call because of a warm-up before it', async () => {
    const provider = scripted(answers);
    const { dialer, clock, expectNothingLeft } = stage([provider]);
    await clock.until(dialer.warmUp());
    const call = dialer.dial(NUMBER);
    await clock.until(call.when('active'));
    await clock.until(dialer.warmUp());
    await clock.advance(300_000);
    expect([call.state, provider.openSessions, provider.contexts.length]).toEqual(['active', 1, 1]);
    await clock.until(call.hangup());
    await clock.advance(60_000);
    expect(provider.openSessions).toBe(0);
    await expectNothingLeft();
  });
});
