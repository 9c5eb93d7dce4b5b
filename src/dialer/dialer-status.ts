import type { RouteId } from '../core/ids.js';
import type { RouteStatus } from '../failover/route-status.js';
import type { DialerStatus } from './dialer-state.js';

/** What the one word is made of. */
export interface StatusFacts {
  readonly closed: boolean;
  readonly online: boolean;
  readonly routes: readonly RouteStatus[];
  /** The route that the application wants first, whatever its health. */
  readonly first: RouteId | undefined;
}

/** The Dialer in one word, from what is known of its routes. */
export function dialerStatus({ closed, online, routes, first }: StatusFacts): DialerStatus {
  if (closed) return 'closed';
  if (!online) return 'offline';
  const ready = routes.filter(({ connection }) => connection === 'ready');
  if (ready.length > 0) return ready.some(({ route }) => route === first) ? 'ready' : 'degraded';
  if (routes.some(({ connection }) => /^(loading|connecting|reconnecting)$/.test(connection))) {
    return 'connecting';
  }
  const unusable = ({ connection, health }: RouteStatus) =>
    connection === 'failed' || health === 'unsupported';
  return routes.every(unusable) ? 'unavailable' : 'idle';
}
