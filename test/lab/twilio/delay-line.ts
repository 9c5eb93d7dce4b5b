/** One direction of a slow line: runs what is pushed into it after the delay, always in order, also when the delay changes. */
export class DelayLine {
  readonly #delayMs: () => number;
  readonly #waiting: { readonly due: number; readonly run: () => void }[] = [];
  #timer: NodeJS.Timeout | undefined;

  /** @param delayMs - Read once for each thing pushed; milliseconds. */
  constructor(delayMs: () => number) {
    this.#delayMs = delayMs;
  }

  /** Runs `run` after the delay; at once when there is no delay and nothing waits in front of it. */
  push(run: () => void): void {
    const delay = this.#delayMs();
    if (delay <= 0 && this.#waiting.length === 0) {
      run();
      return;
    }
    const last = this.#waiting.at(-1)?.due ?? 0;
    this.#waiting.push({ due: Math.max(last, performance.now() + delay), run });
    this.#arm();
  }

  /** Loses everything that is under way. */
  clear(): void {
    this.#waiting.length = 0;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #arm(): void {
    const first = this.#waiting[0];
    if (first === undefined || this.#timer !== undefined) return;
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined;
        // A Node timer may fire up to a millisecond early.
        while (this.#waiting[0] !== undefined && this.#waiting[0].due <= performance.now() + 1) {
          this.#waiting.shift()?.run();
        }
        this.#arm();
      },
      Math.max(0, first.due - performance.now()),
    );
  }
}
