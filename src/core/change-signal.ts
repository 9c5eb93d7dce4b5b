import type { Unsubscribe } from './subscribable.js';

/** Tells those who asked that something has changed, without saying what. */
export interface ChangeSignal {
  /** See `SnapshotSource.subscribe`. Bound. */
  readonly subscribe: (onChange: () => void) => Unsubscribe;
  /** Tells everybody. A listener that throws is handed to `onError` and the others still run. */
  notify(): void;
}

/** Makes a {@link ChangeSignal}. */
export function createChangeSignal(onError: (error: unknown) => void): ChangeSignal {
  const listeners = new Set<{ readonly onChange: () => void }>();
  return {
    subscribe(onChange) {
      const entry = { onChange };
      listeners.add(entry);
      return () => void listeners.delete(entry);
    },
    notify() {
      for (const entry of [...listeners]) {
        if (!listeners.has(entry)) continue;
        try {
          entry.onChange();
        } catch (error) {
          onError(error);
        }
      }
    },
  };
}
