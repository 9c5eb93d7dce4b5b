import type { SandboxScenario } from './scenario.js';

/** Fictional numbers and what happens when they are called. Any other number behaves like `answers`. */
export const sandboxNumbers = {
  /** Rings after 0.3 s, is answered after 1.5 s more, echoes. */
  answers: '+12025550100',
  /** Busy. */
  busy: '+12025550101',
  /** Rings and rings. */
  noAnswer: '+12025550102',
  /** Rings, then declines. */
  rejects: '+12025550103',
  /** Not in service. */
  invalid: '+12025550104',
  /** Cannot be reached. */
  unavailable: '+12025550105',
  /** The provider answers with a server error. */
  serverError: '+12025550106',
  /** The call is sent and nothing ever comes back. */
  silence: '+12025550107',
  /** An announcement before the answer. */
  earlyMedia: '+12025550108',
  /** Answered without any sound. */
  noSound: '+12025550109',
  /** Answered; signalling is lost after 5 s and comes back 3 s later. */
  interrupted: '+12025550110',
} as const;

const TAKEN = { afterMs: 50, does: 'acknowledge' } as const;
const RINGS = [TAKEN, { afterMs: 250, does: 'ring' }] as const;
const ANSWERS = [...RINGS, { afterMs: 1_500, does: 'answer' }] as const;

const SCENARIOS: Readonly<Record<keyof typeof sandboxNumbers, SandboxScenario>> = {
  answers: ANSWERS,
  busy: [TAKEN, { afterMs: 250, does: 'busy' }],
  noAnswer: RINGS,
  rejects: [...RINGS, { afterMs: 2_000, does: 'reject' }],
  invalid: [TAKEN, { afterMs: 250, does: 'not-found' }],
  unavailable: [TAKEN, { afterMs: 250, does: 'unavailable' }],
  serverError: [{ afterMs: 100, does: 'server-error' }],
  silence: [],
  earlyMedia: [TAKEN, { afterMs: 250, does: 'early-media' }, { afterMs: 3_000, does: 'answer' }],
  noSound: [{ afterMs: 0, does: 'stop-sound' }, ...ANSWERS],
  interrupted: [
    ...ANSWERS,
    { afterMs: 5_000, does: 'lose-signalling' },
    { afterMs: 3_000, does: 'restore-signalling' },
  ],
};

/** What happens to a call to this number, if the options do not say. */
export function scenarioByNumber(to: string): SandboxScenario {
  const names = Object.keys(SCENARIOS) as (keyof typeof sandboxNumbers)[];
  return SCENARIOS[names.find((name) => sandboxNumbers[name] === to) ?? 'answers'];
}
