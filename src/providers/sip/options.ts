import type { RouteId } from '../../core/ids.js';
import type { SdkSource } from '../resolve-sdk.js';

/** One WebSocket server of a SIP route. */
export interface SipServer {
  /** Its address, `wss:` (`ws:` for tests on this machine). */
  readonly url: string | URL;
  /**
   * Preference: the greater is tried first, equals in the given order.
   * @defaultValue 0
   */
  readonly weight?: number | undefined;
}

/** Options of `sip()`. */
export interface SipOptions {
  /** WebSocket address of the SIP server, `wss:`; or several, tried by weight when one can not be reached. */
  readonly server: string | URL | readonly (string | URL | SipServer)[];
  /** SIP domain, for example `'sip.example.com'`. */
  readonly domain: string;
  /**
   * Name of this route.
   * @defaultValue 'sip'
   */
  readonly route?: RouteId | undefined;
  /** Name to show beside the caller ID. */
  readonly displayName?: string | undefined;
  /**
   * How `getToken`'s answer logs in: as a digest password with `username` (RFC 3261 22), or as a bearer token (RFC 8898).
   * @defaultValue 'digest'
   */
  readonly login?: 'digest' | 'bearer' | undefined;
  /**
   * Whether to register (RFC 3261 10). Without it the login is first checked by the call itself, and none can come in.
   * @defaultValue true
   */
  readonly register?: boolean | undefined;
  /**
   * How digits are sent: as RTP telephone-events (RFC 4733), or as INFO with `application/dtmf-relay`.
   * @defaultValue 'rtp'
   */
  readonly digits?: 'rtp' | 'signalling' | undefined;
  /**
   * Longest wait for ICE candidates before the call is sent, milliseconds.
   * @defaultValue 500
   */
  readonly iceGatheringMs?: number | undefined;
  /**
   * Where the SIP library comes from, when it is not `import('jssip')`.
   * @defaultValue `() => import('jssip')`
   */
  readonly sdk?: SdkSource | undefined;
  /** Passed to the library's `UA` untouched and last, so that they win. */
  readonly sdkOptions?: Readonly<Record<string, unknown>> | undefined;
}

/** The same with the library's source settled. */
export interface SipSettings extends SipOptions {
  /** Where the SIP library comes from. */
  readonly sdk: SdkSource;
}
