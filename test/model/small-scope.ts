import { type CarrierBehaviour, type CarrierKind, WORKING } from './carriers/behaviour.js';
import type { Action, Moment, PlainAction, Script, Step } from './script.js';
import type { Fence } from './world/access-server.js';

/** One thing that goes wrong: a carrier that behaves so from the start, or something that happens at a moment. */
export type Fault =
  | { readonly on: number; readonly behaves: Partial<CarrierBehaviour> }
  | { readonly at: Moment | 'at once'; readonly steps: readonly Step[] };

/** Every order of two carriers of different kinds, and each alone. */
export const ORDERS: readonly (readonly CarrierKind[])[] = [
  ['telnyx', 'twilio'],
  ['twilio', 'telnyx'],
  ['telnyx', 'sip'],
  ['sip', 'telnyx'],
  ['twilio', 'sip'],
  ['sip', 'twilio'],
  ['telnyx'],
  ['twilio'],
  ['sip'],
];

const MOMENTS = ['at once', 'sent', 'acknowledged', 'silent', 'progress', 'answered'] as const;
/** Moments at which another route may still follow. */
const EARLY = ['at once', 'sent', 'acknowledged', 'silent'] as const;

const LOGINS = [
  'is refused',
  'is silent',
  'takes 1 s',
  'refuses the first token',
  'refuses every token',
  'lacks its code',
  'has slow code',
] as const;

const INVITES = [
  'are swallowed',
  'are routed in silence',
  'are shelved',
  'are late',
  'ring, then fail',
  'fail with 401',
  'fail with 402',
  'fail with 403',
  'fail with 408',
  'fail with 480',
  'fail with 488',
  'fail with 500',
  'fail with 503',
  'fail with 603',
] as const;

const CARRIER_FAULTS = [
  'break: reset',
  'break: silent',
  'break: uplink',
  'break: downlink',
  'fail the session',
  'fail every leg with 503',
] as const;

const FOR_A_WHILE = [100, 1_000, 3_200] as const;

const AROUND: readonly PlainAction[] = [
  'hang up',
  'click',
  'close',
  'go offline',
  'leave the page',
  'freeze the page',
  'unplug the microphone',
  'token server fails',
  'the callee hangs up',
];

function faultsOf(on: number, moments: readonly (Moment | 'at once')[]): readonly Fault[] {
  const behaviours: readonly Partial<CarrierBehaviour>[] = [
    ...LOGINS.map((login) => ({ login })),
    ...INVITES.map((invites) => ({ invites })),
    { answersItself: true },
    { talksOn: true },
    { latencyMs: [600, 900] },
  ];
  const happenings = moments.flatMap((at) => [
    ...CARRIER_FAULTS.map((does): Fault => ({ at, steps: [stepAt(at, { carrier: on, does })] })),
    // The connection is gone, and comes back.
    ...FOR_A_WHILE.map(
      (ms): Fault => ({
        at,
        steps: [
          stepAt(at, { carrier: on, does: 'break: reset' }),
          { wait: ms, do: { carrier: on, does: 'heal' } },
        ],
      }),
    ),
  ]);
  return [...behaviours.map((behaves): Fault => ({ on, behaves })), ...happenings];
}

const stepAt = (at: Moment | 'at once', action: Action): Step => ({
  wait: at === 'at once' ? 1 : at,
  do: action,
});

/** Every single fault of the first carrier, the visitor and the page, in every phase. */
export const SINGLES: readonly Fault[] = [
  ...faultsOf(0, MOMENTS),
  ...MOMENTS.flatMap((at) => AROUND.map((action): Fault => ({ at, steps: [stepAt(at, action)] }))),
];

/** What can go wrong on the way from the first carrier to the second, at either. */
const ON_THE_WAY: readonly Fault[] = [...faultsOf(0, EARLY), ...faultsOf(1, EARLY)];

/** Every pair of faults on the way to another carrier. */
export function* pairs(): Iterable<readonly [Fault, Fault]> {
  for (const [index, one] of ON_THE_WAY.entries())
    for (const other of ON_THE_WAY.slice(index + 1)) yield [one, other];
}

/** The script in which these faults happen, and nothing else. */
export function scriptOf(
  kinds: readonly CarrierKind[],
  faults: readonly Fault[],
  fence: Fence,
): Script {
  const behaving = faults.filter((fault) => 'behaves' in fault);
  const happening = faults
    .filter((fault) => 'steps' in fault)
    .sort((one, other) => rank(one.at) - rank(other.at));
  return {
    carriers: kinds.map((kind, index) =>
      Object.assign(
        { ...WORKING, kind },
        ...behaving.filter(({ on }) => on === index).map(({ behaves }) => behaves),
      ),
    ),
    taking: { callee: 'answers', postDialDelayMs: 3_500, ringMs: 2_000 },
    fence,
    microphone: 'granted',
    policy: 'standard',
    seed: 1,
    steps: [{ wait: 0, do: 'click' }, ...happening.flatMap(({ steps }) => steps)],
  };
}

const rank = (at: Moment | 'at once'): number => (MOMENTS as readonly string[]).indexOf(at);
