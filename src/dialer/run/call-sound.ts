import { createDisposer } from '../../core/disposer.js';
import type { Clock, LevelMeter, MediaEnvironment } from '../../core/environment.js';
import { DialerError } from '../../errors/dialer-error.js';
import type { AudioOptions } from '../../media/audio.js';
import type { LiveAudio, SoundPlayer } from '../../media/live-audio.js';
import { processTrack, withTrack } from '../../media/process-track.js';
import { createRingback } from '../../media/ringback.js';
import { busyTone, digitTone } from '../../media/tones.js';

/** How long the busy tone sounds, milliseconds. */
const BUSY_MS = 2_500;

/** What a {@link CallSound} needs. */
export interface CallSoundOptions {
  readonly media: MediaEnvironment;
  readonly clock: Clock;
  /** The chosen speaker. */
  readonly audio: LiveAudio;
  readonly options: AudioOptions;
  /** Aborts when the Dialer is closed: nothing may sound after that. */
  readonly closed: AbortSignal;
  /** Told when the browser refuses to play, and when it plays again. */
  readonly onBlocked: (problem: DialerError | undefined) => void;
}

/** What the caller hears of one call. */
export class CallSound implements SoundPlayer {
  readonly #options: CallSoundOptions;
  readonly #ringback;
  readonly #disposer = createDisposer();
  readonly #over = new AbortController();
  #stopPlaying: () => void = () => undefined;
  #remote: MediaStream | undefined;
  #heard: MediaStream | undefined;
  #playedMeter: LevelMeter | undefined;
  #playback: 'playing' | 'blocked' | 'none' = 'none';

  constructor(options: CallSoundOptions) {
    const { media, audio } = options;
    const { ringback = true, toneCountry } = options.options;
    this.#options = options;
    this.#ringback = createRingback(media, ringback, toneCountry, () => audio.outputId);
    this.#disposer.add(() => this.#over.abort());
    this.#disposer.add(() => this.#ringback.stop());
    this.#disposer.add(() => this.#stopPlaying());
    this.#disposer.add(audio.addPlayer(this));
  }

  /** What the far side sends; `undefined` until it does. */
  get remoteStream(): MediaStream | undefined {
    return this.#remote;
  }

  /** Whether the far side is played. */
  get playback(): 'playing' | 'blocked' | 'none' {
    return this.#playback;
  }

  /** Level of what is played, where a processor makes it: the browser's statistics tell only of its own elements. */
  get playedLevel(): number | undefined {
    return this.#playedMeter?.level;
  }

  /** The phone rings: a tone of ours, unless the far side sends its own. */
  ring(earlyMedia: boolean): void {
    if (this.#disposer.disposed) return;
    if (earlyMedia) this.#ringback.stop();
    else this.#ringback.start();
  }

  /** The phone does not ring any more. */
  stopRinging(): void {
    this.#ringback.stop();
  }

  /** A digit was sent: the tone that a telephone's key makes. */
  playDigit(digit: string, toneMs: number): void {
    const { options, audio, media } = this.#options;
    const tone = digitTone(digit);
    if (!tone || options.digitTones === false || this.#disposer.disposed) return;
    const beep = { ...tone, cadenceMs: [toneMs] };
    this.#beep(media.playTone(beep, audio.outputId), toneMs, this.#over.signal);
  }

  /** The callee is busy: the tone for it, which outlives the call a little. */
  playBusy(): void {
    const { options, audio, media, closed } = this.#options;
    if (options.busyTone === false || closed.aborted) return;
    this.#beep(media.playTone(busyTone(options.toneCountry), audio.outputId), BUSY_MS, closed);
  }

  /** Plays the far side; it takes the place of an earlier stream. */
  play(stream: MediaStream): void {
    if (this.#disposer.disposed || stream === this.#remote) return;
    this.#remote = stream;
    this.#heard = undefined;
    this.#stopPlaying();
    void this.#process(stream).then((heard) => {
      if (stream !== this.#remote) return;
      this.#heard = heard;
      return this.#start(this.#options.audio.outputId).catch(() => undefined);
    });
  }

  async setOutput(sinkId: string | undefined): Promise<void> {
    if (this.#heard) await this.#start(sinkId);
  }

  async retry(): Promise<boolean> {
    if (this.#playback !== 'blocked') return true;
    await this.#start(this.#options.audio.outputId).catch(() => undefined);
    return this.#playback !== ('blocked' as string);
  }

  /** Silence. Idempotent. */
  stop(): void {
    this.#disposer.dispose();
  }

  /** The old element stops when the new one plays: no gap, and where the new one fails the old one goes on. */
  async #start(sinkId: string | undefined): Promise<void> {
    const heard = this.#heard;
    if (!heard || this.#disposer.disposed) return;
    try {
      const stop = await this.#options.media.play(heard, sinkId);
      if (this.#disposer.disposed || heard !== this.#heard) return stop();
      this.#stopPlaying();
      this.#stopPlaying = stop;
      this.#setPlayback('playing');
    } catch (cause) {
      if (!this.#disposer.disposed && this.#playback !== 'playing') {
        this.#setPlayback('blocked', cause);
      }
      throw cause;
    }
  }

  #setPlayback(playback: 'playing' | 'blocked', cause?: unknown): void {
    this.#playback = playback;
    this.#options.onBlocked(
      playback === 'blocked' ? new DialerError('media/playback-blocked', { cause }) : undefined,
    );
  }

  async #process(stream: MediaStream): Promise<MediaStream> {
    const { media, clock, options } = this.#options;
    const processor = options.remoteProcessor;
    const track = processor && stream.getAudioTracks()[0];
    if (!track) return stream;
    try {
      // Chromium feeds an AudioContext only with what an element plays, too.
      const stop = await media.play(stream, undefined, { silent: true });
      this.#disposer.add(stop);
      const { signal } = this.#over;
      const processed = await processTrack(track, { media, clock, processor, signal });
      this.#playedMeter = media.measureLevel(processed);
      this.#disposer.add(() => this.#playedMeter?.stop());
      return withTrack(stream, processed);
    } catch {
      return stream;
    }
  }

  /** Stops a tone after its length, or when the signal aborts. */
  #beep(stopTone: () => void, ms: number, signal: AbortSignal): void {
    const stop = () => {
      stopTimer();
      stopTone();
      signal.removeEventListener('abort', stop);
    };
    const stopTimer = this.#options.clock.setTimer(stop, ms);
    signal.addEventListener('abort', stop);
  }
}
