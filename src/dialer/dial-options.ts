import type { RouteId } from '../core/ids.js';

/** What the far side hears: the selected microphone, nothing (listen only), or a stream of the application's. */
export type CallInput = 'microphone' | 'none' | MediaStream;

/** Options of {@link Dialer.dial}. */
export interface DialOptions {
  /**
   * Caller ID, E.164. Ignored, with a warning in the log, on routes where the server decides (`capabilities.callerId`).
   */
  readonly from?: string | undefined;
  /**
   * Custom parameters: Twilio parameters; Telnyx and SIP headers, `X-` put in front where it is missing. Names
   * `[A-Za-z0-9-]`, 1 kB together.
   */
  readonly params?: Readonly<Record<string, string>> | undefined;
  /** Cancels the dialling. Has no effect after the answer: a signal with a time-out does not cut a conversation. */
  readonly signal?: AbortSignal | undefined;
  /**
   * The routes to use for this call, in this order. One entry pins the call to that route.
   * @defaultValue all, in the order of `providers`, those in bad health last
   */
  readonly routes?: readonly RouteId[] | undefined;
  /**
   * What the callee hears. A stream of the application's is used as it is and never stopped.
   * @defaultValue 'microphone'
   */
  readonly input?: CallInput | undefined;
  /** How long it may ring, milliseconds, instead of `timeouts.ringMs`. */
  readonly ringMs?: number | undefined;
}
