import { afterEach, expect, test, vi } from 'vitest';
import { createSimulatedClock } from '../../../src/testing/simulated-clock.js';

afterEach(() => {
  vi.useRealTimers();
});

test('time stands still until it is moved', async () => {
  const clock = createSimulatedClock();
  const before = [clock.now(), clock.monotonicNow()];
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect([clock.now(), clock.monotonicNow()]).toEqual(before);
  await clock.advance(1_500);
  expect([clock.now(), clock.monotonicNow()]).toEqual(before.map((ms) => ms + 1_500));
});

test('timers run in the order in which they are due, older ones first', async () => {
  const clock = createSimulatedClock();
  const seen: unknown[] = [];
  const note = (name: string) => () => seen.push([name, clock.monotonicNow()]);
  clock.setTimer(note('late'), 200);
  clock.setTimer(note('early'), 100);
  clock.setTimer(note('early, too'), 100);
  clock.setTimer(note('not yet'), 201);
  await clock.advance(200);
  expect(seen).toEqual([
    ['early', 100],
    ['early, too', 100],
    ['late', 200],
  ]);
  expect(clock.pendingTimers).toBe(1);
});

test('a timer that a timer sets runs in the same step when it is due', async () => {
  const clock = createSimulatedClock();
  const seen: number[] = [];
  const again = () => {
    seen.push(clock.monotonicNow());
    clock.setTimer(again, 40);
  };
  clock.setTimer(again, 0);
  await clock.advance(100);
  expect(seen).toEqual([0, 40, 80]);
});

test('a stopped timer does not run and is not counted', async () => {
  const clock = createSimulatedClock();
  let ran = false;
  const stop = clock.setTimer(() => {
    ran = true;
  }, 10);
  expect(clock.pendingTimers).toBe(1);
  stop();
  stop();
  expect(clock.pendingTimers).toBe(0);
  await clock.advance(20);
  expect(ran).toBe(false);
});

test('promise chains finish between two timers, those through the event loop too', async () => {
  const clock = createSimulatedClock();
  const seen: string[] = [];
  clock.setTimer(async () => {
    await Promise.resolve();
    await new Promise((resolve) => setImmediate(resolve));
    seen.push(await new Response('body').text());
  }, 10);
  clock.setTimer(() => seen.push('second timer'), 11);
  await clock.advance(11);
  expect(seen).toEqual(['body', 'second timer']);
});

test('advance(0) lets run what is due now', async () => {
  const clock = createSimulatedClock();
  const seen: string[] = [];
  clock.setTimer(() => seen.push('timer'), 0);
  void Promise.resolve().then(() => seen.push('promise'));
  await clock.advance(0);
  expect(seen).toEqual(['promise', 'timer']);
});

test('until() moves time just as far as the promise needs', async () => {
  const clock = createSimulatedClock();
  clock.setTimer(() => undefined, 60_000);
  const promise = new Promise<string>((resolve) => clock.setTimer(() => resolve('done'), 30_000));
  expect(await clock.until(promise)).toBe('done');
  expect(clock.monotonicNow()).toBe(30_000);
});

test('until() of a settled promise moves nothing', async () => {
  const clock = createSimulatedClock();
  clock.setTimer(() => undefined, 10);
  expect(await clock.until(Promise.resolve(1))).toBe(1);
  expect(clock.monotonicNow()).toBe(0);
});

test('until() rejects as the promise does', async () => {
  const clock = createSimulatedClock();
  const promise = new Promise((_, reject) => {
    clock.setTimer(() => reject(new Error('lost')), 5);
  });
  await expect(clock.until(promise)).rejects.toThrow('lost');
});

test('until() waits for what is real when no timer is left', async () => {
  const clock = createSimulatedClock();
  const real = new Promise((resolve) => setTimeout(() => resolve('loaded'), 20));
  expect(await clock.until(real)).toBe('loaded');
  expect(clock.monotonicNow()).toBe(0);
});

test('until() gives up after an hour', async () => {
  const clock = createSimulatedClock();
  const tick = () => {
    clock.setTimer(tick, 60_000);
  };
  tick();
  await expect(clock.until(new Promise(() => undefined))).rejects.toThrow('within an hour');
  expect(clock.monotonicNow()).toBe(3_600_000);
});

test('a timer that throws rejects the step', async () => {
  const clock = createSimulatedClock();
  clock.setTimer(() => {
    throw new Error('broken');
  }, 5);
  await expect(clock.advance(10)).rejects.toThrow('broken');
});

test('timers without delay that set each other are an error, not a hang', async () => {
  const clock = createSimulatedClock();
  const again = () => {
    clock.setTimer(again, 0);
  };
  again();
  await expect(clock.advance(1)).rejects.toThrow('set each other');
});

test('the fake timers of a test runner do not stop it', async () => {
  vi.useFakeTimers();
  const clock = createSimulatedClock();
  const promise = new Promise((resolve) => clock.setTimer(() => resolve('done'), 1_000));
  expect(await clock.until(promise)).toBe('done');
});
