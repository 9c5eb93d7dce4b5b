import type { LevelMeter, MediaEnvironment } from '../core/environment.js';
import { createFakeDevices, type FakeDevice } from './fake-devices.js';
import { asStream, FakeStream } from './fake-stream.js';
import { asTrack, FakeTrack } from './fake-track.js';

/** State of the microphone's permission. `unknown` is a browser that asks, but does not tell beforehand. */
export type FakePermission = 'granted' | 'denied' | 'prompt' | 'unknown';

/** How a person answers the browser's question; `dismissed` closes it without an answer. */
export type PromptAnswer = 'granted' | 'denied' | 'dismissed';

/** A microphone and speakers that are not there. */
export interface FakeMedia extends MediaEnvironment {
  /** Tracks handed out and not stopped, clones included: 0 after a call. */
  readonly liveTracks: number;
  /** Streams that are being played. */
  readonly playingStreams: number;
  /** Tones that are being played. */
  readonly playingTones: number;
  /** Questions for the microphone that wait for {@link FakeMedia.answerPrompt}. */
  readonly openPrompts: number;
  /**
   * Changes the permission. A `prompt` is answered by `answerPrompt`. Taking it away ends the tracks that are live, as
   * in a browser.
   */
  setPermission(permission: FakePermission): void;
  /**
   * Answers an open prompt, or all of them if the page asked more than once.
   * @throws Error when none is open: let the page come to its question first, for example by `clock.advance(0)`.
   */
  answerPrompt(answer: PromptAnswer): void;
  /** Plugs a device in. One microphone and one speaker, named `default`, are there from the start. */
  plugIn(device: FakeDevice): void;
  /** Pulls a device out: its tracks end. */
  unplug(id: string): void;
  /** Lets another program take a device, so that it cannot be opened (`NotReadableError`), or give it back. */
  setBusy(id: string, busy: boolean): void;
  /** Whether the browser lets the page play sound; without it, `play` rejects with `NotAllowedError`. */
  setPlaybackAllowed(allowed: boolean): void;
  /** Speaker that the sound played last goes to; `undefined`: the system's. */
  readonly playingOn: string | undefined;
  /** Level meters that run. */
  readonly meters: number;
  /** Makes a device loud or silent, 0 to 1, for meters. */
  setLevel(id: string, level: number): void;
  /** Has microphones that are asked for from now on come only when the returned function is called. */
  delayMicrophone(): () => void;
  /** Mutes a device from outside, as by the switch of a headset: its tracks get `mute` and `unmute` events. */
  setDeviceMuted(id: string, muted: boolean): void;
}

/** Makes a {@link FakeMedia}. */
export function createFakeMedia(firstPermission: FakePermission = 'granted'): FakeMedia {
  const live = new Set<FakeTrack>();
  const playing = new Set<symbol>();
  const tones = new Set<symbol>();
  const meters = new Set<symbol>();
  const levels = new Map<string, number>();
  let playingOn: string | undefined;
  const devices = createFakeDevices();
  const permissionListeners = new Set<() => void>();
  const prompts = new Set<(answer: PromptAnswer) => void>();
  let permission = firstPermission;
  let playbackAllowed = true;
  let slow: Promise<void> | undefined;

  const start = (running: Set<symbol>) => {
    const key = Symbol();
    running.add(key);
    return () => {
      running.delete(key);
    };
  };
  const changePermission = (next: FakePermission) => {
    if (next === permission) return;
    const wasGranted = permission === 'granted';
    permission = next;
    if (wasGranted) for (const track of [...live]) track.end();
    for (const listener of [...permissionListeners]) listener();
  };
  const ask = async () => {
    if (permission === 'granted') return;
    const answer =
      permission === 'denied'
        ? 'denied'
        : await new Promise<PromptAnswer>((resolve) => prompts.add(resolve));
    if (answer === 'granted') return;
    throw new DOMException(
      answer === 'denied' ? 'Permission denied' : 'Permission dismissed',
      'NotAllowedError',
    );
  };
  const tracksOf = (id: string) => [...live].filter(({ source }) => source.id === id);

  return {
    async getUserMedia({ audio, video }) {
      if (!audio && !video) {
        throw new TypeError('At least one of audio and video must be requested');
      }
      if (video) throw new DOMException('Requested device not found', 'NotFoundError');
      const wanted = devices.find(typeof audio === 'object' ? audio : undefined);
      await ask();
      await slow;
      devices.assertReadable(wanted.id);
      return asStream(new FakeStream([asTrack(new FakeTrack(wanted, live))]));
    },
    enumerateDevices: async () => devices.list(permission === 'granted'),
    onDeviceChange: devices.onChange,
    async microphonePermission(onChange) {
      permissionListeners.add(onChange);
      return permission;
    },
    canSelectOutput: true,
    async play(_stream, sinkId) {
      if (!playbackAllowed) {
        throw new DOMException('play() failed without a gesture', 'NotAllowedError');
      }
      devices.assertOutput(sinkId);
      playingOn = sinkId;
      return start(playing);
    },
    playTone: () => start(tones),
    audioContext: async () => undefined,
    async silence(until) {
      const track = new FakeTrack({ id: 'silence', label: '' }, live);
      if (until.aborted) track.stop();
      until.addEventListener('abort', () => track.stop(), { once: true });
      return asStream(new FakeStream([asTrack(track)]));
    },
    close: () => undefined,
    measureLevel(track): LevelMeter {
      const id = String(track.getSettings().deviceId);
      const stop = start(meters);
      return {
        get level() {
          return levels.get(id) ?? 0;
        },
        stop,
      };
    },
    unlock: async () => playbackAllowed,
    get liveTracks() {
      return live.size;
    },
    get playingStreams() {
      return playing.size;
    },
    get playingTones() {
      return tones.size;
    },
    get playingOn() {
      return playingOn;
    },
    get meters() {
      return meters.size;
    },
    setLevel(id, level) {
      levels.set(id, level);
    },
    get openPrompts() {
      return prompts.size;
    },
    setPermission: changePermission,
    answerPrompt(answer) {
      if (prompts.size === 0) throw new Error('No prompt is open');
      // A browser that does not tell its state (`unknown`) goes on not telling it.
      if (answer !== 'dismissed' && permission === 'prompt') changePermission(answer);
      for (const resolve of prompts) resolve(answer);
      prompts.clear();
    },
    plugIn: devices.plugIn,
    unplug(id) {
      if (!devices.unplug(id)) return;
      for (const track of tracksOf(id)) track.end();
      devices.tellChange();
    },
    setBusy: devices.setBusy,
    setPlaybackAllowed(allowed) {
      playbackAllowed = allowed;
    },
    delayMicrophone() {
      let give = () => {};
      slow = new Promise((resolve) => {
        give = resolve;
      });
      return () => {
        slow = undefined;
        give();
      };
    },
    setDeviceMuted(id, muted) {
      for (const track of tracksOf(id)) track.setMuted(muted);
    },
  };
}
