import type { Clock, MediaEnvironment } from '../core/environment.js';
import { sleep } from '../core/wait.js';
import { asDialerError } from '../errors/as-dialer-error.js';
import { DialerError } from '../errors/dialer-error.js';
import type { CallMicrophone } from './microphone.js';

/** For so long a call waits for a microphone that is being opened, milliseconds. Refusals come sooner. */
const PATIENCE_MS = 100;

/** What {@link StandIn} needs. */
export interface StandInOptions {
  readonly media: Pick<MediaEnvironment, 'silence'>;
  readonly clock: Clock;
  readonly microphone: CallMicrophone;
  /** Whether the microphone will come: it is allowed, there, and did not fail the last time. */
  readonly isSure: () => boolean;
  /** Sends this track from now on. Rejects when that is not possible. */
  readonly replaceTrack: (track: MediaStreamTrack) => Promise<void>;
  /** The microphone failed. */
  readonly onFailed: (error: DialerError) => void;
  /** The microphone is there, and can not be sent. */
  readonly onProblem: (problem: DialerError) => void;
  /** Aborts when the call is over. */
  readonly over: AbortSignal;
}

/**
 * Silence in the place of a microphone that is still being opened. A headset over Bluetooth takes a second or more; the
 * telephone can ring meanwhile.
 */
export class StandIn {
  readonly #options: StandInOptions;
  readonly #opened: Promise<unknown>;
  readonly #settled = new AbortController();

  constructor(options: StandInOptions) {
    this.#options = options;
    const { microphone, onFailed, over } = options;
    over.addEventListener('abort', () => this.#settled.abort(), { signal: this.#settled.signal });
    this.#opened = microphone.open();
    this.#opened.then(
      () => this.#relieve(),
      (error: unknown) => {
        this.#settled.abort();
        onFailed(asDialerError(error));
      },
    );
  }

  /**
   * Resolves when a call may be sent: the microphone is there, or this may stand in for it.
   * @throws DialerError as the microphone's `open()` does.
   */
  async ready(): Promise<void> {
    const { clock, microphone } = this.#options;
    const opened = this.#opened;
    const leftMs = microphone.askedAtMs + PATIENCE_MS - clock.monotonicNow();
    const late = sleep(clock, Math.max(0, leftMs), this.#settled.signal).then(
      async () => {
        if (!(await this.#begin())) await opened;
      },
      () => opened,
    );
    await Promise.race([opened, late]);
  }

  async #begin(): Promise<boolean> {
    const { media, isSure, microphone } = this.#options;
    const { signal } = this.#settled;
    if (microphone.standIn) return true;
    if (microphone.input !== 'microphone' || !isSure()) return false;
    const stream = await media.silence?.(signal).catch(() => undefined);
    if (!stream || signal.aborted) return signal.aborted;
    microphone.standIn = stream;
    return true;
  }

  /** The microphone takes its place. */
  async #relieve(): Promise<void> {
    const { microphone, replaceTrack, onProblem, over } = this.#options;
    try {
      const [track] = (microphone.standIn && microphone.copy()?.getAudioTracks()) ?? [];
      if (track) await replaceTrack(track);
    } catch (cause) {
      if (!over.aborted) onProblem(new DialerError('media/not-sending', { cause }));
    }
    this.#settled.abort();
  }
}
