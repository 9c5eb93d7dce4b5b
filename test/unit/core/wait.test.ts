import { describe, expect, it } from 'vitest';
import { bounded, sleep, waitFor } from '../../../src/core/wait.js';
import { DialerError } from '../../../src/errors/dialer-error.js';
import { createSimulatedClock } from '../../../src/testing/simulated-clock.js';

const never = () => new Promise<never>(() => undefined);

/** A signal that counts its listeners. */
function watchedSignal() {
  const stop = new AbortController();
  let listeners = 0;
  const { addEventListener, removeEventListener } = stop.signal;
  stop.signal.addEventListener = (...args: Parameters<typeof addEventListener>) => {
    listeners += 1;
    addEventListener.apply(stop.signal, args);
  };
  stop.signal.removeEventListener = (...args: Parameters<typeof removeEventListener>) => {
    listeners -= 1;
    removeEventListener.apply(stop.signal, args);
  };
  return {
    stop,
    get listeners() {
      return listeners;
    },
  };
}

describe('a bounded task', () => {
  it('gives what the task gives, and leaves no timer and no listener', async () => {
    const clock = createSimulatedClock();
    const watched = watchedSignal();
    const { signal } = watched.stop;
    const result = bounded({ clock, timeoutMs: 1000, signal }, async () => 'done');
    await expect(result).resolves.toBe('done');
    expect([clock.pendingTimers, watched.listeners]).toEqual([0, 0]);
  });

  it('rejects with what the task rejects with, thrown at once or later', async () => {
    const clock = createSimulatedClock();
    const mine = new Error('mine');
    const late = bounded({ clock, timeoutMs: 1000 }, async () => {
      throw mine;
    });
    const sync = bounded({ clock, timeoutMs: 1000 }, () => {
      throw mine;
    });
    await expect(late).rejects.toBe(mine);
    await expect(sync).rejects.toBe(mine);
    expect(clock.pendingTimers).toBe(0);
  });

  it('rejects at the deadline and aborts the task, which need not react', async () => {
    const clock = createSimulatedClock();
    let inner: AbortSignal | undefined;
    const result = bounded({ clock, timeoutMs: 1000 }, (signal) => {
      inner = signal;
      return never();
    });
    await expect(clock.until(result)).rejects.toMatchObject({ code: 'state/timeout' });
    expect(clock.monotonicNow()).toBe(1000);
    expect(inner?.aborted).toBe(true);
    expect(inner?.reason).toMatchObject({ code: 'state/timeout' });
  });

  it('rejects at the deadline with the error of the one who asks', async () => {
    const clock = createSimulatedClock();
    const onTimeout = () => new DialerError('provider/timeout', { route: 'telnyx' });
    const result = bounded({ clock, timeoutMs: 5, onTimeout }, never);
    await expect(clock.until(result)).rejects.toMatchObject({ code: 'provider/timeout' });
  });

  it('rejects when the signal aborts, with its reason as cause', async () => {
    const clock = createSimulatedClock();
    const stop = new AbortController();
    const reason = new Error('enough');
    let inner: AbortSignal | undefined;
    const result = bounded({ clock, timeoutMs: 1000, signal: stop.signal }, (signal) => {
      inner = signal;
      return never();
    });
    result.catch(() => undefined);
    await clock.advance(10);
    stop.abort(reason);
    await expect(result).rejects.toMatchObject({ code: 'state/aborted', cause: reason });
    expect([inner?.aborted, clock.pendingTimers]).toEqual([true, 0]);
  });

  it('does not begin the task for a signal that has aborted', async () => {
    const clock = createSimulatedClock();
    let began = false;
    const result = bounded({ clock, timeoutMs: 5, signal: AbortSignal.abort() }, async () => {
      began = true;
    });
    await expect(result).rejects.toMatchObject({ code: 'state/aborted' });
    expect([began, clock.pendingTimers]).toEqual([false, 0]);
  });

  it('does not begin the task when the signal aborts in the same turn', async () => {
    const clock = createSimulatedClock();
    const stop = new AbortController();
    let began = false;
    const result = bounded({ clock, signal: stop.signal }, async () => {
      began = true;
    });
    stop.abort();
    await expect(result).rejects.toMatchObject({ code: 'state/aborted' });
    await clock.advance(0);
    expect(began).toBe(false);
  });

  it('drops a result and a failure that come too late', async () => {
    const clock = createSimulatedClock();
    const results = [
      bounded({ clock, timeoutMs: 5 }, () => sleep(clock, 10).then(() => 'late')),
      bounded({ clock, timeoutMs: 5 }, () => sleep(clock, 10).then(() => Promise.reject('late'))),
    ];
    const settled = Promise.allSettled(results);
    await clock.advance(100);
    expect((await settled).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });

  it('has no limit of its own without a deadline', async () => {
    const clock = createSimulatedClock();
    const result = bounded({ clock }, () => sleep(clock, 3_000_000).then(() => 'patient'));
    await expect(clock.until(result)).resolves.toBe('patient');
  });
});

describe('a wait for a promise', () => {
  it('does not hurt the promise when the one who waits gives up', async () => {
    const clock = createSimulatedClock();
    const shared = sleep(clock, 100).then(() => 'there');
    const impatient = waitFor(shared, clock, { timeoutMs: 10 });
    await expect(clock.until(impatient)).rejects.toMatchObject({ code: 'state/timeout' });
    await expect(clock.until(waitFor(shared, clock))).resolves.toBe('there');
  });

  it('leaves no rejection unhandled when nobody waits any more', async () => {
    const clock = createSimulatedClock();
    const unhandled: unknown[] = [];
    const note = (reason: unknown) => unhandled.push(reason);
    process.on('unhandledRejection', note);
    const late = () => sleep(clock, 10).then(() => Promise.reject(new Error('late')));
    const stop = new AbortController();
    const waits = [
      waitFor(late(), clock, { signal: AbortSignal.abort() }),
      waitFor(late(), clock, { signal: stop.signal }),
    ];
    stop.abort();
    for (const wait of waits) {
      await expect(wait).rejects.toMatchObject({ code: 'state/aborted' });
    }
    await clock.advance(20);
    process.off('unhandledRejection', note);
    expect(unhandled).toEqual([]);
  });
});

describe('a pause', () => {
  it('takes its time', async () => {
    const clock = createSimulatedClock();
    await clock.until(sleep(clock, 250));
    expect(clock.monotonicNow()).toBe(250);
  });

  it('leaves no timer when it is broken off, early or in its own turn', async () => {
    const clock = createSimulatedClock();
    const stop = new AbortController();
    const running = sleep(clock, 250, stop.signal);
    running.catch(() => undefined);
    await clock.advance(1);
    expect(clock.pendingTimers).toBe(1);
    const fresh = sleep(clock, 250, stop.signal);
    stop.abort();
    await expect(running).rejects.toMatchObject({ code: 'state/aborted' });
    await expect(fresh).rejects.toMatchObject({ code: 'state/aborted' });
    await clock.advance(0);
    expect(clock.pendingTimers).toBe(0);
  });
});
