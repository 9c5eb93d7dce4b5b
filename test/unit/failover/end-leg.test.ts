import { describe, expect, it } from 'vitest';
import type { AccessHooks, EndLegRequest } from '../../../src/access/hooks.js';
import { recordEvents } from '../../../src/testing/index.js';
import { NUMBER, stage } from '../dialer/dialer-stage.js';
import { never, SAYS, type Script, type ScriptedLeg, scripted } from './scripted-provider.js';
import { ends, KNOWS_NOTHING, silent, withServer } from './server-stage.js';

describe('a leg that fell silent', () => {
  it('is ended by the server as soon as it is given up, and the word of the server permits another dial', async () => {
    const { call, clock, leg, asked, contexts, second } = await withServer(silent, ends);
    await clock.until(call.when('active'));
    expect(asked).toMatchObject([
      { callId: call.id, attempt: 1, provider: 'first', providerCallId: undefined, atMs: 3_000 },
    ]);
    expect([leg.hangups, leg.released]).toEqual([1, true]);
    expect(contexts.map(({ evidence }) => evidence)).toEqual(['alive', 'ended']);
    expect([call.route, clock.monotonicNow(), second.legs.length]).toEqual(['second', 3_000, 1]);
    expect(call.outcome).toBeUndefined();
  });

  it('is named to the server as the provider names it', async () => {
    const { clock, asked, leg } = await withServer(silent, ends);
    leg.say({ type: 'identified', providerCallId: 'CA-1' });
    await clock.advance(3_000);
    expect(asked[0]?.providerCallId).toBe('CA-1');
  });

  it('waits for the server up to two seconds', async () => {
    const { call, clock } = await withServer(
      silent,
      () => new Promise((resolve) => void clock.setTimer(() => resolve('ended'), 1_999)),
    );
    await clock.until(call.when('active'));
    expect([call.route, clock.monotonicNow()]).toEqual(['second', 4_999]);
  });

  it.each(KNOWS_NOTHING)('dials nobody when the server %s', async (_name, answer) => {
    const { call, clock, second, asked } = await withServer(silent, answer);
    const outcome = await clock.until(call.when('ended'));
    expect(clock.monotonicNow()).toBe(3_000 + 2_000);
    expect(outcome).toMatchObject({
      cause: 'unknown-outcome',
      confirmed: false,
      redialAdvice: 'ask',
    });
    expect([second.contexts.length, asked.length]).toEqual([0, 1]);
  });

  it('is not ended for nobody: the request is aborted when nobody waits any more', async () => {
    const { call, clock, asked } = await withServer(silent, never);
    await clock.advance(4_999);
    expect(asked[0]?.signal.aborted).toBe(false);
    await clock.until(call.when('ended'));
    expect(asked[0]?.signal.aborted).toBe(true);
  });

  it('needs no server once the far side has confirmed its end', async () => {
    const { call, clock, asked } = await withServer(
      { ...silent, onHangup: (leg) => leg.say(SAYS.confirmed) },
      ends,
    );
    await clock.until(call.when('active'));
    expect([call.route, asked.length]).toEqual(['second', 0]);
  });

  it('is over when the far side confirms it, whatever the server is still about', async () => {
    const { call, clock, leg, asked } = await withServer(silent, never);
    await clock.advance(3_500);
    leg.say(SAYS.confirmed);
    await clock.advance(0);
    expect([call.route, call.state, asked.length]).toEqual(['second', 'active', 1]);
  });

  it('that rang meanwhile is not dialled again, even with the word of the server', async () => {
    const { call, clock, leg, second } = await withServer(
      silent,
      () => new Promise((resolve) => void clock.setTimer(() => resolve('ended'), 500)),
    );
    await clock.advance(3_100);
    leg.say(SAYS.rings);
    const { confirmed, redialAdvice } = await clock.until(call.when('ended'));
    expect([confirmed, redialAdvice, second.contexts.length]).toEqual([true, 'ask', 0]);
  });

  it('of the second attempt is told apart from the first', async () => {
    const asked: EndLegRequest[] = [];
    const options: Parameters<typeof stage>[1] & Pick<AccessHooks, 'endLeg'> = {
      failover: ({ allowed }) => ({ action: allowed.includes('next') ? 'next' : 'ask' }),
      endLeg: (request) => {
        asked.push(request);
        return 'ended';
      },
    };
    const { dialer, clock } = stage(
      [scripted(silent), scripted({ ...silent, route: 'second' })],
      options,
    );
    await clock.until(dialer.dial(NUMBER).when('ended'));
    expect(asked.map(({ attempt, provider }) => [attempt, provider])).toEqual([
      [1, 'first'],
      [2, 'second'],
    ]);
  });
});

describe('a leg that was lost without proof', () => {
  const sent: Script = { onDial: (leg) => leg.say(SAYS.sent) };

  it('is ended by the server at once, whose word permits another dial', async () => {
    const { call, clock, leg, askedAtMs, contexts } = await withServer(sent, ends);
    await clock.advance(700);
    leg.say(SAYS.lost);
    await clock.advance(0);
    expect([askedAtMs(), call.route, clock.monotonicNow()]).toEqual([[700], 'second', 700]);
    expect(contexts).toMatchObject([
      { evidence: 'ended', phase: 'sent', error: { code: 'network/signalling-lost' } },
    ]);
  });

  it.each(KNOWS_NOTHING)('dials nobody when the server %s', async (_name, answer) => {
    const { call, clock, leg, second, asked } = await withServer(sent, answer);
    leg.say(SAYS.lost);
    const outcome = await clock.until(call.when('ended'));
    expect(clock.monotonicNow()).toBeLessThanOrEqual(2_000);
    expect(outcome).toMatchObject({ cause: 'unknown-outcome', redialAdvice: 'ask' });
    expect([second.contexts.length, asked.length]).toEqual([0, 1]);
  });

  it('is over at once with a final word, and nobody is asked', async () => {
    const { call, clock, leg, asked } = await withServer(sent, ends);
    leg.say({ ...SAYS.lost, final: true });
    await clock.advance(0);
    expect([call.route, asked.length]).toEqual(['second', 0]);
  });

  it('is nothing to ask about when it was never sent', async () => {
    const { call, clock, leg, asked } = await withServer({}, ends);
    leg.say(SAYS.lost);
    await clock.advance(0);
    expect([call.route, asked.length]).toEqual(['second', 0]);
  });

  it('in a conversation is ended there, too, and nobody is called again', async () => {
    const { call, clock, leg, asked, second } = await withServer(sent, ends);
    leg.say(SAYS.answered, SAYS.flows);
    await clock.advance(60_000);
    leg.say(SAYS.lost);
    const outcome = await clock.until(call.when('ended'));
    expect([asked.length, second.contexts.length]).toEqual([1, 0]);
    expect(outcome).toMatchObject({ cause: 'network', confirmed: true, redialAdvice: 'ok' });
  });

  it('may be hung up while the server is asked, which ends the call in time', async () => {
    const { call, clock, leg, asked, expectNothingLeft } = await withServer(sent, never);
    leg.say(SAYS.lost);
    await clock.advance(500);
    const outcome = await clock.until(call.hangup());
    expect(clock.monotonicNow()).toBeLessThanOrEqual(500 + 5_000);
    expect([outcome.cause, outcome.confirmed, asked.length]).toEqual(['cancelled', false, 1]);
    await expectNothingLeft();
  });
});

describe('the server', () => {
  it('is asked once for a leg that is silent, then lost, then hung up', async () => {
    const { call, clock, leg, asked } = await withServer(silent, never);
    await clock.advance(3_200);
    leg.say(SAYS.lost);
    await clock.advance(200);
    void call.hangup();
    await clock.advance(10_000);
    expect([asked.length, call.state]).toEqual([1, 'ended']);
  });

  it('that knew nothing is not waited for again when the leg is lost', async () => {
    const { call, clock, leg } = await withServer(silent, () => 'unknown');
    await clock.advance(3_200);
    leg.say(SAYS.lost);
    await clock.advance(0);
    expect(call.outcome).toMatchObject({ cause: 'unknown-outcome', confirmed: false });
  });

  it('may not know of what its application never gave it', async () => {
    const first = scripted(silent);
    const { dialer, clock } = stage([first]);
    const call = dialer.dial(NUMBER);
    const { confirmed } = await clock.until(call.when('ended'));
    expect([confirmed, clock.monotonicNow()]).toEqual([false, 5_000]);
  });
});

describe('a callee who answers while the server is asked', () => {
  const confirming: Script = {
    ...silent,
    onHangup: (leg: ScriptedLeg) => {
      if (leg.hangups > 1) leg.say(SAYS.confirmed);
    },
  };

  it.each([
    ['says that it was answered', 'answered'],
    ['does not know', 'unknown'],
  ] as const)('is kept when the server then %s', async (_name, fate) => {
    const { call, clock, leg, second, expectNothingLeft } = await withServer(
      confirming,
      () => new Promise((resolve) => void clock.setTimer(() => resolve(fate), 1_000)),
    );
    await clock.advance(3_500);
    leg.say(SAYS.answered, SAYS.flows);
    expect(call.state).toBe('active');
    await clock.advance(60_000);
    expect([call.state, leg.released, second.contexts.length]).toEqual(['active', false, 0]);
    expect(await clock.until(call.hangup())).toMatchObject({ cause: 'completed', confirmed: true });
    await expectNothingLeft();
  });

  it('is kept when the server never answers', async () => {
    const { call, clock, leg } = await withServer(confirming, never);
    await clock.advance(3_500);
    leg.say(SAYS.answered, SAYS.flows);
    await clock.advance(60_000);
    expect([call.state, leg.released]).toEqual(['active', false]);
  });

  it('is gone again when the server has ended the leg: nobody else is dialled', async () => {
    const { call, clock, leg, second } = await withServer(
      confirming,
      () => new Promise((resolve) => void clock.setTimer(() => resolve('ended'), 1_000)),
    );
    await clock.advance(3_500);
    leg.say(SAYS.answered, SAYS.flows);
    const outcome = await clock.until(call.when('ended'));
    expect(outcome).toMatchObject({ confirmed: true, by: 'network' });
    expect(second.contexts).toEqual([]);
  });

  it('is hung up on when the person had hung up', async () => {
    const { call, clock, leg, asked } = await withServer(
      { onDial: (each) => each.say(SAYS.sent, SAYS.rings) },
      never,
    );
    const events = recordEvents(call, ['answered']);
    void call.hangup();
    await clock.advance(2_000);
    leg.say(SAYS.answered);
    expect([leg.hangups, asked.length]).toEqual([2, 1]);
    leg.say(SAYS.confirmed);
    await clock.advance(0);
    expect([call.outcome?.cause, call.outcome?.confirmed, events]).toEqual(['cancelled', true, []]);
  });
});
