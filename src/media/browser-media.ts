import type { MediaEnvironment } from '../core/environment.js';
import { DialerError } from '../errors/dialer-error.js';
import { allowedByPolicy } from './allowed-by-policy.js';
import type { BrowserSound } from './browser-sound.js';

/** The browser's own microphone and speakers. Touches nothing until it is used. */
export function browserMedia(): MediaEnvironment {
  let sound: BrowserSound | undefined;
  let closed = false;
  let status: Promise<PermissionStatus> | undefined;
  const loadSound = async () => {
    const { createBrowserSound } = await import('./browser-sound.js');
    sound ??= createBrowserSound();
    if (closed) sound.close();
    return sound;
  };
  /** Starts at once where the code is there, else as soon as it is, unless it was stopped meanwhile. */
  const start = <Running extends object>(
    begin: (sound: BrowserSound) => Running,
    end: (running: Running) => void,
  ) => {
    let stopped = false;
    let running: Running | undefined;
    const run = (loaded: BrowserSound) => {
      if (!stopped) running = begin(loaded);
    };
    if (sound) run(sound);
    else loadSound().then(run, () => undefined);
    return {
      get running() {
        return running;
      },
      stop() {
        if (running && !stopped) end(running);
        stopped = true;
      },
    };
  };
  return {
    async getUserMedia(constraints) {
      const missing = microphoneObstacle();
      if (missing) throw missing;
      // There will be tones.
      loadSound().catch(() => undefined);
      return navigator.mediaDevices.getUserMedia(constraints);
    },
    enumerateDevices: async () => (await devices()?.enumerateDevices()) ?? [],
    onDeviceChange(callback) {
      devices()?.addEventListener('devicechange', callback);
      return () => devices()?.removeEventListener('devicechange', callback);
    },
    async microphonePermission(onChange) {
      try {
        status ??= navigator.permissions.query({ name: 'microphone' as PermissionName });
        const known = await status;
        // The same listener counts once, however often it asks.
        known.addEventListener('change', onChange);
        return known.state;
      } catch {
        status = undefined;
        return 'unknown';
      }
    },
    get canSelectOutput() {
      return (
        typeof HTMLMediaElement !== 'undefined' &&
        'setSinkId' in HTMLMediaElement.prototype &&
        allowedByPolicy('speaker-selection')
      );
    },
    async play(stream, sinkId, { silent = false } = {}) {
      const audio = new Audio();
      // Phones stop an element that is in no page, or take it for a film.
      audio.setAttribute('playsinline', '');
      audio.hidden = true;
      document.body?.append(audio);
      const stop = () => {
        audio.pause();
        audio.srcObject = null;
        audio.remove();
      };
      audio.muted = silent;
      audio.srcObject = stream;
      try {
        // The browser's name for what its lists call `default` is the empty one. Safari offers no choice.
        if (sinkId !== undefined) await audio.setSinkId?.(sinkId === 'default' ? '' : sinkId);
        await audio.play();
      } catch (error) {
        stop();
        throw error;
      }
      return stop;
    },
    playTone(tone, sinkId) {
      const playing = start(
        (loaded) => loaded.playTone(tone, sinkId),
        (stop) => stop(),
      );
      return () => playing.stop();
    },
    playSound: async (...sounds) => (await loadSound()).playSound(...sounds),
    audioContext: async (until) => (await loadSound()).audioContext(until),
    silence: async (until) => (await loadSound()).silence(until),
    warmUp: async (options) => (await loadSound()).warmUp(options),
    measureLevel(track) {
      const meter = start(
        (loaded) => loaded.measureLevel(track),
        (running) => running.stop(),
      );
      return {
        get level() {
          return meter.running?.level ?? 0;
        },
        stop: () => meter.stop(),
      };
    },
    unlock: async () => (await loadSound()).unlock(),
    close() {
      closed = true;
      sound?.close();
    },
  };
}

/** On a server there is no navigator, on an insecure page it has no devices. */
const devices = (): MediaDevices | undefined => globalThis.navigator?.mediaDevices;

/**
 * What keeps this page from asking for the microphone at all: no page (a server), an insecure origin, or a frame or header
 * without `microphone` (Permissions-Policy). `undefined` when it may ask.
 */
export function microphoneObstacle():
  | DialerError<
      | 'support/not-a-browser'
      | 'media/insecure-context'
      | 'media/blocked-by-page'
      | 'support/no-webrtc'
    >
  | undefined {
  if (typeof window === 'undefined') return new DialerError('support/not-a-browser');
  if (!globalThis.isSecureContext) return new DialerError('media/insecure-context');
  if (!navigator.mediaDevices?.getUserMedia) return new DialerError('support/no-webrtc');
  return allowedByPolicy('microphone') ? undefined : new DialerError('media/blocked-by-page');
}
