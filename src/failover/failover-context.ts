import type { ProviderId, RouteId } from '../core/ids.js';
import type { DialerError } from '../errors/dialer-error.js';
import type { LegPhase } from '../providers/provider.js';
import type { RouteStatus } from './route-status.js';

/**
 * What is known about the leg that failed: it was never sent, it is proven over, nobody knows, or it lives.
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
   * Keep the leg and be asked again when something happens or after this many milliseconds. Not in
   * {@link FailoverContext.allowed} yet: a policy is asked when its leg is over.
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
  /** Milliseconds since `dial()`. */
  readonly elapsedMs: number;
  /** Whether the browser believes to be online. */
  readonly online: boolean;
  /** The routes that could be used next, best first, without this one and without those that are cooling down. */
  readonly candidates: readonly RouteStatus[];
  /**
   * What will be carried out. The Dialer itself keeps the promise that nobody is rung twice: `next` and `refresh-token`
   * are missing after any progress, and while the evidence is `unknown` or `alive`. Another decision counts as `ask`
   * and is logged as `failover/refused`.
   */
  readonly allowed: readonly FailoverAction[];
}

/**
 * Decides what to do after a failed attempt. A pure function: no time, no network, the same answer for the same
 * context. It can make the Dialer more careful or give up less early; it can not make it dial while an earlier leg may
 * be alive.
 */
export type FailoverPolicy = (context: FailoverContext) => FailoverDecision;
