import { describe, expect, it } from 'vitest';
import type { TimelineMark, TimelineMarkName } from '../../../src/dialer/call.js';
import { Timeline, type TimelineBudgets } from '../../../src/dialer/timeline.js';
import { createSimulatedClock } from '../../../src/testing/simulated-clock.js';
import { SAYS, type Script, scripted } from '../failover/scripted-provider.js';
import { NUMBER, type StageOptions, stage } from './dialer-stage.js';

function start(budgets?: TimelineBudgets) {
  const clock = createSimulatedClock();
  const timeline = new Timeline(clock, budgets);
  const last = (): TimelineMark | undefined => timeline.marks.at(-1);
  return { clock, timeline, last };
}

/** Whether a mark is over its budget when it comes at this time. */
async function isOver(name: TimelineMarkName, atMs: number, budgets?: TimelineBudgets) {
  const { clock, timeline, last } = start(budgets);
  await clock.advance(atMs);
  timeline.mark(name, 1);
  return last()?.overBudget;
}

describe('the budget of a moment', () => {
  it.each<[TimelineMarkName, number]>([
    ['microphone', 1_000],
    ['token', 1_000],
    ['sdk-loaded', 1_500],
    ['signalling-open', 2_000],
    ['sent', 2_500],
    ['ringing', 3_000],
  ])('is, for %s, %d ms from the click', async (name, ms) => {
    expect([await isOver(name, ms), await isOver(name, ms + 1)]).toEqual([false, true]);
  });

  it.each<TimelineMarkName>(['dial', 'acknowledged', 'early-media', 'answered', 'ended'])(
    'is none for %s: that is in other hands',
    async (name) => {
      expect(await isOver(name, 3_600_000)).toBe(false);
    },
  );

  it('may be the application’s own, the others stay', async () => {
    const budgets = { ringing: 10, answered: 5_000 };
    expect([
      await isOver('ringing', 11, budgets),
      await isOver('ringing', 10, budgets),
      await isOver('answered', 5_001, budgets),
      await isOver('sent', 2_500, budgets),
      await isOver('sent', 2_501, budgets),
    ]).toEqual([true, false, true, false, true]);
  });

  it('of the first packet is half a second from the answer', async () => {
    const over = async (afterMs: number) => {
      const { clock, timeline, last } = start();
      await clock.advance(20_000);
      timeline.mark('answered', 1);
      await clock.advance(afterMs);
      timeline.mark('first-packet', 1);
      return [last()?.atMs, last()?.overBudget];
    };
    expect([await over(500), await over(501)]).toEqual([
      [20_500, false],
      [20_501, true],
    ]);
  });

  it('of the first packet is kept by sound that came before the answer', async () => {
    expect(await isOver('first-packet', 20_000)).toBe(false);
  });
});

describe('the moments of a call', () => {
  it('are noted once for each attempt', async () => {
    const { clock, timeline } = start();
    timeline.mark('sent', 1);
    await clock.advance(100);
    timeline.mark('sent', 1);
    timeline.mark('sent', 2);
    expect(timeline.marks).toEqual([
      { name: 'dial', attempt: 0, atMs: 0, overBudget: false },
      { name: 'sent', attempt: 1, atMs: 0, overBudget: false },
      { name: 'sent', attempt: 2, atMs: 100, overBudget: false },
    ]);
    expect(Object.isFrozen(timeline.marks[1])).toBe(true);
  });

  it('are handed out to whoever follows, those before too, each once', async () => {
    const { clock, timeline } = start();
    timeline.mark('microphone', 0);
    const seen: string[] = [];
    timeline.follow(({ name, atMs }) => seen.push(`${name} ${atMs}`));
    expect(seen).toEqual(['dial 0', 'microphone 0']);
    await clock.advance(50);
    timeline.mark('sent', 1);
    timeline.mark('sent', 1);
    expect(seen).toEqual(['dial 0', 'microphone 0', 'sent 50']);
  });
});

describe('a call', () => {
  async function answeredCall(script: Script, options: StageOptions = {}) {
    const provider = scripted({ onHangup: (leg) => leg.say(SAYS.confirmed), ...script });
    const { dialer, clock } = stage([provider], options);
    const call = dialer.dial(NUMBER);
    await clock.advance(0);
    provider.leg.say(SAYS.sent);
    await clock.advance(2_000);
    provider.leg.say(SAYS.rings);
    await clock.advance(8_000);
    provider.leg.say(SAYS.answered);
    await clock.advance(400);
    provider.leg.say(SAYS.flows);
    const { timeline } = await clock.until(call.hangup());
    return timeline.filter(({ overBudget }) => overBudget).map(({ name }) => name);
  }

  it('in time has nothing over its budget, however long nobody answers', async () => {
    expect(await answeredCall({})).toEqual([]);
  });

  it('is measured by the budgets of the application', async () => {
    const budgets = { ringing: 1_999, answered: 9_000, 'first-packet': 399 };
    expect(await answeredCall({}, { budgets })).toEqual(['ringing', 'answered', 'first-packet']);
  });
});
