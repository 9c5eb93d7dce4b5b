// Noise removal, a stream of our own, and listening without a microphone.
import { type AudioProcessor, Dialer, type GetToken } from 'everdial';
import { telnyx } from 'everdial/providers/telnyx';

declare const getToken: GetToken;

// A worklet between microphone and callee. The signal aborts when this track is no longer needed.
const removeNoise: AudioProcessor = async (track, { audioContext, signal }) => {
  await audioContext.audioWorklet.addModule('/noise-worklet.js');
  const source = audioContext.createMediaStreamSource(new MediaStream([track]));
  const cleaner = new AudioWorkletNode(audioContext, 'noise-cleaner');
  const target = audioContext.createMediaStreamDestination();
  source.connect(cleaner).connect(target);
  signal.addEventListener('abort', () => {
    source.disconnect();
    cleaner.disconnect();
  });
  const [cleaned] = target.stream.getAudioTracks();
  return cleaned ?? track;
};

const dialer = new Dialer({
  providers: [telnyx()],
  getToken,
  audio: { noiseSuppression: false, processor: removeNoise },
});

export function setNoiseRemoval(on: boolean): void {
  dialer.audio.setProcessor(on ? removeNoise : undefined);
}

// A stream of our own: used as it is, never stopped.
export function playAnnouncement(to: string, sound: HTMLAudioElement) {
  const context = new AudioContext();
  const target = context.createMediaStreamDestination();
  context.createMediaElementSource(sound).connect(target);
  const call = dialer.dial(to, { input: target.stream });
  call.on('active', () => sound.play());
  call.on('ended', () => context.close());
  return call;
}

// Listen only: no microphone, no permission.
export const listenIn = (to: string) => dialer.dial(to, { input: 'none' });
