import type { RouteId } from '../../core/ids.js';
import type { LegRequest } from '../provider.js';

/** A request of {@link TwilioOptions.serverHold}. */
export interface ServerHoldRequest {
  /** The call's id. */
  readonly callId: string;
  /** Twilio's CallSid of the browser's leg. */
  readonly providerCallId: string;
  /** True to hold, false to take back. */
  readonly held: boolean;
  /** Aborts after 10 s, and when the call ends. */
  readonly signal: AbortSignal;
}

/** Options of {@link twilio}. */
export interface TwilioOptions {
  /**
   * Twilio edge, for example `'ashburn'`, `'dublin'`. One: for a fallback list put more routes into `providers`.
   * @defaultValue 'roaming'
   */
  readonly edge?: string | undefined;
  /**
   * Name of this route.
   * @defaultValue 'twilio', or 'twilio/<edge>'
   */
  readonly route?: RouteId | undefined;
  /**
   * Names under which number and caller ID are sent to your TwiML application.
   * @defaultValue `{ to: 'To', from: 'CallerId' }`
   */
  readonly paramNames?:
    | { readonly to?: string | undefined; readonly from?: string | undefined }
    | undefined;
  /**
   * Twilio's browser SDK has no hold. With this function the call's `capabilities.hold` is `'server'`, and `hold()`
   * calls it. It must move the callee into a conference or a queue on the server, and reject if that fails.
   */
  readonly serverHold?: ((request: ServerHoldRequest) => Promise<void>) | undefined;
  /** More options for the vendor's `device.connect()`, for example `rtcConstraints`. Not checked. */
  readonly connectOptions?:
    | ((request: LegRequest) => Readonly<Record<string, unknown>>)
    | undefined;
  /**
   * More options for the vendor's `new Device()`, passed on untouched. They win over those set here, so some of them
   * (`getUserMedia`, `RTCPeerConnection`, `enumerateDevices`) break the call. Not checked.
   */
  readonly sdkOptions?: Readonly<Record<string, unknown>> | undefined;
  /**
   * Where the vendor's SDK comes from, when it is not `import('@twilio/voice-sdk')`.
   * @defaultValue `() => import('@twilio/voice-sdk')`
   */
  readonly sdk?: (() => unknown) | undefined;
}
