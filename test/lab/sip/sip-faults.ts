import type { CandidateMode } from '../media/candidates.js';
import { DEFAULT_HANDSHAKE, type HandshakeSettings } from '../net/handshake.js';

/** Faults that only SIP has, live; `resetFaults()` puts all back. */
export interface SipFaults {
  /** Whether CRLFCRLF is answered with CRLF (RFC 5626 4.4.1). @defaultValue 'ok' */
  pong: 'ok' | 'swallow';
  /** CANCEL: `swallow` ignores it, and the phone rings on. @defaultValue 'ok' */
  cancel: 'ok' | 'swallow';
  /** `again` challenges each request anew, as with a wrong password. @defaultValue 'ok' */
  challenge: 'ok' | 'again';
  /** Refuses every REGISTER with this status; 423 only those below its `Min-Expires` of 600. 0: none. @defaultValue 0 */
  registerCode: number;
  /** Refuses every new INVITE with this status before any phone rings. 0: none. @defaultValue 0 */
  inviteCode: number;
  /** `Retry-After` of such refusals, in seconds. 0: none. @defaultValue 0 */
  retryAfter: number;
  /** Answers each new INVITE with 302 and this URI as `Contact`; empty: does not. @defaultValue '' */
  redirect: string;
  /** A second phone rings: another 180 with another tag, and it is the one that answers. @defaultValue false */
  fork: boolean;
  /** Sends broken frames before each of its messages. @defaultValue false */
  garbage: boolean;
  /** Takes candidates by INFO, and says so with `Supported: trickle-ice` (RFC 8840). @defaultValue false */
  trickle: boolean;
  /** INVITE and UPDATE with SDP in a call: `swallow` ignores, `refuse` answers 488. @defaultValue 'ok' */
  reinvite: 'ok' | 'swallow' | 'refuse';
}

/** What is no fault, but can be set, live; `resetFaults()` puts all back. */
export interface SipSettings extends HandshakeSettings {
  /**
   * Candidates of the answers: the real ones, none at all, or a port on which nobody listens.
   * @defaultValue 'real'
   */
  candidates: CandidateMode;
  /**
   * How long calls wait for a browser that lost its socket before the network is told to hang up, in milliseconds;
   * `undefined`: for ever. @defaultValue undefined
   */
  orphanTimeoutMs: number | undefined;
  /** How long an answer waits for its ACK before the call is hung up (RFC 3261 13.3.1.4), milliseconds. @defaultValue 32 000 */
  ackTimeoutMs: number;
}

/** Faults that are all off. */
export function noSipFaults(): SipFaults {
  return {
    pong: 'ok',
    cancel: 'ok',
    challenge: 'ok',
    registerCode: 0,
    inviteCode: 0,
    retryAfter: 0,
    redirect: '',
    fork: false,
    garbage: false,
    trickle: false,
    reinvite: 'ok',
  };
}

/** Settings as they are at the start. */
export function defaultSipSettings(): SipSettings {
  return {
    candidates: 'real',
    orphanTimeoutMs: undefined,
    ackTimeoutMs: 32_000,
    ...DEFAULT_HANDSHAKE,
  };
}
