/** What the demo's server and its page tell each other. */
import type { ExperimentId } from './experiments.js';

/** How a simulated carrier behaves: it works, its port is closed, or it takes connections and never answers. */
export type CarrierHealth = 'works' | 'down' | 'silent';

/** What the simulated phone plays to the caller. */
export type PhoneSound = 'melody' | 'echo' | 'tone' | 'silence';

/** Where the page finds the simulated carriers; `GET /lab.json`. */
export interface LabAddresses {
  /** The number of the phone on the page, E.164. */
  readonly number: string;
  /** `ws://127.0.0.1:port` of the simulated Telnyx. */
  readonly telnyx: string;
  /** `127.0.0.1:port` of the simulated Twilio, without TLS. */
  readonly twilio: string;
}

/** The call at the phone that is not over. */
export interface PhoneCallView {
  /** The number that was dialled. */
  readonly number: string;
  /** Through which carrier it came: `telnyx` or `twilio`. */
  readonly carrier: string;
  /** `dialled` has arrived and does not ring yet. */
  readonly state: 'dialled' | 'ringing' | 'answered';
  /** Epoch milliseconds of the answer. */
  readonly answeredAtMs: number | undefined;
  /** Digits heard so far. */
  readonly digits: string;
  /** Loudness of what the phone hears, 0..1. */
  readonly level: number;
  /** Whether the caller holds it. */
  readonly held: boolean;
}

/** One past or running call as the phone saw it: the callee's own record, whatever the page believes. */
export interface PhoneRecord {
  /** The carrier's id of the call. */
  readonly id: string;
  /** The Dialer's id of the press that it belongs to; `undefined` when it brought none. */
  readonly callId: string | undefined;
  /** The number that was dialled. */
  readonly number: string;
  /** Through which carrier it came. */
  readonly carrier: string;
  /** Epoch milliseconds at which it arrived. */
  readonly atMs: number;
  /** How often the phone rang. */
  readonly rings: number;
  /** How often it rang for this press of the button, over all carriers. */
  readonly ringsOfPress: number;
  /** What became of it, in a few words, such as `answered, hung up by the caller after 8 s`. */
  readonly story: string;
  /** Digits heard. */
  readonly digits: string;
}

/** Everything the page draws of the lab; sent anew over `GET /events` whenever it has changed. */
export interface LabState {
  /** The call at the phone; `undefined` when it is idle. */
  readonly call: PhoneCallView | undefined;
  /** What the phone plays. */
  readonly sound: PhoneSound;
  /** Newest first. */
  readonly records: readonly PhoneRecord[];
  /** The switches. */
  readonly carriers: Readonly<Record<'telnyx' | 'twilio', CarrierHealth>>;
}

/** What the page asks of the lab; `POST /lab`. */
export type LabCommand =
  | { readonly do: 'answer' | 'decline' | 'hang-up' }
  | { readonly do: 'press'; readonly digit: string }
  | { readonly do: 'play'; readonly sound: PhoneSound }
  /** Breaks the first carrier. */
  | { readonly do: 'break'; readonly experiment: ExperimentId }
  /** Puts everything back; `endCalls` also what still rings or talks. */
  | { readonly do: 'heal'; readonly endCalls: boolean }
  | {
      readonly do: 'set-carrier';
      readonly carrier: 'telnyx' | 'twilio';
      readonly health: CarrierHealth;
    };
