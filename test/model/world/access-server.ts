import type { AccessHooks, LegFate } from '../../../src/access/hooks.js';
import type { Chance } from './chance.js';
import type { Journal } from './journal.js';
import type { ModelClock } from './model-clock.js';

/** How well the application's server can end legs; `none`: it was never told how. */
export type Fence = 'none' | 'works' | 'silent' | 'refuses';

/** A carrier as the server's own connection to it sees it. */
export interface FencedCarrier {
  /** Whether it asks the server before it dials a number. */
  readonly asksServer: boolean;
  /** Ends a leg unless it was answered, and says what was found; `undefined` when it knows of no such leg. */
  endLeg(callId: string, attempt: number): 'never rang' | 'had rung' | 'answered' | undefined;
  /** Ends every leg of a call, answered or not. */
  endCall(callId: string): void;
}

/** There and back, milliseconds. */
const TRIP_MS = [10, 60] as const;
const SLOW_TRIP_MS = [400, 1_400] as const;

/**
 * The application's server: tokens, and the fence. A leg whose attempt was given up is refused from then on, however late
 * it arrives.
 */
export class AccessServer {
  readonly carriers: FencedCarrier[] = [];
  tokens: 'given' | 'refused' = 'given';
  /** Every token ever given. */
  readonly given: string[] = [];
  readonly #fence: Fence;
  readonly #clock: ModelClock;
  readonly #chance: Chance;
  readonly #journal: Journal;
  readonly #newest = new Map<string, number>();
  readonly #revoked = new Map<string, number>();

  constructor(fence: Fence, clock: ModelClock, chance: Chance, journal: Journal) {
    this.#fence = fence;
    this.#clock = clock;
    this.#chance = chance;
    this.#journal = journal;
  }

  /** Its hooks for `new Dialer()`. */
  get hooks(): AccessHooks {
    const getToken: AccessHooks['getToken'] = async () => {
      await this.#trip(TRIP_MS, 'token');
      if (this.tokens === 'refused') throw new Error('503 Service Unavailable');
      const token = `eyJhbGciOiJub25lIn0.secret-${this.given.length + 1}.x`;
      this.given.push(token);
      return token;
    };
    if (this.#fence === 'none') return { getToken };
    return {
      getToken,
      openCall: async () => {
        await this.#trip(TRIP_MS, 'open');
        return {};
      },
      endLeg: async ({ callId, attempt }) => {
        const fate = await this.#endLeg(callId, attempt);
        if (fate === 'ended')
          this.#journal.proofs.push({ atMs: this.#clock.nowMs, callId, attempt, by: 'server' });
        return fate;
      },
      closeCall: async ({ callId }) => {
        await this.#trip(TRIP_MS, 'close');
        if (this.#fence !== 'works') return;
        this.#revoke(callId, Number.POSITIVE_INFINITY);
        for (const carrier of this.carriers) carrier.endCall(callId);
      },
    };
  }

  /** Asked by a carrier before it dials. */
  permits(callId: string, attempt: number): boolean {
    if (this.#fence !== 'works') return true;
    const newest = Math.max(this.#newest.get(callId) ?? 0, attempt);
    this.#newest.set(callId, newest);
    return attempt === newest && attempt > (this.#revoked.get(callId) ?? 0);
  }

  async #endLeg(callId: string, attempt: number): Promise<LegFate> {
    if (this.#fence === 'silent') return new Promise(() => undefined);
    await this.#trip(TRIP_MS, 'end');
    if (this.#fence === 'refuses') return 'unknown';
    const asking = this.carriers.every(({ asksServer }) => asksServer);
    const found = this.carriers
      .map((carrier) => carrier.endLeg(callId, attempt))
      .find((word) => word !== undefined);
    if (found !== 'answered') this.#revoke(callId, attempt);
    await this.#trip(SLOW_TRIP_MS, 'ended');
    if (found === undefined) return asking ? 'ended' : 'unknown';
    if (found === 'answered') return 'answered';
    // Ended by now; but a phone that has rung once must not ring again unasked.
    return found === 'had rung' ? 'ringing' : 'ended';
  }

  #revoke(callId: string, attempt: number): void {
    this.#revoked.set(callId, Math.max(this.#revoked.get(callId) ?? 0, attempt));
  }

  #trip(ms: readonly [number, number], what: string): Promise<void> {
    return new Promise((resolve) => {
      // Each request is a connection of its own: they overtake each other.
      const lane = `server ${this.#chance.between(0, 1e6)}`;
      this.#clock.after(this.#chance.between(...ms), lane, what, resolve);
    });
  }
}
