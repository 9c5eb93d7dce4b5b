import type { Clock } from '../core/environment.js';
import type { DialerError } from '../errors/dialer-error.js';
import type { RouteStatus } from './route-status.js';

/** A route that failed is left alone for this long, milliseconds; twice as long after each further failure. */
const HOLD_OFF_MS = 30_000;
const LONGEST_HOLD_OFF_MS = 300_000;
/** Wrong credentials and account settings do not mend themselves. */
const MISCONFIGURED_MS = 1_800_000;
/** Hold-offs are spread by this share either way, so that not all visitors come back at once. */
const JITTER = 0.25;

/**
 * What is known of one route's health, by what happened in this page. A visitor places few calls, so a single failure
 * counts, and faults of the visitor, the callee or the number do not.
 *
 * A route that failed is tried last until its hold-off is over and its signalling has been connected again: never by a
 * call.
 */
export class RouteHealth {
  readonly #clock: Clock;
  readonly #random: () => number;
  #health: 'healthy' | 'cooling-down' | 'misconfigured' = 'healthy';
  #retryAtMs: number | undefined;
  /** Failures since the last success. */
  #failures = 0;
  #counted: DialerError | undefined;

  constructor(clock: Clock, random: () => number) {
    this.#clock = clock;
    this.#random = random;
  }

  /** How it is now. */
  get state(): Exclude<RouteStatus['health'], 'unsupported'> {
    return this.#health;
  }

  /** When its hold-off ends, milliseconds since the epoch; `undefined` when healthy. */
  get retryAtMs(): number | undefined {
    return this.#retryAtMs;
  }

  /** Whether only a connection of its signalling is missing. */
  get awaitsProbe(): boolean {
    return this.#retryAtMs !== undefined && this.#clock.now() >= this.#retryAtMs;
  }

  /** Something failed; the same error twice counts once. Returns whether that says anything about the route. */
  failed(error: DialerError): boolean {
    if (error === this.#counted) return false;
    const forMs = this.#holdOff(error);
    if (forMs === undefined) return false;
    this.#counted = error;
    this.#failures += 1;
    this.#health = isMisconfigured(error) ? 'misconfigured' : 'cooling-down';
    this.#retryAtMs = this.#clock.now() + forMs;
    return true;
  }

  /** Its signalling is connected, which is all that a refused login had to show. */
  connected(): void {
    if (this.awaitsProbe || this.#counted?.kind === 'auth') this.#heal();
  }

  /** It did for a call what a route has to do. */
  succeeded(): void {
    this.#failures = 0;
    this.#counted = undefined;
    this.#heal();
  }

  #heal(): void {
    this.#health = 'healthy';
    this.#retryAtMs = undefined;
  }

  #holdOff(error: DialerError): number | undefined {
    const { kind, code, retryAfterMs } = error;
    // The application's own token server says nothing about the carrier.
    if (code === 'auth/token-unavailable' || !/^(infrastructure|capacity|auth)$/.test(kind)) {
      return undefined;
    }
    if (retryAfterMs !== undefined) return retryAfterMs;
    if (isMisconfigured(error)) return MISCONFIGURED_MS;
    const spread = 1 + JITTER * (2 * this.#random() - 1);
    return Math.min(HOLD_OFF_MS * 2 ** this.#failures * spread, LONGEST_HOLD_OFF_MS);
  }
}

// Limits of the account pass by themselves; everything else about it takes its owner.
const isMisconfigured = ({ kind, code, retryAfterMs }: DialerError): boolean =>
  retryAfterMs === undefined &&
  (kind === 'auth' || kind === 'capacity') &&
  code !== 'provider/over-limit';
