import type { PageResources } from '../lab/browser/page-side/probe-types.js';
import type { PhoneEvent } from '../lab/network/history.js';
import type { CarrierId } from './cell.js';
import type { PageRecord } from './page-side/page-types.js';

/** An INVITE that left the browser. */
export interface SeenInvite {
  readonly carrier: CarrierId;
  readonly atMs: number;
  readonly callId: string | undefined;
  readonly attempt: string | undefined;
}

/** Everything that is known of one run of a cell. All times are epoch milliseconds. */
export interface Observation {
  /** All carriers of the lab, those that were configured in their order, then those that take no part. */
  readonly carriers: readonly CarrierId[];
  /** How many times the policy may move a call that was sent. */
  readonly maxSwitches: number;
  /** What the page told; `undefined` when it went away. */
  readonly record: PageRecord | undefined;
  /** When the page went away. */
  readonly leftAtMs: number | undefined;
  /** What the phones saw. */
  readonly phone: readonly PhoneEvent[];
  readonly invites: readonly SeenInvite[];
  /** Logins at the first carrier. */
  readonly logins: number;
  /** Words of a carrier that a call is over, and of the server that it ended a leg. */
  readonly endings: readonly { readonly carrier: CarrierId | 'server'; readonly atMs: number }[];
  /** What was open in the page after `close()`. */
  readonly left: PageResources | undefined;
  /** Uncaught errors and unhandled rejections. */
  readonly pageErrors: readonly string[];
  /** Errors in the console. */
  readonly consoleErrors: readonly string[];
  /** The delay that the lab adds to a message and its answer, milliseconds. */
  readonly roundTripMs: number;
  /** See `Cell.outOfReach`. */
  readonly outOfReach: boolean;
  /** When the run was judged. */
  readonly atMs: number;
}

/** One leg as the phone saw it. */
export interface SeenLeg {
  readonly carrier: CarrierId;
  readonly callId: string | undefined;
  readonly arrivedAtMs: number;
  readonly rangAtMs: number | undefined;
  readonly answeredAtMs: number | undefined;
  /** Refused, cancelled or hung up. */
  readonly overAtMs: number | undefined;
}

/** The phone's history by legs, in order of arrival. */
export function legsOf(phone: readonly PhoneEvent[]): readonly SeenLeg[] {
  const ids = [...new Set(phone.map(({ carrierCallId }) => carrierCallId))];
  return ids.flatMap((id) => {
    const mine = phone.filter(({ carrierCallId }) => carrierCallId === id);
    const at = (...types: readonly PhoneEvent['type'][]) =>
      mine.find(({ type }) => types.includes(type))?.atMs;
    const arrived = mine[0];
    if (arrived === undefined) return [];
    return {
      carrier: arrived.carrier,
      callId: arrived.callId,
      arrivedAtMs: arrived.atMs,
      rangAtMs: at('ring-start'),
      answeredAtMs: at('answered'),
      overAtMs: at('refused', 'cancelled', 'hung-up'),
    };
  });
}
