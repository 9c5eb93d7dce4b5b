import { expect, test } from 'vitest';
import { testEnvironment } from '../../../src/testing/index.js';

test('by default the microphone is allowed and the browser online', async () => {
  const { media, network } = testEnvironment();
  expect(network.online).toBe(true);
  expect(await media.microphonePermission(() => undefined)).toBe('granted');
});

test('the options say otherwise', async () => {
  const { media, network } = testEnvironment({ permission: 'denied', online: false });
  expect(network.online).toBe(false);
  expect(await media.microphonePermission(() => undefined)).toBe('denied');
});

test('going offline and coming back is told', () => {
  const { network, setOnline } = testEnvironment();
  const seen: boolean[] = [];
  const stop = network.onChange(() => seen.push(network.online));
  setOnline(false);
  setOnline(false);
  setOnline(true);
  stop();
  setOnline(false);
  expect(seen).toEqual([false, true]);
});

test('storage starts empty and keeps texts', () => {
  const { storage } = testEnvironment();
  expect(storage.getItem('key')).toBeNull();
  storage.setItem('key', 'text');
  expect(storage.getItem('key')).toBe('text');
  storage.removeItem('key');
  expect(storage.getItem('key')).toBeNull();
  expect(testEnvironment().storage.getItem('key')).toBeNull();
});

test('chance is the same row of different numbers each time', () => {
  const row = () => {
    const { random } = testEnvironment();
    return Array.from({ length: 100 }, () => random());
  };
  const first = row();
  expect(row()).toEqual(first);
  expect(new Set(first).size).toBe(100);
  expect(first.every((number) => number >= 0 && number < 1)).toBe(true);
});
