import type { RouteId } from '../core/ids.js';
import type { WaitOptions } from '../core/subscribable.js';
import type { DialerError } from '../errors/dialer-error.js';

/** The checks of {@link Dialer.preflight}, in their order. None places a call, none costs money. */
export type PreflightCheckId =
  /** What {@link Dialer.support} says. */
  | 'browser'
  /** The microphone opens. */
  | 'microphone'
  /** Somebody can be heard in it; the person has 5 s to speak. */
  | 'microphone-sound'
  /** A test tone plays. */
  | 'speaker'
  /** A token is given; for each route. */
  | 'token'
  /** The vendor's code loads; for each route. */
  | 'sdk'
  /** Connected and logged in; for each route. */
  | 'signalling'
  /** ICE finds a way out, and whether by UDP, TCP or relay only. */
  | 'network';

/** One finished check. */
export interface PreflightCheck {
  /** Which check. */
  readonly id: PreflightCheckId;
  /** The route it was for; `undefined` for what concerns none. */
  readonly route: RouteId | undefined;
  /** How it went. `skipped`: an earlier check made it pointless. */
  readonly status: 'passed' | 'warning' | 'failed' | 'skipped';
  /** What is wrong and what to do; `undefined` when passed or skipped. */
  readonly error: DialerError | undefined;
  /** How long it took, milliseconds. */
  readonly durationMs: number;
  /** Measured values, for a support ticket. */
  readonly data: Readonly<Record<string, string | number | boolean>>;
}

/** Options of {@link Dialer.preflight}. */
export interface PreflightOptions extends WaitOptions {
  /**
   * Which checks.
   * @defaultValue all but `microphone-sound` and `speaker`, which need a person
   */
  readonly checks?: readonly PreflightCheckId[] | undefined;
  /**
   * Which routes.
   * @defaultValue all
   */
  readonly routes?: readonly RouteId[] | undefined;
  /** Called after each check. What concerns the person and what concerns the network is checked side by side. */
  readonly onCheck?: ((check: PreflightCheck) => void) | undefined;
}

/** What {@link Dialer.preflight} found. */
export interface PreflightResult {
  /** `failed`: no call is possible. `warning`: calls are possible, not at their best. */
  readonly status: 'passed' | 'warning' | 'failed';
  /** Every check in order. */
  readonly checks: readonly PreflightCheck[];
}
