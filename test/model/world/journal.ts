import type { LegEvent } from '../../../src/providers/provider.js';

/** A call that was written to a carrier's connection. */
export interface Invite {
  readonly atMs: number;
  readonly route: string;
  readonly callId: string;
  readonly attempt: number;
  /** Whether the leg had a live track to send. */
  readonly microphone: boolean;
}

/** A word from outside that a leg is over. */
export interface Proof {
  readonly atMs: number;
  readonly callId: string;
  readonly attempt: number;
  readonly by: 'carrier' | 'server';
}

/** What an adapter told the Dialer. */
export interface Report {
  readonly atMs: number;
  readonly route: string;
  readonly callId: string;
  readonly attempt: number;
  readonly event: LegEvent;
}

/** What happened between the page and the carriers, written down where it happened. */
export class Journal {
  readonly invites: Invite[] = [];
  readonly proofs: Proof[] = [];
  readonly reports: Report[] = [];
  /** Sessions that adapters opened and have not closed. */
  openSessions = 0;
  /** Timers of the simulated vendors inside the page that run. */
  vendorTimers = 0;
}
