import type { MediaEnvironment } from '../../../src/core/environment.js';
import type { AudioProcessor } from '../../../src/media/audio.js';
import { CallMicrophone, type MicrophoneOptions } from '../../../src/media/microphone.js';
import { createFakeMedia, type FakePermission } from '../../../src/testing/fake-media.js';
import { createSimulatedClock } from '../../../src/testing/simulated-clock.js';

/** How a microphone is made. */
export interface MicrophoneStage {
  readonly permission?: FakePermission;
  readonly input?: MicrophoneOptions['input'];
  readonly getUserMedia?: MediaEnvironment['getUserMedia'];
  readonly recoverMs?: number;
}

/** A microphone of a call, with a source and a leg that a test leads. */
export function setUp({
  permission,
  input = 'microphone',
  getUserMedia,
  recoverMs = 0,
}: MicrophoneStage = {}) {
  const clock = createSimulatedClock();
  const fake = createFakeMedia(permission);
  const asked: MediaStreamConstraints[] = [];
  const media = new Proxy(fake, {
    get: (target, name, receiver) =>
      name === 'getUserMedia'
        ? (constraints: MediaStreamConstraints) => {
            asked.push(constraints);
            return (getUserMedia ?? target.getUserMedia)(constraints);
          }
        : Reflect.get(target, name, receiver),
  });
  const sent: MediaStreamTrack[] = [];
  const problems: (string | undefined)[] = [];
  const refuse: { error?: Error } = {};
  const chances = new Set<() => void>();
  const source = {
    wanted: { echoCancellation: true, noiseSuppression: false } as MediaTrackConstraints,
    processor: undefined as AudioProcessor | undefined,
    constraints: () => source.wanted,
    takeAhead: () => undefined,
    opening: () => undefined,
    changed: () => undefined,
    closed: () => undefined,
    nextChance: () =>
      new Promise<void>((resolve) => {
        chances.add(resolve);
      }),
    giveChance() {
      for (const chance of chances) chance();
    },
  };
  const microphone = new CallMicrophone({
    media,
    clock,
    source,
    permissionMs: 60_000,
    recoverMs,
    input,
    replaceTrack: async (track) => {
      if (refuse.error) throw refuse.error;
      sent.push(track);
    },
    onProblem: (problem) => problems.push(problem?.code),
  });
  return { microphone, media: fake, clock, asked, source, sent, problems, refuse };
}

/** The audio tracks of a stream. */
export const tracksOf = (stream: MediaStream | undefined) => stream?.getAudioTracks() ?? [];
/** Whether they are enabled. */
export const enabledIn = (stream: MediaStream | undefined) =>
  tracksOf(stream).map((track) => track.enabled);
