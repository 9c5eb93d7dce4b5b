import type { Clock, MediaEnvironment } from '../core/environment.js';
import { createSerialQueue } from '../core/serial-queue.js';
import { bounded } from '../core/wait.js';
import { asDialerError } from '../errors/as-dialer-error.js';
import { DialerError } from '../errors/dialer-error.js';
import { fromDomException } from '../errors/from-dom-exception.js';
import type { AudioProcessor } from './audio.js';
import { Capture } from './capture.js';
import type { TakenAhead } from './microphone-ahead.js';

/** How long a device that is chosen in a call may take to open, milliseconds. */
const SWITCH_MS = 5_000;
/** How long a lost microphone is told of after another one took its place, milliseconds. */
const NOTICE_MS = 10_000;
/** What the person can mend while the call waits. */
const MENDABLE = /^media\/(permission-|device-)/;

const IGNORE = () => undefined;

/** What one call did with the microphone, counted on the tracks themselves. */
export interface MicrophoneReceipt {
  /** True when no track is live any more. */
  readonly released: boolean;
  /** Tracks opened for the call; the copies that legs were given are not counted again. */
  readonly tracks: number;
  /** Tracks still live, copies included; 0 when released. */
  readonly liveTracks: number;
}

/** Which microphone calls use and what is made of it; told of those that are open. */
export interface MicrophoneSource {
  /** Wishes for the device, echo cancellation and the like. */
  constraints(): MediaTrackConstraints;
  /** Changes what is sent. */
  readonly processor: AudioProcessor | undefined;
  /** One that was opened before the call; `undefined` when there is none. */
  takeAhead(constraints: MediaTrackConstraints): TakenAhead | undefined;
  /** A microphone is being opened, as long as the promise is pending. */
  opening(done: Promise<unknown>): void;
  /** A microphone was opened, changed or lost. */
  changed(microphone: CallMicrophone): void;
  /** It is released for good. */
  closed(microphone: CallMicrophone): void;
  /** Resolves when another try to open one makes sense: a device came, or the permission changed. */
  nextChance(signal: AbortSignal): Promise<void>;
}

/** What a {@link CallMicrophone} needs. */
export interface MicrophoneOptions {
  readonly media: MediaEnvironment;
  readonly clock: Clock;
  readonly source: MicrophoneSource;
  /** Longest wait for the browser's question, milliseconds. */
  readonly permissionMs: number;
  /** How long to wait for a microphone that was refused or is missing, milliseconds. */
  readonly recoverMs: number;
  /** `'none'` opens nothing; a stream of the application's is used and never stopped. */
  readonly input: 'microphone' | 'none' | MediaStream;
  /** Sends this track from now on. Rejects when that is not possible. */
  readonly replaceTrack: (track: MediaStreamTrack) => Promise<void>;
  /** What is wrong with the microphone; `undefined`: nothing any more. */
  readonly onProblem: (problem: DialerError | undefined) => void;
}

/**
 * The one owner of a call's microphone. It asks once; each leg gets copies of the tracks, so that a vendor that stops
 * what it was given neither ends the call's sound nor makes the browser ask again. Whatever happens, {@link release}
 * stops everything, a stream that arrives later included.
 */
export class CallMicrophone {
  readonly #options: MicrophoneOptions;
  readonly #gone = new AbortController();
  readonly #changes = createSerialQueue();
  readonly #captures: Capture[] = [];
  readonly #copies: MediaStream[] = [];
  /** What {@link copy} gives as long as the microphone is not there yet. */
  standIn: MediaStream | undefined;
  #askedAtMs = 0;
  #current: Capture | undefined;
  #opening: Promise<MediaStream | undefined> | undefined;
  #muted = false;
  #ownEnabled = true;
  #processorFailed = false;
  #stopNotice: () => void = () => undefined;

  constructor(options: MicrophoneOptions) {
    this.#options = options;
  }

  /** What is sent. */
  get input(): MicrophoneOptions['input'] {
    return this.#options.input;
  }

  /** When it was asked for, on the clock's `monotonicNow()`. */
  get askedAtMs(): number {
    return this.#askedAtMs;
  }

  /** The microphone's own track, or that of the application's stream. */
  get track(): MediaStreamTrack | undefined {
    return this.#current ? this.#current.track : this.#ownStream?.getAudioTracks()[0];
  }

  /** The track that the current leg was given. */
  get sent(): MediaStreamTrack | undefined {
    return this.#copies.at(-1)?.getAudioTracks()[0];
  }

  /** Whether a device of ours is open. */
  get live(): boolean {
    return this.#current?.track?.readyState === 'live';
  }

  /**
   * Opens the microphone, once; later calls share the answer. Resolves with `undefined` when nothing is to be sent.
   * @throws DialerError `media/…`; `state/aborted` after {@link release}.
   */
  open(): Promise<MediaStream | undefined> {
    this.#opening ??= this.#open();
    return this.#opening;
  }

  /** Copies of the tracks for one leg, to be stopped by it at will; `undefined` when nothing is to be sent. */
  copy(): MediaStream | undefined {
    const source = this.#current?.sent ?? this.#ownStream ?? this.standIn;
    if (!source || this.#gone.signal.aborted) return undefined;
    const copy = source.clone();
    this.#copies.push(copy);
    setEnabled(copy, this.#audible);
    return copy;
  }

  /** Silences or restores the legs' copies, now and in future. */
  setMuted(muted: boolean): void {
    this.#muted = muted;
    this.#enableCopies();
  }

  /**
   * Takes over whether the application has disabled its own track: that does not reach copies, and tells nobody.
   * @returns whether what is sent is enabled, apart from our own mute.
   */
  follow(): boolean {
    const enabled = this.#ownStream?.getAudioTracks()[0]?.enabled ?? true;
    if (enabled !== this.#ownEnabled) {
      this.#ownEnabled = enabled;
      this.#enableCopies();
    }
    return enabled && (this.#muted || this.sent?.enabled !== false);
  }

  /**
   * Opens the device that the source wants now, and sends that. Does nothing while none is open.
   * @throws DialerError `media/…`; the old one is sent on.
   */
  reopen(): Promise<void> {
    return this.#change((signal) => this.#capture(this.#options.source.constraints(), signal));
  }

  /** Sends what the source's processor makes of the microphone from now on. */
  reprocess(): Promise<void> {
    return this.#change((signal) => this.#prepare(this.#current?.raw.clone(), signal));
  }

  /** Takes another microphone for one that was lost, if there is one. */
  async recover(): Promise<void> {
    if (!this.#current || this.live || this.#gone.signal.aborted) return;
    await this.#change(async (signal) =>
      this.live
        ? undefined
        : this.#capture(withoutDevice(this.#options.source.constraints()), signal),
    ).then(
      () => {
        if (!this.live) return;
        this.#stopNotice();
        const { clock, onProblem } = this.#options;
        this.#stopNotice = clock.setTimer(() => onProblem(undefined), NOTICE_MS);
      },
      () => undefined,
    );
  }

  /** Stops every track, those of a stream that is still to come too, and counts. Idempotent. */
  release(): MicrophoneReceipt {
    this.#gone.abort();
    this.#stopNotice();
    for (const capture of this.#captures) capture.stop();
    const copies = this.#copies.flatMap((stream) => stream.getTracks());
    for (const track of copies) track.stop();
    const tracks = [...this.#captures.flatMap((capture) => capture.tracks), ...copies];
    const liveTracks = tracks.filter((track) => track.readyState === 'live').length;
    this.#options.source.closed(this);
    return {
      released: liveTracks === 0,
      tracks: this.#captures.reduce((count, { raw }) => count + raw.getTracks().length, 0),
      liveTracks,
    };
  }

  get #audible(): boolean {
    return !this.#muted && this.#ownEnabled;
  }

  #enableCopies(): void {
    for (const copy of this.#copies) setEnabled(copy, this.#audible);
  }

  get #ownStream(): MediaStream | undefined {
    const { input } = this.#options;
    return typeof input === 'string' ? undefined : input;
  }

  async #open(): Promise<MediaStream | undefined> {
    const { clock, input, recoverMs, source, onProblem } = this.#options;
    if (input !== 'microphone') return this.#ownStream;
    /** The time that the person took for the browser's question does not count. */
    let failedAt: number | undefined;
    for (;;) {
      try {
        const opening = this.#openOnce();
        source.opening(opening);
        await opening;
        if (failedAt !== undefined) onProblem(undefined);
        return this.#current?.sent;
      } catch (thrown) {
        const error = asDialerError(thrown);
        // The call was sent already: nobody's telephone is to ring while somebody here looks for a microphone.
        if (this.standIn) throw error;
        failedAt ??= clock.monotonicNow();
        const leftMs = failedAt + recoverMs - clock.monotonicNow();
        if (!MENDABLE.test(error.code) || leftMs <= 0) throw error;
        onProblem(error);
        const bounds = { clock, timeoutMs: leftMs, signal: this.#gone.signal };
        await bounded({ ...bounds, onTimeout: () => error }, (signal) => source.nextChance(signal));
      }
    }
  }

  #openOnce(): Promise<void> {
    const { clock, source, permissionMs } = this.#options;
    const onTimeout = () => new DialerError('media/permission-dismissed');
    return bounded(
      { clock, timeoutMs: permissionMs, signal: this.#gone.signal, onTimeout },
      async (signal) => {
        const wanted = source.constraints();
        const capture = await this.#capture(wanted, signal).catch((error) => {
          // A device that was chosen in an earlier visit, and is not there today.
          if (!wanted.deviceId || error.code !== 'media/device-not-found') throw error;
          return this.#capture(withoutDevice(wanted), signal);
        });
        this.#use(capture);
      },
    );
  }

  async #capture(audio: MediaTrackConstraints, signal: AbortSignal): Promise<Capture> {
    const { media, clock, source } = this.#options;
    try {
      const ahead = source.takeAhead(audio);
      this.#askedAtMs = ahead?.askedAtMs ?? clock.monotonicNow();
      const stream = await (ahead?.stream ?? media.getUserMedia({ audio, video: false }));
      const capture = await this.#prepare(stream, signal);
      if (!capture) throw new DialerError('media/device-not-found');
      return capture;
    } catch (thrown) {
      throw fromDomException(thrown, {
        permission: await media.microphonePermission(IGNORE),
        secureContext: true,
        allowedByPolicy: true,
      });
    }
  }

  async #prepare(raw: MediaStream | undefined, signal: AbortSignal): Promise<Capture | undefined> {
    const { media, clock, source, onProblem } = this.#options;
    if (!raw) return undefined;
    const capture = new Capture(raw);
    this.#captures.push(capture);
    // The question was answered after nobody waited for it any more: a live microphone without a call.
    signal.addEventListener('abort', () => capture !== this.#current && capture.stop());
    if (signal.aborted) capture.stop();
    const { gone } = capture;
    // A listener keeps the whole call alive for as long as anybody has the track.
    capture.track?.addEventListener('ended', () => this.#onEnded(capture), { signal: gone });
    const { processor } = source;
    const failed = processor && (await capture.process({ media, clock, processor }));
    if (failed || this.#processorFailed) onProblem(failed);
    this.#processorFailed = failed !== undefined;
    return capture;
  }

  /** Brings another capture in place of the current one; one change at a time. */
  #change(make: (signal: AbortSignal) => Promise<Capture | undefined>): Promise<void> {
    const { clock, replaceTrack } = this.#options;
    return this.#changes.run(async () => {
      const previous = this.#current;
      if (!previous || this.#gone.signal.aborted) return;
      const onTimeout = () => new DialerError('media/device-in-use');
      await bounded(
        { clock, timeoutMs: SWITCH_MS, signal: this.#gone.signal, onTimeout },
        async (signal) => {
          const next = await make(signal);
          if (signal.aborted) next?.stop();
          if (!next || signal.aborted) return;
          const before = this.#copies.length;
          this.#use(next);
          const copy = this.copy();
          try {
            const [track] = copy?.getAudioTracks() ?? [];
            if (track) await replaceTrack(track);
          } catch (error) {
            this.#use(previous);
            next.stop();
            if (copy) stopTracks(copy);
            throw error;
          }
          previous.stop();
          for (const copy of this.#copies.slice(0, before)) stopTracks(copy);
        },
      );
    });
  }

  #use(capture: Capture): void {
    this.#current = capture;
    // Released for good, it is no microphone of anybody any more.
    if (this.#gone.signal.aborted) capture.stop();
    else this.#options.source.changed(this);
  }

  /** By itself only: our own `stop()` fires no event. */
  #onEnded(capture: Capture): void {
    if (capture !== this.#current || this.#gone.signal.aborted) return;
    this.#options.onProblem(new DialerError('media/device-lost'));
    this.#options.source.changed(this);
    void this.recover();
  }
}

function setEnabled(stream: MediaStream, enabled: boolean): void {
  for (const track of stream.getAudioTracks()) track.enabled = enabled;
}

function stopTracks(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

/** The same wishes, for any device. */
function withoutDevice({
  deviceId: _any,
  ...wanted
}: MediaTrackConstraints): MediaTrackConstraints {
  return wanted;
}
