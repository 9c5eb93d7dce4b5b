import { systemClock } from '../core/clock.js';
import type { Environment, Measurement } from '../core/environment.js';
import { browserMedia } from './browser-media.js';
import { browserPage } from './browser-page.js';

/**
 * What the application replaces, and the browser's own for the rest. Getters are carried over as such: making it reads
 * nothing, so that it is safe on a server.
 */
export function completeEnvironment(replaced: Partial<Environment> = {}): Environment {
  return Object.defineProperties(browserEnvironment(), Object.getOwnPropertyDescriptors(replaced));
}

function browserEnvironment(): Environment {
  return {
    clock: systemClock,
    media: browserMedia(),
    get storage() {
      try {
        return globalThis.localStorage;
      } catch {
        // A sandboxed frame, or storage switched off by the person.
        return undefined;
      }
    },
    network: {
      get online() {
        return globalThis.navigator?.onLine ?? true;
      },
      onChange(callback) {
        // A server has no events of this kind.
        globalThis.addEventListener?.('online', callback);
        globalThis.addEventListener?.('offline', callback);
        return () => {
          globalThis.removeEventListener?.('online', callback);
          globalThis.removeEventListener?.('offline', callback);
        };
      },
    },
    page: browserPage(),
    measure,
    random: Math.random,
  };
}

/** User Timing, level 3. What is not cleared is kept for as long as the page lives. */
function measure({ name, startMs: start, endMs: end, detail }: Measurement): void {
  performance.clearMeasures(name);
  performance.measure(name, { start, end, detail });
}
