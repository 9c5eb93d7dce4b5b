import { systemClock } from '../core/clock.js';

/** Longest wait for the browser's leave to make sound: without a gesture Chromium never answers. */
const UNLOCK_MS = 1000;

/**
 * The one AudioContext of a Dialer: for tones, meters and processors. Browsers allow few of them, and each holds a part
 * of the machine's audio. It runs only while somebody holds it.
 */
export interface SharedAudio {
  /** Makes the context ahead, where the browser lets it run. */
  prepare(): void;
  /**
   * The context, made at the first call and asked to run; `undefined` on a server, without Web Audio, or after
   * {@link SharedAudio.close}. A context that was closed or lost its output is replaced, so ask again for each use, and
   * {@link SharedAudio.hold} it for as long as the use lasts.
   */
  context(): AudioContext | undefined;
  /** Speaker for all that names none; `''` is the system's choice. */
  readonly sink: string;
  /** In a click: lets the page make sound. Resolves with whether it may now, after 1 s at most. */
  unlock(): Promise<boolean>;
  /** Chooses the speaker. Rejects as `AudioContext.setSinkId` does; the old one stays in use. */
  setSink(id: string | undefined): Promise<void>;
  /** Keeps the context running until the returned function is called by everybody who holds it. */
  hold(): () => void;
  /** Closes the context, for good. Idempotent. */
  close(): void;
}

/** Chromium only, as yet. */
interface ContextWithSink extends AudioContext {
  setSinkId?(id: string): Promise<void>;
}

/** The browser's name for a speaker: its empty string is what lists of devices call `default`. */
export function sinkName(id: string | undefined): string {
  return id === undefined || id === 'default' ? '' : id;
}

/** Makes a {@link SharedAudio}. Touches nothing until it is used. */
export function createSharedAudio(): SharedAudio {
  const holds = new Set<object>();
  let current: ContextWithSink | undefined;
  let sink = '';
  let closed = false;

  const drop = (context: AudioContext) => {
    if (current === context) current = undefined;
    if (context.state !== 'closed') quietly(context.close());
  };
  const suspendUnused = () => {
    if (holds.size === 0 && current?.state !== 'closed') quietly(current?.suspend());
  };
  const make = () => {
    const made: ContextWithSink = new AudioContext();
    if (sink !== '') quietly(made.setSinkId?.(sink));
    made.addEventListener('error', () => {
      // The chosen speaker was pulled out: what is connected goes on at the system's choice. Else the audio system is gone.
      if (sink === '' || made !== current || !made.setSinkId) return drop(made);
      sink = '';
      made
        .setSinkId(sink)
        .then(() => quietly(made.resume()))
        .catch(() => drop(made));
    });
    return made;
  };
  const open = () => {
    if (closed || typeof AudioContext === 'undefined') return undefined;
    if (current?.state === 'closed') current = undefined;
    try {
      current ??= make();
    } catch {
      // The page has opened as many as the browser allows.
    }
    return current;
  };

  return {
    prepare() {
      // Made before the page was touched, it would be told of in the console.
      if (navigator.userActivation?.hasBeenActive && open()) suspendUnused();
    },
    context() {
      const context = open();
      if (context && context.state !== 'running') quietly(context.resume());
      return context;
    },
    get sink() {
      return sink;
    },
    async unlock() {
      const context = open();
      if (!context) return false;
      let stopTimer: () => void = () => undefined;
      const late = new Promise<void>((resolve) => {
        stopTimer = systemClock.setTimer(resolve, UNLOCK_MS);
      });
      await Promise.race([context.resume().catch(() => undefined), late]);
      stopTimer();
      const runs = context.state === 'running';
      suspendUnused();
      return runs;
    },
    async setSink(id) {
      const wanted = sinkName(id);
      await current?.setSinkId?.(wanted);
      sink = wanted;
    },
    hold() {
      const hold = {};
      holds.add(hold);
      return () => {
        if (holds.delete(hold)) suspendUnused();
      };
    },
    close() {
      closed = true;
      holds.clear();
      if (current) drop(current);
    },
  };
}

function quietly(promise: Promise<unknown> | undefined): void {
  promise?.catch(() => undefined);
}
