import { EventEmitter } from 'eventemitter3';
import type { ListenOptions, Subscribable, Unsubscribe } from './subscribable.js';

type Listener = (event: unknown) => unknown;

/**
 * Typed events in which one listener cannot harm another: whatever a listener throws, or rejects with, is handed to
 * `onListenerError` and the others still run.
 */
export class Emitter<Events> implements Subscribable<Events> {
  readonly #emitter = new EventEmitter();
  readonly #onListenerError: (error: unknown, type: string) => void;

  /** @param onListenerError - Told what a listener threw, and at which event. */
  constructor(onListenerError: (error: unknown, type: string) => void) {
    this.#onListenerError = onListenerError;
  }

  /** See {@link Subscribable.on}. Bound. */
  readonly on = <Type extends keyof Events & string>(
    type: Type,
    listener: (event: Events[Type]) => void,
    { once = false, signal }: ListenOptions = {},
  ): Unsubscribe => {
    if (signal?.aborted) return () => undefined;
    // A fresh function for each subscription: the same listener may be added twice and removed once.
    const call: Listener = (event) => {
      if (once) remove();
      return listener(event as Events[Type]);
    };
    const remove = () => {
      this.#emitter.off(type, call);
      signal?.removeEventListener('abort', remove);
    };
    this.#emitter.on(type, call);
    signal?.addEventListener('abort', remove, { once: true });
    return remove;
  };

  /** Tells every listener of this type, in the order in which they were added. */
  emit<Type extends keyof Events & string>(type: Type, event: Events[Type]): void {
    for (const listener of this.#emitter.listeners(type) as Listener[]) {
      // One that an earlier listener removed is not called any more, as with DOM events.
      if (!this.#emitter.listeners(type).includes(listener)) continue;
      try {
        const result = listener(event);
        if (result instanceof Promise) result.catch((error) => this.#onListenerError(error, type));
      } catch (error) {
        this.#onListenerError(error, type);
      }
    }
  }

  /** Forgets every listener. */
  clear(): void {
    this.#emitter.removeAllListeners();
  }
}
