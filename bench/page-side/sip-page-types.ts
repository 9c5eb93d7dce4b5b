/** How a page logs in; it travels as JSON. */
export interface SipPageConfig {
  /** WebSocket address of the SIP server. */
  readonly server: string;
  readonly domain: string;
  readonly username: string;
  readonly password: string;
}

/** Something that happened in a page, in milliseconds since it was opened. */
export interface PageMoment {
  readonly name: string;
  readonly at: number;
}

/** The page with the Dialer. */
export interface SipBenchPage {
  /** Makes the Dialer. */
  create(config: SipPageConfig): void;
  /** Prepares for a call, as a page does when the visitor comes near the button. */
  warmUp(): Promise<void>;
  /** Presses the button; gives when it was answered, in milliseconds since the page was opened. */
  press(to: string): Promise<number>;
  /** Hangs up; gives the Dialer's own timeline. */
  hangup(): Promise<readonly PageMoment[]>;
}

/** What happens in a page, seen from outside its libraries: the same for every one of them. */
export interface SipWatch {
  /** The button is pressed now. */
  press(): void;
  /** When it was pressed last, in milliseconds since the page was opened. */
  readonly pressedAt: number;
  /** What happened so far. */
  readonly moments: readonly PageMoment[];
  /** Waits for the first packet of sound of the newest peer connection, which must be answered. */
  firstPacket(): Promise<void>;
}

declare global {
  /** Put there by the page with the Dialer. */
  var sipBench: SipBenchPage;
  /** Put there before any script of the page. */
  var sipWatch: SipWatch;
}
