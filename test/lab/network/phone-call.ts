import { labNow } from '../clock.js';
import type { NetworkEnd, NetworkLeg, TrunkCall, TrunkListener } from '../types.js';
import type { PhoneBehaviour } from './behaviour.js';
import { networkEnd } from './hangup-causes.js';
import type { PhoneEvent, PhoneEventType } from './history.js';
import { watchTones } from './tone-watch.js';

/** One call at one phone, from the INVITE to the end. */
export class PhoneCall implements NetworkLeg {
  readonly #call: TrunkCall;
  readonly #listener: TrunkListener;
  readonly #behaviour: PhoneBehaviour;
  readonly #record: (event: PhoneEvent) => void;
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();
  #state: 'dialled' | 'ringing' | 'answered' | 'over' = 'dialled';
  #answeredAt = 0;
  #heldBy: ReadonlySet<'caller' | 'callee'> = new Set();
  #stopListening: (() => void) | undefined;

  constructor(
    call: TrunkCall,
    listener: TrunkListener,
    behaviour: PhoneBehaviour,
    record: (event: PhoneEvent) => void,
  ) {
    this.#call = call;
    this.#listener = listener;
    this.#behaviour = behaviour;
    this.#record = record;
    call.media.onDigit = (digit) => this.digit(digit);
    this.#note('arrived');
    this.#after(behaviour.postDialDelayMs, () => this.#begin());
  }

  get over(): boolean {
    return this.#state === 'over';
  }

  /** The call as it came in. */
  get call(): TrunkCall {
    return this.#call;
  }

  /** How far it is. */
  get state(): 'dialled' | 'ringing' | 'answered' | 'over' {
    return this.#state;
  }

  hangup(): void {
    if (this.#state === 'over') return;
    if (this.#state === 'answered') {
      this.#finish('caller');
      return;
    }
    if (this.#behaviour.onCancel !== 'stop' && this.#state === 'ringing') {
      this.answer();
      if (this.#behaviour.onCancel === 'answer-then-end') this.#finish('caller');
      return;
    }
    this.#stopRinging();
    this.#note('cancelled', { by: 'caller' });
    this.#close();
  }

  digit(digit: string): void {
    if (this.#state !== 'over') this.#note('digit', { digit });
  }

  hold(held: boolean): void {
    this.setHeld(held, 'caller');
  }

  /** Somebody takes the call. */
  answer(): void {
    if (this.#state !== 'ringing' && this.#state !== 'dialled') return;
    this.#stopRinging();
    this.#clearTimers();
    this.#state = 'answered';
    this.#answeredAt = labNow();
    this.#note('answered');
    this.#applySound();
    this.#call.media.play(this.#behaviour.plays);
    this.#stopListening = watchTones(this.#call.media, (frequency) => {
      this.#note('tone', { frequency });
    });
    const { hangUpAfterMs } = this.#behaviour;
    if (hangUpAfterMs !== undefined) this.#after(hangUpAfterMs, () => this.hangUpByCallee());
    this.#listener.answered();
  }

  /** The phone refuses the call. */
  refuse(sipCode: number): void {
    if (this.#state !== 'ringing' && this.#state !== 'dialled') return;
    this.#stopRinging();
    this.#note('refused', { sipCode });
    this.#end(networkEnd(sipCode));
  }

  /** The callee hangs up an answered call, or declines one that is not answered yet. */
  hangUpByCallee(): void {
    if (this.#state === 'answered') this.#finish('callee');
    else this.refuse(603);
  }

  /** The carrier's server ends a call that nobody has answered. */
  endByCarrier(): void {
    if (this.#state !== 'ringing' && this.#state !== 'dialled') return;
    this.#stopRinging();
    this.#note('cancelled', { by: 'caller' });
    this.#end(networkEnd(487));
  }

  /** One side holds the call or takes it back. No sound passes while either holds. */
  setHeld(held: boolean, by: 'caller' | 'callee'): void {
    if (this.#state !== 'answered' || this.#heldBy.has(by) === held) return;
    const heldBy = new Set(this.#heldBy);
    if (held) heldBy.add(by);
    else heldBy.delete(by);
    this.#heldBy = heldBy;
    this.#note(held ? 'held' : 'resumed', { by });
    this.#applySound();
  }

  /** Ends it without a line in the history: the lab is put back or stops. */
  drop(): void {
    if (this.#state !== 'over') this.#end(networkEnd(200));
  }

  #begin(): void {
    const { rings, earlyMedia, refuse, refuseAfterMs, answerAfterMs } = this.#behaviour;
    if (rings) {
      this.#state = 'ringing';
      this.#note('ring-start');
      this.#listener.ringing();
    }
    if (earlyMedia !== undefined) {
      this.#note('early-media');
      this.#call.media.play(earlyMedia);
      this.#listener.earlyMedia();
    }
    if (refuse !== undefined) this.#after(refuseAfterMs, () => this.refuse(refuse));
    else if (answerAfterMs !== undefined) this.#after(answerAfterMs, () => this.answer());
  }

  #applySound(): void {
    const { sound } = this.#behaviour;
    const toBrowser = sound === 'both' || sound === 'to-caller';
    const fromBrowser = sound === 'both' || sound === 'to-callee';
    if (this.#heldBy.size > 0 || (!toBrowser && !fromBrowser)) this.#call.media.block('both');
    else if (!toBrowser) this.#call.media.block('to-browser');
    else this.#call.media.block(fromBrowser ? 'none' : 'from-browser');
  }

  #stopRinging(): void {
    if (this.#state === 'ringing') this.#note('ring-end');
  }

  #finish(by: 'caller' | 'callee'): void {
    this.#note('hung-up', { by, billedSeconds: (labNow() - this.#answeredAt) / 1000 });
    if (by === 'callee') this.#end(networkEnd(200));
    else this.#close();
  }

  #end(end: NetworkEnd): void {
    this.#close();
    this.#listener.ended(end);
  }

  #close(): void {
    this.#state = 'over';
    this.#clearTimers();
    this.#stopListening?.();
    this.#call.media.onDigit = undefined;
  }

  #note(type: PhoneEventType, more: Partial<PhoneEvent> = {}): void {
    this.#record({
      type,
      atMs: labNow(),
      number: this.#call.to,
      carrier: this.#call.carrier,
      carrierCallId: this.#call.carrierCallId,
      callId: this.#call.params['everdial-call-id'],
      ...more,
    });
  }

  #after(delayMs: number, action: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      action();
    }, delayMs);
    this.#timers.add(timer);
  }

  #clearTimers(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }
}
