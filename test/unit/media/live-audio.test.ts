import { describe, expect, it } from 'vitest';
import type { KeyValueStorage } from '../../../src/core/environment.js';
import type { AudioOptions } from '../../../src/media/audio.js';
import { type AudioChange, LiveAudio } from '../../../src/media/live-audio.js';
import { type TestEnvironmentOptions, testEnvironment } from '../../../src/testing/index.js';

const HEADSET = { id: 'headset', label: 'Headset', kind: 'audioinput' } as const;
const SPEAKER = { id: 'speaker', label: 'Big speaker', kind: 'audiooutput' } as const;

function setUp(
  options: AudioOptions = {},
  more: TestEnvironmentOptions & { storage?: KeyValueStorage } = {},
) {
  const environment = { ...testEnvironment(more), ...(more.storage && { storage: more.storage }) };
  const changes: AudioChange[] = [];
  const warnings: string[] = [];
  const logger = {
    debug: () => undefined,
    info: () => undefined,
    warn: (message: string) => warnings.push(message),
    error: () => undefined,
  };
  const make = () =>
    new LiveAudio({ environment, options, logger, onChange: (change) => changes.push(change) });
  const audio = make();
  return { ...environment, audio, changes, warnings, make };
}

const idsOf = (devices: readonly { id: string }[]) => devices.map(({ id }) => id);

describe('the devices of a Dialer', () => {
  it('are not looked at before the first use', async () => {
    const { audio, changes, clock } = setUp();
    await clock.advance(1_000);
    expect([audio.inputs, audio.outputs, audio.permission, changes]).toEqual([
      [],
      [],
      'unknown',
      [],
    ]);
  });

  it('are listed with names where the microphone is allowed', async () => {
    const { audio, clock } = setUp();
    audio.watch();
    await clock.advance(0);
    expect(audio.inputs).toEqual([{ id: 'default', label: 'Fake microphone' }]);
    expect(audio.outputs).toEqual([{ id: 'default', label: 'Fake speaker' }]);
    expect([audio.permission, audio.microphoneLive, audio.level]).toEqual(['granted', false, 0]);
  });

  it('are listed without asking where it is not allowed', async () => {
    const { audio, clock, media } = setUp({}, { permission: 'prompt' });
    audio.watch();
    await clock.advance(0);
    expect([audio.permission, audio.inputs.length, media.openPrompts]).toEqual(['prompt', 1, 0]);
  });

  it('are told once for one plug, with what came and what went', async () => {
    const { audio, clock, media, changes } = setUp();
    audio.watch();
    await clock.advance(0);
    changes.length = 0;
    media.plugIn(HEADSET);
    media.plugIn(SPEAKER);
    await clock.advance(1_000);
    expect(changes).toHaveLength(1);
    expect(idsOf(changes[0]?.added ?? [])).toEqual(['headset', 'speaker']);
    media.unplug('headset');
    await clock.advance(1_000);
    expect(changes).toHaveLength(2);
    expect([changes[1]?.added, idsOf(changes[1]?.removed ?? [])]).toEqual([[], ['headset']]);
  });

  it('say so when the permission changes', async () => {
    const { audio, clock, media, changes } = setUp({}, { permission: 'prompt' });
    audio.watch();
    await clock.advance(0);
    media.setPermission('denied');
    await clock.advance(1_000);
    expect([audio.permission, changes.at(-1)?.audio.permission]).toEqual(['denied', 'denied']);
  });

  it('are followed no more after the end', async () => {
    const { audio, clock, media, changes } = setUp();
    audio.watch();
    await clock.advance(0);
    changes.length = 0;
    media.plugIn(HEADSET);
    audio.close();
    audio.watch();
    media.plugIn(SPEAKER);
    await clock.advance(1_000);
    expect([changes, clock.pendingTimers]).toEqual([[], 0]);
  });
});

describe('choosing a microphone', () => {
  it('makes calls ask for that one', async () => {
    const { audio, media } = setUp({ noiseSuppression: false });
    media.plugIn(HEADSET);
    await audio.selectInput('headset');
    expect(audio.input).toEqual({ id: 'headset', label: 'Headset' });
    expect(audio.constraints()).toEqual({
      echoCancellation: true,
      noiseSuppression: false,
      autoGainControl: true,
      deviceId: { exact: 'headset' },
    });
    await audio.selectInput('default');
    expect(audio.constraints()).not.toHaveProperty('deviceId');
  });

  it('that is not there changes nothing', async () => {
    const { audio, media } = setUp();
    media.plugIn(HEADSET);
    await audio.selectInput('headset');
    await expect(audio.selectInput('gone')).rejects.toMatchObject({
      code: 'media/device-not-found',
    });
    expect(audio.input?.id).toBe('headset');
  });

  it('that was pulled out and comes back with another id is found by its name', async () => {
    const { audio, media, clock } = setUp();
    media.plugIn(HEADSET);
    await audio.selectInput('headset');
    media.unplug('headset');
    await clock.advance(100);
    expect(audio.constraints()).not.toHaveProperty('deviceId');
    media.plugIn({ ...HEADSET, id: 'headset again' });
    await clock.advance(100);
    expect(audio.constraints()).toMatchObject({ deviceId: { exact: 'headset again' } });
  });

  it('can be aborted, and takes no longer than 5 s', async () => {
    const { audio, media, clock } = setUp();
    media.enumerateDevices = () => new Promise(() => undefined);
    await expect(
      audio.selectInput('default', { signal: AbortSignal.abort() }),
    ).rejects.toMatchObject({ code: 'state/aborted' });
    await expect(clock.until(audio.selectInput('default'))).rejects.toMatchObject({
      code: 'state/timeout',
    });
    expect(clock.monotonicNow()).toBe(5_000);
  });
});

describe('choosing a speaker', () => {
  it('moves what plays, and is used for what plays later', async () => {
    const { audio, media } = setUp();
    media.plugIn(SPEAKER);
    const moves: (string | undefined)[] = [];
    const stop = audio.addPlayer({
      setOutput: async (id) => void moves.push(id),
      retry: async () => true,
    });
    await audio.selectOutput('speaker');
    stop();
    await audio.selectOutput('default');
    expect([moves, audio.outputId]).toEqual([['speaker'], undefined]);
  });

  it('that fails leaves the old one', async () => {
    const { audio, media } = setUp();
    media.plugIn(SPEAKER);
    audio.addPlayer({
      setOutput: () => Promise.reject(new DOMException('', 'NotFoundError')),
      retry: async () => true,
    });
    await expect(audio.selectOutput('speaker')).rejects.toMatchObject({
      code: 'media/device-not-found',
    });
    expect(audio.output).toBeUndefined();
  });

  it('is refused where the browser has no choice', async () => {
    const { audio, media } = setUp();
    Object.defineProperty(media, 'canSelectOutput', { value: false });
    await expect(audio.selectOutput('default')).rejects.toMatchObject({
      code: 'media/output-unsupported',
    });
    expect([audio.canSelectOutput, audio.outputs]).toEqual([false, []]);
  });

  it('falls back to the system’s when it is pulled out', async () => {
    const { audio, media, clock } = setUp();
    media.plugIn(SPEAKER);
    const moves: (string | undefined)[] = [];
    audio.addPlayer({ setOutput: async (id) => void moves.push(id), retry: async () => true });
    await audio.selectOutput('speaker');
    media.unplug('speaker');
    await clock.advance(100);
    expect([moves, audio.output]).toEqual([['speaker', undefined], undefined]);
  });
});

describe('asking for the microphone outside a call', () => {
  it.each(['granted', 'denied'] as const)(
    'resolves with "%s" and leaves it closed',
    async (answer) => {
      const { audio, media, clock, changes } = setUp({}, { permission: 'prompt' });
      const asking = audio.requestPermission();
      await clock.advance(10);
      expect([audio.asking, media.openPrompts]).toEqual([true, 1]);
      media.answerPrompt(answer);
      expect(await clock.until(asking)).toBe(answer);
      expect([audio.asking, media.liveTracks, audio.microphoneLive]).toEqual([false, 0, false]);
      expect(changes.some(({ audio: { asking: was } }) => was)).toBe(true);
    },
  );

  it('resolves with "prompt" when nobody answers for a minute', async () => {
    const { audio, clock, media } = setUp({}, { permission: 'prompt' });
    expect(await clock.until(audio.requestPermission())).toBe('prompt');
    expect(clock.monotonicNow()).toBe(60_000);
    media.answerPrompt('granted');
    await clock.advance(0);
    expect(media.liveTracks).toBe(0);
  });

  it('can be aborted', async () => {
    const { audio, clock, media } = setUp({}, { permission: 'prompt' });
    const abort = new AbortController();
    const asking = audio.requestPermission({ signal: abort.signal });
    asking.catch(() => undefined);
    await clock.advance(10);
    abort.abort();
    await expect(asking).rejects.toMatchObject({ code: 'state/aborted' });
    media.answerPrompt('granted');
    await clock.advance(0);
    expect(media.liveTracks).toBe(0);
  });
});

describe('remembering', () => {
  it('keeps the choice for the next visit, where the application wants it', async () => {
    const { audio, media, make, clock } = setUp({ rememberDevices: true });
    media.plugIn(HEADSET);
    media.plugIn(SPEAKER);
    await audio.selectInput('headset');
    await audio.selectOutput('speaker');
    const next = make();
    next.watch();
    // Before the list is read, as in the first click of a page.
    expect(next.constraints()).toMatchObject({ deviceId: { exact: 'headset' } });
    await clock.advance(0);
    expect(next.outputId).toBe('speaker');
  });

  it('stores nothing otherwise', async () => {
    const { audio, storage } = setUp();
    await audio.selectInput('default');
    expect(storage.getItem('everdial-audio')).toBeNull();
  });

  it.each(['not JSON', '{"input":7}', 'null', '{"input":{"id":3}}'])(
    'takes %s for nothing',
    async (text) => {
      const { make, storage } = setUp({ rememberDevices: true });
      storage.setItem('everdial-audio', text);
      const next = make();
      next.watch();
      expect(next.constraints()).not.toHaveProperty('deviceId');
    },
  );

  it('that fails is told in the log and changes nothing else', async () => {
    const storage = {
      getItem: () => null,
      setItem: () => {
        throw new DOMException('full', 'QuotaExceededError');
      },
      removeItem: () => undefined,
    };
    const { audio, media, warnings } = setUp({ rememberDevices: true }, { storage });
    media.plugIn(HEADSET);
    await audio.selectInput('headset');
    expect([audio.input?.id, warnings.length]).toEqual(['headset', 1]);
  });
});

describe('unlocking sound', () => {
  it.each([
    [true, true, true],
    [true, false, false],
    [false, true, false],
  ])('page %s, call %s: %s', async (page, call, whole) => {
    const { audio, media } = setUp();
    media.setPlaybackAllowed(page);
    audio.addPlayer({ setOutput: async () => undefined, retry: async () => call });
    expect(await audio.unlock()).toBe(whole);
  });
});
