import type { ProviderId, RouteId } from '../core/ids.js';
import type { DialerError } from '../errors/dialer-error.js';
import type { Capabilities, ConnectionState } from '../providers/provider.js';

/** One configured route and how it is. */
export interface RouteStatus {
  /** Its name, for example `'telnyx/us-west'`. */
  readonly route: RouteId;
  /** Its provider, for example `'telnyx'`. */
  readonly provider: ProviderId;
  /** What can be done on it. */
  readonly capabilities: Capabilities;
  /** Its signalling connection. */
  readonly connection: ConnectionState;
  /**
   * `healthy` · `cooling-down` failed lately and is tried last · `misconfigured` its owner must act · `unsupported` in
   * this browser.
   */
  readonly health: 'healthy' | 'cooling-down' | 'misconfigured' | 'unsupported';
  /** Milliseconds since the epoch at which it is tried in its place again; `undefined` when healthy. */
  readonly retryAtMs: number | undefined;
  /** Its last failure; `undefined` when there was none. */
  readonly error: DialerError | undefined;
}
