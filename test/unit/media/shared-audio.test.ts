import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLevelMeter } from '../../../src/media/level-meter.js';
import { createSharedAudio } from '../../../src/media/shared-audio.js';
import { createTonePlayer } from '../../../src/media/tone-player.js';
import { digitTone, ringbackTone } from '../../../src/media/tones.js';
import { stubAudio } from './fake-audio-context.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const track = {} as MediaStreamTrack;

describe('the shared context', () => {
  it('is made at the first use, once, and runs', () => {
    const audio = stubAudio();
    const shared = createSharedAudio();
    expect(audio.contexts).toHaveLength(0);
    expect(shared.context()).toBe(shared.context());
    expect([audio.contexts.length, audio.newest.state]).toEqual([1, 'running']);
  });

  it('is suspended when the last one lets go, and runs again for the next', () => {
    const audio = stubAudio();
    const shared = createSharedAudio();
    const first = shared.hold();
    shared.context();
    const second = shared.hold();
    first();
    first();
    expect(audio.newest.state).toBe('running');
    second();
    expect(audio.newest.state).toBe('suspended');
    shared.hold();
    shared.context();
    expect([audio.contexts.length, audio.newest.state]).toEqual([1, 'running']);
  });

  it.each([
    ['closed by somebody', () => audio.newest.close()],
    ['in error', () => audio.newest.dispatchEvent(new Event('error'))],
  ])('is replaced when it was %s', async (_how, happen) => {
    audio = stubAudio();
    const shared = createSharedAudio();
    shared.context();
    await happen();
    shared.context();
    expect(audio.contexts.map(({ state }) => state)).toEqual(['closed', 'running']);
  });
  let audio: ReturnType<typeof stubAudio>;

  it('goes on at the system’s choice when its own speaker is gone', async () => {
    audio = stubAudio();
    const shared = createSharedAudio();
    shared.context();
    await shared.setSink('headset');
    audio.newest.state = 'suspended';
    audio.newest.dispatchEvent(new Event('error'));
    await vi.advanceTimersByTimeAsync(0);
    expect(audio.contexts).toHaveLength(1);
    expect(audio.newest).toMatchObject({ state: 'running', sinkId: '' });
    expect(shared.sink).toBe('');
  });

  it('plays on the chosen speaker, a context made later too, and keeps it when another is refused', async () => {
    audio = stubAudio();
    const shared = createSharedAudio();
    await shared.setSink('headset');
    expect(audio.contexts).toHaveLength(0);
    shared.context();
    expect(audio.newest.sinkId).toBe('headset');
    await expect(shared.setSink('gone')).rejects.toMatchObject({ name: 'NotFoundError' });
    expect([shared.sink, audio.newest.sinkId]).toEqual(['headset', 'headset']);
    await shared.setSink('default');
    expect([shared.sink, audio.newest.sinkId]).toEqual(['', '']);
  });

  it('is closed for good', () => {
    audio = stubAudio();
    const shared = createSharedAudio();
    const release = shared.hold();
    shared.context();
    shared.close();
    shared.close();
    release();
    expect(audio.newest.state).toBe('closed');
    expect(shared.context()).toBeUndefined();
  });

  it('is none on a server, and none where the browser has no more', async () => {
    vi.stubGlobal('AudioContext', undefined);
    expect(createSharedAudio().context()).toBeUndefined();
    expect(await createSharedAudio().unlock()).toBe(false);
    vi.stubGlobal(
      'AudioContext',
      class {
        constructor() {
          throw new DOMException('too many', 'NotSupportedError');
        }
      },
    );
    expect(createSharedAudio().context()).toBeUndefined();
  });
});

describe('unlocking', () => {
  it('tells that sound may be made, and leaves nothing running that nobody uses', async () => {
    const audio = stubAudio();
    const shared = createSharedAudio();
    expect(await shared.unlock()).toBe(true);
    expect([audio.newest.state, vi.getTimerCount()]).toEqual(['suspended', 0]);
    shared.hold();
    expect(await shared.unlock()).toBe(true);
    expect(audio.newest.state).toBe('running');
  });

  it('gives up after a second where the browser does not answer', async () => {
    stubAudio({ allowed: false });
    let answer: boolean | undefined;
    void createSharedAudio()
      .unlock()
      .then((runs) => {
        answer = runs;
      });
    await vi.advanceTimersByTimeAsync(999);
    expect(answer).toBeUndefined();
    await vi.advanceTimersByTimeAsync(1);
    expect(answer).toBe(false);
  });
});

describe('a tone', () => {
  it('is silent where there is no sound at all', () => {
    vi.stubGlobal('AudioContext', undefined);
    expect(() => createTonePlayer(createSharedAudio())(ringbackTone('US'))()).not.toThrow();
  });

  it('holds the context until it has faded, and leaves no node', async () => {
    const audio = stubAudio();
    const stop = createTonePlayer(createSharedAudio())(ringbackTone('US'));
    expect([audio.newest.state, audio.newest.openNodes.size]).toEqual(['running', 3]);
    stop();
    stop();
    expect(audio.newest.state).toBe('running');
    await vi.advanceTimersByTimeAsync(100);
    expect([audio.newest.state, audio.newest.openNodes.size]).toEqual(['suspended', 0]);
  });

  it('that ends by itself does so, on a context that never runs too', async () => {
    const audio = stubAudio({ allowed: false });
    const tone = digitTone('5');
    if (!tone) throw new Error('5 is a key');
    createTonePlayer(createSharedAudio())(tone);
    expect(audio.newest.openNodes.size).toBe(3);
    await vi.advanceTimersByTimeAsync(1_000);
    expect([audio.newest.openNodes.size, vi.getTimerCount()]).toEqual([0, 0]);
  });
});

describe('a meter', () => {
  it('measures until it is stopped, on a new context if the old one is gone', async () => {
    const audio = stubAudio();
    const meter = createLevelMeter(createSharedAudio(), track);
    expect(meter.level).toBeCloseTo(Math.SQRT1_2, 3);
    await audio.newest.close();
    expect(meter.level).toBeCloseTo(Math.SQRT1_2, 3);
    expect(audio.contexts).toHaveLength(2);
    meter.stop();
    meter.stop();
    expect([meter.level, audio.newest.state]).toEqual([0, 'suspended']);
  });

  it('tells silence where there is no context, or the track does not fit', () => {
    vi.stubGlobal('AudioContext', undefined);
    expect(createLevelMeter(createSharedAudio(), track).level).toBe(0);
    const audio = stubAudio();
    const shared = createSharedAudio();
    shared.context();
    audio.newest.createMediaStreamSource = () => {
      throw new DOMException('sample rates', 'NotSupportedError');
    };
    const meter = createLevelMeter(shared, track);
    expect(meter.level).toBe(0);
    meter.stop();
    expect(audio.newest.state).toBe('suspended');
  });
});
