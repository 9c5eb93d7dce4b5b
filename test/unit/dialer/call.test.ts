import { describe, expect, it } from 'vitest';
import { DialerError } from '../../../src/errors/dialer-error.js';
import type { LegEvent } from '../../../src/providers/provider.js';
import { recordEvents } from '../../../src/testing/index.js';
import { SAYS, type Script, scripted } from '../failover/scripted-provider.js';
import { NUMBER, stage } from './dialer-stage.js';

async function sentCall(script: Script = {}, options: Parameters<typeof stage>[1] = {}) {
  const provider = scripted({ onDial: (leg) => leg.say(SAYS.sent), ...script });
  const set = stage([provider], options);
  const call = set.dialer.dial(NUMBER);
  await set.clock.advance(0);
  return { ...set, provider, call, leg: provider.leg };
}

const interrupted: LegEvent = { type: 'interrupted', error: SAYS.lost.error };
const restored: LegEvent = { type: 'restored' };

describe('a call', () => {
  it('tells each event once, the state first', async () => {
    const { call, clock, leg } = await sentCall();
    const types = ['state-changed', 'ringing', 'answered', 'active', 'ended'] as const;
    const events = recordEvents(call, types);
    const states: unknown[] = [];
    for (const type of types) call.on(type, () => states.push(call.state));
    await clock.advance(300);
    leg.say(SAYS.acknowledged, SAYS.rings, SAYS.rings);
    await clock.advance(1_500);
    leg.say(SAYS.answered, SAYS.answered);
    await clock.advance(200);
    leg.say(SAYS.flows, SAYS.flows);
    await clock.advance(60_000);
    leg.say(SAYS.hungUp);
    await clock.until(call.when('ended'));

    const told = events.map(([type, event]) =>
      type === 'state-changed' ? `${event.previous}>${event.state}` : `(${type})`,
    );
    expect(told).toEqual([
      'connecting>ringing',
      '(ringing)',
      'ringing>answered',
      '(answered)',
      'answered>active',
      '(active)',
      'active>ended',
      '(ended)',
    ]);
    expect(states).toEqual(events.map((_, index) => told[index - (index % 2)]?.split('>')[1]));
    expect(events.every(([, event]) => event.call === call && Object.isFrozen(event))).toBe(true);
    expect(events[3]?.[1]).toMatchObject({ evidence: 'signalling', setupMs: 1_800 });
    expect(events[5]?.[1]).toMatchObject({ afterAnswerMs: 200 });
    expect(events[7]?.[1]).toMatchObject({ cause: 'completed', by: 'remote', durationMs: 60_200 });
  });

  it('notes the moments of its set-up in their order', async () => {
    const { call, clock, leg } = await sentCall({ token: 'required' });
    await clock.advance(50);
    leg.say(SAYS.acknowledged);
    await clock.advance(250);
    leg.say({ type: 'progress', ringing: true, earlyMedia: true });
    await clock.advance(1_500);
    leg.say(SAYS.answered);
    await clock.advance(100);
    leg.say(SAYS.flows);
    const outcome = await clock.until(call.hangup());
    expect(outcome.timeline.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['dial', 'microphone', 'sdk-loaded', 'token', 'signalling-open']),
    );
    const times = outcome.timeline.map(({ atMs }) => atMs);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    const late = outcome.timeline.slice(-7).map(({ name, atMs, attempt }) => [name, atMs, attempt]);
    expect(late).toEqual([
      ['sent', 0, 1],
      ['acknowledged', 50, 1],
      ['early-media', 300, 1],
      ['ringing', 300, 1],
      ['answered', 1_800, 1],
      ['first-packet', 1_900, 1],
      ['ended', 1_900 + 4_000, 0],
    ]);
    expect(outcome.timeline[0]).toEqual({
      name: 'dial',
      atMs: 0,
      attempt: 0,
      overBudget: false,
    });
    expect(call.timeline).toEqual(outcome.timeline);
  });

  it('tells its provider id and the object of the vendor, as soon as they are known', async () => {
    const { call, leg } = await sentCall();
    expect(call.providerCallId).toBeUndefined();
    leg.say({ type: 'identified', providerCallId: 'CA123' });
    expect([call.providerCallId, call.native]).toEqual(['CA123', leg.native]);
  });

  it('counts from the answer to the end', async () => {
    const { call, clock, leg } = await sentCall();
    await clock.advance(1_000);
    expect([call.durationMs, call.answeredAtMs]).toEqual([0, undefined]);
    leg.say(SAYS.answered);
    expect(call.answeredAtMs).toBe(call.startedAtMs + 1_000);
    await clock.advance(2_500);
    expect(call.durationMs).toBe(2_500);
    leg.say(SAYS.hungUp);
    await clock.advance(9_000);
    expect(call.durationMs).toBe(2_500);
  });

  it('is not led back by what comes late or twice', async () => {
    const { call, leg } = await sentCall();
    leg.say(SAYS.rings);
    const events = recordEvents(call, ['state-changed', 'ringing']);
    leg.say(SAYS.sent, SAYS.acknowledged, SAYS.rings);
    expect([call.state, events]).toEqual(['ringing', []]);
    leg.say(SAYS.answered, SAYS.flows);
    leg.say(SAYS.sent, SAYS.rings, SAYS.earlyMedia, SAYS.answered);
    expect([call.state, call.earlyMedia]).toEqual(['active', false]);
    expect(events.filter(([type]) => type === 'ringing')).toEqual([]);
  });

  it('skips the ringing where the provider does not tell', async () => {
    const { call, leg } = await sentCall();
    leg.say(SAYS.earlyMedia);
    expect([call.state, call.earlyMedia]).toEqual(['connecting', true]);
    leg.say(SAYS.answered);
    expect([call.state, call.earlyMedia]).toEqual(['answered', false]);
  });

  it('is active with the answer when sound flowed before it', async () => {
    const { call, clock, leg } = await sentCall();
    leg.say(SAYS.earlyMedia, SAYS.flows, SAYS.answered);
    expect(call.state).toBe('active');
    await expect(clock.until(call.when('active'))).resolves.toMatchObject({ afterAnswerMs: 0 });
  });

  it('tells when the far side holds it', async () => {
    const { call, leg } = await sentCall();
    leg.say(SAYS.answered);
    const events = recordEvents(call, ['hold-changed']);
    leg.say({ type: 'remote-hold', held: true });
    expect([call.heldByRemote, call.held]).toEqual([true, false]);
    leg.say({ type: 'remote-hold', held: false });
    expect(events.map(([, { held, by }]) => [held, by])).toEqual([
      [true, 'remote'],
      [false, 'remote'],
    ]);
  });
});

describe('a call whose connection is lost', () => {
  it('is told once, and how long it was down', async () => {
    const { call, clock, leg } = await sentCall();
    leg.say(SAYS.answered, SAYS.flows);
    const events = recordEvents(call, ['reconnecting', 'reconnected', 'active']);
    leg.say(interrupted, interrupted);
    expect(call.state).toBe('reconnecting');
    await clock.advance(3_000);
    leg.say(restored, restored);
    expect(call.state).toBe('active');
    expect(events.map(([type]) => type)).toEqual(['reconnecting', 'reconnected']);
    expect(events[0]?.[1]).toMatchObject({ error: { code: 'network/signalling-lost' } });
    expect(events[1]?.[1]).toMatchObject({ downMs: 3_000 });
  });

  it('before sound flowed becomes active all the same, and says so', async () => {
    const { call, clock, leg } = await sentCall();
    leg.say(SAYS.answered, interrupted);
    await clock.advance(1_000);
    leg.say(SAYS.flows);
    expect(call.state).toBe('reconnecting');
    leg.say(restored);
    expect(call.state).toBe('active');
    await expect(clock.until(call.when('active'))).resolves.toMatchObject({ call });
    await clock.advance(30_000);
    expect(call.problem).toBeUndefined();
  });

  it('before the answer goes on ringing', async () => {
    const { call, leg } = await sentCall();
    leg.say(SAYS.rings, interrupted);
    expect(call.state).toBe('ringing');
    leg.say(restored, SAYS.answered);
    expect(call.state).toBe('answered');
  });
});

describe('the outcome', () => {
  const end = (
    code: DialerError['code'],
    rest: Partial<Extract<LegEvent, { type: 'ended' }>> = {},
  ): LegEvent => ({
    type: 'ended',
    by: 'remote',
    final: true,
    error: new DialerError(code, { route: 'first', sipCode: 499, providerCode: 'x' }),
    ...rest,
  });

  it.each([
    ['busy', [end('call/busy')], 'busy', 'ok'],
    ['declined', [SAYS.rings, end('call/rejected')], 'rejected', 'ask'],
    ['not answered', [SAYS.rings, end('call/no-answer')], 'no-answer', 'ok'],
    ['switched off', [end('call/unavailable')], 'unavailable', 'ok'],
    ['not in service', [end('call/invalid-number')], 'invalid-number', 'no'],
    ['forbidden', [end('call/blocked')], 'blocked', 'no'],
    ['over a limit', [end('provider/over-limit')], 'quota', 'no'],
    ['failed by the provider', [end('provider/server-error')], 'provider-failed', 'ok'],
    ['without sound', [end('media/negotiation-failed')], 'media-failed', 'ok'],
    ['refused its token', [end('auth/token-rejected')], 'unauthorized', 'no'],
  ] as const)('of a call that is %s', async (_name, says, cause, redialAdvice) => {
    const { call, clock, leg } = await sentCall({}, { failover: () => ({ action: 'stop' }) });
    leg.say(...says);
    const outcome = await clock.until(call.when('ended'));
    expect(outcome).toMatchObject({ cause, by: 'remote', confirmed: true, redialAdvice });
    expect(outcome.error?.codes).toEqual({
      sipCode: 499,
      q850Cause: undefined,
      providerCode: 'x',
    });
    expect(outcome.error?.route).toBe('first');
  });

  it.each([
    ['hung up there', SAYS.hungUp, 'completed', 'remote', true, undefined, 'ok'],
    ['lost', SAYS.lost, 'network', 'network', false, 'network/signalling-lost', 'ask'],
    [
      'failed with proof',
      end('provider/server-error', { by: 'network' }),
      'provider-failed',
      'network',
      true,
      'provider/server-error',
      'ok',
    ],
  ] as const)(
    'of a conversation that is %s',
    async (_name, says, cause, by, confirmed, code, redialAdvice) => {
      const { call, clock, leg } = await sentCall();
      leg.say(SAYS.answered, SAYS.flows);
      await clock.advance(7_000);
      leg.say(says);
      const outcome = await clock.until(call.when('ended'));
      expect(outcome).toMatchObject({ cause, by, confirmed, redialAdvice, durationMs: 7_000 });
      expect(outcome.error?.code).toBe(code);
    },
  );

  it('is the same for the call, its snapshot and the Dialer', async () => {
    const { call, clock, dialer, leg } = await sentCall();
    const events = recordEvents(dialer, ['call-ended']);
    const own = recordEvents(call, ['ended']);
    leg.say(SAYS.busy);
    const ended = await clock.until(call.when('ended'));
    expect([events[0]?.[1], own[0]?.[1]]).toEqual([ended, ended]);
    expect(events[0]?.[1]).toBe(own[0]?.[1]);
    expect(call.getSnapshot().outcome).toBe(call.outcome);
    expect(ended).toMatchObject({ ...call.outcome });
    expect(Object.isFrozen(call.outcome)).toBe(true);
  });
});
