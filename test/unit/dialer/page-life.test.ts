import { describe, expect, it, vi } from 'vitest';
import type { AccessHooks, CloseCallRequest } from '../../../src/access/hooks.js';
import type { LegEvent } from '../../../src/providers/provider.js';
import { never, SAYS, type Script, scripted } from '../failover/scripted-provider.js';
import { NUMBER, type StageOptions, stage } from './dialer-stage.js';

type Options = StageOptions & Pick<AccessHooks, 'closeCall'>;

const OTHER = '+14155550124';
const confirms: Script = { onHangup: (leg) => leg.say(SAYS.confirmed) };

/** Leads a call of a new Dialer as far as these reports lead it. */
async function inCall(say: readonly LegEvent[], script: Script = confirms, options: Options = {}) {
  const provider = scripted(script);
  const set = stage([provider], options);
  const call = set.dialer.dial(NUMBER);
  await set.clock.advance(0);
  provider.leg.say(...say);
  return { ...set, provider, call };
}

const TO = {
  unsent: [],
  sent: [SAYS.sent],
  ringing: [SAYS.sent, SAYS.rings],
  answered: [SAYS.sent, SAYS.rings, SAYS.answered],
  active: [SAYS.sent, SAYS.answered, SAYS.flows],
} as const satisfies Record<string, readonly LegEvent[]>;

const UNANSWERED = ['unsent', 'sent', 'ringing'] as const;
const ANSWERED = ['answered', 'active'] as const;

describe('a page that is left', () => {
  it.each([
    ...UNANSWERED.map((phase) => [phase, 'cancelled'] as const),
    ...ANSWERED.map((phase) => [phase, 'completed'] as const),
  ])('hangs up what is %s in the same turn', async (phase, cause) => {
    const { environment, provider, call, clock, media, expectNothingLeft } = await inCall(
      TO[phase],
    );
    environment.tellPage('left');
    expect(provider.leg.hangups).toBe(1);

    await clock.advance(0);
    expect(call.outcome).toMatchObject({ cause, by: 'local', error: undefined });
    expect(media.liveTracks).toBe(0);
    expect(provider.openSessions).toBe(0);
    await expectNothingLeft();
  });

  it.each([
    ['while the person thinks about the microphone', {}, { permission: 'prompt' }],
    ['while the code loads', { load: never }, {}],
    ['while it connects', { login: never }, {}],
  ] as const)('ends a call %s', async (_name, script, options) => {
    const provider = scripted(script);
    const { dialer, environment, clock, media } = stage([provider], options);
    const call = dialer.dial(NUMBER);
    await clock.advance(10);
    environment.tellPage('left');
    await clock.advance(0);
    expect(call.outcome).toMatchObject({ cause: 'cancelled', by: 'local', confirmed: true });
    await clock.advance(60_000);
    expect(provider.legs).toEqual([]);
    expect(media.liveTracks).toBe(0);
  });

  it('hangs up every call, and tells the server of each in the same turn and once', async () => {
    const told: CloseCallRequest[] = [];
    const provider = scripted(confirms);
    const options: Options = { maxCalls: 2, closeCall: (request) => void told.push(request) };
    const { dialer, environment, clock } = stage([provider], options);
    const calls = [dialer.dial(NUMBER), dialer.dial(OTHER)];
    await clock.advance(0);
    provider.legs[0]?.say(...TO.active);
    provider.legs[1]?.say(...TO.ringing);

    environment.tellPage('left');
    expect(provider.legs.map(({ hangups }) => hangups)).toEqual([1, 1]);
    const expected = calls.map(({ id }) => ({ callId: id, pageLeaving: true }));
    expect(told).toEqual(expected);

    await clock.advance(60_000);
    expect(told).toEqual(expected);
  });

  it('hangs up although the server hook throws', async () => {
    const provider = scripted(confirms);
    const options: Options = {
      maxCalls: 2,
      closeCall() {
        throw new Error('not today');
      },
    };
    const { dialer, environment, lines, clock } = stage([provider], options);
    dialer.dial(NUMBER);
    dialer.dial(OTHER);
    await clock.advance(0);
    for (const leg of provider.legs) leg.say(...TO.ringing);
    environment.tellPage('left');
    expect(provider.legs.map(({ hangups }) => hangups)).toEqual([1, 1]);
    expect(lines.filter(([level]) => level === 'warn')).toHaveLength(2);
  });

  it('closes the connection that no call needs', async () => {
    const provider = scripted();
    const { dialer, environment, clock } = stage([provider]);
    await clock.until(dialer.warmUp());
    expect(provider.openSessions).toBe(1);
    environment.tellPage('left');
    await clock.advance(0);
    expect(provider.openSessions).toBe(0);
  });

  it.each([
    ['ringing', 'cancelled'],
    ['active', 'completed'],
  ] as const)('waits for nobody to confirm: %s', async (phase, cause) => {
    const { environment, provider, call, clock, media } = await inCall(TO[phase], {});
    environment.tellPage('left');
    await clock.advance(0);
    expect(call.outcome).toMatchObject({ cause, by: 'local', confirmed: false, error: undefined });
    expect(provider.leg.log).toEqual(['hangup', 'release']);
    expect(media.liveTracks).toBe(0);
    expect(provider.openSessions).toBe(0);
  });

  it('can call again as soon as it is back', async () => {
    const { dialer, environment, provider, clock } = await inCall(TO.active, {
      onDial: (leg) => leg.request.attempt === 1 && leg.say(...TO.active),
    });
    environment.tellPage('left');
    environment.tellPage('frozen');
    environment.tellPage('back');
    const again = dialer.dial(NUMBER);
    await clock.until(again.when('active'));
    expect(provider.legs).toHaveLength(2);
  });
});

describe('a page that is frozen', () => {
  it.each(UNANSWERED)('cancels what is %s', async (phase) => {
    const { environment, provider, call, clock, media } = await inCall(TO[phase]);
    environment.tellPage('frozen');
    expect(provider.leg.hangups).toBe(1);
    await clock.advance(0);
    expect(call.outcome).toMatchObject({ cause: 'cancelled', by: 'local' });
    expect(media.liveTracks).toBe(0);
    expect(provider.openSessions).toBe(0);
  });

  it.each(ANSWERED)('keeps what is %s, and its connection', async (phase) => {
    const { environment, provider, call } = await inCall(TO[phase]);
    environment.tellPage('frozen');
    environment.tellPage('back');
    expect(call.state).toBe(phase);
    expect(provider.leg.log).toEqual([]);
    expect(provider.openSessions).toBe(1);
  });

  it('closes the connection that no call needs', async () => {
    const [used, idle] = [scripted(confirms), scripted({ route: 'second' })];
    const { dialer, environment, clock } = stage([used, idle]);
    await clock.until(dialer.warmUp({ routes: ['first', 'second'] }));
    const call = dialer.dial(NUMBER);
    await clock.advance(0);
    used.leg.say(...TO.active);
    environment.tellPage('frozen');
    await clock.advance(0);
    expect([used.openSessions, idle.openSessions]).toEqual([1, 0]);
    expect(call.state).toBe('active');
  });
});

describe('confirmPageLeave', () => {
  it('asks from the call on until its end', async () => {
    const { environment, call, clock } = await inCall(TO.active, confirms, {
      confirmPageLeave: true,
    });
    expect(environment.asksBeforeLeaving).toBe(true);
    await clock.until(call.hangup());
    expect(environment.asksBeforeLeaving).toBe(false);
  });

  it('asks as long as any call is there', async () => {
    const provider = scripted(confirms);
    const { dialer, environment, clock } = stage([provider], {
      maxCalls: 2,
      confirmPageLeave: true,
    });
    const [first, second] = [dialer.dial(NUMBER), dialer.dial(OTHER)];
    await clock.advance(0);
    await clock.until(first.hangup());
    expect(environment.asksBeforeLeaving).toBe(true);
    await clock.until(second.hangup());
    expect(environment.asksBeforeLeaving).toBe(false);
  });

  it('does not ask because of a call that is refused, or of a warm connection', async () => {
    const { dialer, environment, clock } = stage([scripted()], { confirmPageLeave: true });
    await clock.until(dialer.warmUp());
    await clock.until(dialer.dial('not a number').when('ended'));
    expect(environment.asksBeforeLeaving).toBe(false);
  });

  it('asks no more when the page has been left, or the Dialer closed', async () => {
    const left = await inCall(TO.active, {}, { confirmPageLeave: true });
    left.environment.tellPage('left');
    await left.clock.advance(5_000);
    expect(left.environment.asksBeforeLeaving).toBe(false);

    const closed = await inCall(TO.active, {}, { confirmPageLeave: true });
    await closed.clock.until(closed.dialer.close());
    expect(closed.environment.asksBeforeLeaving).toBe(false);
  });

  it('is off unless asked for', async () => {
    const { environment } = await inCall(TO.active);
    expect(environment.asksBeforeLeaving).toBe(false);
  });
});

describe('a Dialer', () => {
  it('listens to the page from its first use until it is closed', async () => {
    const { dialer, environment, clock } = stage([scripted(confirms)]);
    const stopped = vi.fn();
    const onMoment = vi.spyOn(environment.page, 'onMoment').mockReturnValue(stopped);
    expect(onMoment).not.toHaveBeenCalled();
    await clock.until(dialer.warmUp());
    dialer.dial(NUMBER);
    await clock.advance(0);
    expect(onMoment).toHaveBeenCalledTimes(1);
    expect(stopped).not.toHaveBeenCalled();
    await clock.until(dialer.close());
    expect(stopped).toHaveBeenCalledTimes(1);
  });

  it('makes nothing of a page that is left after it was closed', async () => {
    const { dialer, environment, clock, provider } = await inCall(TO.active);
    await clock.until(dialer.close());
    environment.tellPage('left');
    expect(provider.leg.hangups).toBe(1);
  });
});
