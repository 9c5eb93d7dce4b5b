/** Runs asynchronous tasks one after the other. */
export interface SerialQueue {
  /** Adds a task; settles as it does. A task that fails does not stop those behind it. */
  run<Result>(task: () => Promise<Result>): Promise<Result>;
}

/** Makes a {@link SerialQueue}. */
export function createSerialQueue(): SerialQueue {
  let tail: Promise<unknown> = Promise.resolve();
  return {
    run(task) {
      const result = tail.then(task);
      tail = result.catch(() => undefined);
      return result;
    },
  };
}
