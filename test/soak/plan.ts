import { FAULTS, type FaultName, faultOf } from './faults.js';
import type { CarrierId, PageCall, VisitorAction } from './page-side/soak-page-types.js';
import { createRandom, type Random } from './random.js';

/** What is done before a call. */
export type Before =
  | 'nothing'
  | 'warm-up'
  /** The press comes while it is under way. */
  | 'warm-up-and-dial'
  /** The microphone, too, as when a pointer goes down. */
  | 'pointer-down'
  /** Until every connection is closed. */
  | 'idle';

/** One call of the soak, all of it decided beforehand. */
export interface CallPlan {
  readonly index: number;
  readonly before: Before;
  /** What goes wrong; `undefined`: nothing. */
  readonly fault: FaultName | undefined;
  /** The carrier that is tried first; the other one is second. */
  readonly first: CarrierId;
  /** From the phone's first ring to the answer, milliseconds. */
  readonly answerAfterMs: number;
  /** Whether routes in bad health are given time to recover afterwards. */
  readonly heal: boolean;
  readonly page: PageCall;
}

/** Everybody's phone. */
export const NUMBER = '+442079460123';

/** How many of the calls meet a fault. */
const FAULTY = 0.3;
/** How many visitors hang up at some moment of their own. */
const IMPATIENT = 0.2;
const NAMES = Object.keys(FAULTS) as [FaultName, ...FaultName[]];
const ACTIONS: readonly [VisitorAction, ...VisitorAction[]] = [
  'mute',
  'hold',
  'digits',
  'other-device',
  'security',
];

/** Decides everything about one call of a run. */
export function planCall(seed: number, index: number): CallPlan {
  const random = createRandom(seed, index);
  const fault = random.chance(FAULTY) ? random.pick(NAMES) : undefined;
  const first = index % 2 === 0 ? 'telnyx' : 'twilio';
  return {
    index,
    // A microphone that is open already can not be refused.
    before: fault === 'microphone denied' ? 'nothing' : before(random),
    fault,
    first,
    answerAfterMs: random.between(10, 80),
    heal: random.chance(0.85),
    page: {
      to: NUMBER,
      routes: first === 'telnyx' ? ['telnyx', 'twilio'] : ['twilio', 'telnyx'],
      hangUpMs: random.chance(IMPATIENT) ? hangUp(random) : undefined,
      actions: random.chance(0.25) ? [random.pick(ACTIONS), random.pick(ACTIONS)] : [],
      talkMs: random.between(0, 60),
      silent: false,
      microphoneDenied: false,
      ...faultOf(fault).page,
    },
  };
}

function before(random: Random): Before {
  const dice = random.next();
  if (dice < 0.06) return 'idle';
  if (dice < 0.12) return 'warm-up';
  if (dice < 0.18) return 'warm-up-and-dial';
  return dice < 0.28 ? 'pointer-down' : 'nothing';
}

/** In the turn of the press, within some milliseconds, or while it is set up, rings or talks. */
function hangUp(random: Random): number {
  const dice = random.next();
  if (dice < 0.2) return 0;
  return dice < 0.5 ? random.between(1, 30) : random.between(30, 600);
}
