import type { PageMicrophone } from './probe-types.js';

/**
 * Makes `getUserMedia` give a steady tone instead of the device. The device is opened all the same and closed at once, so
 * that permission, errors, label and settings stay true.
 */
export function createMicrophone(
  AudioContextClass: typeof AudioContext,
  open: (constraints?: MediaStreamConstraints) => Promise<MediaStream>,
  initial: PageMicrophone,
): {
  getUserMedia(constraints?: MediaStreamConstraints): Promise<MediaStream>;
  set(microphone: PageMicrophone): void;
} {
  let microphone = initial;
  // One for all: from about fifty of them on, Chromium gives silence.
  let shared: AudioContext | undefined;
  return {
    async getUserMedia(constraints) {
      const stream = await open(constraints);
      const device = stream.getAudioTracks()[0];
      if (microphone === 'device' || device === undefined) return stream;
      shared ??= new AudioContextClass();
      const context = shared;
      const oscillator = context.createOscillator();
      const destination = context.createMediaStreamDestination();
      const gain = context.createGain();
      gain.gain.value = 0.5;
      oscillator.frequency.value = microphone.tone;
      oscillator.connect(gain).connect(destination);
      oscillator.start();
      await context.resume();
      const tone = destination.stream.getAudioTracks()[0];
      if (tone === undefined) return stream;
      const { label } = device;
      const settings = device.getSettings();
      Object.defineProperty(tone, 'label', { get: () => label });
      Object.defineProperty(tone, 'getSettings', { value: () => settings });
      device.stop();
      return new MediaStream([tone]);
    },
    set(next) {
      microphone = next;
    },
  };
}
