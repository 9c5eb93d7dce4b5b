import { describe, expect, it } from 'vitest';
import { DialerError } from '../../../src/errors/dialer-error.js';
import { createFakeMedia } from '../../../src/testing/fake-media.js';
import { setUp, tracksOf } from './microphone-stage.js';

const HEADSET = { id: 'headset', label: 'Headset', kind: 'audioinput' } as const;
const labels = (tracks: readonly MediaStreamTrack[]) => tracks.map(({ label }) => label);

describe('another microphone in a call', () => {
  it('is sent instead, muted as before, and the old one is released', async () => {
    const { microphone, media, source, sent } = setUp();
    media.plugIn(HEADSET);
    await microphone.open();
    const before = microphone.copy();
    microphone.setMuted(true);
    source.wanted = { deviceId: { exact: 'headset' } };
    await microphone.reopen();
    expect(labels(sent)).toEqual(['Headset']);
    expect(sent[0]?.enabled).toBe(false);
    expect(tracksOf(before).map(({ readyState }) => readyState)).toEqual(['ended']);
    expect(media.liveTracks).toBe(2);
    microphone.setMuted(false);
    expect(sent[0]?.enabled).toBe(true);
    expect(microphone.release()).toEqual({ released: true, tracks: 2, liveTracks: 0 });
  });

  it.each(['it is not there', 'the leg does not take it'])('is not used when %s', async (why) => {
    const { microphone, media, source, refuse } = setUp();
    await microphone.open();
    const copy = microphone.copy();
    if (why === 'it is not there') source.wanted = { deviceId: { exact: 'gone' } };
    else refuse.error = new DialerError('call/not-ready');
    await expect(microphone.reopen()).rejects.toMatchObject({ name: 'DialerError' });
    expect(tracksOf(copy).map(({ readyState }) => readyState)).toEqual(['live']);
    expect(microphone.track?.readyState).toBe('live');
    expect(media.liveTracks).toBe(2);
    microphone.release();
    expect(media.liveTracks).toBe(0);
  });

  it('that does not open within 5 s is given up, and released when it comes later', async () => {
    const fake = createFakeMedia();
    let late: () => void = () => undefined;
    let slow = false;
    const { microphone, clock } = setUp({
      async getUserMedia(constraints) {
        if (slow) {
          await new Promise<void>((resolve) => {
            late = resolve;
          });
        }
        return fake.getUserMedia(constraints);
      },
    });
    await microphone.open();
    slow = true;
    await expect(clock.until(microphone.reopen())).rejects.toMatchObject({
      code: 'media/device-in-use',
    });
    expect(clock.monotonicNow()).toBe(5_000);
    late();
    await clock.advance(0);
    expect(fake.liveTracks).toBe(1);
  });

  it('does nothing where none is open', async () => {
    const { microphone, asked } = setUp();
    await microphone.reopen();
    expect(asked).toEqual([]);
  });
});

describe('a microphone that is pulled out', () => {
  it('is told, replaced by another one, and told no more after 10 s', async () => {
    const { microphone, media, clock, sent, problems, source } = setUp();
    media.plugIn(HEADSET);
    source.wanted = { deviceId: { exact: 'headset' } };
    await microphone.open();
    microphone.copy();
    media.unplug('headset');
    await clock.advance(0);
    expect(problems).toEqual(['media/device-lost']);
    expect(labels(sent)).toEqual(['Fake microphone']);
    expect(microphone.live).toBe(true);
    await clock.advance(9_999);
    expect(problems).toHaveLength(1);
    await clock.advance(1);
    expect(problems.at(-1)).toBeUndefined();
    microphone.release();
    expect([media.liveTracks, clock.pendingTimers]).toEqual([0, 0]);
  });

  it('stays lost while there is no other, and is replaced when one comes', async () => {
    const { microphone, media, clock, sent } = setUp();
    await microphone.open();
    media.unplug('default');
    await clock.advance(0);
    expect([microphone.live, sent.length]).toEqual([false, 0]);
    media.plugIn(HEADSET);
    await microphone.recover();
    expect(labels(sent)).toEqual(['Headset']);
  });

  it('is nobody’s business after the release', async () => {
    const { microphone, media, clock, problems } = setUp();
    await microphone.open();
    microphone.release();
    media.unplug('default');
    await microphone.recover();
    await clock.advance(0);
    expect(problems).toEqual([]);
  });
});

describe('a call that waits for its microphone', () => {
  it('goes on when the person has allowed it', async () => {
    const { microphone, media, clock, problems, source } = setUp({
      permission: 'denied',
      recoverMs: 30_000,
    });
    const opening = microphone.open();
    await clock.advance(5_000);
    expect(problems).toEqual(['media/permission-denied']);
    media.setPermission('granted');
    source.giveChance();
    expect(await opening).toBeDefined();
    expect(problems.at(-1)).toBeUndefined();
  });

  it('ends with what was wrong when nothing happens', async () => {
    const { microphone, clock } = setUp({ permission: 'denied', recoverMs: 30_000 });
    await expect(clock.until(microphone.open())).rejects.toMatchObject({
      code: 'media/permission-denied',
    });
    expect([clock.monotonicNow(), clock.pendingTimers]).toEqual([30_000, 0]);
  });

  it('waits from the refusal on, however long the person looked at the question', async () => {
    const { microphone, media, clock, problems, source } = setUp({
      permission: 'prompt',
      recoverMs: 30_000,
    });
    const opening = microphone.open();
    await clock.advance(50_000);
    media.answerPrompt('denied');
    await clock.advance(20_000);
    expect(problems).toEqual(['media/permission-denied']);
    media.setPermission('granted');
    source.giveChance();
    expect(await opening).toBeDefined();
  });

  it('does not wait for what nobody can mend here', async () => {
    const { microphone } = setUp({
      recoverMs: 30_000,
      getUserMedia: () => Promise.reject(new DialerError('media/insecure-context')),
    });
    await expect(microphone.open()).rejects.toMatchObject({ code: 'media/insecure-context' });
  });
});

describe('a device remembered from an earlier visit', () => {
  it('that is not there any more is replaced by the system’s', async () => {
    const { microphone, source, asked } = setUp();
    source.wanted = { deviceId: { exact: 'gone' } };
    expect(await microphone.open()).toBeDefined();
    expect(asked.map(({ audio }) => audio)).toEqual([{ deviceId: { exact: 'gone' } }, {}]);
  });
});

describe('a processor', () => {
  it('that fails has the microphone itself sent, and says so', async () => {
    const { microphone, source, problems } = setUp();
    source.processor = () => {
      throw new Error('no worklet');
    };
    await microphone.open();
    expect(microphone.copy()?.getAudioTracks()).toHaveLength(1);
    expect(problems).toEqual(['media/processor-failed']);
    source.processor = undefined;
    await microphone.reprocess();
    expect(problems).toEqual(['media/processor-failed', undefined]);
  });
});
