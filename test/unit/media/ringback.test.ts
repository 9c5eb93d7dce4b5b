import { expect, it } from 'vitest';
import { createRingback, RINGBACK_TONE } from '../../../src/media/ringback.js';
import { createFakeMedia } from '../../../src/testing/fake-media.js';

it('plays one tone, however often it is started, and stops', () => {
  const media = createFakeMedia();
  const ringback = createRingback(media, true);
  ringback.start();
  ringback.start();
  expect(media.playingTones).toBe(1);
  ringback.stop();
  ringback.stop();
  expect(media.playingTones).toBe(0);
  ringback.start();
  expect(media.playingTones).toBe(1);
});

it('is silent where the application does not want it', () => {
  const media = createFakeMedia();
  createRingback(media, false).start();
  expect(media.playingTones).toBe(0);
});

it('is the North American tone', () => {
  expect(RINGBACK_TONE).toMatchObject({ frequenciesHz: [440, 480], onMs: 2000, offMs: 4000 });
});
