import type { GetToken } from '../access/hooks.js';
import type { Environment } from '../core/environment.js';
import type { ProviderContext } from '../providers/provider.js';
import type { RouteStatus } from './route-status.js';

/** What all routes of a Dialer share. */
export interface RouteSettings
  extends Pick<
      ProviderContext,
      | 'iceServers'
      | 'relayOnly'
      | 'codecs'
      | 'maxBitrateKbps'
      | 'vendorTelemetry'
      | 'clock'
      | 'logger'
    >,
    Pick<Environment, 'network' | 'random'> {
  /** Deadlines, milliseconds. */
  readonly timeouts: {
    readonly tokenMs: number;
    readonly sdkMs: number;
    readonly connectMs: number;
    readonly staggerMs: number;
  };
  /** The application's hook; `undefined` when no provider needs it. */
  readonly getToken: GetToken | undefined;
  /** Told after each change of a route. */
  readonly onChange: (status: RouteStatus) => void;
}
