import type { RouteStatus } from '../failover/route-status.js';
import type { DialerStatus } from './dialer-state.js';

/** What the one word is made of. */
export interface StatusFacts {
  readonly closed: boolean;
  readonly online: boolean;
  readonly routes: readonly RouteStatus[];
}

/** The Dialer in one word, from what is known of its routes. */
export function dialerStatus({ closed, online, routes }: StatusFacts): DialerStatus {
  if (closed) return 'closed';
  if (!online) return 'offline';
  if (routes[0]?.connection === 'ready') return 'ready';
  if (routes.some(({ connection }) => connection === 'ready')) return 'degraded';
  if (routes.some(({ connection }) => /^(loading|connecting|reconnecting)$/.test(connection))) {
    return 'connecting';
  }
  const unusable = ({ connection, health }: RouteStatus) =>
    connection === 'failed' || health === 'unsupported';
  return routes.every(unusable) ? 'unavailable' : 'idle';
}
