import type { Clock } from '../core/environment.js';
import type { WaitOptions } from '../core/subscribable.js';
import { waitFor } from '../core/wait.js';
import { DialerError } from '../errors/dialer-error.js';
import type { CallEvents } from './call.js';

/** The events that `when()` can wait for. */
export type Milestone = 'answered' | 'active' | 'ended';

type Waiting = { [Name in Milestone]: PromiseWithResolvers<CallEvents[Name]> };

/** Remembers which milestones a call has passed, for those who ask before and after. */
export class Milestones {
  readonly #clock: Clock;
  readonly #waiting: Waiting = {
    answered: withResolvers(),
    active: withResolvers(),
    ended: withResolvers(),
  };

  constructor(clock: Clock) {
    this.#clock = clock;
    // Nobody may be waiting; those who do get the rejection from their own promise.
    this.#waiting.answered.promise.catch(() => undefined);
    this.#waiting.active.promise.catch(() => undefined);
  }

  /** A milestone was passed. After `ended`, those not passed reject with the outcome's error. */
  pass<Name extends Milestone>(name: Name, event: CallEvents[Name]): void {
    this.#waiting[name].resolve(event);
    if (name !== 'ended') return;
    const { error } = event as CallEvents['ended'];
    const reason = error ?? new DialerError('call/cancelled');
    this.#waiting.answered.reject(reason);
    this.#waiting.active.reject(reason);
  }

  /** Waits for one, as {@link WaitOptions} ask. */
  when<Name extends Milestone>(name: Name, options?: WaitOptions): Promise<CallEvents[Name]> {
    return waitFor(this.#waiting[name].promise, this.#clock, options);
  }
}

interface PromiseWithResolvers<Result> {
  readonly promise: Promise<Result>;
  readonly resolve: (result: Result) => void;
  readonly reject: (reason: DialerError) => void;
}

function withResolvers<Result>(): PromiseWithResolvers<Result> {
  let resolve: (result: Result) => void = () => undefined;
  let reject: (reason: DialerError) => void = () => undefined;
  const promise = new Promise<Result>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
