import type { Clock, Environment, Logger } from '../core/environment.js';
import type { RouteId } from '../core/ids.js';
import type { DialerError } from '../errors/dialer-error.js';
import type { Leg, LegEvent, LegRequest } from '../providers/provider.js';
import { allowedActions, decide } from './allowed-actions.js';
import { Attempt, type AttemptEnd, type AttemptTimeouts } from './attempt.js';
import type { FailoverDecision, FailoverPolicy } from './failover-context.js';
import type { OpeningStep, Route } from './route.js';
import type { RouteList } from './route-list.js';

/** An attempt that is over, for the record. */
export interface AttemptRecord extends AttemptEnd {
  /** 1 for the first. */
  readonly attempt: number;
  readonly route: Route;
  /** Milliseconds from `dial()`. */
  readonly startMs: number;
  /** Milliseconds from `dial()`. */
  readonly endMs: number;
}

/** How the placement of a call ended. */
export interface PlacementEnd extends AttemptEnd {
  /** What the policy decided last: `ask` and `stop` are told to the caller apart. */
  readonly action: FailoverDecision['action'];
  /** Every attempt in order. */
  readonly attempts: readonly AttemptRecord[];
}

/** What a placement tells the call. */
export interface PlacementListener {
  /** A route was chosen. */
  onRoute(route: Route, attempt: number): void;
  /** A step of opening the route's connection. */
  onStep(step: OpeningStep, attempt: number): void;
  /** The call moves on to another route. */
  onSwitch(from: RouteId, to: RouteId, error: DialerError): void;
  /** What the current leg reports. Events of a leg that was given up never come here. */
  onEvent(event: Exclude<LegEvent, { type: 'ended' }>): void;
}

/** What a {@link Placement} needs. */
export interface PlacementOptions {
  readonly callId: string;
  /** When `dial()` was called, on the clock's `monotonicNow()`. */
  readonly startedAtMs: number;
  /** E.164 number. */
  readonly to: string;
  /** Routes of this call, in order. Never empty. */
  readonly routes: readonly Route[];
  readonly list: RouteList;
  readonly policy: FailoverPolicy;
  readonly clock: Clock;
  readonly network: Environment['network'];
  readonly logger: Logger;
  readonly timeouts: AttemptTimeouts;
  /** Resolves when the microphone is there. Asked once for each attempt, must share the answer. */
  readonly microphone: () => Promise<unknown>;
  /** The call to send on a route. */
  readonly request: (attempt: number, route: Route) => LegRequest;
  readonly listener: PlacementListener;
}

/**
 * Places one call: tries routes one after the other as the policy decides, never two legs at a time, and never a second
 * one while the first may be alive.
 */
export class Placement {
  readonly #options: PlacementOptions;
  readonly #records: AttemptRecord[] = [];
  readonly #refreshed = new Set<Route>();
  #current: Attempt | undefined;
  #left = false;

  constructor(options: PlacementOptions) {
    this.#options = options;
  }

  /** The current leg, once there is one. */
  get leg(): Leg | undefined {
    return this.#current?.leg;
  }

  /** Runs it to its end. Never rejects. */
  async run(): Promise<PlacementEnd> {
    const { listener } = this.#options;
    let [route] = this.#options.routes as readonly [Route];
    let failed: { readonly route: Route; readonly error: DialerError } | undefined;
    for (;;) {
      listener.onRoute(route, this.#records.length + 1);
      if (failed && failed.route !== route) {
        listener.onSwitch(failed.route.id, route.id, failed.error);
      }
      const end = await this.#attempt(route);
      const decision = this.#decide(route, end);
      const next = this.#next(route, decision);
      if (!next || !end.error) return { ...end, action: decision.action, attempts: this.#records };
      failed = { route, error: end.error };
      route = next;
    }
  }

  /** Ends the current attempt, and with it the placement, for the person at the page. */
  hangup(): void {
    this.#left = true;
    this.#current?.hangup();
  }

  async #attempt(route: Route): Promise<AttemptEnd> {
    const { clock, timeouts, microphone, listener, callId, to, list, request } = this.#options;
    const number = this.#records.length + 1;
    const startMs = this.#elapsedMs;
    const attempt = new Attempt({
      route,
      clock,
      timeouts,
      makeRoom: () => list.makeRoomFor(route),
      microphone,
      session: {
        reason: 'dial',
        callId,
        attempt: number,
        to,
        onStep: (step) => listener.onStep(step, number),
      },
      request: () => request(number, route),
      onEvent: (event) => listener.onEvent(event),
    });
    this.#current = attempt;
    if (this.#left) attempt.hangup();
    const end = await attempt.run();
    const record = { ...end, attempt: number, route, startMs, endMs: this.#elapsedMs };
    this.#records.push(record);
    return end;
  }

  #decide(route: Route, end: AttemptEnd): FailoverDecision {
    const { callId, to, policy, network, logger } = this.#options;
    const { error, phase, evidence } = end;
    if (!error || this.#left || phase === 'answered') return { action: 'stop' };
    const tokenRefreshed = this.#refreshed.has(route);
    const { decision, refused } = decide(policy, {
      callId,
      to,
      provider: route.provider.id,
      route: route.id,
      error,
      phase,
      evidence,
      attempt: this.#records.length,
      sentAttempts: this.#records.filter((record) => record.phase !== 'unsent').length,
      tokenRefreshed,
      elapsedMs: this.#elapsedMs,
      online: network.online,
      candidates: this.#candidates(route).map((candidate) => candidate.status),
      allowed: allowedActions(phase, evidence, tokenRefreshed),
    });
    if (refused) logger.warn('failover/refused: the policy wanted what could ring somebody twice');
    return decision;
  }

  #next(route: Route, decision: FailoverDecision): Route | undefined {
    if (decision.action === 'refresh-token') {
      this.#refreshed.add(route);
      route.refreshToken();
      return route;
    }
    if (decision.action !== 'next') return undefined;
    const candidates = this.#candidates(route);
    return decision.route === undefined
      ? candidates[0]
      : candidates.find(({ id }) => id === decision.route);
  }

  /** Routes that were not tried yet. */
  #candidates(current: Route): readonly Route[] {
    const tried = new Set([current, ...this.#records.map(({ route }) => route)]);
    return this.#options.routes.filter((route) => !tried.has(route));
  }

  get #elapsedMs(): number {
    return this.#options.clock.monotonicNow() - this.#options.startedAtMs;
  }
}
