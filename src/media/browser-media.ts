import type { MediaEnvironment } from '../core/environment.js';
import { DialerError } from '../errors/dialer-error.js';
import { createTonePlayer } from './tone-player.js';

/** The browser's own microphone and speakers. Touches nothing until it is used. */
export function browserMedia(): MediaEnvironment {
  return {
    async getUserMedia(constraints) {
      const missing = microphoneObstacle();
      if (missing) throw missing;
      return navigator.mediaDevices.getUserMedia(constraints);
    },
    enumerateDevices: async () => (await navigator.mediaDevices?.enumerateDevices()) ?? [],
    onDeviceChange(callback) {
      navigator.mediaDevices?.addEventListener('devicechange', callback);
      return () => navigator.mediaDevices?.removeEventListener('devicechange', callback);
    },
    async microphonePermission(onChange) {
      try {
        const status = await navigator.permissions.query({ name: 'microphone' as PermissionName });
        status.onchange = onChange;
        return status.state;
      } catch {
        return 'unknown';
      }
    },
    async play(stream, sinkId) {
      const audio = new Audio();
      const stop = () => {
        audio.pause();
        audio.srcObject = null;
      };
      audio.srcObject = stream;
      try {
        if (sinkId !== undefined) await audio.setSinkId(sinkId);
        await audio.play();
      } catch (error) {
        stop();
        throw error;
      }
      return stop;
    },
    playTone: createTonePlayer(),
  };
}

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
  return microphoneAllowedByPolicy() ? undefined : new DialerError('media/blocked-by-page');
}

/** Only Chromium has this interface; elsewhere the refusal comes from `getUserMedia` itself. */
interface PolicyDocument {
  readonly featurePolicy?: { allowsFeature(name: string): boolean };
}

function microphoneAllowedByPolicy(): boolean {
  const { featurePolicy } = document as PolicyDocument;
  return featurePolicy?.allowsFeature('microphone') ?? true;
}
