import type { Heard } from '../media/hearing.js';
import type { Carrier } from '../types.js';
import { behaviourOf, defaultBehaviour, type PhoneBehaviour } from './behaviour.js';
import type { History, PhoneEvent, PhoneEventType } from './history.js';
import type { PhoneCall } from './phone-call.js';

/** What to wait for. */
export interface WaitOptions {
  /** How long, in milliseconds. @defaultValue 5000 */
  readonly timeoutMs?: number | undefined;
  /** Which one, from 1, counted since the last reset. @defaultValue 1 */
  readonly nth?: number | undefined;
  /** Only events of the call with this `everdial-call-id`. */
  readonly callId?: string | undefined;
}

/** A simulated phone, and the person beside it. */
export class Phone {
  /** E.164. */
  readonly number: string;
  readonly #history: History;
  readonly #calls: PhoneCall[] = [];
  #behaviour: PhoneBehaviour;

  /** @param history - where the phone's events go */
  constructor(number: string, history: History) {
    this.number = number;
    this.#history = history;
    this.#behaviour = defaultBehaviour(number);
  }

  /** How it takes its next calls. */
  get behaviour(): PhoneBehaviour {
    return this.#behaviour;
  }

  /** What is not given is as with an ordinary phone, whatever the number. */
  set behaviour(changes: Partial<PhoneBehaviour>) {
    this.#behaviour = behaviourOf(changes);
  }

  /** How it takes a call through this carrier. */
  behaviourFor(carrier: Carrier): PhoneBehaviour {
    const { via } = this.#behaviour;
    return via === undefined || via === carrier ? this.#behaviour : behaviourOf({});
  }

  /** Calls that are not over, oldest first. */
  get calls(): readonly PhoneCall[] {
    return this.#calls.filter((call) => !call.over);
  }

  /** Everything that happened here. */
  get history(): readonly PhoneEvent[] {
    return this.#history.events.filter((event) => event.number === this.number);
  }

  /** Takes the newest call. */
  answer(): void {
    this.#newest().answer();
  }

  /** Refuses the newest call, as busy (486) or with another SIP response. @param sipCode - 603 unless given */
  decline(sipCode = 603): void {
    this.#newest().refuse(sipCode);
  }

  /** Hangs up the newest call. */
  hangUp(): void {
    this.#newest().hangUpByCallee();
  }

  /** Holds the newest call, or takes it back: no sound passes meanwhile. */
  hold(held = true): void {
    this.#newest().setHeld(held, 'callee');
  }

  /**
   * Loses every packet of the newest call both ways until the browser restarts ICE or comes back: media die, signalling
   * lives.
   */
  loseMedia(): void {
    this.#newest().call.media.vanish?.();
  }

  /** What it hears now on the newest call. @param windowMs - how far back to listen, 500 unless given */
  heard(windowMs = 500): Heard {
    return this.#newest().call.media.heard(windowMs);
  }

  /**
   * Waits until something has happened `nth` times since the last reset; it may have happened before. Rejects after
   * `timeoutMs`.
   */
  waitFor(type: PhoneEventType, options: WaitOptions = {}): Promise<PhoneEvent> {
    return this.#history.waitFor(
      (event) =>
        event.number === this.number &&
        event.type === type &&
        (options.callId === undefined || event.callId === options.callId),
      {
        nth: options.nth ?? 1,
        timeoutMs: options.timeoutMs ?? 5000,
        what: `${type} at ${this.number}`,
      },
    );
  }

  /** Takes a call in; for the network. */
  ring(call: PhoneCall): void {
    this.#calls.push(call);
  }

  /** Puts the behaviour back and drops its calls; for the network. */
  reset(): void {
    for (const call of this.#calls) call.drop();
    this.#calls.length = 0;
    this.#behaviour = defaultBehaviour(this.number);
  }

  #newest(): PhoneCall {
    const call = this.calls.at(-1);
    if (call === undefined) throw new Error(`There is no call at ${this.number}`);
    return call;
  }
}
