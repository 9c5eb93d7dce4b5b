import { labNow } from '../clock.js';
import type { NetworkLeg, Trunk, TrunkCall, TrunkListener } from '../types.js';
import { networkEnd } from './hangup-causes.js';
import { History, type PhoneEvent } from './history.js';
import { Phone } from './phone.js';
import { PhoneCall } from './phone-call.js';

/** The telephone network behind all carriers, with the callee oracle: what the phones saw, whatever the browser was told. */
export class PhoneNetwork implements Trunk {
  readonly #history = new History();
  readonly #phones = new Map<string, Phone>();
  /** Ids that the carriers gave their legs. */
  readonly #carrierIds = new Map<string, string>();
  /** Legs that were given up: whoever brings one of them in later is refused. */
  readonly #givenUp = new Set<string>();

  /** Everything that happened at any phone, in order. */
  get events(): readonly PhoneEvent[] {
    return this.#history.events;
  }

  /** The phone with this number; every number has one. */
  phone(number: string): Phone {
    const known = this.#phones.get(number);
    if (known !== undefined) return known;
    const phone = new Phone(number, this.#history);
    this.#phones.set(number, phone);
    return phone;
  }

  place(call: TrunkCall, listener: TrunkListener): NetworkLeg {
    if (this.#givenUp.has(legKey(call.params))) {
      setImmediate(() => listener.ended(networkEnd(403)));
      return { hangup() {}, over: true, digit() {}, hold() {} };
    }
    this.#carrierIds.set(legKey(call.params), call.carrierCallId);
    const phone = this.phone(call.to);
    const taken = new PhoneCall(call, listener, phone.behaviourFor(call.carrier), (event) => {
      this.#history.add(event);
    });
    phone.ring(taken);
    return taken;
  }

  /**
   * What a carrier's server interface does with one leg of a call: one that was not answered is ended, and refused should it
   * come only now. Tells how it was found: `ended` only when nobody's phone has rung for it.
   * @param callId - its `everdial-call-id`
   * @param attempt - its `everdial-attempt`
   */
  endLeg(callId: string, attempt: number): 'ended' | 'ringing' | 'answered' {
    const key = `${callId} ${attempt}`;
    const found = [...this.#phones.values()]
      .flatMap((phone) => phone.calls)
      .find(({ call }) => legKey(call.params) === key);
    if (found?.state === 'answered') return 'answered';
    this.#givenUp.add(key);
    const carrierId = this.#carrierIds.get(key);
    const rang = this.events.some(
      ({ carrierCallId, type }) =>
        carrierCallId === carrierId && (type === 'ring-start' || type === 'answered'),
    );
    found?.endByCarrier();
    return rang ? 'ringing' : 'ended';
  }

  /** Everything that happened at one phone. */
  history(number: string): readonly PhoneEvent[] {
    return this.#history.events.filter((event) => event.number === number);
  }

  /** How often a phone started to ring. */
  rings(number: string): number {
    return this.history(number).filter((event) => event.type === 'ring-start').length;
  }

  /** How often a phone was answered; without a number: all phones together. */
  answeredCount(number?: string): number {
    return this.#history.events.filter(
      (event) => event.type === 'answered' && (number === undefined || event.number === number),
    ).length;
  }

  /**
   * Whether one call of the library made phones ring (or be answered without a ring) more than once.
   * @param callId - its `everdial-call-id`; left out: any call
   */
  everRangTwice(callId?: string): boolean {
    const legs = new Map<string, Set<string>>();
    for (const event of this.#history.events) {
      if (event.type !== 'ring-start' && event.type !== 'answered') continue;
      if (event.callId === undefined || (callId !== undefined && event.callId !== callId)) continue;
      const seen = legs.get(event.callId) ?? new Set();
      seen.add(`${event.carrier} ${event.carrierCallId}`);
      legs.set(event.callId, seen);
    }
    return [...legs.values()].some((seen) => seen.size > 1);
  }

  /** Seconds that were billed, calls that are still up included; without a number: all phones together. */
  billedSeconds(number?: string): number {
    const started = new Map<string, number>();
    let billed = 0;
    for (const event of this.#history.events) {
      if (number !== undefined && event.number !== number) continue;
      const leg = `${event.carrier} ${event.carrierCallId}`;
      if (event.type === 'answered') started.set(leg, event.atMs);
      if (event.type === 'hung-up') {
        started.delete(leg);
        billed += event.billedSeconds ?? 0;
      }
    }
    for (const atMs of started.values()) billed += (labNow() - atMs) / 1000;
    return billed;
  }

  /** Calls that are not over anywhere: phones that ring or talk. */
  get liveCalls(): number {
    return [...this.#phones.values()].reduce((sum, phone) => sum + phone.calls.length, 0);
  }

  /** Ends every call, forgets history and behaviours. */
  reset(): void {
    for (const phone of this.#phones.values()) phone.reset();
    this.#history.clear();
    this.#givenUp.clear();
    this.#carrierIds.clear();
  }
}

function legKey(params: TrunkCall['params']): string {
  return `${params['everdial-call-id']} ${params['everdial-attempt']}`;
}
