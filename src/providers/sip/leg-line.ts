import type { Clock } from '../../core/environment.js';
import type { RouteId } from '../../core/ids.js';
import type { DialerErrorCode } from '../../errors/codes.js';
import type { DialerError } from '../../errors/dialer-error.js';

/** What a leg needs of its session. */
export interface LegLine {
  readonly route: RouteId;
  readonly clock: Clock;
  /** Codecs in order of preference, lower case. */
  readonly codecs: readonly string[];
  /** Upper bound for Opus, kilobits per second. */
  readonly maxBitrateKbps: number;
  /** How digits are sent. */
  readonly digits: 'rtp' | 'signalling';
  /** Longest wait for ICE candidates, milliseconds. */
  readonly iceGatheringMs: number;
  /** Whether the socket is open, so that what is written leaves the browser. */
  readonly connected: boolean;
  /** Whether a call can be sent. */
  readonly ready: boolean;
  /** Calls back when the server is there; not at all when the connection is lost. */
  check(then: () => void): void;
  /** An error of this route. */
  error(code: DialerErrorCode, cause?: unknown): DialerError;
}
