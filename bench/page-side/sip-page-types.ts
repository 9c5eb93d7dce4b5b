import type { PageMoment, PageWatch } from './watch.js';

/** How a page logs in; it travels as JSON. */
export interface SipPageConfig {
  /** WebSocket address of the SIP server. */
  readonly server: string;
  readonly domain: string;
  readonly username: string;
  readonly password: string;
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

declare global {
  /** Put there by the page with the Dialer. */
  var sipBench: SipBenchPage;
  /** Put there before any script of the page. */
  var sipWatch: PageWatch;
}
