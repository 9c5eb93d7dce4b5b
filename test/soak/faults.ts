import type { HangupCause } from 'everdial';
import type { PhoneBehaviour } from '../lab/network/behaviour.js';
import type { GatewayFaults } from '../lab/types.js';
import type { PageCall } from './page-side/soak-page-types.js';

/** Something that goes wrong with a call, and what may come of it. */
export interface Fault {
  /** What is broken at the first carrier, before the press. */
  readonly gateway?: Partial<GatewayFaults>;
  /** Whether the connections of that carrier are cut before the press, so that the fault is met. */
  readonly cutBefore?: true;
  /** When they are cut in the call. */
  readonly cutWhen?: 'ring-start' | 'answered';
  /** How the phone takes the call. */
  readonly phone?: Partial<PhoneBehaviour>;
  /** Whether the phone does so through the first carrier only. */
  readonly firstOnly?: true;
  /** How the page carries it out. */
  readonly page?: Partial<PageCall>;
  /** Causes of the end that are right, while the visitor does not hang up before the conversation. */
  readonly causes: readonly HangupCause[];
  /** The phone must not ring at all. */
  readonly neverRings?: true;
}

/** A carrier that fails before anybody's phone rang: the call goes over the other one. */
const SWITCHED: readonly HangupCause[] = ['completed'];
/** The line was cut where the phone may ring: it is repaired, or the person is asked. */
const CUT: readonly HangupCause[] = ['completed', 'unknown-outcome', 'network'];

/** Every fault of the soak by its name. */
export const FAULTS = {
  refused: { gateway: { tcp: 'refuse' }, cutBefore: true, causes: SWITCHED },
  'upgrade 503': { gateway: { upgrade: 503 }, cutBefore: true, causes: SWITCHED },
  'upgrade held': { gateway: { upgrade: 'hold' }, cutBefore: true, causes: SWITCHED },
  'black hole': { gateway: { tcp: 'black-hole' }, cutBefore: true, causes: SWITCHED },
  'login refused': { gateway: { login: 'reject' }, cutBefore: true, causes: SWITCHED },
  'login silent': { gateway: { login: 'silent' }, cutBefore: true, causes: SWITCHED },
  'login dropped': { gateway: { login: 'drop' }, cutBefore: true, causes: SWITCHED },
  'cut before': { cutBefore: true, causes: SWITCHED },
  'INVITE swallowed': { gateway: { invite: 'swallow' }, causes: SWITCHED },
  'INVITE stalled': { gateway: { invite: 'stall' }, causes: SWITCHED },
  'INVITE refused': { gateway: { invite: 'error' }, causes: SWITCHED },
  'INVITE dropped': { gateway: { invite: 'drop' }, causes: CUT },
  'cut while ringing': {
    cutWhen: 'ring-start',
    phone: { answerAfterMs: 300 },
    causes: CUT,
  },
  'cut in the call': { cutWhen: 'answered', causes: CUT },
  busy: { phone: { refuse: 486, rings: false }, causes: ['busy'] },
  declined: { phone: { refuse: 603, refuseAfterMs: 60 }, causes: ['rejected'] },
  'not answered': {
    phone: { refuse: 480, refuseAfterMs: 150 },
    causes: ['no-answer', 'unavailable'],
  },
  'rings for ever': { phone: { answerAfterMs: undefined }, causes: ['no-answer'] },
  'no such number': { phone: { refuse: 404, rings: false }, causes: ['invalid-number'] },
  'phone network 503': {
    phone: { refuse: 503, rings: false },
    firstOnly: true,
    causes: SWITCHED,
  },
  'no media': { phone: { sound: 'none' }, page: { silent: true }, causes: ['completed'] },
  'callee hangs up': { phone: { hangUpAfterMs: 120 }, causes: ['completed'] },
  'microphone denied': {
    page: { microphoneDenied: true },
    causes: ['permission-denied'],
    neverRings: true,
  },
  'device lost': { page: { actions: ['lose-device'] }, causes: ['completed'] },
} as const satisfies Readonly<Record<string, Fault>>;

/** Name of a fault. */
export type FaultName = keyof typeof FAULTS;

/** The fault of this name; of none, nothing goes wrong. */
export const faultOf = (name: FaultName | undefined): Fault =>
  name === undefined ? { causes: ['completed'] } : FAULTS[name];
