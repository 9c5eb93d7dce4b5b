/** What a simulated telephone went through, independent of what the Dialer believes. */
export interface SandboxRecord {
  /** The call's id. */
  readonly callId: string;
  /** The number dialled. */
  readonly to: string;
  /** What happened to the telephone. */
  readonly event: 'rang' | 'answered' | 'stopped-ringing' | 'hung-up' | 'digit';
  /** The digit, for `digit`. */
  readonly digit: string | undefined;
  /** Milliseconds of the Dialer's clock. */
  readonly atMs: number;
}
