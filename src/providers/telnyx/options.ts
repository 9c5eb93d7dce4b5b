import type { RouteId } from '../../core/ids.js';
import type { LegRequest } from '../provider.js';
import type { SdkSource } from '../resolve-sdk.js';

/** Options of `telnyx()`. */
export interface TelnyxOptions {
  /**
   * Telnyx region, for example `'us-west'`, `'eu'`.
   * @defaultValue the nearest, as Telnyx chooses
   */
  readonly region?: string | undefined;
  /**
   * Name of this route.
   * @defaultValue 'telnyx', or 'telnyx/<region>'
   */
  readonly route?: RouteId | undefined;
  /**
   * Send ICE candidates as they are found instead of waiting for all of them.
   * @defaultValue true
   */
  readonly trickleIce?: boolean | undefined;
  /** Telnyx's `clientState` for each call, plain text; it is base64-encoded for you. */
  readonly clientState?: ((request: LegRequest) => string) | undefined;
  /**
   * Where the vendor's SDK comes from, when it is not `import('@telnyx/webrtc')`.
   * @defaultValue `() => import('@telnyx/webrtc')`
   */
  readonly sdk?: SdkSource | undefined;
  /** Passed to the vendor's client untouched and last, so that they win. */
  readonly sdkOptions?: Readonly<Record<string, unknown>> | undefined;
}

/** The same with the SDK's source settled. */
export interface TelnyxSettings extends TelnyxOptions {
  /** Where the vendor's SDK comes from. */
  readonly sdk: SdkSource;
}
