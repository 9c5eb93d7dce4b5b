import { describe, expect, it } from 'vitest';
import { DialerError } from '../../../src/errors/dialer-error.js';
import { createFakeMedia } from '../../../src/testing/fake-media.js';
import { enabledIn, setUp, tracksOf } from './microphone-stage.js';

describe('the microphone of a call', () => {
  it('is asked for once, with the wishes of the application and no camera', async () => {
    const { microphone, asked } = setUp();
    const [first, second] = await Promise.all([microphone.open(), microphone.open()]);
    expect(await microphone.open()).toBe(first);
    expect(second).toBe(first);
    expect(asked).toEqual([
      { audio: { echoCancellation: true, noiseSuppression: false }, video: false },
    ]);
  });

  it('gives each leg copies of its own', async () => {
    const { microphone, media } = setUp();
    const original = await microphone.open();
    const legs = [microphone.copy(), microphone.copy()];
    const ids = [original, ...legs].flatMap((stream) => tracksOf(stream)).map(({ id }) => id);
    expect(new Set(ids).size).toBe(3);
    for (const track of tracksOf(legs[0])) track.stop();
    expect(tracksOf(legs[1]).map(({ readyState }) => readyState)).toEqual(['live']);
    expect(media.liveTracks).toBe(2);
  });

  it('has nothing to copy before it is open, and after it was released', async () => {
    const { microphone } = setUp();
    expect(microphone.copy()).toBeUndefined();
    await microphone.open();
    microphone.release();
    expect(microphone.copy()).toBeUndefined();
  });

  it('mutes the copies that are there and those that come', async () => {
    const { microphone } = setUp();
    await microphone.open();
    const before = microphone.copy();
    microphone.setMuted(true);
    const after = microphone.copy();
    expect([enabledIn(before), enabledIn(after)]).toEqual([[false], [false]]);
    microphone.setMuted(false);
    expect([enabledIn(before), enabledIn(after)]).toEqual([[true], [true]]);
  });

  it('can be muted before it is open', async () => {
    const { microphone } = setUp();
    microphone.setMuted(true);
    await microphone.open();
    expect(enabledIn(microphone.copy())).toEqual([false]);
  });

  it('stops everything when it is released, copies that a leg forgot too, and counts', async () => {
    const { microphone, media } = setUp();
    await microphone.open();
    microphone.copy();
    microphone.copy();
    expect(microphone.release()).toEqual({ released: true, tracks: 1, liveTracks: 0 });
    expect(microphone.release()).toEqual({ released: true, tracks: 1, liveTracks: 0 });
    expect(media.liveTracks).toBe(0);
  });

  it('admits in its receipt what cannot be stopped', async () => {
    const fake = createFakeMedia();
    const { microphone } = setUp({
      async getUserMedia(constraints) {
        const stream = await fake.getUserMedia(constraints);
        for (const track of stream.getTracks()) track.stop = () => undefined;
        return stream;
      },
    });
    await microphone.open();
    expect(microphone.release()).toEqual({ released: false, tracks: 1, liveTracks: 1 });
  });

  it('is not asked for any more when it was released in the same turn, or earlier', async () => {
    const { microphone, asked, clock } = setUp();
    const opening = microphone.open();
    expect(microphone.release()).toEqual({ released: true, tracks: 0, liveTracks: 0 });
    await expect(opening).rejects.toMatchObject({ code: 'state/aborted' });
    const { microphone: released, asked: askedLater } = setUp();
    released.release();
    await expect(released.open()).rejects.toMatchObject({ code: 'state/aborted' });
    await clock.advance(0);
    expect([asked, askedLater]).toEqual([[], []]);
  });
});

describe('the question for the microphone', () => {
  it('that is answered after the call was cancelled leaves nothing open', async () => {
    const { microphone, media, clock } = setUp({ permission: 'prompt' });
    const opening = microphone.open();
    opening.catch(() => undefined);
    await clock.advance(100);
    expect(microphone.release()).toEqual({ released: true, tracks: 0, liveTracks: 0 });
    await expect(opening).rejects.toMatchObject({ code: 'state/aborted' });
    media.answerPrompt('granted');
    await clock.advance(100);
    expect(media.liveTracks).toBe(0);
    expect(clock.pendingTimers).toBe(0);
  });

  it('that nobody answers for a minute counts as dismissed, and a later yes opens nothing', async () => {
    const { microphone, media, clock } = setUp({ permission: 'prompt' });
    const opening = microphone.open();
    await expect(clock.until(opening)).rejects.toMatchObject({
      code: 'media/permission-dismissed',
    });
    expect(clock.monotonicNow()).toBe(60_000);
    media.answerPrompt('granted');
    await clock.advance(0);
    expect(media.liveTracks).toBe(0);
  });

  it.each([
    ['granted', undefined],
    ['denied', 'media/permission-denied'],
    ['dismissed', 'media/permission-dismissed'],
  ] as const)('that is answered with "%s"', async (answer, code) => {
    const { microphone, media, clock } = setUp({ permission: 'prompt' });
    const opening = microphone.open().then(
      () => undefined,
      (error: DialerError) => error.code,
    );
    await clock.advance(3000);
    media.answerPrompt(answer);
    expect(await opening).toBe(code);
  });
});

describe('a microphone that does not open', () => {
  const failing = (name: string, extra: object = {}) =>
    Object.assign(new DOMException('', name), extra);

  it.each([
    ['NotFoundError', failing('NotFoundError'), 'media/device-not-found'],
    ['NotReadableError', failing('NotReadableError'), 'media/device-in-use'],
    ['AbortError', failing('AbortError'), 'media/device-in-use'],
    ['SecurityError', failing('SecurityError'), 'media/blocked-by-page'],
    ['OverconstrainedError', failing('OverconstrainedError'), 'media/constraints-failed'],
    [
      'OverconstrainedError of the device',
      failing('OverconstrainedError', { constraint: 'deviceId' }),
      'media/device-not-found',
    ],
    ['something strange', new Error('strange'), 'internal/unexpected'],
    ['an error of ours', new DialerError('media/insecure-context'), 'media/insecure-context'],
  ])('with %s', async (_name, thrown, code) => {
    const { microphone, media } = setUp({ getUserMedia: () => Promise.reject(thrown) });
    await expect(microphone.open()).rejects.toMatchObject({ code });
    expect(microphone.copy()).toBeUndefined();
    expect(microphone.release()).toEqual({ released: true, tracks: 0, liveTracks: 0 });
    expect(media.liveTracks).toBe(0);
  });

  it('because there is none', async () => {
    const { microphone, media } = setUp();
    media.unplug('default');
    await expect(microphone.open()).rejects.toMatchObject({ code: 'media/device-not-found' });
  });

  it('because another program has it', async () => {
    const { microphone, media } = setUp();
    media.setBusy('default', true);
    await expect(microphone.open()).rejects.toMatchObject({ code: 'media/device-in-use' });
  });

  it.each([
    ['denied', 'media/permission-denied'],
    ['granted', undefined],
  ] as const)('because the permission is %s', async (permission, code) => {
    const { microphone } = setUp({ permission });
    const failure = microphone.open().then(
      () => undefined,
      (error: DialerError) => error.code,
    );
    expect(await failure).toBe(code);
  });

  it('is refused in a browser that does not tell its permission', async () => {
    const { microphone, media, clock } = setUp({ permission: 'unknown' });
    const opening = microphone.open();
    opening.catch(() => undefined);
    await clock.advance(10);
    media.answerPrompt('denied');
    await expect(opening).rejects.toMatchObject({ code: 'media/permission-denied' });
  });

  it('is explained with our own error even where the environment throws at once', async () => {
    const { microphone } = setUp({
      getUserMedia: () => {
        throw failing('NotFoundError');
      },
    });
    await expect(microphone.open()).rejects.toMatchObject({ code: 'media/device-not-found' });
  });
});

describe('other input than the microphone', () => {
  it('none opens nothing and asks nothing', async () => {
    const { microphone, asked } = setUp({ input: 'none' });
    expect(await microphone.open()).toBeUndefined();
    expect(microphone.copy()).toBeUndefined();
    expect(microphone.release()).toEqual({ released: true, tracks: 0, liveTracks: 0 });
    expect(asked).toEqual([]);
  });

  it('a stream that the application disables is silent, too', async () => {
    const input = await createFakeMedia().getUserMedia({ audio: true });
    const { microphone } = setUp({ input });
    const copy = microphone.copy();
    expect(microphone.follow()).toBe(true);
    for (const track of tracksOf(input)) track.enabled = false;
    expect([microphone.follow(), enabledIn(copy)]).toEqual([false, [false]]);
    microphone.setMuted(true);
    microphone.setMuted(false);
    expect(enabledIn(copy)).toEqual([false]);
    for (const track of tracksOf(input)) track.enabled = true;
    expect([microphone.follow(), enabledIn(copy)]).toEqual([true, [true]]);
  });

  it('what somebody else disabled is told, what we muted is not', async () => {
    const { microphone } = setUp();
    await microphone.open();
    microphone.copy();
    microphone.setMuted(true);
    expect(microphone.follow()).toBe(true);
    microphone.setMuted(false);
    if (microphone.sent) microphone.sent.enabled = false;
    expect(microphone.follow()).toBe(false);
  });

  it('a stream of the application is copied, never stopped, muted or counted', async () => {
    const owner = createFakeMedia();
    const input = await owner.getUserMedia({ audio: true });
    const { microphone, asked } = setUp({ input });
    await microphone.open();
    const copy = microphone.copy();
    microphone.setMuted(true);
    expect([enabledIn(input), enabledIn(copy)]).toEqual([[true], [false]]);
    expect(microphone.release()).toEqual({ released: true, tracks: 0, liveTracks: 0 });
    expect(tracksOf(input).map(({ readyState }) => readyState)).toEqual(['live']);
    expect([owner.liveTracks, asked]).toEqual([1, []]);
  });
});
