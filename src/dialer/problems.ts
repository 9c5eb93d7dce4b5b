import type { DialerError } from '../errors/dialer-error.js';

/** Who finds problems of a call, the most pressing first: one that is told hides those behind it. */
const SLOTS = ['microphone', 'playback', 'sound', 'late', 'slow'] as const;

/** Who found a problem. */
export type ProblemSlot = (typeof SLOTS)[number];

/** The problems of a call by who found them, and the one of them that the person should know. */
export interface Problems {
  /** Sets what one finder says; `undefined`: all is well again. */
  set(slot: ProblemSlot, problem: DialerError | undefined): void;
}

/** @param onChange - Told of the most pressing one when it is another, `undefined` when there is none. */
export function createProblems(onChange: (problem: DialerError | undefined) => void): Problems {
  const found = new Map<ProblemSlot, DialerError>();
  let told: DialerError | undefined;
  return {
    set(slot, problem) {
      if (problem) found.set(slot, problem);
      else found.delete(slot);
      const first = SLOTS.map((one) => found.get(one)).find((one) => one !== undefined);
      if (first?.code === told?.code) return;
      told = first;
      onChange(first);
    },
  };
}
