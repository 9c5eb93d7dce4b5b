import type { CallState } from '../../src/core/call-state.js';
import type { CallOutcome } from '../../src/dialer/call.js';
import type { DialerError } from '../../src/errors/dialer-error.js';
import type { RouteStatus } from '../../src/failover/route-status.js';
import type { Script } from './script.js';
import type { Journal } from './world/journal.js';
import type { PhoneLeg } from './world/phone.js';

/** An event as the application heard it. */
export interface Told {
  readonly atMs: number;
  readonly name: string;
  /** Which call, from 1; `undefined` where it is of none. */
  readonly call: number | undefined;
  readonly route: string | undefined;
  readonly state?: CallState | undefined;
  readonly error?: DialerError | undefined;
  readonly evidence?: string | undefined;
}

/** One press of the button that made a call of its own. */
export interface Press {
  /** From 1. */
  readonly call: number;
  readonly callId: string;
  readonly atMs: number;
  /** When somebody first wanted it to end. */
  hungUpAtMs?: number;
  endedAtMs?: number;
  outcome?: CallOutcome;
  /** What `hangup()` took to resolve each time, milliseconds; `undefined` while it has not. */
  readonly hangups: { readonly atMs: number; tookMs?: number }[];
  /** The page was left or frozen: nobody could wait for what the far side says. */
  leftPage?: true;
  /** Which routes could not be reached when it ended. */
  outOfReach: readonly string[];
}

/** A question for the microphone. */
export interface MicrophoneQuestion {
  readonly askedAtMs: number;
  givenAtMs?: number;
  failed?: boolean;
}

/** All that is known of a run so far: what the application heard, what adapters and carriers did, what the callee had. */
export interface Observation {
  readonly script: Script;
  /** Now. */
  nowMs: number;
  readonly presses: Press[];
  readonly told: Told[];
  readonly microphones: MicrophoneQuestion[];
  readonly journal: Journal;
  readonly phone: readonly PhoneLeg[];
  readonly routes: () => readonly RouteStatus[];
  /** Connections that were broken. */
  readonly faults: { readonly atMs: number; readonly route: string }[];
  /** Tracks that were live 250 ms after an end without another call. */
  readonly lateTracks: number[];
  /** Lines that were logged. */
  readonly lines: (readonly [level: string, text: string])[];
  /** Errors that nobody caught, and what public methods threw. */
  readonly uncaught: string[];
  /** Tokens that must never be seen. */
  readonly secrets: readonly string[];
  /** A question of the browser stands open. */
  readonly asking: () => boolean;
  /** Something is left after `close()`; `undefined` before. */
  left?: Readonly<Record<string, number>>;
  closeTookMs?: number;
}
