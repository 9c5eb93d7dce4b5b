import type { Clock } from '../core/environment.js';

/** Named deadlines of one owner; each name has at most one running. */
export class Deadlines<Name extends string> {
  readonly #clock: Clock;
  readonly #running = new Map<Name, () => void>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Whether this one is running. */
  has(name: Name): boolean {
    return this.#running.has(name);
  }

  /** Starts it, anew if it is running. */
  start(name: Name, ms: number, onExpire: () => void): void {
    this.clear(name);
    const expire = () => {
      this.#running.delete(name);
      onExpire();
    };
    this.#running.set(name, this.#clock.setTimer(expire, ms));
  }

  /** Stops these, whether they are running or not. */
  clear(...names: readonly Name[]): void {
    for (const name of names) {
      this.#running.get(name)?.();
      this.#running.delete(name);
    }
  }

  /** Stops all. */
  clearAll(): void {
    this.clear(...this.#running.keys());
  }
}
