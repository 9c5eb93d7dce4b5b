import { describe, expect, it } from 'vitest';
import { recordEvents } from '../../../src/testing/index.js';
import { SAYS, scripted } from '../failover/scripted-provider.js';
import { NUMBER, stage } from './dialer-stage.js';

function setUp() {
  const provider = scripted({
    onDial: (leg) => leg.say(SAYS.sent),
    onHangup: (leg) => leg.say(SAYS.confirmed),
  });
  const set = stage([provider]);
  const errors = recordEvents(set.dialer, ['error']);
  return { ...set, provider, errors };
}

const bad = () => {
  throw new Error('mine');
};

describe('a listener that throws', () => {
  it('does not harm the call or the others, and is told', async () => {
    const { dialer, clock, provider, errors, lines } = setUp();
    dialer.on('call-added', bad);
    const call = dialer.dial(NUMBER);
    const heard: string[] = [];
    call.on('ringing', bad);
    call.on('ringing', () => heard.push('ringing'));
    call.subscribe(bad);
    dialer.subscribe(bad);
    dialer.on('route-changed', bad);
    call.on('ended', async () => bad());
    await clock.advance(0);
    provider.leg.say(SAYS.rings, SAYS.answered);
    const outcome = await clock.until(call.hangup());
    await clock.advance(0);
    expect([heard, outcome.cause]).toEqual([['ringing'], 'completed']);
    expect(errors.every(([, { error }]) => error.code === 'internal/listener-threw')).toBe(true);
    const details = errors.map(([, { error }]) => error.message);
    for (const type of ['call-added', 'ringing', 'subscribe', 'route-changed', 'ended']) {
      expect(details.some((text) => text.includes(type))).toBe(true);
    }
    expect(errors[0]?.[1].error.cause).toMatchObject({ message: 'mine' });
    expect(lines.filter(([level]) => level === 'error')).toHaveLength(errors.length);
  });

  it('of the error event itself is only logged', async () => {
    const { dialer, clock, lines } = setUp();
    dialer.on('error', bad);
    dialer.on('call-added', bad);
    dialer.dial(NUMBER);
    await clock.advance(0);
    expect(lines.filter(([level]) => level === 'error')).toHaveLength(2);
  });
});

describe('listeners', () => {
  it('hear of a call before anything of it', async () => {
    const { dialer, clock, provider } = setUp();
    const order: string[] = [];
    dialer.on('call-added', ({ call }) => {
      order.push('call-added');
      call.on('state-changed', ({ state }) => order.push(state));
    });
    dialer.dial(NUMBER);
    await clock.advance(0);
    provider.leg.say(SAYS.busy);
    await clock.advance(0);
    expect(order).toEqual(['call-added', 'connecting', 'ended']);
  });

  it('hear the end last, of the call and then no more', async () => {
    const { dialer, clock, provider } = setUp();
    const call = dialer.dial(NUMBER);
    const events = recordEvents(call, ['state-changed', 'ringing', 'mute-changed', 'ended']);
    await clock.advance(0);
    provider.leg.say(SAYS.rings, SAYS.busy);
    await clock.advance(0);
    call.mute();
    await clock.advance(100_000);
    expect(events.at(-1)?.[0]).toBe('ended');
    expect(events.filter(([type]) => type === 'ended')).toHaveLength(1);
  });

  it('may hang up in any event, the answer for instance', async () => {
    const { dialer, clock, provider } = setUp();
    const call = dialer.dial(NUMBER);
    const events = recordEvents(call, ['state-changed', 'answered', 'active', 'ended']);
    call.on('answered', () => void call.hangup());
    await clock.advance(0);
    provider.leg.say(SAYS.answered, SAYS.flows);
    await clock.until(call.when('ended'));
    expect(
      events.map(([type, event]) => (type === 'state-changed' ? event.state : `(${type})`)),
    ).toEqual(['connecting', 'answered', '(answered)', 'ending', 'ended', '(ended)']);
    expect(call.outcome).toMatchObject({ cause: 'completed', by: 'local' });
  });

  it('may hang up when the call is added', async () => {
    const { dialer, clock, media, provider } = setUp();
    dialer.on('call-added', ({ call }) => void call.hangup());
    const call = dialer.dial(NUMBER);
    const outcome = await clock.until(call.when('ended'));
    expect([outcome.cause, provider.loads, media.liveTracks]).toEqual(['cancelled', 0, 0]);
  });

  it('may close the Dialer when the call ends', async () => {
    const { dialer, clock, provider } = setUp();
    const call = dialer.dial(NUMBER);
    call.on('ended', () => void dialer.close());
    await clock.advance(0);
    provider.leg.say(SAYS.busy);
    await clock.until(dialer.close());
    expect([dialer.status, provider.openSessions, clock.pendingTimers]).toEqual(['closed', 0, 0]);
  });
});
