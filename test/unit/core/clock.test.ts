import { expect, it, vi } from 'vitest';
import { systemClock } from '../../../src/core/clock.js';

it('tells the time of the platform, and sets timers that can be taken back', () => {
  vi.useFakeTimers({ now: 1_700_000_000_000 });
  try {
    const fired: string[] = [];
    systemClock.setTimer(() => fired.push('kept'), 20);
    const stop = systemClock.setTimer(() => fired.push('stopped'), 20);
    const before = systemClock.monotonicNow();
    expect(systemClock.now()).toBe(1_700_000_000_000);
    stop();
    stop();
    vi.advanceTimersByTime(20);
    expect(fired).toEqual(['kept']);
    expect(systemClock.monotonicNow() - before).toBe(20);
  } finally {
    vi.useRealTimers();
  }
});

it('does not fire at once what is due in more than 24.8 days, as browsers do', () => {
  vi.useFakeTimers();
  try {
    const fired: string[] = [];
    systemClock.setTimer(() => fired.push('far'), 30 * 86_400_000);
    vi.advanceTimersByTime(86_400_000);
    expect(fired).toEqual([]);
  } finally {
    vi.useRealTimers();
  }
});
