import {
  type Call,
  type Clock,
  type Dialer,
  DialerError,
  type DialOptions,
  isDialerError,
  type QualitySample,
} from '../../index.js';
import type { SceneFacts } from '../scene-of.js';
import { beforeCall } from './before-call.js';
import { forwardEvents, tell } from './forward-events.js';
import { type BorrowedDialer, borrowDialer } from './own-dialer.js';
import type { Settings } from './settings.js';

/** After how long a call that is being set up counts as slow. */
const SLOW_MS = 6_000;

/** What a {@link CallDesk} is given. */
export interface CallDeskContext {
  /** Where DOM events are fired. */
  readonly element: HTMLElement;
  /** The only source of time. */
  readonly clock: Clock;
  /** The Dialer which the page has set; `undefined`: one is made from the settings. */
  readonly pageDialer: () => Dialer | undefined;
  /** What the attributes say now. */
  readonly settings: () => Settings;
  /** Options of the calls. */
  readonly dialOptions: () => DialOptions;
  /** Called after every change of what {@link CallDesk.facts} says. */
  readonly onChange: () => void;
  /** Told each measurement of the call. */
  readonly onSample: (sample: QualitySample) => void;
}

/** Makes the calls of one element, one at a time: its Dialer, consent, `everdial:before-call`, and what is known of the call. */
export class CallDesk {
  readonly #context: CallDeskContext;
  readonly #listening = new AbortController();
  /** Aborts what goes on before a call exists. */
  #attempt = new AbortController();
  #stale = false;
  #borrowed: BorrowedDialer | undefined;
  #dialer: Dialer | undefined;
  #stopDialer: (() => void) | undefined;
  #call: Call | undefined;
  #closed = false;
  #starting: Promise<Call | undefined> | undefined;
  #consent: ((given: boolean) => void) | undefined;
  #failure: DialerError | undefined;
  #switched = false;
  #slow = false;
  #cancelSlow: (() => void) | undefined;

  /** Opens no connection and asks for nothing. */
  constructor(context: CallDeskContext) {
    this.#context = context;
    const { signal } = this.#listening;
    for (const type of ['online', 'offline'] as const) {
      addEventListener(type, context.onChange, { signal });
    }
  }

  /** The call now, or the last one. */
  get call(): Call | undefined {
    return this.#call;
  }

  /** True while a call is being made or has not ended. */
  get busy(): boolean {
    return this.#starting !== undefined || this.#running;
  }

  get #running(): boolean {
    return this.#call !== undefined && !this.#call.outcome;
  }

  /** The Dialer in use; `undefined` before the first sign of interest. */
  get dialer(): Dialer | undefined {
    return this.#dialer;
  }

  /** Why no call could even be begun. */
  get failure(): DialerError | undefined {
    return this.#failure;
  }

  /** What the scene depends on. */
  get facts(): SceneFacts {
    return {
      call: this.#closed ? undefined : this.#call,
      audio: { asking: this.#dialer?.audio.asking ?? false },
      online: navigator.onLine,
      failure: this.#failure?.code,
      consenting: this.#consent !== undefined,
      starting: this.#starting !== undefined,
      switched: this.#switched,
      slow: this.#slow,
    };
  }

  /**
   * The Dialer: the page's, or one made from the attributes. Changed only while no call is running.
   * @throws DialerError `config/…` when the attributes describe none
   */
  openDialer(): Dialer {
    const wanted = this.#context.pageDialer();
    const good = wanted ? wanted === this.#dialer : this.#borrowed && !this.#stale;
    if (this.#dialer && (this.#running || good)) return this.#dialer;
    this.#letGo();
    if (!wanted) this.#borrowed = borrowDialer(this.#context.settings());
    const dialer = wanted ?? (this.#borrowed as BorrowedDialer).dialer;
    this.#dialer = dialer;
    this.#stopDialer = dialer.subscribe(this.#context.onChange);
    tell(this.#context.element, 'ready', { dialer });
    return dialer;
  }

  /** The attributes that describe the Dialer have changed: the next call uses a new one. */
  forgetDialer(): void {
    this.#stale = true;
  }

  /** A call, once consent is given and no listener objects. A second press while that is going on gets the same call. */
  start(to: string): Promise<Call | undefined> {
    if (this.#call && this.#running) return Promise.resolve(this.#call);
    return this.#once((signal) => this.#start(to, signal));
  }

  /** The same once more: a call that waits for the microphone is given up first. */
  restart(to: string): Promise<Call | undefined> {
    this.#closed = true;
    return this.#once(async (signal) => {
      await this.#call?.hangup();
      return this.#start(to, signal);
    });
  }

  #once(start: (signal: AbortSignal) => Promise<Call | undefined>): Promise<Call | undefined> {
    if (this.#starting) return this.#starting;
    this.#attempt = new AbortController();
    const starting = start(this.#attempt.signal).finally(() => {
      // One that was given up may end long after the next one has begun.
      if (this.#starting === starting) this.#starting = undefined;
      this.#context.onChange();
    });
    this.#starting = starting;
    this.#context.onChange();
    return starting;
  }

  /** No call can be begun, for this reason. */
  fail(error: DialerError): void {
    this.#failure = error;
    tell(this.#context.element, 'error', { error });
    this.#context.onChange();
  }

  /** The answer to the question for consent. */
  answerConsent(given: boolean): void {
    this.#consent?.(given);
  }

  /** Forgets a call that is over, or why none could be begun. A running one is ended. */
  clear(): void {
    this.#failure = undefined;
    this.#closed = true;
    this.#giveUp();
    this.#context.onChange();
  }

  /** Ends the call and gives the Dialer back. */
  stop(): void {
    this.#listening.abort();
    this.#giveUp();
    this.#cancelSlow?.();
    this.#letGo();
  }

  #giveUp(): void {
    this.#attempt.abort();
    this.#starting = undefined;
    this.#consent?.(false);
    if (this.#running) void this.#call?.hangup();
  }

  async #start(to: string, signal: AbortSignal): Promise<Call | undefined> {
    const { element, settings, dialOptions } = this.#context;
    if (signal.aborted || this.#listening.signal.aborted) return undefined;
    this.#failure = undefined;
    this.#closed = true;
    if (settings().consentRequired && !(await this.#askConsent())) return undefined;
    const options = await beforeCall(element, to, dialOptions());
    if (!options || signal.aborted) return undefined;
    try {
      const call = this.openDialer().dial(to, options);
      this.#follow(call);
      return call;
    } catch (error) {
      const reason = isDialerError(error)
        ? error
        : new DialerError('internal/unexpected', { cause: error });
      console.warn(reason.message);
      this.fail(reason);
      return undefined;
    }
  }

  #askConsent(): Promise<boolean> {
    return new Promise((resolve) => {
      this.#consent = (given) => {
        this.#consent = undefined;
        resolve(given);
        this.#context.onChange();
      };
      this.#context.onChange();
    });
  }

  #follow(call: Call): void {
    const { clock, element, onChange } = this.#context;
    this.#call = call;
    this.#closed = this.#switched = this.#slow = false;
    this.#cancelSlow?.();
    this.#cancelSlow = clock.setTimer(() => {
      this.#slow = true;
      onChange();
    }, SLOW_MS);
    call.on('switched', () => {
      this.#switched = true;
      onChange();
    });
    call.on('ended', () => {
      this.#cancelSlow?.();
      // Not yet out of the Dialer's list, and its snapshot is told about for the last time.
      queueMicrotask(onChange);
    });
    call.on('quality-sample', ({ sample }) => this.#context.onSample(sample));
    call.subscribe(onChange);
    forwardEvents(call, element);
  }

  #letGo(): void {
    this.#stopDialer?.();
    this.#borrowed?.release();
    this.#stopDialer = this.#borrowed = this.#dialer = undefined;
    this.#stale = false;
  }
}
