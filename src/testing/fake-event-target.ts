/**
 * The events of a fake. Not a subclass of `EventTarget`: a simulated DOM may have one that calls `on…` handlers by
 * itself, and Node has one that does not.
 */
export class FakeEventTarget {
  readonly #listeners = new EventTarget();

  addEventListener(...args: Parameters<EventTarget['addEventListener']>): void {
    this.#listeners.addEventListener(...args);
  }

  removeEventListener(...args: Parameters<EventTarget['removeEventListener']>): void {
    this.#listeners.removeEventListener(...args);
  }

  dispatchEvent(event: Event): boolean {
    Object.defineProperty(event, 'target', { value: this, configurable: true });
    const handler = (this as Record<string, unknown>)[`on${event.type}`];
    if (typeof handler === 'function') handler.call(this, event);
    return this.#listeners.dispatchEvent(event);
  }
}
