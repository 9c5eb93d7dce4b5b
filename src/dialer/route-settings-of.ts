import type { GetToken } from '../access/hooks.js';
import type { Environment, Logger } from '../core/environment.js';
import type { RouteSettings } from '../failover/route-settings.js';
import type { CompleteTimeouts } from './defaults.js';
import type { DialerSettings } from './dialer-options.js';

/** What the routes of a Dialer need beside its options. */
export interface RouteSurroundings {
  readonly environment: Environment;
  readonly logger: Logger;
  readonly timeouts: CompleteTimeouts;
  readonly getToken: GetToken | undefined;
  readonly onChange: RouteSettings['onChange'];
}

/** What all routes of a Dialer share, with the defaults of its options. */
export function routeSettingsOf(
  {
    iceServers = [],
    relayOnly = false,
    codecs = ['opus', 'pcmu'],
    maxBitrateKbps = 32,
    vendorTelemetry = false,
  }: DialerSettings,
  { environment: { clock, network, random }, ...others }: RouteSurroundings,
): RouteSettings {
  return {
    iceServers,
    relayOnly,
    codecs,
    maxBitrateKbps,
    vendorTelemetry,
    clock,
    network,
    random,
    ...others,
  };
}
