import { describe, expect, it } from 'vitest';
import type { MediaEnvironment, Tone } from '../../../src/core/environment.js';
import { createRingback } from '../../../src/media/ringback.js';
import { ringbackTone } from '../../../src/media/tones.js';
import { createFakeMedia } from '../../../src/testing/fake-media.js';

const URL = 'https://example.com/ring.mp3';

/** Media whose tones and sounds are noted; `begin` and `refuse` answer the browser's part in playing a sound. */
function listening() {
  const playing: unknown[] = [];
  const note = (what: unknown) => {
    playing.push(what);
    return () => void playing.splice(playing.indexOf(what), 1);
  };
  const answer = { begin: () => {}, refuse: () => {} };
  const media: MediaEnvironment = {
    ...createFakeMedia(),
    playTone: (tone: Tone, sinkId?: string) => note([tone, sinkId]),
    playSound: (url, loop, sinkId) =>
      new Promise((resolve, reject) => {
        answer.begin = () => resolve(note([url, loop, sinkId]));
        answer.refuse = () => reject(new DOMException('', 'NotSupportedError'));
      }),
  };
  const settle = async () => {
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
  };
  return { media, playing, answer, settle };
}

describe('the tone', () => {
  it('plays once, however often it is started, and stops', () => {
    const { media, playing } = listening();
    const ringback = createRingback(media, true, 'GB', () => undefined);
    ringback.start();
    ringback.start();
    expect(playing).toEqual([[ringbackTone('GB'), undefined]]);
    ringback.stop();
    ringback.stop();
    expect(playing).toEqual([]);
    ringback.start();
    expect(playing).toHaveLength(1);
  });

  it('plays on the speaker that is chosen when it starts', () => {
    const { media, playing } = listening();
    let speaker = 'old';
    const ringback = createRingback(media, true, undefined, () => speaker);
    speaker = 'headset';
    ringback.start();
    expect(playing).toEqual([[ringbackTone('US'), 'headset']]);
  });

  it('is silent where the application does not want it', () => {
    const { media, playing } = listening();
    createRingback(media, false, undefined, () => undefined).start();
    expect(playing).toEqual([]);
  });
});

describe('the sound of an address', () => {
  it('plays again and again in place of the tone, and stops', async () => {
    const { media, playing, answer, settle } = listening();
    const ringback = createRingback(media, URL, undefined, () => 'headset');
    ringback.start();
    ringback.start();
    answer.begin();
    await settle();
    expect(playing).toEqual([[URL, true, 'headset']]);
    ringback.stop();
    expect(playing).toEqual([]);
  });

  it('gives way to the tone when it can not be played', async () => {
    const { media, playing, answer, settle } = listening();
    const ringback = createRingback(media, URL, 'DE', () => undefined);
    ringback.start();
    answer.refuse();
    await settle();
    expect(playing).toEqual([[ringbackTone('DE'), undefined]]);
    ringback.stop();
    expect(playing).toEqual([]);
  });

  it.each(['begin', 'refuse'] as const)(
    'stays silent when it was stopped before: %s',
    async (how) => {
      const { media, playing, answer, settle } = listening();
      const ringback = createRingback(media, URL, undefined, () => undefined);
      ringback.start();
      ringback.stop();
      answer[how]();
      await settle();
      expect(playing).toEqual([]);
    },
  );

  it('is the tone where only tones can be played', () => {
    const { media, playing } = listening();
    const { playSound: _, ...onlyTones } = media;
    createRingback(onlyTones, URL, undefined, () => undefined).start();
    expect(playing).toEqual([[ringbackTone('US'), undefined]]);
  });
});
