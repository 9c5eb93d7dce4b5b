import { describe, expect, it } from 'vitest';
import { sleep } from '../../../src/core/wait.js';
import { NUMBER, type StageOptions, stage } from '../dialer/dialer-stage.js';
import { served } from '../dialer/served-stage.js';
import { never, SAYS, type Script, scripted } from './scripted-provider.js';

/** Two routes that fail; the policy goes on, and keeps for how long it was told that the person waits. */
function waiting(options: StageOptions, first: Script, second: Script = {}) {
  const toldMs: number[] = [];
  const set = stage([scripted(first), scripted({ route: 'second', ...second })], {
    failover: ({ elapsedMs }) => {
      toldMs.push(elapsedMs);
      return { action: 'next' };
    },
    ...options,
  });
  return { ...set, toldMs, call: set.dialer.dial(NUMBER) };
}

/** Fails this long after the call was handed to it. */
const failsAfter = (ms: number): Script => {
  let clock: Parameters<typeof sleep>[0] | undefined;
  return {
    login: async (context) => {
      clock = context.clock;
    },
    onDial: (leg) => {
      leg.say(SAYS.sent);
      if (clock) void sleep(clock, ms).then(() => leg.say({ ...SAYS.lost, final: true }));
    },
  };
};

describe('the time that a policy is told', () => {
  it('runs from the click', async () => {
    const { call, clock, toldMs } = waiting({}, failsAfter(1_200), failsAfter(500));
    await clock.until(call.when('ended'));
    expect(toldMs).toEqual([1_200, 1_700]);
  });

  it('starts anew when the person was asked for the microphone first', async () => {
    const { call, clock, media, toldMs } = waiting(
      { permission: 'prompt' },
      failsAfter(1_200),
      failsAfter(500),
    );
    await clock.advance(7_000);
    media.answerPrompt('granted');
    await clock.until(call.when('ended'));
    expect(toldMs).toEqual([1_200, 1_700]);
  });

  it.each([
    [1_000, 1_000 + 200],
    [1_001, 200],
  ])('counts a microphone that opens after %d ms as asked for or not', async (ms, expected) => {
    const { call, clock, media, toldMs } = waiting({ permission: 'prompt' }, failsAfter(200));
    await clock.advance(ms);
    media.answerPrompt('granted');
    await clock.advance(200);
    expect(toldMs[0]).toBe(expected);
    await clock.until(call.hangup());
  });

  it('goes on when a route took long and the microphone did not', async () => {
    const { call, clock, toldMs } = waiting({}, { login: never }, failsAfter(500));
    await clock.until(call.when('ended'));
    expect(toldMs).toEqual([2_500, 3_000]);
  });

  it('is measured once: the next attempt does not start it anew', async () => {
    const { call, clock, media, toldMs } = waiting(
      { permission: 'prompt' },
      failsAfter(4_000),
      failsAfter(4_000),
    );
    await clock.advance(500);
    media.answerPrompt('granted');
    await clock.until(call.when('ended'));
    expect(toldMs).toEqual([4_500, 8_500]);
  });

  it('does not start anew for the application’s server', async () => {
    const toldMs: number[] = [];
    const { dialer, clock } = served(
      {
        openCall: async () => {
          await sleep(clock, 2_000);
          return {};
        },
      },
      {
        failover: ({ elapsedMs }) => {
          toldMs.push(elapsedMs);
          return { action: 'stop' };
        },
      },
      { onDial: (leg) => leg.say(SAYS.sent, { ...SAYS.lost, final: true }) },
    );
    await clock.until(dialer.dial(NUMBER).when('ended'));
    expect(toldMs).toEqual([2_000]);
  });
});
