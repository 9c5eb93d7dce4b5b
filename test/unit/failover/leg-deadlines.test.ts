import { describe, expect, it } from 'vitest';
import type { LegEvent } from '../../../src/providers/provider.js';
import { recordEvents } from '../../../src/testing/index.js';
import { NUMBER, stage } from '../dialer/dialer-stage.js';
import { SAYS, type Script, type ScriptedLeg, scripted } from './scripted-provider.js';

/** A call over one scripted route, with a second one that must stay untouched. */
async function callOver(script: Script, settings: Parameters<typeof stage>[1] = {}) {
  const first = scripted(script);
  const second = scripted({ route: 'second' });
  const set = stage([first, second], settings);
  const call = set.dialer.dial(NUMBER, { routes: ['first', 'second'] });
  await set.clock.advance(0);
  return { ...set, call, first, second, leg: first.leg };
}

const confirms =
  (event: LegEvent = SAYS.confirmed) =>
  (leg: ScriptedLeg): void =>
    leg.say(event);

describe('a call that was sent and falls silent', () => {
  const sent: Script = { onDial: (leg) => leg.say(SAYS.sent) };
  const acknowledging: Script = { ...sent, capabilities: { acknowledges: true } };

  it('is cancelled after three seconds where the provider acknowledges calls', async () => {
    const { call, clock, leg, second } = await callOver(
      { ...acknowledging, onHangup: confirms() },
      { failover: () => ({ action: 'stop' }) },
    );
    await clock.advance(2_999);
    expect(leg.hangups).toBe(0);
    const { cause, error, confirmed } = await clock.until(call.when('ended'));
    expect(clock.monotonicNow()).toBe(3_000);
    expect([cause, error?.code, confirmed]).toEqual(['timeout', 'provider/timeout', true]);
    expect([leg.hangups, leg.released, second.contexts.length]).toEqual([1, true, 0]);
  });

  it('is given twenty seconds where it does not', async () => {
    const { call, clock } = await callOver({ ...sent, onHangup: confirms() });
    const { error } = await clock.until(call.when('ended'));
    expect([clock.monotonicNow(), error?.code]).toEqual([20_000, 'provider/timeout']);
  });

  it('is given twenty seconds once it was acknowledged', async () => {
    const { call, clock, leg } = await callOver(acknowledging);
    await clock.advance(2_000);
    leg.say(SAYS.acknowledged);
    await clock.advance(17_999);
    expect(leg.hangups).toBe(0);
    await clock.until(call.when('ended'));
    expect(call.outcome?.attempts[0]?.phase).toBe('acknowledged');
  });

  it('leaves the question to the person when nothing proves that it is over', async () => {
    const { call, clock, second } = await callOver(acknowledging);
    const outcome = await clock.until(call.when('ended'));
    expect(clock.monotonicNow()).toBe(3_000 + 2_000);
    expect(outcome).toMatchObject({
      cause: 'unknown-outcome',
      by: 'network',
      confirmed: false,
      redialAdvice: 'ask',
      error: { code: 'call/unknown-outcome', cause: { code: 'provider/timeout' } },
    });
    expect(second.contexts).toHaveLength(0);
  });

  it('does not believe an end without proof', async () => {
    const { call, clock } = await callOver({
      ...acknowledging,
      onHangup: confirms({ ...SAYS.confirmed, final: false }),
    });
    const { cause } = await clock.until(call.when('ended'));
    expect([clock.monotonicNow(), cause]).toEqual([3_000, 'unknown-outcome']);
  });

  it('may be dialled elsewhere with the proof, if the policy of the application says so', async () => {
    const { call, clock, second } = await callOver(
      { ...acknowledging, onHangup: confirms() },
      { failover: () => ({ action: 'next' }) },
    );
    const states = recordEvents(call, ['state-changed', 'switched']);
    await clock.advance(3_000);
    second.leg.say(SAYS.sent, SAYS.rings);
    expect(call.state).toBe('ringing');
    expect(states.map(([type, event]) => (type === 'switched' ? type : event.state))).toEqual([
      'switched',
      'ringing',
    ]);
  });

  it('may not, without the proof', async () => {
    const { call, clock, second } = await callOver(acknowledging, {
      failover: () => ({ action: 'next' }),
    });
    const { cause } = await clock.until(call.when('ended'));
    expect([cause, second.contexts.length]).toEqual(['unknown-outcome', 0]);
  });

  it('may not, once it rang while it was being cancelled', async () => {
    const { call, clock, second } = await callOver(
      { ...acknowledging, onHangup: (leg) => leg.say(SAYS.rings, SAYS.confirmed) },
      { failover: () => ({ action: 'next' }) },
    );
    const events = recordEvents(call, ['ringing']);
    const { attempts } = await clock.until(call.when('ended'));
    expect([attempts[0]?.phase, second.contexts.length, events]).toEqual(['progress', 0, []]);
  });
});

describe('a callee who answers while a silent call is cancelled', () => {
  it('is kept', async () => {
    const { call, clock, leg, expectNothingLeft } = await callOver({
      capabilities: { acknowledges: true },
      onDial: (each) => each.say(SAYS.sent),
      onHangup: (each) => {
        if (each.hangups === 1) each.say(SAYS.answered, SAYS.flows);
        else each.say(SAYS.confirmed);
      },
    });
    await clock.until(call.when('active'));
    await clock.advance(60_000);
    expect([call.state, leg.hangups, leg.released]).toEqual(['active', 1, false]);
    expect(await clock.until(call.hangup())).toMatchObject({
      cause: 'completed',
      confirmed: true,
    });
    await expectNothingLeft();
  });

  it('is hung up on when the person cancels', async () => {
    const { call, clock, leg, expectNothingLeft } = await callOver({
      onDial: (each) => each.say(SAYS.sent, SAYS.rings),
      onHangup: (each) => each.say(each.hangups === 1 ? SAYS.answered : SAYS.confirmed),
    });
    const events = recordEvents(call, ['answered', 'ended']);
    const outcome = await clock.until(call.hangup());
    expect(leg.hangups).toBe(2);
    expect(outcome).toMatchObject({
      cause: 'cancelled',
      by: 'local',
      error: undefined,
      confirmed: true,
      durationMs: 0,
      attempts: [{ phase: 'answered' }],
    });
    expect(events.map(([type]) => type)).toEqual(['ended']);
    await expectNothingLeft();
  });
});

describe('a call that rings', () => {
  const ringing: Script = { onDial: (leg) => leg.say(SAYS.sent, SAYS.rings) };

  it('rings for 45 seconds', async () => {
    const { call, clock } = await callOver({ ...ringing, onHangup: confirms() });
    const outcome = await clock.until(call.when('ended'));
    expect(clock.monotonicNow()).toBe(45_000);
    expect(outcome).toMatchObject({
      cause: 'no-answer',
      by: 'network',
      confirmed: true,
      redialAdvice: 'ok',
      error: { code: 'call/no-answer' },
    });
  });

  it('rings as long as the application says', async () => {
    const provider = scripted({ ...ringing, onHangup: confirms() });
    const { dialer, clock } = stage([provider], { timeouts: { ringMs: 20_000 } });
    await clock.until(dialer.dial(NUMBER).when('ended'));
    expect(clock.monotonicNow()).toBe(20_000);
    await clock.until(dialer.dial(NUMBER, { ringMs: 5_000 }).when('ended'));
    expect(clock.monotonicNow()).toBe(25_000);
  });

  it('is not given more time because it says so again', async () => {
    const { call, clock, leg } = await callOver({ ...ringing, onHangup: confirms() });
    await clock.advance(40_000);
    leg.say(SAYS.rings, SAYS.earlyMedia);
    await clock.until(call.when('ended'));
    expect(clock.monotonicNow()).toBe(45_000);
  });

  it('is kept when the callee takes it in the moment in which it is given up', async () => {
    const { call, clock, leg } = await callOver({
      ...ringing,
      onHangup: (each) => each.say(SAYS.answered),
    });
    await clock.advance(45_000);
    expect(call.state).toBe('answered');
    await clock.advance(60_000);
    expect(call.outcome).toBeUndefined();
    expect(leg.hangups).toBe(1);
  });

  it('ends all the same when its hang-up is not confirmed', async () => {
    const { call, clock } = await callOver(ringing);
    const outcome = await clock.until(call.when('ended'));
    expect(clock.monotonicNow()).toBe(45_000 + 4_000);
    expect(outcome).toMatchObject({ cause: 'no-answer', confirmed: false, redialAdvice: 'ask' });
  });

  it.each([
    ['is lost', SAYS.lost],
    ['fails with proof', { ...SAYS.busy, error: SAYS.lost.error }],
  ])('is never dialled again when it %s', async (_name, end) => {
    const { call, clock, leg, second } = await callOver(ringing, {
      failover: () => ({ action: 'next' }),
    });
    leg.say(end);
    await clock.until(call.when('ended'));
    expect(second.contexts).toHaveLength(0);
  });
});

describe('a connection that is lost in a call', () => {
  const answered: Script = {
    capabilities: { reattach: true },
    onDial: (leg) => leg.say(SAYS.sent, SAYS.answered, SAYS.flows),
  };
  const interrupted = { type: 'interrupted', error: SAYS.lost.error } as const;

  it('is given twenty seconds to come back', async () => {
    const { call, clock, leg } = await callOver(answered);
    await clock.advance(5_000);
    leg.say(interrupted);
    expect(call.state).toBe('reconnecting');
    await clock.advance(19_000);
    leg.say(interrupted);
    const outcome = await clock.until(call.when('ended'));
    // The hang-up cannot be confirmed over a connection that is gone.
    expect(clock.monotonicNow()).toBe(5_000 + 20_000 + 4_000);
    expect(outcome).toMatchObject({
      cause: 'network',
      by: 'network',
      confirmed: false,
      error: { code: 'network/reconnect-failed' },
    });
    expect(leg.hangups).toBe(1);
  });

  it('starts to count anew after each repair', async () => {
    const { call, clock, leg } = await callOver(answered);
    for (let count = 0; count < 3; count += 1) {
      leg.say(interrupted);
      await clock.advance(15_000);
      leg.say({ type: 'restored' });
    }
    await clock.advance(60_000);
    expect(call.state).toBe('active');
  });
});

describe('a leg that is over', () => {
  it('is not heard any more, whatever it says', async () => {
    const { call, clock, leg, dialer } = await callOver({
      onDial: (each) => each.say(SAYS.sent, SAYS.busy),
    });
    await clock.until(call.when('ended'));
    const events = recordEvents(call, ['state-changed', 'ringing', 'answered', 'ended']);
    const snapshot = call.getSnapshot();
    leg.say(SAYS.rings, SAYS.answered, SAYS.flows, SAYS.hungUp, SAYS.lost);
    await clock.advance(1_000);
    expect([events, call.getSnapshot() === snapshot, dialer.calls]).toEqual([[], true, []]);
  });

  it('is not heard by the call that has moved on to another route', async () => {
    const { call, clock, leg, second } = await callOver({});
    await clock.advance(3_000);
    second.leg.say(SAYS.sent);
    leg.say(SAYS.sent, SAYS.rings, SAYS.answered, SAYS.hungUp);
    expect([call.state, call.route]).toEqual(['connecting', 'second']);
  });

  it('may throw while it is told to hang up, and while it is let go', async () => {
    const { call, clock, expectNothingLeft } = await callOver({
      onDial: (each) => each.say(SAYS.sent, SAYS.rings),
      onHangup: () => {
        throw new Error('the vendor is confused');
      },
      onRelease: () => {
        throw new Error('the vendor is still confused');
      },
    });
    const outcome = await clock.until(call.hangup());
    expect(outcome).toMatchObject({ cause: 'cancelled', confirmed: false });
    await expectNothingLeft();
  });
});
