import { DialerError } from '../../errors/dialer-error.js';
import { type CallPresence, createCallPresence } from '../../media/call-presence.js';
import { createTrackMeter } from '../../media/track-meter.js';
import { type CallMonitor, monitorCall } from '../../quality/call-monitor.js';
import { type MediaStep, watchMedia } from '../../quality/media-watch.js';
import type { QualitySummary, SecurityReport, SoundLevels } from '../../quality/quality.js';
import type { MonitorFacts } from '../../quality/silence-detector.js';
import type { CallShell } from '../call-shell.js';
import { CallSound } from './call-sound.js';

/** Sound of one call: what is heard, whether it flows, how good it is, and what is wrong with it. */
export class CallMedia {
  /** What the caller hears. */
  readonly sound: CallSound;
  readonly #shell: CallShell;
  readonly #monitor: CallMonitor;
  readonly #presence: CallPresence;
  readonly #onStep: (step: MediaStep) => void;
  #stopWatch: () => void = () => undefined;
  readonly #meter;
  /** From when on sound is due, on the monotonic clock. */
  #dueAt: number | undefined;

  /** @param onStep - Told of each step until sound flows. */
  constructor(shell: CallShell, onStep: (step: MediaStep) => void) {
    this.#shell = shell;
    this.#onStep = onStep;
    const { host, call, update, emit, setProblem } = shell;
    const { clock, media, page } = host.environment;
    this.#meter = createTrackMeter(() => media);
    this.sound = new CallSound({
      media,
      clock,
      audio: host.audio,
      options: host.audioOptions,
      closed: host.closed,
      onBlocked: (problem) => setProblem('playback', problem),
    });
    this.#monitor = monitorCall({
      clock,
      sinceAnswerMs: () => (call.answeredAtMs === undefined ? undefined : call.durationMs),
      facts: () => this.#facts(),
      onSample: (sample) => emit('quality-sample', { sample }),
      onQuality: (quality, previous, reasons) => {
        update({ quality });
        emit('quality-changed', { quality, previous, reasons });
      },
      onProblem: (code) =>
        setProblem('sound', code && new DialerError(code, { route: call.route })),
    });
    this.#presence = createCallPresence(page, {
      keepScreenOn: host.keepScreenOn,
      hangup: () => void call.hangup(),
      toggleMute: () => call.mute(!call.muted),
    });
  }

  /** Quality over the whole call. */
  get summary(): QualitySummary | undefined {
    return this.#monitor.summary();
  }

  /** Watches a connection; it takes the place of an earlier one. */
  watch(connection: RTCPeerConnection): void {
    if (this.#shell.over.aborted) return;
    this.#stopWatch();
    this.#stopWatch = watchMedia(connection, this.#shell.host.environment.clock, this.#onStep);
    this.#monitor.watch(connection);
  }

  /** From now on sound should flow; `false`: not for the moment, as the line was lost. */
  setDue(due: boolean): void {
    this.#dueAt = due ? this.#shell.host.environment.clock.monotonicNow() : undefined;
  }

  /** The page's controls show whether the call is muted. */
  onMuted(muted: boolean): void {
    this.#presence.update({ muted });
  }

  /** See `Call.levels`. */
  levels(): SoundLevels {
    this.#meter.read(this.#shell.microphone.sent);
    return this.#monitor.levels();
  }

  /** See `Call.security`. */
  security(): Promise<SecurityReport> {
    return this.#monitor.security();
  }

  /** Stops all of it. Idempotent. */
  stop(): void {
    this.#stopWatch();
    this.#monitor.stop();
    this.#presence.stop();
    this.#meter.stop();
    this.sound.stop();
  }

  #facts(): MonitorFacts {
    const { call, plan, microphone, host } = this.#shell;
    const { track } = microphone;
    const now = host.environment.clock.monotonicNow();
    return {
      muted: call.muted,
      held: call.held,
      heldByRemote: call.heldByRemote,
      listenOnly: plan.input === 'none',
      trackMuted: track?.muted ?? false,
      trackEnabled: microphone.follow(),
      // 0 may also be a meter that is not allowed to run yet.
      microphoneLevel: this.#meter.level || undefined,
      playedLevel: this.sound.playedLevel,
      playback: this.sound.playback,
      dueForMs: this.#dueAt === undefined ? undefined : now - this.#dueAt,
    };
  }
}
