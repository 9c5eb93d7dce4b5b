import type { PhoneEvent } from '../../../test/lab/network/history.js';
import type { PhoneCall } from '../../../test/lab/network/phone-call.js';
import type { PhoneNetwork } from '../../../test/lab/network/phone-network.js';
import type { PhoneCallView, PhoneRecord } from '../protocol.js';

/** How many records are shown. */
const MOST_RECORDS = 8;

/** How often phones rang for one press of the button, over all carriers. */
export const ringsOf = (events: readonly PhoneEvent[], callId: string | undefined): number =>
  events.filter((event) => event.callId === callId && isRing(event)).length;

/** The newest call at any phone that is not over. */
export function liveCall(network: PhoneNetwork): PhoneCall | undefined {
  const numbers = new Set(network.events.map((event) => event.number));
  return [...numbers].flatMap((number) => network.phone(number).calls).at(-1);
}

/** The live call as the page draws it. */
export function viewCall(
  call: PhoneCall,
  events: readonly PhoneEvent[],
): PhoneCallView | undefined {
  if (call.state === 'over') return undefined;
  const { to: number, carrier, carrierCallId } = call.call;
  const own = events.filter((event) => event.carrierCallId === carrierCallId);
  const holds = own.filter(({ type, by }) => by === 'caller' && /^(held|resumed)$/.test(type));
  return {
    number,
    carrier,
    state: call.state,
    answeredAtMs: own.find(({ type }) => type === 'answered')?.atMs,
    digits: digitsOf(own),
    level: call.state === 'answered' ? rounded(call.call.media.heard(200).level) : 0,
    held: holds.at(-1)?.type === 'held',
  };
}

/** What the phones went through, one record for each call that reached one, newest first. */
export function viewRecords(events: readonly PhoneEvent[]): readonly PhoneRecord[] {
  const arrivals = events.filter((event) => event.type === 'arrived').reverse();
  return arrivals.slice(0, MOST_RECORDS).map((arrival) => {
    const own = events.filter(({ carrierCallId }) => carrierCallId === arrival.carrierCallId);
    return {
      id: arrival.carrierCallId,
      callId: arrival.callId,
      number: arrival.number,
      carrier: arrival.carrier,
      atMs: arrival.atMs,
      rings: own.filter(isRing).length,
      ringsOfPress: ringsOf(events, arrival.callId),
      story: storyOf(own),
      digits: digitsOf(own),
    };
  });
}

const isRing = ({ type }: PhoneEvent): boolean => type === 'ring-start';

const digitsOf = (events: readonly PhoneEvent[]): string =>
  events.map(({ type, digit }) => (type === 'digit' ? digit : '')).join('');

const rounded = (level: number): number => Math.round(Math.min(1, level * 4) * 20) / 20;

function storyOf(own: readonly PhoneEvent[]): string {
  const last = own.filter(({ type }) => /^(hung-up|refused|cancelled)$/.test(type)).at(-1);
  const answered = own.some(({ type }) => type === 'answered');
  if (last === undefined) return answered ? 'answered, talking' : 'ringing';
  const seconds = `${Math.round(last.billedSeconds ?? 0)}\u00a0s`;
  if (last.type === 'hung-up') return `answered, hung up by the ${last.by} after ${seconds}`;
  if (last.type === 'cancelled') return 'the caller gave up';
  return REFUSALS[last.sipCode ?? 0] ?? `refused (${last.sipCode})`;
}

const REFUSALS: Readonly<Record<number, string>> = {
  404: 'no such number',
  480: 'nobody answered',
  486: 'busy',
  603: 'declined',
};
