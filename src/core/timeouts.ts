/** Every deadline, in milliseconds. All of them run on one clock. */
export interface Timeouts {
  /**
   * The browser's question for the microphone.
   * @defaultValue 60000
   */
  readonly permissionMs?: number | undefined;
  /**
   * A token, and the opening of a call at the server.
   * @defaultValue 3000
   */
  readonly tokenMs?: number | undefined;
  /**
   * Fetching a vendor's code.
   * @defaultValue 10000
   */
  readonly sdkMs?: number | undefined;
  /**
   * Connecting and logging in before the next route is used.
   * @defaultValue 2500
   */
  readonly connectMs?: number | undefined;
  /**
   * Head start of a route's signalling before the next one is connected beside it; after a quarter of it the next one's code
   * and a token are fetched. Calls are never raced.
   * @defaultValue 1000
   */
  readonly staggerMs?: number | undefined;
  /**
   * From sent to acknowledged, on routes that acknowledge.
   * @defaultValue 3000
   */
  readonly acknowledgeMs?: number | undefined;
  /**
   * From sent to any progress; then the call is given up, and the person is asked before anything is dialled again.
   * @defaultValue 20000
   */
  readonly progressMs?: number | undefined;
  /**
   * Proof that a leg is over.
   * @defaultValue 2000
   */
  readonly proofMs?: number | undefined;
  /**
   * Ringing; then the call ends as `no-answer`.
   * @defaultValue 45000
   */
  readonly ringMs?: number | undefined;
  /**
   * From answered to sound; then `problem` is set.
   * @defaultValue 3500
   */
  readonly mediaMs?: number | undefined;
  /**
   * Repairing a lost connection; then the call ends as `network`.
   * @defaultValue 20000
   */
  readonly reconnectMs?: number | undefined;
}
