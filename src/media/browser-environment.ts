import { systemClock } from '../core/clock.js';
import type { Environment } from '../core/environment.js';
import { browserMedia } from './browser-media.js';

/** Everything from the browser itself. Making it touches nothing, so that it is safe on a server. */
export function browserEnvironment(): Environment {
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
        globalThis.addEventListener('online', callback);
        globalThis.addEventListener('offline', callback);
        return () => {
          globalThis.removeEventListener('online', callback);
          globalThis.removeEventListener('offline', callback);
        };
      },
    },
    random: Math.random,
  };
}
