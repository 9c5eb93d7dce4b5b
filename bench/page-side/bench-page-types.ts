import type { TimelineMark, Timeouts } from 'everdial';

/** A carrier of the lab. */
export type CarrierId = 'telnyx' | 'twilio';

/** What a page is made with; it travels as JSON. */
export interface PageConfig {
  /** Carriers in order. */
  readonly routes: readonly CarrierId[];
  /** Where they are. */
  readonly hosts: Readonly<Record<CarrierId, string>>;
  /** Deadlines that differ from the standard. */
  readonly timeouts?: Timeouts | undefined;
  /** Whether the application's server can end a leg that fell silent. @defaultValue false */
  readonly endLeg?: boolean | undefined;
}

/** A press of the button, up to the ringing. Times are epoch milliseconds, the lab's scale. */
export interface PressRecord {
  /** When `dial()` was called. */
  readonly pressedAtMs: number;
  /** When the page was told that it rings; `undefined` when the call ended without that. */
  readonly ringingAtMs: number | undefined;
  /** The call's id. */
  readonly callId: string;
  /** Error code of a call that ended. */
  readonly code: string | undefined;
  /** The measured moments of the call so far. */
  readonly timeline: readonly TimelineMark[];
}

/** What a bench reaches in the page. */
export interface BenchPage {
  /** Makes the Dialer. */
  create(config: PageConfig): void;
  /** Prepares for a call, as a page does when the visitor comes near the button. */
  warmUp(): Promise<void>;
  /** Presses the button; resolves when it rings or has ended. */
  press(to: string): Promise<PressRecord>;
  /** Hangs up; resolves with the routes that the call had tried. */
  hangup(): Promise<readonly string[]>;
  /** Frees everything. */
  close(): Promise<void>;
}

declare global {
  /** Put there by the page of the benches. */
  var everdialBench: BenchPage;
}
