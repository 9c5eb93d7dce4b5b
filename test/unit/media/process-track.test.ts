import { describe, expect, it } from 'vitest';
import type { AudioProcessor } from '../../../src/media/audio.js';
import { processTrack, withTrack } from '../../../src/media/process-track.js';
import { createFakeMedia } from '../../../src/testing/fake-media.js';
import { createSimulatedClock } from '../../../src/testing/simulated-clock.js';

async function setUp(processor: AudioProcessor, context: unknown = { state: 'running' }) {
  const clock = createSimulatedClock();
  const fake = createFakeMedia();
  const media = { ...fake, audioContext: async () => context as AudioContext | undefined };
  const stream = await fake.getUserMedia({ audio: true });
  const [track] = stream.getAudioTracks();
  if (!track) throw new Error('no track');
  const gone = new AbortController();
  const processing = processTrack(track, { media, clock, processor, signal: gone.signal });
  processing.catch(() => undefined);
  return { clock, fake, stream, track, gone, processing };
}

describe('a processor', () => {
  it('is given the track, the context and a signal, and its track is used', async () => {
    const given: unknown[] = [];
    const { processing, track } = await setUp((input, { audioContext, signal }) => {
      given.push(input.id, audioContext.state, signal.aborted);
      return input;
    });
    expect(await processing).toBe(track);
    expect(given).toEqual([track.id, 'running', false]);
  });

  it.each<readonly [string, AudioProcessor]>([
    [
      'throws',
      () => {
        throw new Error('no worklet');
      },
    ],
    ['rejects', () => Promise.reject(new Error('no worklet'))],
    ['gives no track', () => undefined as unknown as MediaStreamTrack],
    ['never answers', () => new Promise(() => undefined)],
  ])('that %s has failed', async (_name, processor) => {
    const { processing, clock } = await setUp(processor);
    await expect(clock.until(processing)).rejects.toMatchObject({ code: 'media/processor-failed' });
    expect(clock.monotonicNow()).toBeLessThanOrEqual(3_000);
    expect(clock.pendingTimers).toBe(0);
  });

  it('has failed where there is no AudioContext', async () => {
    const { processing } = await setUp((track) => track, null);
    await expect(processing).rejects.toMatchObject({ code: 'media/processor-failed' });
  });
});

it('a stream with another track holds that one only, and stops the copies it made', async () => {
  const { fake, stream } = await setUp((track) => track);
  const other = await fake.getUserMedia({ audio: true });
  const [track] = other.getAudioTracks();
  if (!track) throw new Error('no track');
  expect(withTrack(stream, track).getTracks()).toEqual([track]);
  expect(fake.liveTracks).toBe(2);
});
