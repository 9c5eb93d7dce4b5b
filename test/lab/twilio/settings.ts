import type { CandidateMode } from '../media/candidates.js';
import { DEFAULT_HANDSHAKE, type HandshakeSettings } from '../net/handshake.js';

/** Behaviour of Twilio's side that no other carrier has; live, `resetFaults()` puts all back. */
export interface TwilioSettings extends HandshakeSettings {
  /**
   * TwiML without `answerOnBridge`: the browser is answered as soon as its INVITE arrives, without a `ringing`; busy and no answer then end
   * the call like a normal hang-up.
   * @defaultValue false
   */
  answersAtOnce: boolean;
  /**
   * Whether an `answer` carries the token with which the browser comes back to its call after a lost socket.
   * @defaultValue true
   */
  reconnectTokens: boolean;
  /**
   * Time between two heartbeats in milliseconds; 0 sends none. The client gives a silent socket up after 15 s.
   * @defaultValue 5000
   */
  heartbeatMs: number;
  /**
   * Lifetime of each token as announced in `connected`, in seconds.
   * @defaultValue 3600
   */
  tokenTtlSeconds: number;
  /**
   * Error code of `faults.login = 'reject'`.
   * @defaultValue 31204
   */
  loginErrorCode: number;
  /**
   * Seconds after which a browser whose login is refused may come back; `undefined` says nothing.
   * @defaultValue undefined
   */
  retryAfterSeconds: number | undefined;
  /**
   * Error code of `faults.invite = 'error'`.
   * @defaultValue 31503
   */
  inviteErrorCode: number;
  /**
   * Error code of every `hangup` that tells of an end in the phone network, instead of 31000 plus the SIP response.
   * @defaultValue undefined
   */
  endCode: number | undefined;
  /**
   * Candidates of the answers: the real ones, none at all, or a port on which nobody listens. As the browser's offers carry none either,
   * media connects only with `real`.
   * @defaultValue 'real'
   */
  candidates: CandidateMode;
  /**
   * How long a call whose socket was lost waits for the browser before the network is told to hang up, in milliseconds; `undefined` waits
   * for ever.
   * @defaultValue undefined
   */
  orphanTimeoutMs: number | undefined;
}

/** Settings as they are after start. */
export function defaultSettings(): TwilioSettings {
  return {
    answersAtOnce: false,
    reconnectTokens: true,
    heartbeatMs: 5000,
    tokenTtlSeconds: 3600,
    loginErrorCode: 31204,
    retryAfterSeconds: undefined,
    inviteErrorCode: 31503,
    endCode: undefined,
    candidates: 'real',
    orphanTimeoutMs: undefined,
    ...DEFAULT_HANDSHAKE,
  };
}
