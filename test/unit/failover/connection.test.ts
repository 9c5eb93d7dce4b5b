import { describe, expect, it } from 'vitest';
import { sleep } from '../../../src/core/wait.js';
import { DialerError } from '../../../src/errors/dialer-error.js';
import { recordEvents } from '../../../src/testing/index.js';
import { NUMBER, stage } from '../dialer/dialer-stage.js';
import { failing, never, SAYS, type Script, scripted } from './scripted-provider.js';

const answers: Script = {
  onDial: (leg) => leg.say(SAYS.sent, SAYS.answered, SAYS.flows),
  onHangup: (leg) => leg.say(SAYS.confirmed),
};

const lost = new DialerError('network/signalling-lost');

describe('the connection of a route', () => {
  it('is opened once for a warm-up, a click and a second click', async () => {
    const provider = scripted({ ...answers, login: () => clock.advanceLater(500) });
    const { dialer, clock: simulated } = stage([provider]);
    const clock = {
      advanceLater: (ms: number) =>
        new Promise<void>((resolve) => void simulated.setTimer(resolve, ms)),
    };
    void dialer.warmUp();
    void dialer.warmUp();
    await simulated.advance(100);
    const call = dialer.dial(NUMBER);
    await simulated.until(call.when('active'));
    expect([simulated.monotonicNow(), provider.contexts.length]).toEqual([500, 1]);
  });

  it('tells each step to the Dialer', async () => {
    const { dialer, clock } = stage([scripted(answers)]);
    const events = recordEvents(dialer, ['route-changed', 'status-changed']);
    await clock.until(dialer.warmUp());
    const seen = events.map(([type, event]) =>
      type === 'route-changed' ? event.route.connection : `(${event.status})`,
    );
    expect(seen).toEqual(['(connecting)', 'loading', 'connecting', '(ready)', 'ready']);
  });

  it('is closed after a minute without a call', async () => {
    const provider = scripted(answers);
    const { dialer, clock } = stage([provider]);
    await clock.until(dialer.warmUp());
    await clock.advance(59_999);
    expect([dialer.status, provider.openSessions]).toEqual(['ready', 1]);
    await clock.advance(1);
    expect([dialer.status, provider.openSessions, clock.pendingTimers]).toEqual(['idle', 0, 0]);
  });

  it('is kept through a long call, and a minute more', async () => {
    const provider = scripted(answers);
    const { dialer, clock } = stage([provider]);
    const call = dialer.dial(NUMBER);
    await clock.advance(600_000);
    expect([call.state, provider.openSessions]).toEqual(['active', 1]);
    await clock.until(call.hangup());
    await clock.advance(59_999);
    expect(provider.openSessions).toBe(1);
    await clock.advance(1);
    expect(provider.openSessions).toBe(0);
  });

  it('is kept while the person thinks about the microphone', async () => {
    const provider = scripted(answers);
    const { dialer, clock, media } = stage([provider], { permission: 'prompt' });
    const call = dialer.dial(NUMBER);
    await clock.advance(59_000);
    media.answerPrompt('granted');
    await clock.until(call.when('active'));
    expect(provider.contexts).toHaveLength(1);
  });

  it('is opened anew when it was lost while the person thought about the microphone', async () => {
    const provider = scripted(answers);
    const { dialer, clock, media } = stage([provider], { permission: 'prompt' });
    const call = dialer.dial(NUMBER);
    await clock.advance(5_000);
    provider.contexts[0]?.report({ type: 'connection', state: 'failed', error: lost });
    await clock.advance(5_000);
    media.answerPrompt('granted');
    await clock.until(call.when('active'));
    expect([provider.contexts.length, provider.openSessions]).toEqual([2, 1]);
  });

  it('that the vendor is repairing is opened anew for a click', async () => {
    const provider = scripted(answers);
    const { dialer, clock } = stage([provider]);
    await clock.until(dialer.warmUp());
    provider.contexts[0]?.report({ type: 'connection', state: 'reconnecting', error: lost });
    expect(dialer.status).toBe('connecting');
    const changes = recordEvents(dialer, ['route-changed']);
    const call = dialer.dial(NUMBER);
    await clock.until(call.when('active'));
    expect([provider.contexts.length, provider.openSessions]).toEqual([2, 1]);
    const states = changes.map(([, { route }]) => route.connection);
    expect(states).toEqual(['idle', 'loading', 'connecting', 'ready']);
  });

  it('that the vendor is repairing is left alone while another call uses it', async () => {
    const provider = scripted(answers);
    const { dialer, clock } = stage([provider, scripted({ ...answers, route: 'second' })], {
      maxCalls: 2,
    });
    const running = dialer.dial(NUMBER);
    await clock.until(running.when('active'));
    provider.contexts[0]?.report({ type: 'connection', state: 'reconnecting', error: lost });
    const other = dialer.dial('+14155550111');
    await clock.until(other.when('active'));
    expect([other.route, provider.openSessions, running.state]).toEqual(['second', 1, 'active']);
  });

  it('that failed under a call is not pulled away from it', async () => {
    const provider = scripted(answers);
    const { dialer, clock, expectNothingLeft } = stage([provider]);
    const call = dialer.dial(NUMBER);
    await clock.until(call.when('active'));
    provider.contexts[0]?.report({ type: 'connection', state: 'failed', error: lost });
    await clock.advance(1_000);
    expect([call.state, provider.openSessions]).toEqual(['active', 1]);
    expect(dialer.routes[0]).toMatchObject({ connection: 'failed', error: { code: lost.code } });
    provider.leg.say(SAYS.hungUp);
    await clock.until(call.when('ended'));
    await clock.advance(0);
    expect(provider.openSessions).toBe(0);
    const again = dialer.dial(NUMBER);
    await clock.until(again.when('active'));
    expect(provider.contexts).toHaveLength(2);
    await expectNothingLeft();
  });

  it('is not missed when it comes after everybody has gone', async () => {
    let arrive: () => void = () => undefined;
    const provider = scripted({
      login: () =>
        new Promise<void>((resolve) => {
          arrive = resolve;
        }),
    });
    const { dialer, clock, expectNothingLeft } = stage([provider]);
    dialer.dial(NUMBER);
    await clock.advance(100);
    await expectNothingLeft();
    arrive();
    await clock.advance(0);
    expect(provider.openSessions).toBe(0);
    expect(dialer.routes[0]?.connection).toBe('idle');
  });

  it('that does not close keeps nobody waiting, neither the next call nor the end', async () => {
    const provider = scripted({ ...answers, session: { close: never } });
    const { dialer, clock, expectNothingLeft } = stage([provider]);
    await clock.until(dialer.warmUp());
    provider.contexts[0]?.report({ type: 'connection', state: 'failed', error: lost });
    const startMs = clock.monotonicNow();
    const call = dialer.dial(NUMBER);
    await clock.until(call.when('active'));
    expect(clock.monotonicNow() - startMs).toBeLessThanOrEqual(1_000);
    await expectNothingLeft();
  });

  it('is opened anew only when the lost one is closed, which may hold what it needs', async () => {
    const order: string[] = [];
    const provider = scripted({
      ...answers,
      login: async () => order.push('open'),
      session: {
        close: async () => {
          await sleep(clock, 300);
          order.push('closed');
        },
      },
    });
    const { dialer, clock } = stage([provider]);
    await clock.until(dialer.warmUp());
    provider.contexts[0]?.report({ type: 'connection', state: 'failed', error: lost });
    await clock.until(dialer.dial(NUMBER).when('active'));
    expect(order).toEqual(['open', 'closed', 'open']);
  });

  it('that fails to close is only logged', async () => {
    const provider = scripted({ ...answers, session: { close: failing('provider/unexplained') } });
    const { dialer, clock, lines, expectNothingLeft } = stage([provider]);
    await clock.until(dialer.warmUp());
    await expectNothingLeft();
    expect(lines.some(([level, text]) => level === 'warn' && text.includes('close'))).toBe(true);
  });

  it('takes no report of a session that is gone', async () => {
    const provider = scripted(answers);
    const { dialer, clock } = stage([provider]);
    await clock.until(dialer.warmUp());
    await clock.advance(60_000);
    const before = dialer.getSnapshot();
    provider.contexts[0]?.report({ type: 'connection', state: 'ready' });
    provider.contexts[0]?.report({ type: 'connection', state: 'failed', error: lost });
    expect(dialer.getSnapshot()).toBe(before);
  });

  it('shows its last failure until a call shows that it works again', async () => {
    const provider = scripted({
      ...answers,
      login: async (_context, count) => {
        if (count === 1) await failing('provider/server-error')();
      },
    });
    const { dialer, clock } = stage([provider]);
    await clock.until(dialer.warmUp());
    expect(dialer.status).toBe('unavailable');
    expect(dialer.routes[0]).toMatchObject({
      connection: 'failed',
      error: { code: 'provider/server-error' },
    });
    await clock.until(dialer.warmUp());
    expect(dialer.status).toBe('ready');
    expect(dialer.routes[0]).toMatchObject({
      connection: 'ready',
      health: 'cooling-down',
      error: { code: 'provider/server-error' },
    });
    await clock.until(dialer.dial(NUMBER).when('active'));
    provider.leg.say(SAYS.hungUp);
    await clock.advance(0);
    expect(dialer.routes[0]).toMatchObject({ health: 'healthy', error: undefined });
  });
});

describe('a vendor that bears only one session in a page', () => {
  const region = (route: string): Script => ({
    ...answers,
    id: 'vendor',
    route: `vendor/${route}`,
    singleSession: true,
  });

  it('has one closed before the other is opened', async () => {
    let open = 0;
    let mostOpen = 0;
    const counting: Script = {
      login: async () => {
        open += 1;
        mostOpen = Math.max(mostOpen, open);
      },
      session: {
        close: async () => {
          open -= 1;
        },
      },
    };
    const west = scripted({ ...region('west'), ...counting });
    const east = scripted({ ...region('east'), ...counting });
    const { dialer, clock } = stage([west, east]);
    await clock.until(dialer.warmUp());
    await clock.until(dialer.warmUp({ routes: ['vendor/east'] }));
    expect([west.openSessions, east.openSessions]).toEqual([0, 1]);
    const call = dialer.dial(NUMBER);
    await clock.until(call.when('active'));
    expect([call.route, west.openSessions, east.openSessions, mostOpen]).toEqual([
      'vendor/west',
      1,
      0,
      1,
    ]);
  });

  it('is not connected any more for a person who gives up before the other one is closed', async () => {
    const west = scripted({ ...region('west'), session: { close: never } });
    const east = scripted(region('east'));
    const { dialer, clock, expectNothingLeft } = stage([west, east]);
    await clock.until(dialer.warmUp());
    const call = dialer.dial(NUMBER, { routes: ['vendor/east'] });
    await clock.advance(100);
    const startMs = clock.monotonicNow();
    expect((await clock.until(call.hangup())).cause).toBe('cancelled');
    expect(clock.monotonicNow() - startMs).toBe(0);
    await clock.advance(2_000);
    expect([east.loads, east.contexts.length]).toEqual([0, 0]);
    await expectNothingLeft();
  });

  it('is not connected beside the other one while a call lives on that', async () => {
    const west = scripted(region('west'));
    const east = scripted(region('east'));
    const { dialer, clock } = stage([west, east, scripted({ ...answers, route: 'other' })], {
      maxCalls: 2,
    });
    const running = dialer.dial(NUMBER);
    await clock.until(running.when('active'));
    const second = dialer.dial('+14155550111', { routes: ['vendor/east', 'other'] });
    await clock.until(second.when('active'));
    await clock.until(dialer.warmUp({ routes: ['vendor/east'] }));
    expect([second.route, running.state, east.loads]).toEqual(['other', 'active', 0]);
  });

  it('does not have another vendor closed', async () => {
    const other = scripted({ ...answers, route: 'other' });
    const west = scripted(region('west'));
    const { dialer, clock } = stage([other, west]);
    await clock.until(dialer.warmUp({ routes: ['other', 'vendor/west'] }));
    expect([other.openSessions, west.openSessions]).toEqual([1, 1]);
  });
});
