import type { CarrierId } from './bench-page-types.js';
import type { PageMoment, PageWatch } from './watch.js';

/** How a page with a call button is made; it travels as JSON. */
export interface CallerConfig {
  readonly carrier: CarrierId;
  /** Where the carrier is. */
  readonly host: string;
  /** What the button dials, E.164. */
  readonly to: string;
  /** Whether it prepares before the press. Without, everything is done after it. */
  readonly warm: boolean;
}

/** A page with a call button: over the Dialer, or over a vendor's SDK alone. */
export interface CallerPage {
  /** Puts life into the button. */
  create(config: CallerConfig): void;
  /** Waits until all that is done before the press is done. Only where it prepares. */
  ready(): Promise<void>;
  /** Waits until the page is told that it rings; gives when, in milliseconds since the page was opened. */
  told(): Promise<number>;
  /** Hangs up; gives what the caller itself noted. */
  hangup(): Promise<readonly PageMoment[]>;
  /** Frees everything. */
  close(): Promise<void>;
}

/** Body of such a page. */
export const CALLER_BODY =
  '<button type="button" id="call">Call</button><audio id="remoteMedia" autoplay></audio>';

/** Its button. */
export function callButton(): HTMLElement {
  const button = document.getElementById('call');
  if (button === null) throw new Error('the page has no button');
  return button;
}

declare global {
  /** Put there by the page. */
  var caller: CallerPage;
  /** Put there before any script of the page. */
  var pageWatch: PageWatch;
  /** How long the microphone takes to open, milliseconds; put there before any script. */
  var watchedMicrophoneMs: number | undefined;
}
