import type { DialerError } from '../errors/dialer-error.js';
import type { RouteStatus } from '../failover/route-status.js';
import type { AudioSnapshot } from '../media/audio.js';
import type { AudioChange } from '../media/live-audio.js';
import type { Call, CallEvents } from './call.js';

/**
 * The Dialer in one word. `idle` nothing is connected · `connecting` · `ready` a call can be sent now ·
 * `degraded` ready, on another than the first route · `offline` · `unavailable` no route can be used · `closed`.
 */
export type DialerStatus =
  | 'idle'
  | 'connecting'
  | 'ready'
  | 'degraded'
  | 'offline'
  | 'unavailable'
  | 'closed';

/**
 * The state of a Dialer as one frozen object. It is replaced when anything in it changes, and when the snapshot of one
 * of its calls does. A {@link Dialer} has the same fields, live.
 */
export interface DialerSnapshot {
  /** The Dialer in one word. */
  readonly status: DialerStatus;
  /** Calls that have not ended, oldest first. Live objects: in React, read them with `useCall`. */
  readonly calls: readonly Call[];
  /** The configured routes in the order in which they would be tried now. */
  readonly routes: readonly RouteStatus[];
  /** Microphone, speaker, permission. */
  readonly audio: AudioSnapshot;
}

/** The events of a Dialer: name → payload. */
export interface DialerEvents {
  /** A call exists, outbound or inbound. Fires before any event of the call. */
  'call-added': {
    /** The call. */
    readonly call: Call;
  };
  /** A call is over: the same object as the call's own `ended`. Everything that analytics need. */
  'call-ended': CallEvents['ended'];
  /** The status has changed. */
  'status-changed': {
    /** Now. */
    readonly status: DialerStatus;
    /** Before. */
    readonly previous: DialerStatus;
  };
  /** The connection or the health of a route has changed. */
  'route-changed': {
    /** The route as it is now. */
    readonly route: RouteStatus;
  };
  /** A device came or went, another one was chosen, or the permission has changed. One event for one plug. */
  'audio-changed': AudioChange;
  /** Something failed that belongs to no call, or a listener threw. Never needed for the fate of a call. */
  error: {
    /** What. */
    readonly error: DialerError;
  };
}
