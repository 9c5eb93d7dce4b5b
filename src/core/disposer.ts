/** Things to undo, last one first. */
export interface Disposer {
  /** Whether {@link Disposer.dispose} has run: what is added now is undone at once. */
  readonly disposed: boolean;
  /** Adds something to undo. Returns a function that undoes just this, early. */
  add(undo: () => void): () => void;
  /** Undoes everything. Idempotent; one failing step does not keep the others from running. */
  dispose(): void;
}

/**
 * Makes a {@link Disposer}.
 * @param onError - Told when a step throws.
 */
export function createDisposer(onError: (error: unknown) => void = () => undefined): Disposer {
  const steps = new Set<() => void>();
  let disposed = false;
  const run = (undo: () => void) => {
    try {
      undo();
    } catch (error) {
      onError(error);
    }
  };
  return {
    get disposed() {
      return disposed;
    },
    add(undo) {
      if (disposed) run(undo);
      else steps.add(undo);
      return () => {
        if (steps.delete(undo)) run(undo);
      };
    },
    dispose() {
      disposed = true;
      for (const undo of [...steps].reverse()) {
        if (steps.delete(undo)) run(undo);
      }
    },
  };
}
