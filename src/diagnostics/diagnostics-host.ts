import type { CallSnapshot } from '../dialer/call.js';
import type { CallHost } from '../dialer/call-plan.js';
import type { RouteList } from '../failover/route-list.js';
import type { RouteStatus } from '../failover/route-status.js';
import type { Provider } from '../providers/provider.js';
import type { LogMemory } from './log-memory.js';

/** What preflight and report need of a Dialer. */
export interface DiagnosticsHost
  extends Pick<
    CallHost,
    'environment' | 'logger' | 'audio' | 'iceServers' | 'closed' | 'onListenerError'
  > {
  /** The configured providers in their order. */
  readonly providers: readonly Provider[];
  readonly relayOnly: boolean;
  /** The routes, with the code that connects them. */
  readonly routes: () => Promise<RouteList>;
  /** How the routes are. */
  readonly statuses: () => readonly RouteStatus[];
  /** The last calls, oldest first. */
  readonly calls: () => readonly CallSnapshot[];
  readonly log: LogMemory;
}
