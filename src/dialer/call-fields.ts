import { createChangeSignal } from '../core/change-signal.js';
import type { CallSnapshot } from './call.js';

/** The fields of a call, live: each read gives what the current snapshot holds. */
export abstract class CallFields implements CallSnapshot {
  #snapshot: CallSnapshot;
  readonly #signal;

  /** @param onListenerError - Told what a listener of {@link subscribe} threw. */
  constructor(snapshot: CallSnapshot, onListenerError: (error: unknown) => void) {
    this.#snapshot = Object.freeze(snapshot);
    this.#signal = createChangeSignal(onListenerError);
  }

  get id(): CallSnapshot['id'] {
    return this.#snapshot.id;
  }
  get direction(): CallSnapshot['direction'] {
    return this.#snapshot.direction;
  }
  get to(): CallSnapshot['to'] {
    return this.#snapshot.to;
  }
  get from(): CallSnapshot['from'] {
    return this.#snapshot.from;
  }
  get remoteNumber(): CallSnapshot['remoteNumber'] {
    return this.#snapshot.remoteNumber;
  }
  get params(): CallSnapshot['params'] {
    return this.#snapshot.params;
  }
  get state(): CallSnapshot['state'] {
    return this.#snapshot.state;
  }
  get provider(): CallSnapshot['provider'] {
    return this.#snapshot.provider;
  }
  get route(): CallSnapshot['route'] {
    return this.#snapshot.route;
  }
  get providerCallId(): CallSnapshot['providerCallId'] {
    return this.#snapshot.providerCallId;
  }
  get muted(): CallSnapshot['muted'] {
    return this.#snapshot.muted;
  }
  get held(): CallSnapshot['held'] {
    return this.#snapshot.held;
  }
  get heldByRemote(): CallSnapshot['heldByRemote'] {
    return this.#snapshot.heldByRemote;
  }
  get earlyMedia(): CallSnapshot['earlyMedia'] {
    return this.#snapshot.earlyMedia;
  }
  get capabilities(): CallSnapshot['capabilities'] {
    return this.#snapshot.capabilities;
  }
  get problem(): CallSnapshot['problem'] {
    return this.#snapshot.problem;
  }
  get startedAtMs(): CallSnapshot['startedAtMs'] {
    return this.#snapshot.startedAtMs;
  }
  get answeredAtMs(): CallSnapshot['answeredAtMs'] {
    return this.#snapshot.answeredAtMs;
  }
  get outcome(): CallSnapshot['outcome'] {
    return this.#snapshot.outcome;
  }

  /** See `SnapshotSource`. Bound. */
  readonly getSnapshot = (): CallSnapshot => this.#snapshot;
  /** See `SnapshotSource`. Bound. */
  readonly subscribe = (onChange: () => void) => this.#signal.subscribe(onChange);

  /** Puts new values in, in one step, and tells the subscribers. */
  protected update(values: Partial<CallSnapshot>): void {
    this.#snapshot = Object.freeze({ ...this.#snapshot, ...values });
    this.#signal.notify();
  }
}
