import { labNow } from '../clock.js';

/** Length of a frame in milliseconds. */
const FRAME_MS = 20;

/** So many frames are caught up after a stall; older ones are left out instead of sent in a burst. */
const MOST_CAUGHT_UP = 5;

/** How many frames are to be sent now and what the count is afterwards, `elapsedMs` after the start. */
export function framesDue(elapsedMs: number, sent: number): { frames: number; sent: number } {
  const due = Math.floor(elapsedMs / FRAME_MS) + 1;
  return { frames: Math.min(Math.max(due - sent, 0), MOST_CAUGHT_UP), sent: Math.max(due, sent) };
}

/**
 * Calls back every 20 ms without drift: each frame is due at a multiple of 20 ms after the start, however late the timers
 * are. Returns the function that stops it.
 */
export function startPacer(frame: () => void): () => void {
  const startedAt = labNow();
  let sent = 0;
  const tick = (): void => {
    const due = framesDue(labNow() - startedAt, sent);
    sent = due.sent;
    for (let index = 0; index < due.frames; index += 1) frame();
    timer = setTimeout(tick, Math.max(1, startedAt + sent * FRAME_MS - labNow()));
  };
  let timer = setTimeout(tick, 0);
  return () => clearTimeout(timer);
}
