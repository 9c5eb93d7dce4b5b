import type { FailureKind } from '../errors/codes.js';
import type { LegPhase } from '../providers/provider.js';
import type {
  FailoverAction,
  FailoverContext,
  FailoverOptions,
  LegEvidence,
} from './failover-context.js';

/** The options with every default filled in. */
export type FailoverRules = Required<{
  readonly [Name in keyof FailoverOptions]: NonNullable<FailoverOptions[Name]>;
}>;

/** Something that a row may ask for beside evidence, phase and kind. */
type Condition = (context: FailoverContext, rules: FailoverRules) => boolean;

/** A refused token that may be replaced once. One that our own server does not give out can not. */
const refreshable: Condition = ({ error, allowed, tokenRefreshed }) =>
  error.kind === 'auth' &&
  error.code !== 'auth/token-unavailable' &&
  !tokenRefreshed &&
  allowed.includes('refresh-token');

const late: Condition = ({ elapsedMs }, { withinMs }) => elapsedMs > withinMs;

/**
 * How many calls were sent, not counting the one that a fresh token repeats. What was refreshed is only known for sure
 * where every attempt was sent; elsewhere the repeat counts, which is the more careful mistake.
 */
const sentCalls = ({ sentAttempts, attempt, tokenRefreshed }: FailoverContext): number =>
  tokenRefreshed && attempt === sentAttempts ? sentAttempts - 1 : sentAttempts;

/** The conditions by the names that rows call them. */
export const CONDITIONS = {
  /** Fails on every route alike; a provider that refuses this browser does not speak for the others. */
  everywhere: ({ error }) => error.code !== 'provider/unsupported',
  /** One provider's word about the number is enough. */
  believed: (_context, { crossCheckNumber }) => !crossCheckNumber,
  offline: ({ online }) => !online,
  /** Our own deadline, not a final answer. */
  'our-deadline': ({ error: { code, codes } }) =>
    code === 'provider/timeout' && Object.values(codes).every((known) => known === undefined),
  'not-allowed': ({ allowed }) => !allowed.includes('next'),
  'no-route-left': (context, rules) =>
    context.candidates.length === 0 && !refreshable(context, rules),
  'switches-used-up': (context, rules) =>
    sentCalls(context) > rules.maxSwitches && !refreshable(context, rules),
  'late-after-sending': (context, rules) => late(context, rules) && context.sentAttempts > 0,
  late,
  refreshable,
} as const satisfies Readonly<Record<string, Condition>>;

/** One row: what it applies to, and what is decided. What is left out applies to all. */
export interface DecisionRow {
  /** Stable name; its reason stands in `docs/failover.md`. */
  readonly id: string;
  readonly when: {
    readonly evidence?: LegEvidence;
    readonly phase?: readonly LegPhase[];
    readonly kind?: readonly FailureKind[];
    readonly if?: keyof typeof CONDITIONS;
  };
  /** `wait` is for policies that know better how long a carrier may be silent. */
  readonly action: Exclude<FailoverAction, 'wait'>;
}

/**
 * The standard policy: the first row that applies decides. Behind `unproven` the leg was never sent or is proven over;
 * behind `rang-account` nobody's telephone has rung.
 */
export const DECISION_TABLE = Object.freeze([
  { id: 'silent', when: { evidence: 'alive' }, action: 'ask' },
  { id: 'unproven', when: { evidence: 'unknown' }, action: 'ask' },

  { id: 'callee', when: { kind: ['callee'] }, action: 'stop' },
  { id: 'forbidden', when: { kind: ['forbidden'] }, action: 'stop' },
  { id: 'cancelled', when: { kind: ['user'] }, action: 'stop' },
  { id: 'developer', when: { kind: ['developer'] }, action: 'stop' },
  { id: 'browser', when: { kind: ['client'], if: 'everywhere' }, action: 'stop' },
  {
    id: 'slow-far-side',
    when: { phase: ['acknowledged'], if: 'our-deadline' },
    action: 'ask',
  },
  { id: 'number', when: { kind: ['number'], if: 'believed' }, action: 'stop' },
  {
    id: 'rang',
    when: { phase: ['progress', 'answered'], kind: ['infrastructure', 'media', 'unknown'] },
    action: 'ask',
  },
  { id: 'rang-account', when: { phase: ['progress', 'answered'] }, action: 'stop' },

  { id: 'offline', when: { if: 'offline' }, action: 'stop' },
  { id: 'contradiction', when: { if: 'not-allowed' }, action: 'ask' },
  { id: 'no-route-left', when: { if: 'no-route-left' }, action: 'stop' },
  { id: 'switches-used-up', when: { if: 'switches-used-up' }, action: 'stop' },
  { id: 'late-after-sending', when: { if: 'late-after-sending' }, action: 'ask' },
  { id: 'late', when: { if: 'late' }, action: 'stop' },

  { id: 'fresh-token', when: { if: 'refreshable' }, action: 'refresh-token' },
  {
    id: 'next',
    when: {
      kind: ['infrastructure', 'capacity', 'auth', 'media', 'number', 'client', 'unknown'],
    },
    action: 'next',
  },
  { id: 'unheard-of', when: {}, action: 'stop' },
] as const satisfies readonly DecisionRow[]);
