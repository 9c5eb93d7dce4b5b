import type { Call, Dialer, DialOptions } from '../../index.js';
import type { EverdialTexts } from '../languages/en.js';

/** The element as its works see it. */
export interface WorksHost {
  /** The element itself, for attributes and events. */
  readonly element: HTMLElement;
  /** Its shadow root, in which everything is drawn. */
  readonly root: ShadowRoot;
  /** The polite live region. */
  readonly live: HTMLElement;
  /** The element's own start button. */
  readonly button: HTMLElement;
  /** What is pressed to start: that button, or the page's (`for`). */
  readonly launcher: HTMLElement;
  /** The Dialer which the page has set. */
  readonly dialer: Dialer | undefined;
  /** Options of the calls. */
  readonly dialOptions: DialOptions;
  /** Words that differ from the language's own. */
  readonly texts: Partial<EverdialTexts>;
  /** Draws the start button as it is before any interest. */
  drawLauncher(): void;
}

/** The part of the element that is loaded on the first sign of interest: panel, calls, everything but the start button. */
export interface Works {
  /** The call now, or the last one. */
  readonly call: Call | undefined;
  /** The Dialer in use; made from the attributes when the page has set none. */
  readonly dialer: Dialer | undefined;
  /** As a press on Call; `to` instead of the attribute. */
  start(to?: string): Promise<Call | undefined>;
  /** A sign of interest: a good moment to open connections. */
  warmUp(): Promise<void>;
  /** An attribute or a property of the element has changed. */
  changed(): void;
  /** The element has left the page for good: ends what it began. */
  stop(): void;
}

/** Makes the works of an element. */
export type StartWorks = (host: WorksHost) => Works;
