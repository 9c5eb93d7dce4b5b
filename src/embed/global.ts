/**
 * `everdial/global`: types of the script tag, for pages without a bundler. The script fills `window.Everdial`.
 * @packageDocumentation
 */
import type {
  createFailover,
  Dialer,
  DialerError,
  isDialerError,
  warmUpOnIntent,
} from '../index.js';
import type { sandbox, sandboxNumbers } from '../providers/sandbox/index.js';
import type { sip } from '../providers/sip/index.js';
import type { telnyx } from '../providers/telnyx/index.js';
import type { twilio } from '../providers/twilio/index.js';
import type { watchTelLinks } from '../tel-links/index.js';
import type { defineEverdial, EverdialElement } from '../widget/index.js';
import type { LoadFile } from './load-file.js';

/** Everything in the script. Vendor SDKs are fetched from beside the script when they are needed. */
export interface EverdialGlobal {
  /** See `everdial`. */
  readonly Dialer: typeof Dialer;
  /** See `everdial`. */
  readonly DialerError: typeof DialerError;
  /** See `everdial`. */
  readonly isDialerError: typeof isDialerError;
  /** See `everdial`. */
  readonly createFailover: typeof createFailover;
  /** See `everdial`. */
  readonly warmUpOnIntent: typeof warmUpOnIntent;
  /** See `everdial/providers/telnyx`. */
  readonly telnyx: typeof telnyx;
  /** See `everdial/providers/twilio`. */
  readonly twilio: typeof twilio;
  /** See `everdial/providers/sip`. */
  readonly sip: typeof sip;
  /** See `everdial/providers/sandbox`. */
  readonly sandbox: typeof sandbox;
  /** See `everdial/providers/sandbox`. */
  readonly sandboxNumbers: typeof sandboxNumbers;
  /** See `everdial/tel-links`. */
  readonly watchTelLinks: typeof watchTelLinks;
  /** See `everdial/widget`; with the loader only. It makes more names known to the attribute `providers`. */
  readonly defineEverdial?: typeof defineEverdial;
  /** See `everdial/widget`; with the loader only. */
  readonly EverdialElement?: typeof EverdialElement;
  /** Version of the script. */
  readonly version: string;
}

/** A piece of work that needs the library. */
export type EverdialTask = (everdial: EverdialGlobal) => void;

/** The queue that works before and after the script has loaded. */
export interface EverdialQueue {
  /** Runs the function with the library: at once when it is loaded, else as soon as it is. */
  push(task: EverdialTask): void;
}

/**
 * What `window.Everdial` is: only the queue before the script has loaded, with the library afterwards. With the loader the
 * library comes on the first sign that somebody wants to call, or with the first task in the queue.
 */
export type EverdialWindow = {
  cmd: EverdialQueue;
  /** Fetches one of the loader's own files and compares it with its hash. */
  load?: LoadFile;
} & Partial<EverdialGlobal>;

declare global {
  interface Window {
    /** `window.Everdial = window.Everdial || { cmd: [] }`, then `Everdial.cmd.push(function (everdial) { … })`. */
    Everdial?: EverdialWindow;
  }
  interface HTMLElementTagNameMap {
    /** The widget. */
    'ever-dial': EverdialElement;
  }
}
