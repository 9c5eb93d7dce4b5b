import type { Clock } from '../core/environment.js';
import { bounded } from '../core/wait.js';
import { asDialerError } from '../errors/as-dialer-error.js';
import { DialerError } from '../errors/dialer-error.js';
import { isFurther } from '../providers/leg-phase.js';
import type {
  Leg,
  LegEvent,
  LegPhase,
  LegRequest,
  ProviderSession,
} from '../providers/provider.js';
import type { LegEvidence } from './failover-context.js';
import type { Route, SessionRequest } from './route.js';

/** Deadlines of an attempt, milliseconds. */
export interface AttemptTimeouts {
  readonly acknowledgeMs: number;
  readonly progressMs: number;
  readonly proofMs: number;
  readonly ringMs: number;
  readonly reconnectMs: number;
}

/** What an {@link Attempt} needs. */
export interface AttemptOptions {
  readonly route: Route;
  readonly clock: Clock;
  readonly timeouts: AttemptTimeouts;
  /** How to ask the route for a session. */
  readonly session: Omit<SessionRequest, 'signal' | 'acquired'>;
  /** Resolves when nothing stands in the way of connecting. */
  readonly makeRoom: () => Promise<void>;
  /** Resolves when the microphone is there; called while signalling connects. */
  readonly microphone: () => Promise<unknown>;
  /** The call to send, made at the last moment. */
  readonly request: () => LegRequest;
  /** Hears what the leg reports, in order, until the attempt has ended. Never `ended`: that is {@link Attempt.run}. */
  readonly onEvent: (event: Exclude<LegEvent, { type: 'ended' }>) => void;
}

/** How an attempt ended. */
export interface AttemptEnd {
  /** How far it came. */
  readonly phase: LegPhase;
  /** What is known about its leg. */
  readonly evidence: Extract<LegEvidence, 'never-sent' | 'ended' | 'unknown'>;
  /** Who ended it. */
  readonly by: 'local' | 'remote' | 'network';
  /** Why it failed; `undefined` when it was cancelled by us, or hung up after the answer. */
  readonly error: DialerError | undefined;
}

/** How long a hang-up may take before it counts as unconfirmed, milliseconds. */
const HANGUP_MS = 4_000;

/** We hang up: who wanted it, why, and how long to wait for the end. */
interface Leaving {
  /** True when nobody wants the call any more, not even if it is answered now. */
  readonly cancelled: boolean;
  /** Why the attempt has failed; `undefined` when the person hung up. */
  readonly error: DialerError | undefined;
  readonly limitMs: number;
}

/** Which deadline runs out in which phase, and what it means. */
const DEADLINES = {
  send: 'provider/timeout',
  acknowledge: 'provider/timeout',
  progress: 'provider/timeout',
  ring: 'call/no-answer',
  reconnect: 'network/reconnect-failed',
} as const;

/**
 * One try to place the call over one route: it waits for signalling and microphone, sends the call, watches every
 * deadline, and ends exactly once. What a leg reports after that is heard by nobody.
 */
export class Attempt {
  readonly #options: AttemptOptions;
  readonly #stop = new AbortController();
  readonly #timers = new Map<keyof typeof DEADLINES | 'hangup', () => void>();
  readonly #end: Promise<AttemptEnd>;
  #settle: (end: AttemptEnd) => void = () => undefined;
  #phase: LegPhase = 'unsent';
  #leg: Leg | undefined;
  #over = false;
  /** Set when we hang up: why, and what the attempt's error will be. */
  #leaving: Leaving | undefined;

  constructor(options: AttemptOptions) {
    this.#options = options;
    this.#end = new Promise((resolve) => {
      this.#settle = resolve;
    });
  }

  /** The vendor's leg, once there is one. */
  get leg(): Leg | undefined {
    return this.#leg;
  }

  /** Runs it to its end. Never rejects. */
  async run(): Promise<AttemptEnd> {
    const { route } = this.#options;
    const release = route.acquire();
    try {
      this.#dial(await this.#prepare());
    } catch (thrown) {
      this.#finish('network', asDialerError(thrown), false);
    }
    const end = await this.#end;
    this.#act('release');
    release();
    return end;
  }

  /** Ends it for the person at the page. A callee who answers now is hung up on. */
  hangup(): void {
    this.#leave({ cancelled: true, error: undefined, limitMs: HANGUP_MS });
  }

  #leave(reason: Leaving): void {
    if (this.#over || this.#leaving?.cancelled) return;
    this.#leaving = reason;
    if (this.#phase === 'unsent') {
      this.#act('hangup');
      this.#finish(reason.error ? 'network' : 'local', reason.error, false);
      return;
    }
    this.#clearTimers();
    this.#timers.set(
      'hangup',
      this.#options.clock.setTimer(
        () => this.#finish(reason.error ? 'network' : 'local', reason.error, false),
        reason.limitMs,
      ),
    );
    this.#act('hangup');
  }

  /** A vendor that throws while it cleans up must not keep the call from ending. */
  #act(action: 'hangup' | 'release'): void {
    try {
      this.#leg?.[action]();
    } catch {
      // What it could not tell the far side counts as unconfirmed.
    }
  }

  /** Signalling and microphone side by side; a session that was lost while the microphone opened is opened again. */
  async #prepare(): Promise<ProviderSession> {
    const { route, session, makeRoom, microphone, clock } = this.#options;
    const { signal } = this.#stop;
    const open = async () => {
      await bounded({ clock, signal }, makeRoom);
      return route.session({ ...session, signal, acquired: true });
    };
    await Promise.all([open(), bounded({ clock, signal }, () => microphone())]);
    return open();
  }

  #dial(session: ProviderSession): void {
    if (this.#over) return;
    this.#start('send', this.#options.timeouts.acknowledgeMs);
    this.#leg = session.dial(this.#options.request(), (event) => this.#hear(event));
    // It may have been given up while it was being made.
    if (this.#leaving) this.#act('hangup');
  }

  #hear(event: LegEvent): void {
    if (this.#over) return;
    if (event.type === 'ended') {
      this.#onEnded(event);
      return;
    }
    this.#advance(event);
    if (this.#leaving && !this.#adopt(event)) return;
    this.#watch(event);
    this.#options.onEvent(event);
  }

  #onEnded({ by, final, error }: Extract<LegEvent, { type: 'ended' }>): void {
    if (!this.#leaving) {
      // A leg that ends before the answer without a word, and not by us, has still failed.
      const silent = !error && by !== 'local' && this.#phase !== 'answered';
      this.#finish(by, silent ? new DialerError('provider/unexplained') : error, final);
      return;
    }
    const mine = this.#leaving.error;
    this.#finish(mine ? 'network' : 'local', mine, final);
  }

  /** The callee took the call while we cancelled it for a reason of ours: that is the call the person wanted. */
  #adopt(event: LegEvent): boolean {
    if (event.type !== 'answered') return false;
    if (this.#leaving?.cancelled) {
      // The cancel came too late: now it takes a hang-up.
      this.#act('hangup');
      return false;
    }
    this.#leaving = undefined;
    this.#clearTimers();
    return true;
  }

  #advance(event: LegEvent): void {
    const type = event.type;
    if (type !== 'sent' && type !== 'acknowledged' && type !== 'progress' && type !== 'answered')
      return;
    if (isFurther(type, this.#phase)) this.#phase = type;
  }

  #watch(event: LegEvent): void {
    const { timeouts, route } = this.#options;
    switch (event.type) {
      case 'sent':
        this.#clear('send');
        if (route.status.capabilities.acknowledges)
          this.#start('acknowledge', timeouts.acknowledgeMs);
        this.#start('progress', timeouts.progressMs);
        break;
      case 'acknowledged':
        this.#clear('acknowledge');
        break;
      case 'progress':
        this.#clear('acknowledge', 'progress');
        if (!this.#timers.has('ring')) this.#start('ring', timeouts.ringMs);
        break;
      case 'answered':
        this.#clearTimers();
        break;
      case 'interrupted':
        if (!this.#timers.has('reconnect')) this.#start('reconnect', timeouts.reconnectMs);
        break;
      case 'restored':
        this.#clear('reconnect');
        break;
    }
  }

  #start(name: keyof typeof DEADLINES, ms: number): void {
    this.#clear(name);
    const { clock, route, timeouts } = this.#options;
    const expire = () => {
      const error = new DialerError(DEADLINES[name], { route: route.id });
      // Where another route may follow, only the proof is waited for.
      const mayFollow = name === 'acknowledge' || name === 'progress';
      const limitMs = mayFollow ? timeouts.proofMs : HANGUP_MS;
      // A callee who takes the call in the very moment in which it has rung long enough is welcome.
      this.#leave({ cancelled: name === 'reconnect', error, limitMs });
    };
    this.#timers.set(name, clock.setTimer(expire, ms));
  }

  #clear(...names: readonly (keyof typeof DEADLINES | 'hangup')[]): void {
    for (const name of names) {
      this.#timers.get(name)?.();
      this.#timers.delete(name);
    }
  }

  #clearTimers(): void {
    this.#clear(...this.#timers.keys());
  }

  #finish(by: AttemptEnd['by'], error: DialerError | undefined, final: boolean): void {
    if (this.#over) return;
    this.#over = true;
    this.#clearTimers();
    this.#stop.abort();
    const evidence = this.#phase === 'unsent' ? 'never-sent' : final ? 'ended' : 'unknown';
    this.#settle({ phase: this.#phase, evidence, by, error });
  }
}
