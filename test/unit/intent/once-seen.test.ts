import { describe, expect, it, vi } from 'vitest';
import { FakeObserver, observer, watchButton } from './intent-stage.js';

describe('a button in view', () => {
  it('is a sign after two seconds', async () => {
    const { asked, clock, button } = watchButton();
    expect([observer().observed, observer().threshold]).toEqual([[button], 0.5]);
    observer().see(true);
    await clock.advance(1_999);
    expect(asked).toEqual([]);
    await clock.advance(1);
    expect(asked).toEqual([{}]);
  });

  it('is one once: nothing looks any more', async () => {
    const { asked, clock } = watchButton();
    const only = observer();
    only.see(true);
    await clock.advance(2_000);
    expect([FakeObserver.all.size, clock.pendingTimers]).toEqual([0, 0]);
    only.see(false);
    only.see(true);
    await clock.advance(10_000);
    expect(asked).toHaveLength(1);
  });

  it('that leaves it in between starts anew', async () => {
    const { asked, clock } = watchButton();
    observer().see(true);
    await clock.advance(1_500);
    observer().see(false);
    await clock.advance(10_000);
    expect([asked, clock.pendingTimers]).toEqual([[], 0]);
    observer().see(true);
    await clock.advance(1_999);
    expect(asked).toEqual([]);
    await clock.advance(1);
    expect(asked).toHaveLength(1);
  });

  it.each([
    ['left it again', [true, false], 0],
    ['came back to it', [true, false, true], 1],
  ])('that %s between two reports is judged by the last', async (_name, seen, signs) => {
    const { asked, clock } = watchButton();
    observer().see(...seen);
    await clock.advance(5_000);
    expect(asked).toHaveLength(signs);
  });

  it('says nothing where it floats over every page', async () => {
    const { clock } = watchButton({ visible: false });
    await clock.advance(0);
    expect(FakeObserver.all.size).toBe(0);
  });

  it('is no sign in a browser that does not tell', async () => {
    vi.stubGlobal('IntersectionObserver', undefined);
    const { onceSeen } = await import('../../../src/intent/once-seen.js');
    const { createSimulatedClock } = await import('../../../src/testing/simulated-clock.js');
    const clock = createSimulatedClock();
    const onSeen = vi.fn();
    onceSeen(document.createElement('button'), onSeen, clock, new AbortController().signal);
    await clock.advance(10_000);
    expect(onSeen).not.toHaveBeenCalled();
  });
});
