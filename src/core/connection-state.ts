import type { TransitionTable } from './state-machine.js';

/**
 * State of a provider's signalling connection. `ready` means a call can be sent now.
 *
 * ```
 * idle → loading → connecting → ready ⇄ reconnecting
 *          └───────────┴──────────┴────────┴──▶ failed ──▶ loading | connecting      any ──▶ idle
 * ```
 * `idle` nothing was started, or it was closed for want of calls · `loading` the vendor's code is fetched ·
 * `connecting` socket and login are under way · `ready` logged in · `reconnecting` lost, the vendor repairs it ·
 * `failed` given up; the next need tries again.
 */
export type ConnectionState =
  | 'idle'
  | 'loading'
  | 'connecting'
  | 'ready'
  | 'reconnecting'
  | 'failed';

/** Which connection state may follow which. */
export const CONNECTION_TRANSITIONS = {
  idle: ['loading', 'connecting'],
  loading: ['connecting', 'failed', 'idle'],
  connecting: ['ready', 'failed', 'idle'],
  ready: ['reconnecting', 'failed', 'idle'],
  reconnecting: ['ready', 'failed', 'idle'],
  failed: ['loading', 'connecting', 'idle'],
} as const satisfies TransitionTable<ConnectionState>;
