import type { CandidateMode } from '../media/candidates.js';
import { DEFAULT_HANDSHAKE, type HandshakeSettings } from '../net/handshake.js';

/** What the Telnyx gateway does in places where no other carrier has one; live, `resetFaults()` puts all back. */
export interface TelnyxSettings extends HandshakeSettings {
  /**
   * Answer to `gatewayState`: `REGED`, `NOREG`, `FAIL_WAIT`, …; `undefined` never answers.
   * @defaultValue 'REGED'
   */
  gatewayState: string | undefined;
  /** Whether `clientReady` is sent after the login. @defaultValue true */
  clientReady: boolean;
  /**
   * Whether the gateway asks for call reports; they are collected in `callReports`.
   * @defaultValue false
   */
  callReports: boolean;
  /** Whether requests `ping` are answered. @defaultValue true */
  pong: boolean;
  /** Whether `modify` (hold, ICE restart) is answered. @defaultValue true */
  modify: boolean;
  /**
   * What a `bye` says of an end in the phone network, where it differs from what the network said.
   * @defaultValue undefined
   */
  end: TelnyxEnd | undefined;
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
}

/** What a `bye` says. */
export interface TelnyxEnd {
  /** Q.850 name in FreeSWITCH's spelling. */
  readonly cause?: string | undefined;
  /** Q.850 number. */
  readonly causeCode?: number | undefined;
  /** SIP response; `null` as the gateway sends it when there was none. */
  readonly sipCode?: number | null | undefined;
  /** Its reason phrase, where Telnyx puts codes of its own such as `D5`. */
  readonly sipReason?: string | undefined;
}

/** Settings as they are at the start. */
export function defaultTelnyxSettings(): TelnyxSettings {
  return {
    gatewayState: 'REGED',
    clientReady: true,
    callReports: false,
    pong: true,
    modify: true,
    end: undefined,
    candidates: 'real',
    orphanTimeoutMs: undefined,
    ...DEFAULT_HANDSHAKE,
  };
}
