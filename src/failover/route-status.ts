import type { ProviderId, RouteId } from '../core/ids.js';
import type { DialerError } from '../errors/dialer-error.js';
import type { Capabilities, ConnectionState, Provider } from '../providers/provider.js';
import { completeCapabilities } from './capabilities.js';

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

/** Which routes come before which, by their health. */
const RANKS: Readonly<Record<RouteStatus['health'], number>> = {
  healthy: 0,
  'cooling-down': 1,
  misconfigured: 2,
  unsupported: 3,
};

/** A route's place by its health: lower comes first. */
export const rankOf = ({ health }: RouteStatus): number => RANKS[health];

/** A route before anything was done with it. */
export function initialStatus(provider: Provider): RouteStatus {
  const error = provider.unsupported?.();
  return {
    route: provider.route,
    provider: provider.id,
    capabilities: completeCapabilities(provider.capabilities),
    connection: 'idle',
    health: error ? 'unsupported' : 'healthy',
    retryAtMs: undefined,
    error,
  };
}
