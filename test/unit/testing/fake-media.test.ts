import { describe, expect, test } from 'vitest';
import { createFakeMedia } from '../../../src/testing/fake-media.js';

const AUDIO = { audio: true };

async function capture(media = createFakeMedia()) {
  const stream = await media.getUserMedia(AUDIO);
  const [track] = stream.getAudioTracks();
  if (!track) throw new Error('no track');
  return { media, stream, track };
}

describe('streams and tracks', () => {
  test('a captured stream has one live audio track', async () => {
    const { stream, track } = await capture();
    expect(stream.getTracks()).toEqual([track]);
    expect(stream.getVideoTracks()).toEqual([]);
    expect(stream.getTrackById(track.id)).toBe(track);
    expect(stream.active).toBe(true);
    expect(track).toMatchObject({
      kind: 'audio',
      label: 'Fake microphone',
      enabled: true,
      muted: false,
      readyState: 'live',
    });
    expect(track.getSettings().deviceId).toBe('default');
  });

  test('clones are tracks of their own and are counted', async () => {
    const { media, stream, track } = await capture();
    track.enabled = false;
    const clone = stream.clone();
    const [copy] = clone.getTracks();
    expect(clone.id).not.toBe(stream.id);
    expect(copy).toMatchObject({ enabled: false, readyState: 'live' });
    expect(copy?.id).not.toBe(track.id);
    expect(media.liveTracks).toBe(2);
    track.stop();
    expect(copy?.readyState).toBe('live');
    expect(media.liveTracks).toBe(1);
    copy?.stop();
    expect(media.liveTracks).toBe(0);
    expect(stream.active).toBe(false);
    expect(stream.clone().active).toBe(false);
    expect(media.liveTracks).toBe(0);
  });

  test('stop() fires no event, as in a browser', async () => {
    const { track } = await capture();
    let ended = 0;
    track.addEventListener('ended', () => {
      ended += 1;
    });
    track.stop();
    expect([track.readyState, ended]).toEqual(['ended', 0]);
  });

  test('tracks are added to a stream and removed', async () => {
    const { stream, track } = await capture();
    stream.removeTrack(track);
    expect(stream.getTracks()).toEqual([]);
    stream.addTrack(track);
    expect(stream.getTracks()).toEqual([track]);
  });

  test('a device muted from outside mutes its tracks', async () => {
    const { media, track } = await capture();
    const seen: string[] = [];
    track.onmute = () => seen.push(`mute ${track.muted}`);
    track.addEventListener('unmute', () => seen.push(`unmute ${track.muted}`));
    media.setDeviceMuted('default', true);
    media.setDeviceMuted('default', true);
    media.setDeviceMuted('default', false);
    expect(seen).toEqual(['mute true', 'unmute false']);
  });
});

describe('the permission', () => {
  test('denied', async () => {
    const media = createFakeMedia('denied');
    await expect(media.getUserMedia(AUDIO)).rejects.toMatchObject({
      name: 'NotAllowedError',
      message: 'Permission denied',
    });
  });

  test('a prompt waits for its answer', async () => {
    const media = createFakeMedia('prompt');
    const asked = media.getUserMedia(AUDIO);
    expect(media.openPrompts).toBe(1);
    media.answerPrompt('granted');
    expect((await asked).active).toBe(true);
    expect(await media.microphonePermission(() => undefined)).toBe('granted');
    expect(media.openPrompts).toBe(0);
  });

  test.each([
    ['denied', 'Permission denied', 'denied'],
    ['dismissed', 'Permission dismissed', 'prompt'],
  ] as const)('a prompt answered with %s', async (answer, message, permission) => {
    const media = createFakeMedia('prompt');
    const asked = media.getUserMedia(AUDIO);
    media.answerPrompt(answer);
    await expect(asked).rejects.toMatchObject({ name: 'NotAllowedError', message });
    expect(await media.microphonePermission(() => undefined)).toBe(permission);
    expect(media.liveTracks).toBe(0);
  });

  test('answering without a prompt is an error', () => {
    expect(() => createFakeMedia('prompt').answerPrompt('granted')).toThrow('No prompt is open');
  });

  test('a browser that does not tell asks each time', async () => {
    const media = createFakeMedia('unknown');
    const first = media.getUserMedia(AUDIO);
    media.answerPrompt('granted');
    await first;
    const second = media.getUserMedia(AUDIO);
    expect(media.openPrompts).toBe(1);
    media.answerPrompt('granted');
    await second;
    expect(await media.microphonePermission(() => undefined)).toBe('unknown');
  });

  test('changes are told, and taking it away ends the tracks', async () => {
    const { media, track } = await capture();
    const seen: string[] = [];
    await media.microphonePermission(() => seen.push('changed'));
    track.onended = () => seen.push('ended');
    media.setPermission('denied');
    media.setPermission('denied');
    expect(seen).toEqual(['ended', 'changed']);
    expect(media.liveTracks).toBe(0);
  });
});

describe('devices', () => {
  test('without permission only their kinds are told', async () => {
    const media = createFakeMedia('prompt');
    expect(await media.enumerateDevices()).toEqual([
      { deviceId: '', groupId: '', kind: 'audioinput', label: '' },
      { deviceId: '', groupId: '', kind: 'audiooutput', label: '' },
    ]);
  });

  test('plugging in and out is told, and ends the tracks with their event', async () => {
    const media = createFakeMedia();
    let changes = 0;
    const stopListening = media.onDeviceChange(() => {
      changes += 1;
    });
    media.plugIn({ id: 'headset', label: 'Headset', kind: 'audioinput' });
    expect((await media.enumerateDevices()).map(({ label }) => label)).toContain('Headset');
    const stream = await media.getUserMedia({ audio: { deviceId: { exact: 'headset' } } });
    const [track] = stream.clone().getTracks();
    const ended = new Promise((resolve) => track?.addEventListener('ended', resolve));
    media.unplug('headset');
    await ended;
    expect(track?.readyState).toBe('ended');
    expect([changes, media.liveTracks]).toEqual([2, 0]);
    media.unplug('headset');
    stopListening();
    media.plugIn({ id: 'speaker', label: 'Speaker', kind: 'audiooutput' });
    expect(changes).toBe(2);
  });

  test.each([
    ['headset', 'Headset'],
    [{ ideal: ['gone', 'headset'] }, 'Headset'],
    [{ exact: ['headset'] }, 'Headset'],
    ['gone', 'Fake microphone'],
  ])('the microphone is chosen by %j', async (deviceId, label) => {
    const media = createFakeMedia();
    media.plugIn({ id: 'headset', label: 'Headset', kind: 'audioinput' });
    const stream = await media.getUserMedia({ audio: { deviceId } });
    expect(stream.getAudioTracks()[0]?.label).toBe(label);
  });

  test('a device that must be there and is not', async () => {
    const asked = createFakeMedia().getUserMedia({ audio: { deviceId: { exact: 'gone' } } });
    await expect(asked).rejects.toMatchObject({
      name: 'OverconstrainedError',
      constraint: 'deviceId',
    });
  });

  test('no microphone at all', async () => {
    const media = createFakeMedia();
    media.unplug('default');
    await expect(media.getUserMedia(AUDIO)).rejects.toMatchObject({ name: 'NotFoundError' });
  });

  test('a microphone that goes while the question is open', async () => {
    const media = createFakeMedia('prompt');
    const asked = media.getUserMedia(AUDIO);
    media.unplug('default');
    media.answerPrompt('granted');
    await expect(asked).rejects.toMatchObject({ name: 'NotFoundError' });
  });

  test('a busy device', async () => {
    const media = createFakeMedia();
    media.setBusy('default', true);
    await expect(media.getUserMedia(AUDIO)).rejects.toMatchObject({ name: 'NotReadableError' });
    media.setBusy('default', false);
    expect((await media.getUserMedia(AUDIO)).active).toBe(true);
  });

  test('a camera is not there, and nothing to capture is wrong', async () => {
    const media = createFakeMedia();
    await expect(media.getUserMedia({ video: true })).rejects.toMatchObject({
      name: 'NotFoundError',
    });
    await expect(media.getUserMedia({})).rejects.toBeInstanceOf(TypeError);
  });
});

describe('playing', () => {
  test('streams and tones are counted while they play', async () => {
    const { media, stream } = await capture();
    const stop = await media.play(stream, undefined);
    const stopTone = media.playTone({ frequenciesHz: [440], cadenceMs: [], level: 1 });
    expect([media.playingStreams, media.playingTones]).toEqual([1, 1]);
    stop();
    stop();
    stopTone();
    expect([media.playingStreams, media.playingTones]).toEqual([0, 0]);
  });

  test('a page that may not play, and a speaker that is not there', async () => {
    const { media, stream } = await capture();
    await expect(media.play(stream, 'gone')).rejects.toMatchObject({ name: 'NotFoundError' });
    media.setPlaybackAllowed(false);
    await expect(media.play(stream, '')).rejects.toMatchObject({ name: 'NotAllowedError' });
    expect(media.playingStreams).toBe(0);
  });
});
