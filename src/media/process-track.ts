import type { Clock, MediaEnvironment } from '../core/environment.js';
import { bounded } from '../core/wait.js';
import { DialerError } from '../errors/dialer-error.js';
import type { AudioProcessor } from './audio.js';

/** Longest time that a processor is given, milliseconds. */
const PROCESSOR_MS = 3_000;

/** What {@link processTrack} needs. */
export interface ProcessingOptions {
  readonly media: MediaEnvironment;
  readonly clock: Clock;
  readonly processor: AudioProcessor;
  /** Aborts when the track is no longer needed. */
  readonly signal: AbortSignal;
}

/**
 * Has a processor make the track to use out of another one.
 * @throws DialerError `media/processor-failed` when it throws, is late, or there is no AudioContext.
 */
export async function processTrack(
  track: MediaStreamTrack,
  { media, clock, processor, signal }: ProcessingOptions,
): Promise<MediaStreamTrack> {
  try {
    const audioContext = await media.audioContext(signal);
    if (!audioContext)
      throw new DialerError('media/processor-failed', { detail: 'no AudioContext' });
    const processed = await bounded({ clock, timeoutMs: PROCESSOR_MS, signal }, async () =>
      processor(track, { audioContext, signal }),
    );
    if (!processed) throw new DialerError('media/processor-failed', { detail: 'no track' });
    return processed;
  } catch (cause) {
    throw new DialerError('media/processor-failed', { cause });
  }
}

/** A stream like this one, with another track in it. */
export function withTrack(stream: MediaStream, track: MediaStreamTrack): MediaStream {
  const copy = stream.clone();
  for (const old of copy.getTracks()) {
    copy.removeTrack(old);
    old.stop();
  }
  copy.addTrack(track);
  return copy;
}
