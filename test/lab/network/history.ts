import type { Carrier } from '../types.js';

/** What can be read in a phone's history. */
export type PhoneEventType =
  /** A call reached the phone. */
  | 'arrived'
  /** It started to ring. */
  | 'ring-start'
  /** It stopped ringing, for whatever reason. */
  | 'ring-end'
  /** It sent sound before the answer. */
  | 'early-media'
  /** Somebody took the call: billing starts. */
  | 'answered'
  /** The call was refused with {@link PhoneEvent.sipCode}. */
  | 'refused'
  /** The caller gave up before the answer. */
  | 'cancelled'
  /** An answered call ended; {@link PhoneEvent.by} says who did it. */
  | 'hung-up'
  /** A digit came, by RTP or by signalling. */
  | 'digit'
  /** A steady tone of {@link PhoneEvent.frequency} was heard. */
  | 'tone'
  /** The call was held; {@link PhoneEvent.by} says who did it. */
  | 'held'
  /** It was taken back. */
  | 'resumed';

/** One line of a phone's history: what really happened there, whatever the browser was told. */
export interface PhoneEvent {
  /** What. */
  readonly type: PhoneEventType;
  /** When, epoch milliseconds; see `labNow`. */
  readonly atMs: number;
  /** The phone's number. */
  readonly number: string;
  /** Through which carrier the call came. */
  readonly carrier: Carrier;
  /** The carrier's id of the call. */
  readonly carrierCallId: string;
  /** The parameter `everdial-call-id`; `undefined` when the call brought none. */
  readonly callId: string | undefined;
  /** Who did it. */
  readonly by?: 'caller' | 'callee' | undefined;
  /** The digit. */
  readonly digit?: string | undefined;
  /** The tone in hertz. */
  readonly frequency?: number | undefined;
  /** The SIP response of a refusal. */
  readonly sipCode?: number | undefined;
  /** Seconds between answer and end, of `hung-up`. */
  readonly billedSeconds?: number | undefined;
}

/** Keeps the history of all phones and lets tests wait for what comes. */
export class History {
  #events: PhoneEvent[] = [];
  readonly #waiting = new Set<() => void>();

  /** Every event of every phone, in order. */
  get events(): readonly PhoneEvent[] {
    return this.#events;
  }

  /** Adds an event. */
  add(event: PhoneEvent): void {
    this.#events.push(event);
    for (const look of [...this.#waiting]) look();
  }

  /** Forgets everything. */
  clear(): void {
    this.#events = [];
  }

  /**
   * The `nth` event that fits, also one that was there before; waits for it if need be. Rejects after `timeoutMs` with the
   * history as message.
   */
  waitFor(
    fits: (event: PhoneEvent) => boolean,
    options: { readonly nth: number; readonly timeoutMs: number; readonly what: string },
  ): Promise<PhoneEvent> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const found = this.#events.filter(fits)[options.nth - 1];
        if (found === undefined) return;
        clearTimeout(timer);
        this.#waiting.delete(look);
        resolve(found);
      };
      const timer = setTimeout(() => {
        this.#waiting.delete(look);
        reject(new Error(`No ${options.what} within ${options.timeoutMs} ms; ${this.#summary()}`));
      }, options.timeoutMs);
      this.#waiting.add(look);
      look();
    });
  }

  #summary(): string {
    if (this.#events.length === 0) return 'nothing has happened at any phone';
    const types = this.#events.map((event) => `${event.number} ${event.type} (${event.carrier})`);
    return `what happened: ${types.join(', ')}`;
  }
}
