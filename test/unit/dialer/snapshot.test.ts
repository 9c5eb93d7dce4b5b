import { describe, expect, it } from 'vitest';
import type { LegEvent } from '../../../src/providers/provider.js';
import { SAYS, type Script, scripted } from '../failover/scripted-provider.js';
import { NUMBER, stage } from './dialer-stage.js';

async function setUp(script: Script = {}) {
  const provider = scripted({ onDial: (leg) => leg.say(SAYS.sent), ...script });
  const set = stage([provider]);
  const call = set.dialer.dial(NUMBER);
  await set.clock.advance(0);
  return { ...set, call, leg: provider.leg };
}

describe('a snapshot of a call', () => {
  it('is frozen, and the same until something changes', async () => {
    const { call, leg } = await setUp();
    const before = call.getSnapshot();
    expect(call.getSnapshot()).toBe(before);
    leg.say(SAYS.acknowledged, SAYS.sent);
    expect(call.getSnapshot()).toBe(before);
    leg.say(SAYS.rings);
    expect(call.getSnapshot()).not.toBe(before);
    expect([before.state, call.getSnapshot().state]).toEqual(['connecting', 'ringing']);
    expect(Object.isFrozen(before)).toBe(true);
    expect(() => Object.assign(before, { state: 'active' })).toThrow(TypeError);
  });

  it('has the fields of the call, with the same values', async () => {
    const { call, leg, clock } = await setUp();
    leg.say(SAYS.rings, SAYS.answered, { type: 'identified', providerCallId: 'x' });
    await clock.advance(1_000);
    for (const [name, value] of Object.entries(call.getSnapshot())) {
      expect([name, Reflect.get(call, name)]).toEqual([name, value]);
    }
  });

  it('is JSON', async () => {
    const { call, leg, clock } = await setUp();
    leg.say(SAYS.busy);
    await clock.until(call.when('ended'));
    const copy = JSON.parse(JSON.stringify(call.getSnapshot()));
    expect(copy).toMatchObject({ state: 'ended', outcome: { error: { code: 'call/busy' } } });
  });

  const changes: readonly (readonly [name: string, count: number, events: readonly LegEvent[]])[] =
    [
      ['ringing', 1, [SAYS.rings]],
      ['the answer', 1, [SAYS.answered]],
      ['what changes nothing', 0, [SAYS.acknowledged, SAYS.sent]],
      ['an id', 1, [{ type: 'identified', providerCallId: 'x' }]],
      ['the end', 1, [SAYS.busy]],
    ];

  it.each(changes)('tells its subscribers once for %s', async (_name, count, events) => {
    const { call, clock, dialer, leg } = await setUp();
    const told = { call: 0, dialer: 0 };
    call.subscribe(() => {
      told.call += 1;
    });
    const stop = dialer.subscribe(() => {
      told.dialer += 1;
    });
    leg.say(...events);
    await clock.advance(0);
    expect(told.call).toBe(count);
    // The end of a call also takes it from the list.
    expect(told.dialer).toBeGreaterThanOrEqual(count);
    stop();
    call.mute();
    // The fourth: the microphone is off.
    expect(told.dialer).toBeLessThanOrEqual(4);
  });

  it('does not change any more after the end', async () => {
    const { call, clock, leg } = await setUp();
    leg.say(SAYS.busy);
    await clock.until(call.when('ended'));
    const last = call.getSnapshot();
    call.mute();
    await call.hangup();
    expect(call.getSnapshot()).toBe(last);
    expect(last).toMatchObject({ state: 'ended', problem: undefined, earlyMedia: false });
  });
});

describe('a snapshot of a Dialer', () => {
  it('is the same until it or a call changes', async () => {
    const { call, dialer } = await setUp();
    const before = dialer.getSnapshot();
    expect(dialer.getSnapshot()).toBe(before);
    expect(dialer.calls).toBe(before.calls);
    expect(dialer.routes).toBe(before.routes);
    call.mute();
    expect(dialer.getSnapshot()).not.toBe(before);
    expect(before.calls).toEqual([call]);
    expect([before, before.calls, before.routes].every(Object.isFrozen)).toBe(true);
  });

  it('is taken anew in the turn of the dial', async () => {
    const { dialer } = stage([scripted()]);
    expect(dialer.getSnapshot().calls).toEqual([]);
    const call = dialer.dial(NUMBER);
    expect(dialer.getSnapshot().calls).toEqual([call]);
  });

  it('is up to date for whoever is told of the change', async () => {
    const { dialer, clock, call, leg } = await setUp();
    const seen: unknown[] = [];
    dialer.subscribe(() => seen.push(dialer.getSnapshot().calls.map(({ state }) => state)));
    leg.say(SAYS.rings);
    leg.say(SAYS.busy);
    await clock.until(call.when('ended'));
    expect(seen[0]).toEqual(['ringing']);
    expect(seen.at(-1)).toEqual([]);
  });
});
