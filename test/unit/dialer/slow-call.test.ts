import { describe, expect, it } from 'vitest';
import type { LegEvent } from '../../../src/providers/provider.js';
import { recordEvents } from '../../../src/testing/index.js';
import { SAYS, type Script, scripted } from '../failover/scripted-provider.js';
import { NUMBER, stage } from './dialer-stage.js';

/** A call that its first route has sent after a second. */
async function sentCall(script: Script = {}) {
  const first = scripted(script);
  const second = scripted({ route: 'second' });
  const set = stage([first, second], { failover: () => ({ action: 'next' }) });
  const call = set.dialer.dial(NUMBER);
  const problems = recordEvents(call, ['problem-changed']);
  await set.clock.advance(1_000);
  const { leg } = first;
  leg.say(SAYS.sent);
  return {
    ...set,
    call,
    leg,
    second,
    problems: () => problems.map(([, { problem }]) => problem?.code),
  };
}

describe('a call that nothing is heard of', () => {
  it('is called slow six seconds after it was sent', async () => {
    const { call, clock, problems } = await sentCall();
    await clock.advance(5_999);
    expect(call.problem).toBeUndefined();
    await clock.advance(1);
    expect(call.problem).toMatchObject({ code: 'call/slow', route: 'first' });
    expect([call.state, problems()]).toEqual(['connecting', ['call/slow']]);
  });

  it.each<[string, LegEvent]>([
    ['rings', SAYS.rings],
    ['has early media', SAYS.earlyMedia],
    ['is answered', SAYS.answered],
  ])('is no more called so once it %s', async (_name, event) => {
    const { call, clock, leg, problems } = await sentCall();
    await clock.advance(6_000);
    leg.say(event);
    expect([call.problem, problems()]).toEqual([undefined, ['call/slow', undefined]]);
  });

  it.each<[string, LegEvent]>([
    ['rang', SAYS.rings],
    ['had early media', SAYS.earlyMedia],
    ['was answered', SAYS.answered],
  ])('is never called so when it %s in time', async (_name, event) => {
    const { clock, leg, problems } = await sentCall();
    await clock.advance(5_999);
    leg.say(event, SAYS.flows);
    await clock.advance(10_000);
    expect(problems()).toEqual([]);
  });

  it('is slow although it was acknowledged: nobody has heard anything', async () => {
    const { call, clock, leg } = await sentCall();
    leg.say(SAYS.acknowledged);
    await clock.advance(6_000);
    expect(call.problem?.code).toBe('call/slow');
  });

  it('is given six seconds anew on the next route', async () => {
    const { call, clock, leg, second, problems } = await sentCall();
    await clock.advance(6_000);
    leg.say({ ...SAYS.lost, final: true });
    await clock.advance(1_000);
    second.leg.say(SAYS.sent);
    expect([call.route, call.problem]).toEqual(['second', undefined]);
    await clock.advance(5_999);
    expect(call.problem).toBeUndefined();
    await clock.advance(1);
    expect(call.problem).toMatchObject({ code: 'call/slow', route: 'second' });
    expect(problems()).toEqual(['call/slow', undefined, 'call/slow']);
  });

  it('is not called slow by somebody who is hanging up', async () => {
    const { call, clock, problems } = await sentCall();
    await clock.advance(5_000);
    void call.hangup();
    await clock.advance(3_000);
    expect([call.state, problems()]).toEqual(['ending', []]);
  });

  it('is not called so any more once the person hangs up', async () => {
    const { call, clock, problems } = await sentCall();
    await clock.advance(6_000);
    void call.hangup();
    expect([call.state, call.problem, problems()]).toEqual([
      'ending',
      undefined,
      ['call/slow', undefined],
    ]);
  });

  it('has no problem any more when it is over', async () => {
    const { call, clock, expectNothingLeft } = await sentCall();
    await clock.advance(6_000);
    await clock.until(call.hangup());
    expect(call.problem).toBeUndefined();
    await expectNothingLeft();
  });
});
