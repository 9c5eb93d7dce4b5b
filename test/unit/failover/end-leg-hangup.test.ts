import { describe, expect, it } from 'vitest';
import type { LegEvent } from '../../../src/providers/provider.js';
import { answers } from './broken-route.js';
import { SAYS, type Script } from './scripted-provider.js';
import { ends, KNOWS_NOTHING, withServer } from './server-stage.js';

const unconfirmed: LegEvent = { ...SAYS.confirmed, final: false };
const interrupted: LegEvent = { type: 'interrupted', error: SAYS.lost.error };

describe('a leg that is cut off', () => {
  it('is ended by the server as soon as it is given up', async () => {
    const { call, clock, leg, askedAtMs } = await withServer(
      { onDial: (each) => each.say(SAYS.sent) },
      ends,
    );
    leg.say(interrupted);
    await clock.until(call.when('active'));
    expect([askedAtMs().length, call.route]).toEqual([1, 'second']);
    expect(askedAtMs()[0]).toBe(clock.monotonicNow());
  });

  it.each(['answered', 'ringing'] as const)(
    'when %s is ended by the server at once when the person hangs up',
    async (phase) => {
      const { call, clock, leg, askedAtMs } = await withServer(
        { onDial: (each) => each.say(SAYS.sent, SAYS.rings) },
        ends,
      );
      if (phase === 'answered') leg.say(SAYS.answered, SAYS.flows);
      leg.say(interrupted);
      await clock.advance(1_000);
      const outcome = await clock.until(call.hangup());
      expect([askedAtMs(), clock.monotonicNow(), outcome.confirmed]).toEqual([
        [1_000],
        1_000,
        true,
      ]);
    },
  );

  it('that ends in this browser only is still for the server to end', async () => {
    const { call, clock, leg, asked } = await withServer(
      {
        onDial: (each) => each.say(SAYS.sent, SAYS.rings),
        onHangup: (each) => each.say(unconfirmed),
      },
      () => new Promise((resolve) => void clock.setTimer(() => resolve('ended'), 800)),
    );
    leg.say(interrupted);
    const { confirmed } = await clock.until(call.hangup());
    expect([confirmed, asked.length, clock.monotonicNow()]).toEqual([true, 1, 800]);
  });

  it('and back again is hung up like any other', async () => {
    const { call, clock, leg, asked } = await withServer(
      { ...answers, onHangup: (each) => each.say(unconfirmed) },
      ends,
    );
    leg.say(interrupted, { type: 'restored' });
    await clock.until(call.hangup());
    expect(asked).toEqual([]);
  });
});

describe('a person who hangs up', () => {
  const ringing: Script = { onDial: (leg) => leg.say(SAYS.sent, SAYS.rings) };

  it.each([
    ['that is confirmed', SAYS.confirmed],
    ['that the vendor ends here without a confirmation', unconfirmed],
  ])('needs no server for a call %s', async (_name, end) => {
    for (const says of [[], [SAYS.answered, SAYS.flows]]) {
      const { call, clock, leg, asked } = await withServer(
        { ...ringing, onHangup: (each) => each.say(end) },
        ends,
      );
      leg.say(...says);
      const outcome = await clock.until(call.hangup());
      await clock.advance(10_000);
      expect([asked, outcome.redialAdvice]).toEqual([[], 'ok']);
    }
  });

  it('has the server end a call that nobody confirms for 1.5 s', async () => {
    const { call, clock, askedAtMs } = await withServer(ringing, ends);
    await clock.advance(1_000);
    const outcome = await clock.until(call.hangup());
    expect([askedAtMs(), clock.monotonicNow()]).toEqual([[2_500], 2_500]);
    expect(outcome).toMatchObject({ cause: 'cancelled', by: 'local', confirmed: true });
  });

  it('has it confirmed in the last moment without one', async () => {
    const { call, clock, leg, asked } = await withServer(ringing, ends);
    void call.hangup();
    await clock.advance(1_499);
    leg.say(SAYS.confirmed);
    await clock.advance(10_000);
    expect([asked, call.outcome?.confirmed]).toEqual([[], true]);
  });

  it.each(KNOWS_NOTHING)(
    'is rid of the call within five seconds when the server %s',
    async (_name, answer) => {
      const { call, clock, asked, second, expectNothingLeft } = await withServer(ringing, answer);
      const outcome = await clock.until(call.hangup());
      expect(clock.monotonicNow()).toBeLessThanOrEqual(5_000);
      expect(outcome).toMatchObject({ cause: 'cancelled', by: 'local', confirmed: false });
      expect([asked.length, second.contexts.length]).toEqual([1, 0]);
      await expectNothingLeft();
    },
  );

  it('still hears of the confirmation after the server knew nothing', async () => {
    const { call, clock, leg } = await withServer(ringing, () => 'unknown');
    void call.hangup();
    await clock.advance(3_000);
    expect(call.outcome).toBeUndefined();
    leg.say(SAYS.confirmed);
    await clock.advance(0);
    expect(call.outcome).toMatchObject({ confirmed: true });
  });
});
