import type { Clock } from '../../core/environment.js';

/** How long to wait for candidates. */
export interface GatheringOptions {
  readonly clock: Clock;
  /** Longest wait, milliseconds. */
  readonly limitMs: number;
  /** Whether this candidate is enough to begin with. */
  isEnough(candidate: RTCIceCandidate): boolean;
  /** A candidate that came after the wait was over; `null`: that was all. */
  late(candidate: RTCIceCandidate | null): void;
}

/**
 * Ends the library's wait for ICE candidates, which has no limit of its own: at the first one that is good enough, or when
 * the time is over. Browsers wait up to 40 s for a STUN server that does not answer.
 */
export function shortenGathering(connection: RTCPeerConnection, options: GatheringOptions): void {
  let waiting = false;
  let stopTimer = (): void => undefined;
  const go = () => {
    stopTimer();
    if (!waiting) return;
    waiting = false;
    // What the browser itself sends at the end of all candidates.
    connection.dispatchEvent(new Event('icecandidate'));
  };
  connection.addEventListener('icegatheringstatechange', () => {
    if (connection.iceGatheringState !== 'gathering') return;
    waiting = true;
    stopTimer = options.clock.setTimer(go, options.limitMs);
  });
  connection.addEventListener('icecandidate', ({ candidate }) => {
    if (candidate === undefined) return;
    if (!waiting) options.late(candidate);
    else if (!candidate || options.isEnough(candidate)) {
      // Those of the other interfaces come in the same turn of the browser.
      stopTimer();
      stopTimer = options.clock.setTimer(go, 0);
    }
  });
  connection.addEventListener('signalingstatechange', () => {
    if (connection.signalingState === 'closed') stopTimer();
  });
}
