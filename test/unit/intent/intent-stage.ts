import { afterEach, vi } from 'vitest';
import type { WarmUpOptions } from '../../../src/dialer/dialer-options.js';
import { type IntentOptions, warmUpOnIntent } from '../../../src/intent/warm-up-on-intent.js';
import { createSimulatedClock } from '../../../src/testing/simulated-clock.js';

afterEach(() => {
  document.body.replaceChildren();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** An IntersectionObserver that sees what a test says. */
export class FakeObserver {
  /** Those that observe. */
  static readonly all = new Set<FakeObserver>();
  readonly observed: Element[] = [];
  readonly threshold: unknown;
  readonly #callback: IntersectionObserverCallback;

  constructor(callback: IntersectionObserverCallback, options?: IntersectionObserverInit) {
    this.#callback = callback;
    this.threshold = options?.threshold;
    FakeObserver.all.add(this);
  }
  observe(element: Element): void {
    this.observed.push(element);
  }
  disconnect(): void {
    FakeObserver.all.delete(this);
  }
  /** The element came into view, or left it; several in one report are in order of time. */
  see(...inView: readonly boolean[]): void {
    if (!FakeObserver.all.has(this)) return;
    const entries = inView.map((isIntersecting) => ({ isIntersecting }));
    this.#callback(
      entries as unknown as IntersectionObserverEntry[],
      this as unknown as IntersectionObserver,
    );
  }
}

/** Puts {@link FakeObserver} in the place of the browser's. */
export function stubObserver(): void {
  FakeObserver.all.clear();
  vi.stubGlobal('IntersectionObserver', FakeObserver);
}

/** The one observer that observes. */
export function observer(): FakeObserver {
  const [only, ...more] = FakeObserver.all;
  if (!only || more.length > 0) throw new Error(`${FakeObserver.all.size} observers`);
  return only;
}

/** A button in a page, and a Dialer that notes what it is asked to prepare. */
export function watchButton(options: IntentOptions = {}) {
  stubObserver();
  const clock = createSimulatedClock();
  const asked: WarmUpOptions[] = [];
  const dialer = {
    warmUp: async (wishes: WarmUpOptions = {}) => {
      asked.push(wishes);
    },
  };
  const section = document.body.appendChild(document.createElement('section'));
  const button = section.appendChild(document.createElement('button'));
  button.append(document.createElement('span'));
  const stop = warmUpOnIntent(dialer, button, { clock, savesData: () => false, ...options });
  return {
    clock,
    button,
    section,
    asked,
    stop,
    /** Whether each press is still on. */
    presses: () => asked.flatMap(({ signal }) => (signal ? [!signal.aborted] : [])),
  };
}

/** Something happens at an element. */
export function happen(target: EventTarget, type: string): void {
  const bubbles = type !== 'pointerenter';
  target.dispatchEvent(new Event(type, { bubbles, composed: true, cancelable: true }));
}
