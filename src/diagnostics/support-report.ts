import type { CallSnapshot } from '../dialer/call.js';
import type { RouteStatus } from '../failover/route-status.js';
import type { AudioSnapshot } from '../media/audio.js';
import type { BrowserSupport } from './browser-support.js';
import type { LogLine } from './log-memory.js';

/** Options of {@link Dialer.report}. */
export interface ReportOptions {
  /**
   * Keep telephone numbers readable instead of masking them (`+1•••••••42`).
   * @defaultValue false
   */
  readonly includeNumbers?: boolean | undefined;
}

/**
 * One file for a support ticket: JSON without tokens, SDP or addresses, the same for every provider. Its errors are plain
 * data: code, kind, codes, route, message, summary, remedy and the codes of their causes.
 */
export interface SupportReport {
  /** Name and version of this format. */
  readonly schema: 'everdial-report/1';
  /** Milliseconds since the epoch. */
  readonly createdAtMs: number;
  /** Version of this package, and of each vendor SDK that is loaded. */
  readonly versions: Readonly<Record<string, string>>;
  /** Browser and system as far as they tell. */
  readonly browser: Readonly<Record<string, string | number | boolean>>;
  /** What the page allows. */
  readonly support: BrowserSupport;
  /** Routes and their health. */
  readonly routes: readonly RouteStatus[];
  /** Microphone, speaker, permission; labels reduced to their class (headset, built-in …), ids to `input-1` …. */
  readonly audio: AudioSnapshot;
  /** The last 10 calls with attempts and timelines. */
  readonly calls: readonly CallSnapshot[];
  /** The last 500 log lines of level `info` and above. */
  readonly log: readonly LogLine[];
}
