import type { CarrierId } from './bench-page-types.js';

/** What a page with a call button is opened with; it travels in the address. */
export interface CallerQuery {
  /** Which carrier is called over, or first. */
  readonly carrier: CarrierId;
  /** Where that carrier is. */
  readonly host: string;
  /** What the button calls. */
  readonly to: string;
}

/** A page with one call button, whoever makes the call: a vendor's SDK or the Dialer. */
export interface CallerPage {
  /** Resolves when a call can be placed at once. */
  ready(): Promise<void>;
  /** Places a call; resolves when the page is told that it rings. The button does the same. */
  dial(): Promise<void>;
  /** Resolves when the page has been told that the call rings. */
  ringing(): Promise<void>;
  /** Resolves when the page has been told that somebody answered. */
  answered(): Promise<void>;
  /** Hangs up; resolves when the call is over for the page. */
  hangup(): Promise<void>;
  /** How many times the page was told of the quality. */
  readonly qualitySamples: number;
}

declare global {
  /** Put there by the pages with a call button. */
  var everdialCaller: CallerPage;
}
