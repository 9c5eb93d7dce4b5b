import { describe, expect, it } from 'vitest';
import type { FailoverContext, FailoverDecision } from '../../../src/failover/failover-context.js';
import { NUMBER, stage } from '../dialer/dialer-stage.js';
import { SAYS, type Script, scripted } from './scripted-provider.js';

/** A leg of a provider that acknowledges calls and does not acknowledge this one. */
const silent: Script = {
  capabilities: { acknowledges: true },
  onDial: (leg) => leg.say(SAYS.sent),
};
const confirms: Script = { onHangup: (leg) => leg.say(SAYS.confirmed) };

/** A call over a silent leg; every context that its policy is told is kept, with the time. */
async function silentCall(policy: (context: FailoverContext) => FailoverDecision, script: Script) {
  const asked: (FailoverContext & { readonly atMs: number })[] = [];
  const first = scripted({ ...silent, ...script });
  const second = scripted({
    route: 'second',
    onDial: (leg) => leg.say(SAYS.sent, SAYS.answered, SAYS.flows),
  });
  const set = stage([first, second], {
    failover: (context) => {
      asked.push({ ...context, atMs: set.clock.monotonicNow() });
      return policy(context);
    },
  });
  const call = set.dialer.dial(NUMBER);
  await set.clock.advance(0);
  return {
    ...set,
    call,
    leg: first.leg,
    second,
    asked,
    /** When the policy was asked, and with which evidence. */
    askedAt: () => asked.map(({ atMs, evidence }) => [atMs, evidence]),
    refusals: () => set.lines.filter(([, text]) => text.includes('failover/refused')).length,
  };
}

const whileAlive =
  (decision: FailoverDecision, then: FailoverDecision = { action: 'ask' }) =>
  ({ evidence }: FailoverContext): FailoverDecision =>
    evidence === 'alive' ? decision : then;

describe('a policy that is told of a silent leg', () => {
  it('learns what is known of it, and may not dial', async () => {
    const { call, clock, asked } = await silentCall(whileAlive({ action: 'stop' }), confirms);
    await clock.advance(2_999);
    expect(asked).toEqual([]);
    await clock.advance(1);
    expect(asked[0]).toMatchObject({
      callId: call.id,
      to: NUMBER,
      provider: 'first',
      route: 'first',
      error: { code: 'provider/timeout', route: 'first' },
      phase: 'sent',
      evidence: 'alive',
      attempt: 1,
      sentAttempts: 1,
      elapsedMs: 3_000,
      candidates: [{ route: 'second', health: 'healthy' }],
    });
    expect(asked[0]?.allowed).toEqual(['wait', 'ask', 'stop']);
  });

  it('that waits keeps the leg and is asked again after that time', async () => {
    const { clock, askedAt, leg, refusals } = await silentCall(
      whileAlive({ action: 'wait', forMs: 700 }),
      confirms,
    );
    await clock.advance(5_000);
    expect(askedAt()).toEqual([
      [3_000, 'alive'],
      [3_700, 'alive'],
      [4_400, 'alive'],
    ]);
    expect([leg.hangups, refusals()]).toEqual([0, 0]);
  });

  it('may have enough of waiting', async () => {
    const { call, clock, askedAt } = await silentCall(
      ({ evidence, elapsedMs }) =>
        evidence === 'alive' && elapsedMs < 4_000
          ? { action: 'wait', forMs: 1_000 }
          : { action: evidence === 'ended' ? 'next' : 'ask' },
      confirms,
    );
    await clock.until(call.when('active'));
    expect(call.route).toBe('second');
    expect(askedAt()).toEqual([
      [3_000, 'alive'],
      [4_000, 'alive'],
      [4_000, 'ended'],
    ]);
  });

  it('is not asked again about a leg that is acknowledged meanwhile, before the next deadline', async () => {
    const { clock, askedAt, leg, asked } = await silentCall(
      whileAlive({ action: 'wait', forMs: 5_000 }),
      confirms,
    );
    await clock.advance(4_000);
    leg.say(SAYS.acknowledged);
    await clock.advance(15_999);
    expect(askedAt()).toEqual([[3_000, 'alive']]);
    await clock.advance(1);
    expect(asked[1]).toMatchObject({ phase: 'acknowledged', evidence: 'alive', atMs: 20_000 });
    expect(leg.hangups).toBe(0);
  });

  it('is not asked again about a leg that rings', async () => {
    const { call, clock, askedAt, leg } = await silentCall(
      whileAlive({ action: 'wait', forMs: 5_000 }),
      confirms,
    );
    await clock.advance(4_000);
    leg.say(SAYS.rings);
    await clock.advance(40_000);
    expect([askedAt(), call.state]).toEqual([[[3_000, 'alive']], 'ringing']);
  });

  it('keeps for ever what it always waits for, until the person hangs up', async () => {
    const { call, clock, expectNothingLeft } = await silentCall(
      whileAlive({ action: 'wait', forMs: 60_000 }),
      confirms,
    );
    await clock.advance(600_000);
    expect(call.state).toBe('connecting');
    expect((await clock.until(call.hangup())).cause).toBe('cancelled');
    await expectNothingLeft();
  });
});

describe('whatever is not to wait', () => {
  it.each(['ask', 'stop'] as const)(
    '(%s) gives the leg up and asks again with the proof',
    async (action) => {
      const { call, clock, askedAt, leg, refusals } = await silentCall(
        whileAlive({ action }, { action: 'next' }),
        confirms,
      );
      await clock.until(call.when('active'));
      expect(askedAt()).toEqual([
        [3_000, 'alive'],
        [3_000, 'ended'],
      ]);
      expect([call.route, leg.hangups, leg.released, refusals()]).toEqual(['second', 1, true, 0]);
    },
  );

  it('gives it up and asks again without a proof', async () => {
    const { call, clock, askedAt, asked, second } = await silentCall(
      whileAlive({ action: 'stop' }, { action: 'stop' }),
      {},
    );
    const { cause, confirmed } = await clock.until(call.when('ended'));
    expect(askedAt()).toEqual([
      [3_000, 'alive'],
      [5_000, 'unknown'],
    ]);
    expect(asked[1]?.allowed).toEqual(['ask', 'stop']);
    expect([cause, confirmed, second.contexts.length]).toEqual(['timeout', false, 0]);
  });

  it.each(['next', 'refresh-token'] as const)(
    '(%s) is refused for a leg that lives, which is given up',
    async (action) => {
      const { clock, call, askedAt, leg, second, refusals } = await silentCall(
        whileAlive({ action }),
        {},
      );
      await clock.advance(3_000);
      expect([leg.hangups, leg.released, second.contexts.length, refusals()]).toEqual([
        1,
        false,
        0,
        1,
      ]);
      await clock.until(call.when('ended'));
      expect(askedAt()).toEqual([
        [3_000, 'alive'],
        [5_000, 'unknown'],
      ]);
    },
  );

  it.each([Number.NaN, Number.POSITIVE_INFINITY, -1, 0, undefined, '1000'])(
    '(wait for %s) is refused, too',
    async (forMs) => {
      const { clock, leg, refusals, askedAt } = await silentCall(
        whileAlive({ action: 'wait', forMs: forMs as number }),
        confirms,
      );
      await clock.advance(10_000);
      expect([leg.hangups, refusals()]).toEqual([1, 1]);
      expect(askedAt()).toEqual([
        [3_000, 'alive'],
        [3_000, 'ended'],
      ]);
    },
  );
});

it('no policy is asked about the silence of a leg that was never sent', async () => {
  const { call, clock, askedAt } = await silentCall(() => ({ action: 'next' }), {
    onDial: () => undefined,
  });
  await clock.until(call.when('active'));
  expect(askedAt()).toEqual([[3_000, 'never-sent']]);
});
