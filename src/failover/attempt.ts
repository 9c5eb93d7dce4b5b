import type { LegFate } from '../access/hooks.js';
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
import { Deadlines } from './deadlines.js';
import type { LegEvidence } from './failover-context.js';
import type { Route, SessionRequest } from './route.js';

/** Deadlines of an attempt, milliseconds. */
export interface AttemptTimeouts {
  readonly staggerMs: number;
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
  /** Resolves when the call may be sent as far as the microphone is concerned; called when signalling is there. */
  readonly microphone: () => Promise<unknown>;
  /** The call to send, made at the last moment. */
  readonly request: () => LegRequest;
  /** Hears what the leg reports, in order, until the attempt has ended. Never `ended`: that is {@link Attempt.run}. */
  readonly onEvent: (event: LiveEvent) => void;
  /** A leg has been silent for too long: for how many milliseconds to keep it; `undefined` gives it up. */
  readonly onSilent: (error: DialerError, phase: LegPhase) => number | undefined;
  /** Has the application's server end the leg; `undefined` where there is none that can. */
  readonly endLeg:
    | ((providerCallId: string | undefined, signal: AbortSignal) => LegFate | Promise<LegFate>)
    | undefined;
}

/** What a leg reports before its end. */
export type LiveEvent = Exclude<LegEvent, { type: 'ended' }>;

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
  /** Whether the leg was cut off when it ended, so that what we told it may not have arrived. */
  readonly cutOff: boolean;
}

/** How long a hang-up may take before it counts as unconfirmed, milliseconds. */
const HANGUP_MS = 4_000;
/** After this long without confirmation the server is asked to end a leg that the person hung up, milliseconds. */
const PATIENCE_MS = 1_500;

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
  readonly #deadlines: Deadlines<keyof typeof DEADLINES | 'stagger' | 'hangup' | 'patience'>;
  readonly #end: Promise<AttemptEnd>;
  #settle: (end: AttemptEnd) => void = () => undefined;
  #phase: LegPhase = 'unsent';
  #leg: Leg | undefined;
  #over = false;
  /** Set when we hang up: why, and what the attempt's error will be. */
  #leaving: Leaving | undefined;
  /** Set when the leg is over for this browser, and nobody here can tell whether it is for the callee. */
  #lost: Pick<AttemptEnd, 'by' | 'error'> | undefined;
  #providerCallId: string | undefined;
  #server: 'not-asked' | 'asked' | 'answered' = 'not-asked';
  #interrupted = false;
  /** It was cut off for a while: what happened at the far side then, nobody told. */
  #blind = false;

  constructor(options: AttemptOptions) {
    this.#options = options;
    this.#deadlines = new Deadlines(options.clock);
    this.#end = new Promise((resolve) => {
      this.#settle = resolve;
    });
  }

  /** The vendor's leg, once there is one. */
  get leg(): Leg | undefined {
    return this.#leg;
  }

  /** Aborts when it is over. */
  get stopped(): AbortSignal {
    return this.#stop.signal;
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

  /** After {@link hangup}: ends it unconfirmed, as this page will not hear of a confirmation. */
  leavePage(): void {
    this.#conclude(false);
  }

  /**
   * Ends it for a reason of ours. Bound.
   * @param forGood - A callee who answers now is hung up on. Otherwise another route may follow.
   */
  readonly giveUp = (error: DialerError, forGood = false): void => {
    const limitMs = forGood ? HANGUP_MS : this.#options.timeouts.proofMs;
    this.#leave({ cancelled: forGood, error, limitMs });
  };

  #leave(reason: Leaving): void {
    if (this.#over || this.#leaving?.cancelled) return;
    this.#leaving = reason;
    if (this.#phase === 'unsent') {
      this.#act('hangup');
      this.#conclude(false);
      return;
    }
    this.#deadlines.clearAll();
    this.#deadlines.start('hangup', reason.limitMs, () => this.#conclude(false));
    // An ordinary hang-up is confirmed at once, and needs no server.
    const patienceMs = reason.cancelled && !this.#interrupted ? PATIENCE_MS : 0;
    this.#deadlines.start('patience', patienceMs, () => this.#askServer());
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

  /** The microphone is being opened meanwhile; a session that was lost while that took longer is opened again. */
  async #prepare(): Promise<ProviderSession> {
    const { route, session, makeRoom, microphone, clock } = this.#options;
    const { signal } = this.#stop;
    const open = async () => {
      await bounded({ clock, signal }, makeRoom);
      return route.session({ ...session, signal, acquired: true });
    };
    await open();
    await bounded({ clock, signal }, () => microphone());
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
    if (this.#over || this.#lost) return;
    if (event.type === 'ended') {
      this.#onEnded(event);
      return;
    }
    if (event.type === 'identified') this.#providerCallId = event.providerCallId;
    if (event.type === 'interrupted') this.#blind = true;
    this.#advance(event);
    if (this.#leaving && !this.#adopt(event)) return;
    this.#watch(event);
    this.#options.onEvent(event);
  }

  #onEnded({ by, final, error }: Extract<LegEvent, { type: 'ended' }>): void {
    // A leg that ends before the answer without a word, and not by us, has still failed.
    const silent = !error && by !== 'local' && this.#phase !== 'answered';
    this.#lost = { by, error: silent ? new DialerError('provider/unexplained') : error };
    // What the person hung up over a sound connection is over; a server need not be troubled with it.
    const hungUp = this.#leaving?.cancelled && by === 'local' && !this.#interrupted;
    if (final || hungUp || this.#phase === 'unsent' || !this.#askServer()) this.#conclude(final);
  }

  /**
   * Has the server end what cannot be reached from here, once. Its word is as good as that of the far side.
   * @returns Whether its answer is to be waited for.
   */
  #askServer(): boolean {
    const { endLeg, clock, timeouts } = this.#options;
    if (endLeg && this.#server === 'not-asked') {
      this.#server = 'asked';
      const bounds = { clock, timeoutMs: timeouts.proofMs, signal: this.#stop.signal };
      void bounded(bounds, async (signal) => endLeg(this.#providerCallId, signal))
        .catch(() => 'unknown')
        .then((fate) => {
          this.#server = 'answered';
          if (fate === 'ended') this.#blind = false;
          if (fate === 'ended' || this.#lost) this.#conclude(fate === 'ended');
        });
    }
    return this.#server === 'asked';
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
    this.#deadlines.clearAll();
    return true;
  }

  /** Whether somebody's telephone may ring. */
  get #rings(): boolean {
    return isFurther(this.#phase, 'acknowledged');
  }

  #advance(event: LegEvent): void {
    const type = event.type;
    if (type !== 'sent' && type !== 'acknowledged' && type !== 'progress' && type !== 'answered')
      return;
    if (isFurther(type, this.#phase)) this.#phase = type;
  }

  #watch(event: LiveEvent): void {
    const { timeouts, route, session } = this.#options;
    const deadlines = this.#deadlines;
    switch (event.type) {
      case 'sent':
        deadlines.clear('send');
        if (route.status.capabilities.acknowledges) {
          this.#start('acknowledge', timeouts.acknowledgeMs);
          deadlines.start('stagger', timeouts.staggerMs, () => session.onTrouble?.());
        }
        this.#start('progress', timeouts.progressMs);
        break;
      case 'acknowledged':
        deadlines.clear('acknowledge', 'stagger');
        break;
      case 'progress':
        deadlines.clear('acknowledge', 'stagger', 'progress');
        if (!deadlines.has('ring')) this.#start('ring', timeouts.ringMs);
        break;
      case 'answered':
        deadlines.clearAll();
        break;
      case 'interrupted':
        this.#interrupted = true;
        // As long as nothing rings, another route may still be in time.
        if (!deadlines.has('reconnect')) {
          this.#start('reconnect', this.#rings ? timeouts.reconnectMs : timeouts.acknowledgeMs);
        }
        break;
      case 'restored':
        this.#interrupted = false;
        deadlines.clear('reconnect');
        break;
    }
  }

  #start(name: keyof typeof DEADLINES, ms: number): void {
    this.#deadlines.start(name, ms, () => {
      const error = new DialerError(DEADLINES[name], { route: this.#options.route.id });
      const silent = name === 'acknowledge' || name === 'progress';
      const keepMs = silent ? this.#options.onSilent(error, this.#phase) : undefined;
      if (keepMs !== undefined) {
        this.#start(name, keepMs);
        return;
      }
      // Where another route may follow, only the proof is waited for.
      const limitMs = this.#rings ? HANGUP_MS : this.#options.timeouts.proofMs;
      // A callee who takes the call in the very moment in which it has rung long enough is welcome.
      this.#leave({ cancelled: this.#phase === 'answered', error, limitMs });
    });
  }

  /** Ends the attempt. Why it was given up by us says more than how the leg then ended. */
  #conclude(final: boolean): void {
    const mine = this.#leaving?.error;
    if (this.#leaving) this.#finish(mine ? 'network' : 'local', mine, final);
    else this.#finish(this.#lost?.by ?? 'network', this.#lost?.error, final);
  }

  #finish(by: AttemptEnd['by'], error: DialerError | undefined, final: boolean): void {
    if (this.#over) return;
    this.#over = true;
    this.#deadlines.clearAll();
    this.#stop.abort();
    const unsent = this.#phase === 'unsent';
    const evidence = unsent ? 'never-sent' : final ? 'ended' : 'unknown';
    // A telephone may have rung while the line was dead, although the leg is over now.
    const phase = final && this.#blind && !unsent && !this.#rings ? 'progress' : this.#phase;
    this.#settle({ phase, evidence, by, error, cutOff: this.#interrupted });
  }
}
