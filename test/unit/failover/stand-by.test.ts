import { describe, expect, it } from 'vitest';
import { sleep } from '../../../src/core/wait.js';
import { recordEvents } from '../../../src/testing/index.js';
import { NUMBER, type StageOptions, stage } from '../dialer/dialer-stage.js';
import { answers } from './broken-route.js';
import { failing, never, type Script, scripted } from './scripted-provider.js';

/** A call over a first route that is scripted, and a second one that works unless told otherwise. */
function standBy(script: Script, other: Script = {}, options: StageOptions = {}) {
  const first = scripted({ ...answers, ...script });
  const second = scripted({ ...answers, route: 'second', ...other });
  const set = stage([first, second], options);
  return { ...set, first, second, dial: () => set.dialer.dial(NUMBER) };
}

/** A login that takes this long. The clock comes with the session's context. */
const takes = (ms: number): Pick<Script, 'login'> => ({
  login: ({ clock }) => sleep(clock, ms),
});

/** Code that takes this long the first time. */
function codeTakes(ms: number) {
  let loading: Promise<void> | undefined;
  return (clock: () => Parameters<typeof sleep>[0]): Pick<Script, 'load'> => ({
    load: () => {
      loading ??= sleep(clock(), ms);
      return loading;
    },
  });
}

describe('a login that takes long', () => {
  it('has the signalling of the next route opened beside it after 1 s, its code before, and no call', async () => {
    const { dial, clock, second } = standBy({ login: never });
    dial();
    await clock.advance(249);
    expect([second.loads, second.contexts.length]).toEqual([0, 0]);
    await clock.advance(1);
    expect([second.loads, second.contexts.length]).toEqual([1, 0]);
    await clock.advance(749);
    expect(second.contexts).toHaveLength(0);
    await clock.advance(1);
    expect([second.contexts.length, second.openSessions]).toEqual([1, 1]);
    await clock.advance(1_499);
    expect(second.legs).toEqual([]);
  });

  it.each([0, 50, 1_500])('has it after %d ms where the application wants that', async (ms) => {
    const { dial, clock, second } = standBy({ login: never }, {}, { timeouts: { staggerMs: ms } });
    dial();
    if (ms > 0) await clock.advance(ms - 1);
    expect(second.contexts).toHaveLength(0);
    await clock.advance(1);
    expect(second.contexts).toHaveLength(1);
  });

  it('is followed by a switch that has nothing more to open', async () => {
    const { dial, clock, second } = standBy({ login: never }, takes(1_000));
    const call = dial();
    await clock.until(call.when('active'));
    expect([call.route, clock.monotonicNow(), second.contexts.length]).toEqual([
      'second',
      2_500,
      1,
    ]);
  });

  it('is followed by a switch that waits for what is being opened', async () => {
    const { dial, clock, second } = standBy({ login: never }, takes(2_400));
    const call = dial();
    await clock.until(call.when('active'));
    expect([clock.monotonicNow(), second.contexts.length]).toEqual([1_000 + 2_400, 1]);
  });

  it('carries the call all the same when it succeeds', async () => {
    const { dial, clock, second, expectNothingLeft } = standBy(takes(2_400));
    const call = dial();
    const switches = recordEvents(call, ['switched']);
    await clock.until(call.when('active'));
    expect([call.route, clock.monotonicNow(), switches]).toEqual(['first', 2_400, []]);
    expect([second.openSessions, second.legs]).toEqual([1, []]);
    // Nobody needs the one that stood by: it goes as every idle connection does.
    await clock.advance(60_000);
    expect([call.state, second.openSessions]).toEqual(['active', 0]);
    await expectNothingLeft();
  });

  it('has nothing opened beside it when it is fast', async () => {
    const { dial, clock, second } = standBy(takes(249));
    await clock.until(dial().when('active'));
    await clock.advance(10_000);
    expect([second.loads, second.contexts.length]).toEqual([0, 0]);
  });

  it('is measured from the login, not from the click', async () => {
    const later = codeTakes(2_000);
    const { dial, clock, second } = standBy({ ...later(() => clock), ...takes(249) });
    const call = dial();
    await clock.until(call.when('active'));
    expect([call.route, clock.monotonicNow(), second.contexts.length]).toEqual(['first', 2_249, 0]);
  });

  it('that began ahead of the click is slow from the click on', async () => {
    const { dial, dialer, clock, second } = standBy(takes(2_000));
    void dialer.warmUp();
    await clock.advance(1_000);
    expect(second.contexts).toHaveLength(0);
    dial();
    await clock.advance(0);
    expect(second.contexts).toHaveLength(1);
  });

  it('has nothing opened for a person who has hung up', async () => {
    const { dial, clock, second, expectNothingLeft } = standBy({ login: never });
    const call = dial();
    await clock.advance(200);
    await clock.until(call.hangup());
    await clock.advance(5_000);
    expect(second.loads).toBe(0);
    await expectNothingLeft();
  });

  it('asks for the token of the route beside it, for this call and its next attempt', async () => {
    const asked: unknown[] = [];
    const { dial, clock } = standBy(
      { login: never },
      { token: 'required' },
      {
        getToken: ({ route, reason, callId, attempt, to }) => {
          asked.push({ route, reason, callId, attempt, to });
          return 'token';
        },
      },
    );
    const { id } = dial();
    await clock.advance(249);
    expect(asked).toEqual([]);
    // Ahead of its signalling, so that a refusal finds it there.
    await clock.advance(1);
    expect(asked).toHaveLength(1);
    await clock.advance(750);
    expect(asked).toEqual([
      { route: 'second', reason: 'dial', callId: id, attempt: 2, to: NUMBER },
    ]);
  });
});

describe('what stands by', () => {
  it('is no route in bad health', async () => {
    const { dial, dialer, clock, second } = standBy(
      { login: never },
      { login: failing('provider/unreachable') },
    );
    await clock.until(dialer.warmUp({ routes: ['second'] }));
    dial();
    await clock.advance(2_499);
    expect(second.contexts).toHaveLength(1);
  });

  it('is the first one in good health', async () => {
    const bad = scripted({ route: 'bad', login: failing('provider/unreachable') });
    const good = scripted({ ...answers, route: 'good' });
    const { dialer, clock } = stage([scripted({ login: never }), bad, good]);
    await clock.until(dialer.warmUp({ routes: ['bad'] }));
    dialer.dial(NUMBER);
    await clock.advance(1_000);
    expect([bad.contexts.length, good.contexts.length]).toEqual([1, 1]);
  });

  it('is one route only', async () => {
    const third = scripted({ route: 'third' });
    const second = scripted({ ...answers, route: 'second', login: never });
    const { dialer, clock } = stage([scripted({ login: never }), second, third]);
    dialer.dial(NUMBER);
    await clock.advance(2_499);
    expect([second.contexts.length, third.contexts.length]).toEqual([1, 0]);
  });

  it('is no other region of a vendor that bears one session in a page', async () => {
    const region = { id: 'vendor', singleSession: true };
    const { dial, clock, second } = standBy(
      { ...region, route: 'vendor/west', login: never },
      { ...region, route: 'vendor/east' },
    );
    const call = dial();
    await clock.advance(2_499);
    expect(second.contexts).toHaveLength(0);
    await clock.until(call.when('active'));
    expect(call.route).toBe('vendor/east');
  });

  it('is another region of a vendor that bears several', async () => {
    const { dial, clock, second } = standBy(
      { id: 'vendor', route: 'vendor/west', login: never },
      { id: 'vendor', route: 'vendor/east' },
    );
    dial();
    await clock.advance(1_000);
    expect(second.contexts).toHaveLength(1);
  });

  it('is nothing beside the route that a call is pinned to', async () => {
    const { dialer, clock, second } = standBy({ login: never });
    const call = dialer.dial(NUMBER, { routes: ['first'] });
    await clock.until(call.when('ended'));
    expect(second.loads).toBe(0);
  });

  it('may fail, which is no failure of the call', async () => {
    const { dial, dialer, clock, second } = standBy(takes(1_500), {
      login: failing('provider/server-error'),
    });
    const call = dial();
    const events = recordEvents(call, ['switched', 'problem-changed']);
    await clock.until(call.when('active'));
    expect([call.route, second.contexts.length, events]).toEqual(['first', 1, []]);
    const { cause, attempts } = await clock.until(call.hangup());
    expect([cause, attempts.length]).toEqual(['completed', 1]);
    // It is one of the route, though.
    expect(dialer.routes[1]).toMatchObject({ route: 'second', health: 'cooling-down' });
  });

  it('that failed is tried after those that may still work', async () => {
    const second = scripted({ route: 'second', login: failing('provider/server-error') });
    const third = scripted({ ...answers, route: 'third' });
    const { dialer, clock } = stage([scripted({ login: never }), second, third]);
    const call = dialer.dial(NUMBER);
    await clock.until(call.when('active'));
    expect([call.route, second.contexts.length]).toEqual(['third', 1]);
  });

  it('blames nobody when the browser has no network', async () => {
    const { dial, dialer, clock, environment } = standBy(
      { login: never },
      { login: failing('provider/unreachable') },
    );
    const call = dial();
    await clock.advance(100);
    environment.setOnline(false);
    await clock.until(call.when('ended'));
    expect(dialer.routes.map(({ health }) => health)).toEqual(['healthy', 'healthy']);
  });
});

describe('code that takes long to come', () => {
  it('gives way after 2.5 s to a next route that is ready', async () => {
    const { dial, clock, first } = standBy({ load: never });
    const call = dial();
    const switches = recordEvents(call, ['switched']);
    await clock.until(call.when('active'));
    expect([call.route, clock.monotonicNow(), first.contexts.length]).toEqual(['second', 2_500, 0]);
    expect(switches[0]?.[1].error).toMatchObject({ code: 'provider/sdk-not-loaded' });
  });

  it('does not while the next route is not ready either', async () => {
    const later = codeTakes(4_000);
    const { dial, clock } = standBy({ ...later(() => clock) }, { login: never });
    const call = dial();
    await clock.until(call.when('active'));
    expect([call.route, clock.monotonicNow()]).toEqual(['first', 4_000]);
  });

  it('is given up after ten seconds when there is no other route', async () => {
    const provider = scripted({ load: never });
    const { dialer, clock } = stage([provider]);
    const { error } = await clock.until(dialer.dial(NUMBER).when('ended'));
    expect([clock.monotonicNow(), error?.code]).toEqual([10_000, 'provider/sdk-not-loaded']);
  });

  it('is late when the next route has just become ready: whoever logs in is given time', async () => {
    const later = codeTakes(3_000);
    const { dial, clock, second } = standBy({ ...later(() => clock), ...takes(1_000) }, takes(800));
    const call = dial();
    const switches = recordEvents(call, ['switched']);
    await clock.until(call.when('active'));
    expect([call.route, clock.monotonicNow(), switches]).toEqual(['first', 4_000, []]);
    expect([second.openSessions, second.legs]).toEqual([1, []]);
  });

  it('gives way while a person thinks about the microphone, too, who is asked once', async () => {
    const { dial, clock, media } = standBy({ load: never }, {}, { permission: 'prompt' });
    const call = dial();
    await clock.advance(5_000);
    expect([media.openPrompts, call.route]).toEqual([1, 'second']);
    media.answerPrompt('granted');
    await clock.until(call.when('active'));
    expect(clock.monotonicNow()).toBe(5_000);
  });
});
