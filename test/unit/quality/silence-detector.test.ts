import { describe, expect, it } from 'vitest';
import { difference } from '../../../src/quality/difference.js';
import {
  detect,
  type MonitorFacts,
  NOTHING_SEEN,
  type SoundInput,
  type SoundProblem,
} from '../../../src/quality/silence-detector.js';
import { read, recorded, type Situation } from './recorded.js';

const FACTS: MonitorFacts = {
  muted: false,
  held: false,
  heldByRemote: false,
  listenOnly: false,
  trackMuted: false,
  trackEnabled: true,
  microphoneLevel: undefined,
  playback: 'playing',
  dueForMs: 60_000,
};

/** A call that is well, for half a second. */
const WELL: SoundInput = {
  elapsedMs: 500,
  change: { received: 25, sent: 25, played: 24_000 },
  inputLevel: 0.1,
  outputLevel: 0.1,
  trackId: 'microphone',
  connectionState: 'connected',
  facts: FACTS,
};

interface Look extends Partial<Omit<SoundInput, 'facts' | 'change'>> {
  readonly change?: Partial<SoundInput['change']>;
  readonly facts?: Partial<MonitorFacts>;
}

/** A call that is looked at twice a second. */
function call() {
  let known = NOTHING_SEEN;
  let dueForMs: number | undefined = 0;
  return {
    /** Looks once, with sound due for 500 ms longer. */
    look({ change, facts, ...more }: Look = {}): SoundProblem | undefined {
      dueForMs = (dueForMs ?? 0) + 500;
      known = detect(known, {
        ...WELL,
        ...more,
        change: { ...WELL.change, ...change },
        facts: { ...FACTS, dueForMs, ...facts },
      });
      return known.problem;
    },
    /** Looks for so long; the first problem and when it was told, `well` if there was none. */
    run(ms: number, look: Look): readonly [SoundProblem, number] | 'well' {
      for (let atMs = 500; atMs <= ms; atMs += 500) {
        const problem = this.look(look);
        if (problem) return [problem, atMs];
      }
      return 'well';
    },
  };
}

const MINUTE = 60_000;
const nothing = { received: 0, played: 0 };

describe('what is told of a call whose sound is wrong from the beginning', () => {
  it.each<readonly [string, Look, SoundProblem, number]>([
    ['ICE or DTLS failed', { connectionState: 'failed' }, 'media/connection-failed', 500],
    ['ICE is stuck', { connectionState: 'connecting' }, 'media/connection-failed', 3_000],
    [
      'ICE is stuck, so nothing comes and goes',
      { connectionState: 'new', change: { ...nothing, sent: 0 }, outputLevel: 0 },
      'media/connection-failed',
      3_000,
    ],
    ['no packets in', { change: nothing, outputLevel: 0 }, 'media/not-receiving', 3_000],
    [
      'neither in nor out',
      { change: { ...nothing, sent: 0 }, inputLevel: 0 },
      'media/not-receiving',
      3_000,
    ],
    [
      'nothing comes and nobody would play it',
      { change: nothing, facts: { playback: 'none' } },
      'media/not-receiving',
      3_000,
    ],
    ['playing was refused', { facts: { playback: 'blocked' } }, 'media/playback-blocked', 500],
    ['no player', { facts: { playback: 'none' } }, 'media/not-playing', 2_000],
    ['nothing decoded', { change: { played: 0 }, outputLevel: 0 }, 'media/not-playing', 2_000],
    ['no packets out', { change: { sent: 0 }, inputLevel: 0 }, 'media/not-sending', 3_000],
    ['muted by the system', { facts: { trackMuted: true } }, 'media/microphone-muted', 1_000],
    [
      'muted by the system, as exact zeros',
      { facts: { trackMuted: true }, inputLevel: 0 },
      'media/microphone-muted',
      1_000,
    ],
    [
      'disabled by somebody else',
      { facts: { trackEnabled: false } },
      'media/microphone-muted',
      1_000,
    ],
    ['a dead microphone', { inputLevel: 0 }, 'media/silent-microphone', 3_000],
    ['a microphone under the floor', { inputLevel: 1e-4 }, 'media/silent-microphone', 10_000],
    [
      'a dead microphone and a silent far side',
      { inputLevel: 0, outputLevel: 0 },
      'media/silent-microphone',
      3_000,
    ],
    ['exact zeros from the far side', { outputLevel: 0 }, 'media/far-end-silent', 6_000],
    // Measured in Chromium: one step of 16 bits.
    ['zeros as Opus decodes them', { outputLevel: 3.1e-5 }, 'media/far-end-silent', 6_000],
    ['one step from the microphone', { inputLevel: 3.1e-5 }, 'media/silent-microphone', 10_000],
    ['the far side under the floor', { outputLevel: 1e-4 }, 'media/far-end-silent', 10_000],
  ])('%s', (_, look, problem, atMs) => {
    const one = call();
    expect(one.run(MINUTE, look)).toEqual([problem, atMs]);
    // It stays while it is wrong, and goes as soon as it is not.
    expect(one.look(look)).toBe(problem);
    expect(one.look()).toBeUndefined();
  });
});

describe('what is told of a call whose sound was well', () => {
  const wellFirst = () => {
    const one = call();
    expect(one.run(5_000, {})).toBe('well');
    return one;
  };

  it.each<readonly [string, Look, SoundProblem, number]>([
    ['no packets in', { change: nothing }, 'media/not-receiving', 3_000],
    ['no packets out', { change: { sent: 0 } }, 'media/not-sending', 3_000],
    ['muted by the system', { facts: { trackMuted: true } }, 'media/microphone-muted', 1_000],
    // Who listens behind a noise gate sends zeros, too.
    ['zeros from the microphone', { inputLevel: 0 }, 'media/silent-microphone', 10_000],
    ['zeros from the far side', { outputLevel: 0 }, 'media/far-end-silent', 10_000],
  ])('%s', (_, look, problem, atMs) => {
    expect(wellFirst().run(MINUTE, look)).toEqual([problem, atMs]);
  });

  it.each<readonly [string, Look]>([
    ['the person just listens', { inputLevel: 1e-4 }],
    ['the far side just listens', { outputLevel: 1e-4 }],
  ])('nothing while %s', (_, look) => {
    expect(wellFirst().run(MINUTE, look)).toBe('well');
  });

  it('another microphone has to prove itself again', () => {
    const one = wellFirst();
    const look = { inputLevel: 0, trackId: 'another' };
    expect(one.run(MINUTE, look)).toEqual(['media/silent-microphone', 3_000]);
    expect(one.look({ inputLevel: 0.01, trackId: 'another' })).toBeUndefined();
    expect(one.run(9_500, look)).toBe('well');
  });
});

describe('what is no problem', () => {
  const silence: Look = {
    change: { received: 0, sent: 0, played: 0 },
    inputLevel: 0,
    outputLevel: 0,
  };
  const silentMicrophone: Look = { change: { sent: 0 }, inputLevel: 0 };
  const off = { trackMuted: true, trackEnabled: false };

  it.each<readonly [string, Look]>([
    ['all is well', {}],
    ['it is on hold', { ...silence, facts: { ...off, held: true, playback: 'none' } }],
    [
      'the far side holds it',
      { ...silence, facts: { ...off, heldByRemote: true, playback: 'none' } },
    ],
    ['it is muted', { ...silentMicrophone, facts: { ...off, muted: true } }],
    ['it has no microphone', { ...silentMicrophone, facts: { ...off, listenOnly: true } }],
    [
      'no sound is due',
      { ...silence, connectionState: 'failed', facts: { ...off, dueForMs: undefined } },
    ],
    [
      'the browser tells no levels and no samples',
      { change: { played: undefined }, inputLevel: undefined, outputLevel: undefined },
    ],
  ])('nothing is told while %s', (_, look) => {
    expect(call().run(MINUTE, look)).toBe('well');
  });

  it('the pauses of DTX: a packet each 400 ms, some looks without one', () => {
    const one = call();
    for (let round = 0; round < 60; round += 1) {
      for (const packets of [0, 1, 2, 0, 1]) {
        const change = { received: packets, sent: packets, played: 24_000 };
        expect(one.look({ change, inputLevel: 0.01 })).toBeUndefined();
      }
    }
  });

  it('a break of less than 3 s, again and again', () => {
    const one = call();
    for (let round = 0; round < 20; round += 1) {
      expect(one.run(2_500, { change: { received: 0, sent: 0 } })).toBe('well');
      expect(one.look()).toBeUndefined();
    }
  });
});

describe('time', () => {
  it('what was missing before sound was due does not count', () => {
    const late = { ...WELL, elapsedMs: 30_000, change: { ...WELL.change, received: 0 } };
    const before = detect(NOTHING_SEEN, { ...late, facts: { ...FACTS, dueForMs: 200 } });
    expect(before.problem).toBeUndefined();
    expect(detect(before, { ...late, facts: { ...FACTS, dueForMs: 30_200 } }).problem).toBe(
      'media/not-receiving',
    );
  });

  it('a look that does not tell is no break: few packets come, and none is played', () => {
    const one = call();
    const silent = { change: { received: 0, played: 0 } };
    const packet = { change: { received: 1, played: 0 } };
    const told = [packet, silent, packet, packet, silent, packet].map((look) => one.look(look));
    expect(told.slice(0, 5)).toEqual(Array(5).fill(undefined));
    expect(told[5]).toBe('media/not-playing');
  });

  it('begins anew after a hold', () => {
    const one = call();
    const silent = { change: nothing };
    expect(one.run(2_500, silent)).toBe('well');
    expect(one.look({ ...silent, facts: { held: true } })).toBeUndefined();
    expect(one.run(MINUTE, silent)).toEqual(['media/not-receiving', 3_000]);
  });
});

describe('what Chromium really counts', () => {
  it.each<readonly [Situation, SoundProblem | undefined]>([
    ['talking', undefined],
    ['farEndSilent', 'media/far-end-silent'],
    ['trackDisabled', 'media/silent-microphone'],
    ['nothingSent', 'media/not-sending'],
    ['noPlayer', 'media/not-playing'],
    ['farEndGone', 'media/not-receiving'],
    ['dtxInSilence', 'media/silent-microphone'],
  ])('%s: %s', (situation, problem) => {
    const [before, now] = recorded[situation].map(read);
    if (!now) throw new Error('nothing recorded');
    const { received, sent, played, inputLevel, outputLevel } = difference(before, now);
    const told = call().run(MINUTE, {
      elapsedMs: 500,
      change: { received, sent, played },
      inputLevel,
      outputLevel,
    });
    expect(told === 'well' ? undefined : told[0]).toBe(problem);
  });
});
