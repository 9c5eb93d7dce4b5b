import type { Clock, MediaEnvironment } from '../core/environment.js';

/** A microphone that was opened ahead is closed again after this long without a call, milliseconds. */
const UNUSED_MS = 10_000;

/** What {@link openMicrophoneAhead} needs. */
export interface AheadOptions {
  readonly media: Pick<MediaEnvironment, 'getUserMedia'>;
  readonly clock: Clock;
  readonly constraints: MediaTrackConstraints;
  /** Told when it is open, and when it is closed again without a call. */
  readonly onChange: () => void;
}

/** A microphone that is opened before the call that it is for. */
export interface MicrophoneAhead {
  /** Whether it is open, whoever has it. */
  readonly live: boolean;
  /** Gives it to a call, once; `undefined` when it is gone or these are other wishes. */
  take(constraints: MediaTrackConstraints): TakenAhead | undefined;
  /** Closes it, if no call has taken it. Idempotent. */
  release(): void;
}

/** A microphone that is being opened, or is open, for the one who has it now. */
export interface TakenAhead {
  readonly stream: Promise<MediaStream>;
  /** When it was asked for, on the clock's `monotonicNow()`. */
  readonly askedAtMs: number;
}

/** Opens the microphone ahead of a call, for 10 s. A failure is for the call that takes it. */
export function openMicrophoneAhead(options: AheadOptions): MicrophoneAhead {
  const { media, clock, constraints, onChange } = options;
  const wishes = JSON.stringify(constraints);
  const askedAtMs = clock.monotonicNow();
  let mine = true;
  let stream: MediaStream | undefined;
  const opening = media.getUserMedia({ audio: constraints, video: false });
  const leave = () => {
    stopTimer();
    const wasMine = mine;
    mine = false;
    return wasMine;
  };
  const release = () => {
    if (!leave()) return;
    const close = (opened: MediaStream) => {
      for (const track of opened.getTracks()) track.stop();
      onChange();
    };
    opening.then(close, () => undefined);
  };
  const stopTimer = clock.setTimer(release, UNUSED_MS);
  opening.then(
    (opened) => {
      stream = opened;
      onChange();
    },
    () => undefined,
  );
  return {
    get live() {
      return stream?.getTracks().some(({ readyState }) => readyState === 'live') ?? false;
    },
    take: (wanted) =>
      JSON.stringify(wanted) === wishes && leave() ? { stream: opening, askedAtMs } : undefined,
    release,
  };
}
