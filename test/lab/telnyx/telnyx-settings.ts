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
   * How long calls wait for a browser that lost its socket before the network is told to hang up, in milliseconds;
   * `undefined`: for ever. @defaultValue undefined
   */
  orphanTimeoutMs: number | undefined;
}

/** Settings as they are at the start. */
export function defaultTelnyxSettings(): TelnyxSettings {
  return {
    gatewayState: 'REGED',
    clientReady: true,
    callReports: false,
    pong: true,
    modify: true,
    orphanTimeoutMs: undefined,
    ...DEFAULT_HANDSHAKE,
  };
}
