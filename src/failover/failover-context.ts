import type { ProviderId, RouteId } from '../core/ids.js';
import type { DialerError } from '../errors/dialer-error.js';
import type { LegPhase } from '../providers/provider.js';
import type { RouteStatus } from './route-status.js';

/**
 * What is known about the leg that failed: it was never sent, it is proven over, nobody knows, or it lives and has been
 * silent for longer than a deadline of {@link Timeouts} (`acknowledgeMs`, `progressMs`).
 */
export type LegEvidence = 'never-sent' | 'ended' | 'unknown' | 'alive';

/** What a policy may decide. */
export type FailoverAction = FailoverDecision['action'];

/** A policy's decision. */
export type FailoverDecision =
  /** Dial on the next route, or on the named one. */
  | { readonly action: 'next'; readonly route?: RouteId | undefined }
  /** Once more on the same route with a fresh token. */
  | { readonly action: 'refresh-token' }
  /**
   * Keep a silent leg and be asked again after this many milliseconds, if it is still silent then. Only while the
   * evidence is `alive`; any other decision there gives the leg up.
   */
  | { readonly action: 'wait'; readonly forMs: number }
  /** End the call as `unknown-outcome`, so that the person is asked before anything is dialled again. */
  | { readonly action: 'ask' }
  /** End the call and report the failure. */
  | { readonly action: 'stop' };

/** What a policy is told: plain data, nothing to call. */
export interface FailoverContext {
  /** The call's id. */
  readonly callId: string;
  /** What was dialled. */
  readonly to: string;
  /** The provider that failed. */
  readonly provider: ProviderId;
  /** The route that failed. */
  readonly route: RouteId;
  /** The failure, with `kind` and `codes`. */
  readonly error: DialerError;
  /** How far the attempt came. */
  readonly phase: LegPhase;
  /** What is known about its leg. */
  readonly evidence: LegEvidence;
  /** Which attempt failed, from 1. */
  readonly attempt: number;
  /** Attempts whose call had been sent, this one included: how often somebody's telephone may have been reached. */
  readonly sentAttempts: number;
  /** Whether the token of this route was already refreshed for this call. */
  readonly tokenRefreshed: boolean;
  /**
   * Milliseconds since `dial()`; where the person was asked for the microphone first, since it was given.
   */
  readonly elapsedMs: number;
  /** Whether the browser believes to be online. */
  readonly online: boolean;
  /**
   * The routes that were not tried yet, best first: those that failed lately come last, and `health` tells which they
   * are.
   */
  readonly candidates: readonly RouteStatus[];
  /**
   * What will be carried out. The Dialer itself keeps the promise that nobody is rung twice: `next` and `refresh-token`
   * are missing after any progress, and while the evidence is `unknown` or `alive`. Another decision counts as `ask`
   * and is logged as `failover/refused`.
   *
   * While the leg is `alive`, whatever is not `wait` gives it up: it is cancelled, and the policy is asked again with
   * what is then known of it.
   */
  readonly allowed: readonly FailoverAction[];
}

/**
 * Decides what to do after a failed attempt. A pure function: no time, no network, the same answer for the same
 * context. It can make the Dialer more careful or give up less early; it can not make it dial while an earlier leg may
 * be alive.
 */
export type FailoverPolicy = (context: FailoverContext) => FailoverDecision;

/** Options of {@link createFailover}. */
export interface FailoverOptions {
  /**
   * Switches after a call had been sent. Switches before anything was sent are free.
   * @defaultValue 1
   */
  readonly maxSwitches?: number | undefined;
  /**
   * No automatic switch later than this many milliseconds after `dial()`, as {@link FailoverContext.elapsedMs} counts
   * them.
   * @defaultValue 8000
   */
  readonly withinMs?: number | undefined;
  /**
   * Try another provider when one says that the number does not exist.
   * @defaultValue false
   */
  readonly crossCheckNumber?: boolean | undefined;
}
