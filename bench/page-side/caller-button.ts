import type { CallerPage, CallerQuery } from './caller-page-types.js';

/** Moments of the newest call for which somebody waits. */
export interface Moments {
  /** It has come. */
  reach(name: 'ringing' | 'answered' | 'ended'): void;
  /** The next call begins: none of them has come. */
  restart(): void;
  /** Resolves when it has come. */
  until(name: 'ringing' | 'answered' | 'ended'): Promise<void>;
}

/** With what the page was opened. */
export function callerQuery(): CallerQuery {
  return Object.fromEntries(new URLSearchParams(location.search)) as unknown as CallerQuery;
}

/** The page's only button. */
export function callButton(): HTMLButtonElement {
  return document.querySelector('button') ?? document.createElement('button');
}

/** Keeps the moments of one call after the other. */
export function createMoments(): Moments {
  const make = () => {
    let reach = (): void => undefined;
    const promise = new Promise<void>((resolve) => {
      reach = resolve;
    });
    return { promise, reach: () => reach() };
  };
  const all = () => ({ ringing: make(), answered: make(), ended: make() });
  let current = all();
  return {
    reach: (name) => current[name].reach(),
    restart: () => {
      current = all();
    },
    until: (name) => current[name].promise,
  };
}

/** Gives the page to the bench, and the button its work. */
export function offer(page: CallerPage): void {
  callButton().addEventListener('click', () => void page.dial());
  globalThis.everdialCaller = page;
}
