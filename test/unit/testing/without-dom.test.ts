// @vitest-environment node
import { afterEach, expect, test, vi } from 'vitest';
import { testEnvironment } from '../../../src/testing/index.js';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

test('the fakes need no DOM', async () => {
  expect(globalThis).not.toHaveProperty('document');
  const { media } = testEnvironment();
  const stream = await media.getUserMedia({ audio: true });
  const [track] = stream.clone().getAudioTracks();
  const seen: unknown[] = [];
  if (track) track.onended = ({ type, target }) => seen.push(type, target);
  track?.addEventListener('ended', ({ type }) => seen.push(type));
  media.unplug('default');
  expect(seen).toEqual(['ended', track, 'ended']);
});

test('the clock runs where there is no setImmediate, as in a browser', async () => {
  vi.stubGlobal('setImmediate', undefined);
  vi.resetModules();
  const { createSimulatedClock } = await import('../../../src/testing/simulated-clock.js');
  const clock = createSimulatedClock();
  const seen: string[] = [];
  clock.setTimer(async () => {
    await Promise.resolve();
    seen.push('promise');
  }, 1);
  clock.setTimer(() => seen.push('timer'), 2);
  await clock.advance(2);
  expect(seen).toEqual(['promise', 'timer']);
});
