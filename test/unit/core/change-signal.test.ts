import { expect, it } from 'vitest';
import { createChangeSignal } from '../../../src/core/change-signal.js';

it('tells everybody without an argument, the same listener as often as it subscribed', () => {
  const signal = createChangeSignal(() => undefined);
  const seen: unknown[][] = [];
  const listener = (...args: unknown[]) => {
    seen.push(args);
  };
  const stop = signal.subscribe(listener);
  signal.subscribe(listener);
  signal.notify();
  expect(seen).toEqual([[], []]);
  stop();
  stop();
  signal.notify();
  expect(seen).toHaveLength(3);
});

it('hands on what a listener throws, and goes on', () => {
  const errors: unknown[] = [];
  const signal = createChangeSignal((error) => errors.push(error));
  const thrown = new Error('mine');
  let told = 0;
  signal.subscribe(() => {
    throw thrown;
  });
  signal.subscribe(() => {
    told += 1;
  });
  signal.notify();
  expect([told, errors]).toEqual([1, [thrown]]);
});

it('neither tells those who left during the round, nor those who came', () => {
  const signal = createChangeSignal(() => undefined);
  const heard: string[] = [];
  let leave: () => void = () => undefined;
  const stop = signal.subscribe(() => {
    leave();
    stop();
    signal.subscribe(() => heard.push('late'));
  });
  leave = signal.subscribe(() => heard.push('left'));
  signal.notify();
  expect(heard).toEqual([]);
  signal.notify();
  expect(heard).toEqual(['late']);
});
