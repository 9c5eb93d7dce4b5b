/** The moment at which a page is told that it rings. */
export interface Told {
  /** When, in milliseconds since the page was opened; for whoever asks before or after. */
  readonly at: Promise<number>;
  /** It is now. */
  ring(): void;
  /** It will not come. */
  fail(reason: unknown): void;
}

/** One for each press. */
export function createTold(): Told {
  let ring: Told['ring'] = () => undefined;
  let fail: Told['fail'] = () => undefined;
  const at = new Promise<number>((resolve, reject) => {
    ring = () => resolve(performance.now());
    fail = reject;
  });
  // Nobody may be asking.
  at.catch(() => undefined);
  return { at, ring: () => ring(), fail: (reason) => fail(reason) };
}
