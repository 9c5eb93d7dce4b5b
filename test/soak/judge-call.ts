import type { PhoneEvent } from '../lab/network/history.js';
import type { Fault } from './faults.js';
import type { CallRecord } from './page-side/soak-page-types.js';
import type { CallPlan } from './plan.js';

/** What is known of a call that has ended. */
export interface SeenCall {
  readonly plan: CallPlan;
  readonly fault: Fault;
  readonly record: CallRecord;
  /** Everything that happened at the phone since the last call. */
  readonly phone: readonly PhoneEvent[];
  /** Every INVITE that left the page since then. */
  readonly invites: readonly { readonly params: Readonly<Record<string, string>> }[];
}

/** A hang-up arrives at the phone within this, also on a busy machine, milliseconds. */
const FAREWELL_MS = 2_000;

/** What is wrong with a call, one sentence each. */
export function* judgeCall({ plan, fault, record, phone, invites }: SeenCall): Iterable<string> {
  const { callId, cause, code, released, endedAtMs, states, complaints } = record;
  const { hangUpMs } = plan.page;
  const impatient = hangUpMs === undefined ? [] : (['cancelled', 'completed'] as const);
  const right: readonly string[] = [...fault.causes, ...impatient];
  if (!right.includes(cause)) yield `it ended as ${cause} (${code}), not as ${right.join(' or ')}`;
  if (!released) yield 'the microphone was not released';
  if (states.filter((state) => state === 'ended').length !== 1) yield `states: ${states.join()}`;
  yield* complaints;

  const legs = new Map<string, PhoneEvent[]>();
  for (const event of phone) {
    const leg = `${event.carrier} ${event.carrierCallId}`;
    legs.set(leg, [...(legs.get(leg) ?? []), event]);
  }
  const reached = [...legs.values()].filter((events) =>
    events.some(({ type }) => type === 'ring-start' || type === 'answered'),
  );
  if (reached.length > 1) yield `${reached.length} legs reached the phone`;
  if (fault.neverRings && reached.length > 0) yield 'the phone was reached';
  if (phone.some((event) => event.callId !== callId)) yield 'the phone heard of another call';
  if (invites.some(({ params }) => params['everdial-call-id'] !== callId))
    yield 'an INVITE for another call';
  for (const events of reached) {
    if (!events.some(({ type }) => type === 'answered')) continue;
    const over = events.find(({ type }) => type === 'hung-up');
    if (over === undefined) yield 'it is billed for ever';
    else if (over.atMs > endedAtMs + FAREWELL_MS)
      yield `it was billed for ${Math.round(over.atMs - endedAtMs)} ms after its end`;
  }
}
