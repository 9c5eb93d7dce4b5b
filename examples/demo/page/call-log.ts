import type { Call, Dialer, DialerError, LegPhase } from 'everdial';

/** The call moved from one carrier to the next. */
export interface Switch {
  /** The carrier that failed. */
  readonly from: string;
  /** The carrier used now. */
  readonly to: string;
  /** Why. */
  readonly error: DialerError;
  /** How far the failed attempt had come. */
  readonly phase: LegPhase;
  /** Whether the next one was connected already, beside the one that failed. */
  readonly stoodBy: boolean;
  /** Milliseconds since the press. */
  readonly atMs: number;
}

/** What a call has told so far and does not keep itself before its end. */
export class CallLog {
  readonly call: Call;
  /** Carriers that had failed lately when it began, and are tried last for a while. */
  readonly resting: readonly string[];
  readonly #switches: Switch[] = [];
  #lost = false;
  #downMs: number | undefined;

  /** Listens from now on: make it right after `dial()`. */
  constructor(call: Call, dialer: Dialer) {
    this.call = call;
    this.resting = dialer.routes
      .filter(({ health }) => health !== 'healthy')
      .map(({ provider }) => provider);
    call.on('switched', ({ from, to, error }) => {
      const atMs = Date.now() - call.startedAtMs;
      const phase = phaseOf(call, this.#switches.length + 1);
      const stoodBy = dialer.routes.some((one) => one.route === to && one.connection === 'ready');
      const carriers = { from: carrierOf(from), to: carrierOf(to) };
      this.#switches.push({ ...carriers, error, phase, stoodBy, atMs });
    });
    call.on('reconnecting', () => {
      this.#lost = true;
    });
    call.on('reconnected', ({ downMs }) => {
      this.#downMs = downMs;
    });
  }

  /** Every switch, in order. */
  get switches(): readonly Switch[] {
    return this.#switches;
  }

  /** Whether the connection was lost in the conversation. */
  get lost(): boolean {
    return this.#lost;
  }

  /** How long the last loss took to mend, milliseconds; `undefined` when none was mended. */
  get downMs(): number | undefined {
    return this.#downMs;
  }
}

/** How far an attempt has come, by its marks; `outcome.attempts` says the same at the end. */
function phaseOf({ timeline }: Call, attempt: number): LegPhase {
  const marks = timeline.filter((mark) => mark.attempt === attempt).map(({ name }) => name);
  if (marks.includes('answered')) return 'answered';
  if (marks.includes('ringing') || marks.includes('early-media')) return 'progress';
  if (marks.includes('acknowledged')) return 'acknowledged';
  return marks.includes('sent') ? 'sent' : 'unsent';
}

/** `telnyx/us-west` → `telnyx`. */
const carrierOf = (route: string): string => route.split('/')[0] ?? route;
