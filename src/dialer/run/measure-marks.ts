import type { Environment } from '../../core/environment.js';
import type { Timeline } from '../timeline.js';

/**
 * Shows the moments of a call as `everdial: ringing` and the like, each measured from the click, where the browser's own
 * tools look for such (User Timing): a `PerformanceObserver`, and a track of the Performance panel in Chromium's.
 */
export function measureMarks(
  timeline: Timeline,
  callId: string,
  { measure }: Pick<Environment, 'measure'>,
): void {
  timeline.follow(({ name, atMs, attempt, overBudget }) => {
    if (name === 'dial') return;
    measure?.({
      name: `everdial: ${name}`,
      startMs: timeline.startedAtMs,
      endMs: timeline.startedAtMs + atMs,
      detail: {
        callId,
        attempt,
        overBudget,
        devtools: { track: 'everdial', color: overBudget ? 'error' : 'primary' },
      },
    });
  });
}
