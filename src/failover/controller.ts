import type { AccessHooks, EndLegRequest } from '../access/hooks.js';
import type { Clock, Environment, Logger } from '../core/environment.js';
import type { RouteId } from '../core/ids.js';
import { DialerError } from '../errors/dialer-error.js';
import { isFurther } from '../providers/leg-phase.js';
import type { Leg, LegPhase, LegRequest } from '../providers/provider.js';
import { allowedActions, decide } from './allowed-actions.js';
import { Attempt, type AttemptEnd, type AttemptTimeouts, type LiveEvent } from './attempt.js';
import type {
  FailoverContext,
  FailoverDecision,
  FailoverPolicy,
  LegEvidence,
} from './failover-context.js';
import type { OpeningStep } from './open-session.js';
import type { Route } from './route.js';
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
  onEvent(event: LiveEvent): void;
}

/** What a {@link Placement} needs. */
export interface PlacementOptions {
  readonly callId: string;
  /** When `dial()` was called, on the clock's `monotonicNow()`. */
  readonly startedAtMs: number;
  /** E.164 number, or what the application's server put in its place. */
  readonly to: string;
  /** Routes of this call, in order. Never empty. */
  readonly routes: readonly Route[];
  readonly list: RouteList;
  readonly policy: FailoverPolicy;
  readonly clock: Clock;
  readonly network: Environment['network'];
  readonly logger: Logger;
  readonly timeouts: AttemptTimeouts;
  /** Has the application's server end a leg; `undefined` where there is none. */
  readonly endLeg: AccessHooks['endLeg'];
  /** Resolves when the microphone is there. Asked once for each attempt, must share the answer. */
  readonly microphone: () => Promise<unknown>;
  /** When it was there, milliseconds from `dial()`; `undefined` until it is. */
  readonly microphoneAtMs: () => number | undefined;
  /** The call to send on a route. */
  readonly request: (attempt: number, route: Route) => LegRequest;
  readonly listener: PlacementListener;
}

/** A microphone that took longer than this to open had a person asked for it, milliseconds. */
const ASKED_MS = 1_000;

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
  #reason: DialerError | undefined;

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
      if (decision.action !== 'refresh-token') this.#judge(route, end);
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

  /** Ends the placement for a reason that no other route can mend. */
  giveUp(error: DialerError): void {
    if (this.#left) return;
    this.#left = true;
    this.#reason = error;
    this.#current?.giveUp(error, true);
  }

  /** After {@link hangup}: waits for nobody's word. */
  leavePage(): void {
    this.#current?.leavePage();
  }

  async #attempt(route: Route): Promise<AttemptEnd> {
    const { clock, timeouts, microphone, listener, callId, to, list, request, endLeg } =
      this.#options;
    const number = this.#records.length + 1;
    const startMs = this.#elapsedMs;
    const session = { reason: 'dial', callId, attempt: number, to } as const;
    const attempt = new Attempt({
      route,
      clock,
      timeouts,
      makeRoom: () => list.makeRoomFor(route),
      microphone,
      session: {
        ...session,
        onStep: (step) => listener.onStep(step, number),
        onTrouble: () => this.#fetchNext(route),
        onSlow: () => void this.#standBy(route, attempt),
      },
      request: () => request(number, route),
      onEvent: (event) => listener.onEvent(event),
      onSilent: (error, phase) => this.#patience(route, error, phase),
      endLeg:
        endLeg &&
        ((providerCallId, signal) => {
          const leg: EndLegRequest = {
            callId,
            attempt: number,
            provider: route.provider.id,
            providerCallId,
            signal,
          };
          return endLeg(leg);
        }),
    });
    this.#current = attempt;
    if (route.status.health !== 'healthy') this.#fetchNext(route);
    if (this.#left) attempt.hangup();
    const end = this.#explain(await attempt.run());
    const record = { ...end, attempt: number, route, startMs, endMs: this.#elapsedMs };
    this.#records.push(record);
    return end;
  }

  /** What was given up for good failed for that reason; without a network every route fails, and none is to blame. */
  #explain(end: AttemptEnd): AttemptEnd {
    // The leg may have ended for another reason in the same moment.
    if (this.#reason) return { ...end, error: this.#reason };
    const { error, evidence } = end;
    const offline = !this.#options.network.online && evidence === 'never-sent';
    if (!offline || error?.kind !== 'infrastructure') return end;
    return { ...end, error: new DialerError('network/offline', { cause: error }) };
  }

  /** Gets the next route's code and token, as they may be needed soon. */
  #fetchNext(route: Route): void {
    const { callId, to } = this.#options;
    const attempt = this.#records.length + 2;
    this.#candidates(route)[0]?.preload({ reason: 'dial', callId, attempt, to });
  }

  /**
   * Connects the next route beside a slow one: its signalling only, never a call. A route whose code or token is still
   * missing when the next one is ready gives way to it; one that is logging in is given its time.
   */
  async #standBy(route: Route, { stopped, giveUp }: Attempt): Promise<void> {
    const { list, callId, to } = this.#options;
    const [next] = this.#candidates(route);
    if (next?.status.health !== 'healthy') return;
    const attempt = this.#records.length + 2;
    const ready = await list.standBy(next, {
      reason: 'dial',
      callId,
      attempt,
      to,
      signal: stopped,
    });
    if (ready && route.status.connection === 'loading') {
      giveUp(new DialerError('provider/sdk-not-loaded', { route: route.id }));
    }
  }

  /** What the call's end says about the route: nothing, where this browser has no network. */
  #judge(route: Route, { phase, error }: AttemptEnd): void {
    if (error && !this.#options.network.online) return;
    const word = error ? /^(callee|number|forbidden)$/.test(error.kind) : phase === 'answered';
    route.judge(error, word && isFurther(phase, 'unsent'));
  }

  /** For how long the policy keeps a silent leg. */
  #patience(route: Route, error: DialerError, phase: LegPhase): number | undefined {
    const decision = this.#ask(route, { error, phase, evidence: 'alive' });
    return decision.action === 'wait' ? decision.forMs : undefined;
  }

  #decide(route: Route, { error, phase, evidence }: AttemptEnd): FailoverDecision {
    if (!error || this.#left || phase === 'answered') return { action: 'stop' };
    return this.#ask(route, { error, phase, evidence });
  }

  #ask(
    route: Route,
    failure: Pick<FailoverContext, 'error' | 'phase'> & { readonly evidence: LegEvidence },
  ): FailoverDecision {
    const { callId, to, policy, network, logger } = this.#options;
    const { phase, evidence } = failure;
    const tokenRefreshed = this.#refreshed.has(route);
    // The leg that still lives is on no record yet.
    const records = this.#records.length + (evidence === 'alive' ? 1 : 0);
    const sent = this.#records.filter((record) => record.phase !== 'unsent').length;
    const { decision, refused } = decide(policy, {
      ...failure,
      callId,
      to,
      provider: route.provider.id,
      route: route.id,
      attempt: records,
      sentAttempts: sent + (evidence === 'alive' ? 1 : 0),
      tokenRefreshed,
      elapsedMs: this.#elapsedMs - this.#askedForMs,
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

  /** Routes that were not tried yet, those in bad health last. */
  #candidates(current: Route): readonly Route[] {
    const tried = new Set([current, ...this.#records.map(({ route }) => route)]);
    const left = this.#options.routes.filter((route) => !tried.has(route));
    return this.#options.list.byHealth(left);
  }

  /** For how long the person was asked for the microphone, milliseconds: not a time in which they waited for us. */
  get #askedForMs(): number {
    const openedMs = this.#options.microphoneAtMs() ?? 0;
    return openedMs > ASKED_MS ? openedMs : 0;
  }

  get #elapsedMs(): number {
    return this.#options.clock.monotonicNow() - this.#options.startedAtMs;
  }
}
