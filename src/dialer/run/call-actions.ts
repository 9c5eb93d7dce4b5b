import { parseDialString } from '../../core/dial-string.js';
import { parseDigits } from '../../core/digits.js';
import type { Clock } from '../../core/environment.js';
import { createSerialQueue } from '../../core/serial-queue.js';
import type { WaitOptions } from '../../core/subscribable.js';
import { bounded, sleep } from '../../core/wait.js';
import { asDialerError } from '../../errors/as-dialer-error.js';
import { DialerError } from '../../errors/dialer-error.js';
import type { Capabilities, Leg } from '../../providers/provider.js';
import type { SendDigitsOptions } from '../call.js';

const TONE_MS = 160;
const GAP_MS = 70;
const HOLD_MS = 10_000;
/** A digit that the vendor has not sent after this long is given up. */
const DIGIT_MS = 10_000;

/** What {@link CallActions} look at. */
export interface CallActionsOptions {
  readonly clock: Clock;
  /** The current leg; `undefined` while nothing can be done with it. */
  readonly leg: () => Leg | undefined;
  readonly capabilities: () => Capabilities;
  /** A digit was sent. */
  readonly onDigit: (digit: string, toneMs: number) => void;
  /** Aborts when the call is over. */
  readonly over: AbortSignal;
}

/** What can be done in a running call beside ending it; one thing at a time, in the order of asking. */
export class CallActions {
  readonly #options: CallActionsOptions;
  readonly #holds = createSerialQueue();
  readonly #digits = createSerialQueue();

  constructor(options: CallActionsOptions) {
    this.#options = options;
  }

  /** See `Call.hold`. Resolves when the provider has confirmed. */
  hold(held: boolean, { signal, timeoutMs = HOLD_MS }: WaitOptions = {}): Promise<void> {
    return this.#holds.run(async () => {
      const leg = this.#ready('hold');
      const setHeld = leg.setHeld?.bind(leg);
      if (!setHeld) throw new DialerError('call/not-supported', { detail: 'hold' });
      await this.#bounded(timeoutMs, signal, () => setHeld(held));
    });
  }

  /** See `Call.transfer`. Resolves when the provider has taken it. */
  async transfer(to: string, { signal, timeoutMs = HOLD_MS }: WaitOptions = {}): Promise<void> {
    const { number } = parseDialString(to);
    const leg = this.#ready('transfer');
    await this.#bounded(timeoutMs, signal, async () => leg.transfer?.(number));
  }

  /** See `Call.sendDigits`. */
  async sendDigits(digits: string, options: SendDigitsOptions = {}): Promise<void> {
    const { toneMs = TONE_MS, gapMs = GAP_MS, signal, timeoutMs } = options;
    const steps = parseDigits(digits);
    this.#ready('digits');
    return this.#digits.run(() =>
      this.#bounded(timeoutMs, signal, async (inner) => {
        for (const step of steps) {
          if ('pauseMs' in step) await sleep(this.#options.clock, step.pauseMs, inner);
          else await this.#sendDigit(step.digit, toneMs, gapMs, inner);
        }
      }),
    );
  }

  async #sendDigit(
    digit: string,
    toneMs: number,
    gapMs: number,
    signal: AbortSignal,
  ): Promise<void> {
    const leg = this.#ready('digits');
    this.#options.onDigit(digit, toneMs);
    await bounded({ clock: this.#options.clock, signal, timeoutMs: DIGIT_MS }, async () =>
      leg.sendDigit?.(digit, toneMs),
    );
    await sleep(this.#options.clock, gapMs, signal);
  }

  /** The leg, if it can do this now. */
  #ready(capability: 'hold' | 'digits' | 'transfer'): Leg {
    const leg = this.#options.leg();
    if (!leg) throw new DialerError('call/not-ready', { detail: capability });
    if (this.#options.capabilities()[capability] === false) {
      throw new DialerError('call/not-supported', { detail: capability });
    }
    return leg;
  }

  /** Bounds an action by its own options and by the end of the call. */
  async #bounded<Result>(
    timeoutMs: number | undefined,
    signal: AbortSignal | undefined,
    task: (signal: AbortSignal) => Promise<Result>,
  ): Promise<Result> {
    const { clock, over } = this.#options;
    return bounded({ clock, timeoutMs, signal }, (asked) =>
      bounded({ clock, signal: over }, (ended) => {
        const both = new AbortController();
        for (const source of [asked, ended]) {
          source.addEventListener('abort', () => both.abort(), { once: true });
        }
        return task(both.signal);
      }),
    ).catch((thrown: unknown) => {
      throw asDialerError(thrown);
    });
  }
}
