import { describe, expect, it } from 'vitest';
import { type CallMonitorOptions, monitorCall } from '../../../src/quality/call-monitor.js';
import type { MonitorFacts, SoundProblem } from '../../../src/quality/silence-detector.js';
import { createSimulatedClock } from '../../../src/testing/simulated-clock.js';
import { FakeConnection } from './fake-connection.js';

const ANSWERED_AT_MS = 1_000;

/** A call of a second of ringing that is answered, and watched from its beginning. */
async function answered(more: Partial<CallMonitorOptions> = {}) {
  const clock = createSimulatedClock();
  const facts: { -readonly [Name in keyof MonitorFacts]: MonitorFacts[Name] } = {
    muted: false,
    held: false,
    heldByRemote: false,
    listenOnly: false,
    trackMuted: false,
    trackEnabled: true,
    microphoneLevel: 0.1,
    playback: 'playing',
    dueForMs: undefined,
  };
  const told: string[] = [];
  const problems: (readonly [SoundProblem | undefined, sinceAnswerMs: number])[] = [];
  const sinceAnswerMs = () => {
    const ms = clock.monotonicNow() - ANSWERED_AT_MS;
    return ms < 0 ? undefined : ms;
  };
  const isDue = { is: true };
  const monitor = monitorCall({
    clock,
    sinceAnswerMs,
    facts: () => ({ ...facts, dueForMs: isDue.is ? sinceAnswerMs() : undefined }),
    onSample: ({ atMs }) => told.push(`sample ${atMs}`),
    onQuality: (level, previous, reasons) =>
      told.push(`quality ${previous} ${level} ${reasons.join()}`.trim()),
    onProblem: (problem) => problems.push([problem, sinceAnswerMs() ?? -1]),
    ...more,
  });
  const connection = new FakeConnection(clock);
  const watch = (one: FakeConnection) => monitor.watch(one as unknown as RTCPeerConnection);
  watch(connection);
  await clock.advance(ANSWERED_AT_MS - 1);
  expect(connection.reads).toBe(0);
  await clock.advance(1);
  return { clock, facts, told, problems, monitor, connection, watch, isDue };
}

describe('samples', () => {
  it('come once a second after the answer', async () => {
    const { clock, told, monitor } = await answered();
    expect(monitor.last).toBeUndefined();
    expect(monitor.summary()).toBeUndefined();
    await clock.advance(4_200);
    expect(told).toEqual(['sample 1000', 'sample 2000', 'sample 3000', 'sample 4000']);
    expect(monitor.last).toMatchObject({
      atMs: 4_000,
      rttMs: 40,
      jitterMs: 4,
      lossPercent: 0,
      // 50 packets of 80 + 12 + 28 bytes.
      receivedKbps: 48,
      sentKbps: 48,
      megabytesPerMinute: expect.closeTo(0.72),
      inputLevel: expect.closeTo(0.1),
      outputLevel: expect.closeTo(0.1),
    });
    // The second before the answer has used data, too.
    expect(monitor.last?.usedMegabytes).toBeCloseTo((5 * 2 * 50 * 120) / 1e6);
  });

  it('pause while nothing arrives, and the summary says for how long', async () => {
    const { clock, told, connection, monitor } = await answered();
    await clock.advance(2_000);
    connection.go({ receives: false });
    await clock.advance(5_000);
    connection.go({ receives: true });
    await clock.advance(1_000);
    expect(told).toEqual(['sample 1000', 'sample 2000', 'sample 8000', 'quality unknown good']);
    expect(monitor.summary()).toMatchObject({ silentMs: 5_000, lossPercent: 0, rttMs: 40 });
  });

  it.each(['held', 'heldByRemote'] as const)('no silence is counted while %s', async (name) => {
    const { clock, connection, monitor, facts, problems } = await answered();
    await clock.advance(2_000);
    facts[name] = true;
    connection.go({ receives: false, sends: false });
    await clock.advance(20_000);
    expect(monitor.summary()?.silentMs).toBe(0);
    expect(problems).toEqual([]);
  });

  it('go on over another connection, and what was used adds up', async () => {
    const { clock, told, monitor, watch, connection } = await answered();
    await clock.advance(3_000);
    const used = monitor.last?.usedMegabytes ?? 0;
    const next = new FakeConnection(clock);
    watch(next);
    await clock.advance(3_000);
    // The new one is looked at half a second after the change.
    expect(told.filter((one) => one.startsWith('sample')).slice(3)).toEqual([
      'sample 4500',
      'sample 5500',
    ]);
    // 2.5 s of the new one: 50 packets of 120 bytes each way in a second.
    expect(monitor.last?.usedMegabytes).toBeCloseTo(used + 0.03, 9);
    expect(monitor.last?.receivedKbps).toBe(48);
    const { reads } = connection;
    await clock.advance(5_000);
    expect(connection.reads).toBe(reads);
  });

  it('sum up the whole call', async () => {
    const { clock, connection, monitor } = await answered();
    connection.go({ loss: 0.1 });
    await clock.advance(20_000);
    const { mos, worst, lossPercent, jitterMs } = monitor.summary() ?? {};
    expect(lossPercent).toBeCloseTo(10, 0);
    expect(worst).toBe('poor');
    expect(jitterMs).toBeCloseTo(4);
    expect(mos).toBeCloseTo(monitor.last?.mos ?? 0, 0);
  });
});

describe('the level', () => {
  it('is told when it changes: unknown for 5 s, bad after 3 samples, good again after 5', async () => {
    const { clock, connection, told } = await answered();
    await clock.advance(6_000);
    connection.go({ rttMs: 450 });
    await clock.advance(4_000);
    connection.go({ rttMs: 40 });
    await clock.advance(6_000);
    expect(told.filter((one) => one.startsWith('quality'))).toEqual([
      'quality unknown good',
      'quality good poor rtt',
      'quality poor good',
    ]);
    const toldBefore = (text: string) => told[told.indexOf(text) - 1];
    expect(toldBefore('quality unknown good')).toBe('sample 5000');
    expect(toldBefore('quality good poor rtt')).toBe('sample 9000');
    expect(toldBefore('quality poor good')).toBe('sample 15000');
  });
});

describe('problems', () => {
  it.each<
    readonly [SoundProblem, Partial<FakeConnection>, Partial<MonitorFacts>, withinMs: number]
  >([
    ['media/connection-failed', { connectionState: 'connecting', receives: false }, {}, 4_000],
    ['media/not-receiving', { receives: false }, {}, 4_000],
    ['media/playback-blocked', {}, { playback: 'blocked' }, 4_000],
    ['media/not-playing', { plays: false }, {}, 4_000],
    ['media/not-sending', { sends: false }, {}, 4_000],
    ['media/microphone-muted', { input: 0 }, { trackMuted: true }, 4_000],
    ['media/silent-microphone', { input: 0 }, {}, 4_000],
    // Firefox: statistics without a level, so the meter is asked.
    ['media/silent-microphone', { input: undefined }, { microphoneLevel: 0 }, 4_000],
    ['media/far-end-silent', { output: 0 }, {}, 7_000],
  ])(
    '%s is told in time, and taken back when it heals: %o %o',
    async (problem, wrong, known, withinMs) => {
      const { clock, connection, facts, problems } = await answered();
      const healthy = { ...facts };
      connection.go(wrong);
      Object.assign(facts, known);
      await clock.advance(withinMs);
      expect(problems).toHaveLength(1);
      expect(problems[0]?.[0]).toBe(problem);
      await clock.advance(3_000);
      expect(problems).toHaveLength(1);
      connection.go({
        connectionState: 'connected',
        receives: true,
        sends: true,
        plays: true,
        input: 0.1,
        output: 0.1,
      });
      Object.assign(facts, healthy);
      await clock.advance(1_000);
      expect(problems.slice(1).map(([code]) => code)).toEqual([undefined]);
      await clock.advance(30_000);
      expect(problems).toHaveLength(2);
    },
  );

  it('the microphone is believed to the statistics, not to a meter that stands still', async () => {
    const { clock, facts, problems } = await answered();
    facts.microphoneLevel = 0;
    await clock.advance(20_000);
    expect(problems).toEqual([]);
  });

  it.each([
    ['the header of a packet', { headerLevel: 0.07 }, {}],
    ['whoever plays it', {}, { playedLevel: 0.07 }],
  ])('the far side is heard by %s where the browser hears nothing', async (_, more, known) => {
    const { clock, connection, facts, problems } = await answered();
    connection.go({ output: 0, ...more });
    Object.assign(facts, known);
    await clock.advance(30_000);
    expect(problems).toEqual([]);
  });

  it('the next is told in place of the one before', async () => {
    const { clock, connection, problems } = await answered();
    connection.go({ input: 0 });
    await clock.advance(4_000);
    connection.go({ receives: false });
    await clock.advance(4_000);
    expect(problems.map(([code]) => code)).toEqual([
      'media/silent-microphone',
      'media/not-receiving',
    ]);
  });

  it('is taken back when no sound is due any more, and with another connection', async () => {
    const { clock, connection, problems, isDue, watch } = await answered();
    connection.go({ receives: false });
    await clock.advance(4_000);
    isDue.is = false;
    await clock.advance(1_000);
    expect(problems.map(([code]) => code)).toEqual(['media/not-receiving', undefined]);
    isDue.is = true;
    await clock.advance(4_000);
    watch(new FakeConnection(clock));
    await clock.advance(1_000);
    expect(problems.map(([code]) => code).slice(2)).toEqual(['media/not-receiving', undefined]);
  });
});

describe('what a browser may do', () => {
  it.each(['rejects', 'hangs'] as const)(
    'goes on after getStats %s for a while',
    async (answer) => {
      const { clock, connection, told, problems } = await answered();
      await clock.advance(1_000);
      connection.go({ answer });
      await clock.advance(10_000);
      connection.go({ answer: 'tells' });
      await clock.advance(4_000);
      expect(told.length).toBeGreaterThanOrEqual(3);
      expect(problems).toEqual([]);
      expect(connection.mostAtOnce).toBe(1);
      // Given up after 2 s, asked again half a second later.
      if (answer === 'hangs') expect(connection.reads).toBeLessThan(18);
    },
  );

  it('answers for a connection that was replaced meanwhile', async () => {
    const { clock, connection, problems, watch } = await answered();
    const getStats = connection.getStats.bind(connection);
    let answer: () => void = () => undefined;
    connection.getStats = async () => {
      await new Promise<void>((resolve) => {
        answer = resolve;
      });
      return getStats();
    };
    connection.go({ connectionState: 'failed' });
    await clock.advance(500);
    watch(new FakeConnection(clock));
    answer();
    await clock.advance(5_000);
    expect(problems).toEqual([]);
  });

  it('has no receivers, or refuses to tell about them', async () => {
    const { clock, connection, told, monitor } = await answered();
    connection.getReceivers = () => {
      throw new DOMException('closed', 'InvalidStateError');
    };
    await clock.advance(2_000);
    expect(told).toHaveLength(2);
    expect(monitor.levels().output).toBe(0.1);
  });
});

describe('after stop', () => {
  it('nothing runs and nothing is told', async () => {
    const { clock, connection, told, problems, monitor, watch } = await answered();
    await clock.advance(3_000);
    monitor.stop();
    monitor.stop();
    expect(clock.pendingTimers).toBe(0);
    const { reads } = connection;
    const before = told.length;
    connection.go({ receives: false });
    watch(new FakeConnection(clock));
    await clock.advance(20_000);
    expect([connection.reads, told.length, problems]).toEqual([reads, before, []]);
    expect(monitor.last?.atMs).toBe(3_000);
    expect(monitor.summary()?.mos).toBeGreaterThan(4);
  });

  it('statistics that hang leave no timer behind', async () => {
    const { clock, connection, monitor } = await answered();
    connection.go({ answer: 'hangs' });
    await clock.advance(1_000);
    monitor.stop();
    await clock.advance(0);
    expect(clock.pendingTimers).toBe(0);
  });

  it('also from within a listener', async () => {
    const told: string[] = [];
    const stop: { it: () => void } = { it: () => undefined };
    const { clock, monitor } = await answered({
      onSample: () => {
        told.push('sample');
        stop.it();
      },
      onQuality: () => told.push('quality'),
    });
    await clock.advance(4_500);
    stop.it = () => monitor.stop();
    await clock.advance(5_000);
    expect(told).toEqual(Array(5).fill('sample'));
    expect(clock.pendingTimers).toBe(0);
  });
});

describe('levels', () => {
  it('are 0 before there is sound', () => {
    const monitor = monitorCall({
      clock: createSimulatedClock(),
      facts: () => ({ muted: false, microphoneLevel: undefined }) as MonitorFacts,
    } as unknown as CallMonitorOptions);
    expect(monitor.levels()).toEqual({ input: 0, output: 0 });
  });

  it('come from meter and packets, else from the statistics', async () => {
    const { clock, connection, facts, monitor } = await answered();
    connection.go({ headerLevel: 0.3, output: 0.2, input: 0.15 });
    facts.microphoneLevel = 0.4;
    await clock.advance(1_000);
    expect(monitor.levels()).toEqual({ input: 0.4, output: 0.3 });
    connection.go({ headerLevel: undefined });
    facts.microphoneLevel = undefined;
    expect(monitor.levels()).toEqual({ input: 0.15, output: 0.2 });
  });

  it('are 0 while muted, and while nothing arrives', async () => {
    const { clock, connection, facts, monitor } = await answered();
    await clock.advance(1_000);
    facts.muted = true;
    connection.go({ receives: false, headerLevel: 0.3 });
    await clock.advance(1_000);
    expect(monitor.levels()).toEqual({ input: 0, output: 0 });
  });
});

describe('security', () => {
  it('is read from the connection that is watched', async () => {
    const { connection, monitor } = await answered();
    connection.transport = { dtlsState: 'connected', srtpCipher: 'AES_CM_128_HMAC_SHA1_80' };
    expect(await monitor.security()).toMatchObject({ verified: true });
  });

  it('is unknown without a connection', async () => {
    const monitor = monitorCall({
      clock: createSimulatedClock(),
    } as unknown as CallMonitorOptions);
    expect(await monitor.security()).toMatchObject({ verified: false, path: 'unknown' });
  });
});
