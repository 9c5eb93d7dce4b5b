import type { CallOutcome, RouteStatus, Timeouts } from 'everdial';

/** A carrier of the lab. */
export type CarrierId = 'telnyx' | 'twilio' | 'sip';

/** What is broken in the page itself. */
export type Sabotage =
  | 'no-storage'
  | 'no-webrtc'
  | 'sdk-throws'
  | 'slow-timers'
  | 'held-offer'
  | 'microphone-pending'
  | `microphone-${'NotFoundError' | 'NotReadableError' | 'OverconstrainedError'}`;

/** What a page is made with; it travels as JSON. */
export interface PageConfig {
  /** Carriers in order. */
  readonly routes: readonly CarrierId[];
  /** Where they are. */
  readonly hosts: Readonly<Record<CarrierId, string>>;
  readonly timeouts?: Timeouts | undefined;
  /** How many times the policy may move a call that was sent. @defaultValue 1 */
  readonly maxSwitches?: number | undefined;
  /** Hooks of the application that there are beside `getToken`; they ask the lab's server. */
  readonly hooks?: readonly ('endLeg' | 'closeCall')[] | undefined;
  readonly sabotage?: Sabotage | undefined;
}

/** An error as a page could show or log it. */
export interface RecordedError {
  readonly code: string;
  readonly kind: string;
  /** Everything of it that is public, as text. */
  readonly text: string;
  /** Whether it has a sentence and a remedy for the person. */
  readonly explained: boolean;
}

/** One event of the call. Times are epoch milliseconds, the lab's scale. */
export interface RecordedEvent {
  /** The event's name; `state` for `state-changed`. */
  readonly name: string;
  readonly atMs: number;
  readonly callId: string;
  readonly state: string;
  readonly provider: string | undefined;
  readonly error: RecordedError | undefined;
  readonly evidence: string | undefined;
}

/** What a page tells of its call. */
export interface PageRecord {
  readonly pressedAtMs: number;
  readonly hungUpAtMs: number | undefined;
  /** Ids of the calls that were made; a double press makes one. */
  readonly callIds: readonly string[];
  readonly events: readonly RecordedEvent[];
  readonly outcome:
    | (Pick<CallOutcome, 'cause' | 'by' | 'confirmed' | 'redialAdvice' | 'durationMs' | 'media'> & {
        readonly code: string | undefined;
      })
    | undefined;
  /** Errors of the outcome and its attempts. */
  readonly errors: readonly RecordedError[];
  /** Lines that were logged. */
  readonly logs: readonly { readonly level: string; readonly text: string }[];
  /** Questions for the microphone, and when it was given. */
  readonly microphones: readonly {
    readonly askedAtMs: number;
    readonly givenAtMs: number | undefined;
  }[];
  /** Live tracks 250 ms after `ended`. */
  readonly tracksAfterEnd: number | undefined;
  /** How long a second and a third `hangup()` and `close()` took, milliseconds. */
  readonly repeatedMs: number | undefined;
  readonly routes: readonly Pick<RouteStatus, 'route' | 'health' | 'retryAtMs'>[];
}

/** What the runner reaches in the page. */
export interface MatrixPage {
  /** Makes the Dialer. */
  create(config: PageConfig): void;
  /** Presses the button. */
  dial(to: string): void;
  /** Presses the other button. */
  hangup(): void;
  /** Whether an event of this name was told, or the call is in this state. */
  saw(name: string): boolean;
  /** Lets the SDK go on, where `held-offer` stopped it. */
  releaseOffer(): void;
  /** Sets the wall clock forward or back from now on. */
  shiftClock(ms: number): void;
  /** What happened so far. */
  record(): PageRecord;
  /** Hangs up again, and closes the Dialer twice. Resolves when that is done. */
  close(): Promise<void>;
}

declare global {
  /** Put there by the page of the fault matrix. */
  var everdialMatrix: MatrixPage;
}
