import { createChangeSignal } from '../core/change-signal.js';
import type { CallSnapshot } from './call.js';

/** The fields of a call, live: each read gives what the current snapshot holds. */
export abstract class CallFields implements CallSnapshot {
  declare readonly id: CallSnapshot['id'];
  declare readonly direction: CallSnapshot['direction'];
  declare readonly to: CallSnapshot['to'];
  declare readonly from: CallSnapshot['from'];
  declare readonly remoteNumber: CallSnapshot['remoteNumber'];
  declare readonly params: CallSnapshot['params'];
  declare readonly state: CallSnapshot['state'];
  declare readonly provider: CallSnapshot['provider'];
  declare readonly route: CallSnapshot['route'];
  declare readonly providerCallId: CallSnapshot['providerCallId'];
  declare readonly muted: CallSnapshot['muted'];
  declare readonly held: CallSnapshot['held'];
  declare readonly heldByRemote: CallSnapshot['heldByRemote'];
  declare readonly earlyMedia: CallSnapshot['earlyMedia'];
  declare readonly capabilities: CallSnapshot['capabilities'];
  declare readonly quality: CallSnapshot['quality'];
  declare readonly problem: CallSnapshot['problem'];
  declare readonly startedAtMs: CallSnapshot['startedAtMs'];
  declare readonly answeredAtMs: CallSnapshot['answeredAtMs'];
  declare readonly outcome: CallSnapshot['outcome'];
  #snapshot: CallSnapshot;
  readonly #signal;

  /** @param onListenerError - Told what a listener of `subscribe` threw. */
  constructor(snapshot: CallSnapshot, onListenerError: (error: unknown) => void) {
    this.#snapshot = Object.freeze(snapshot);
    this.#signal = createChangeSignal(onListenerError);
    for (const name of Object.keys(snapshot) as (keyof CallSnapshot)[]) {
      Object.defineProperty(this, name, { get: () => this.#snapshot[name], enumerable: true });
    }
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
