/** Runs in every page of the lab before the page's own scripts: counts resources, listens, and speaks a tone. */
import { createMicrophone } from './microphone.js';
import './probe-types.js';
import { createRegistry } from './registry.js';
import { measureTone } from './tone.js';

const OriginalAudioContext = globalThis.AudioContext;
const registry = createRegistry();
const given: MediaStreamTrack[] = [];
const devices = navigator.mediaDevices as MediaDevices | undefined;
const microphone =
  devices === undefined
    ? undefined
    : createMicrophone(
        OriginalAudioContext,
        devices.getUserMedia.bind(devices),
        globalThis.everdialLabOptions?.microphone ?? 'device',
      );
if (devices !== undefined && microphone !== undefined) {
  devices.getUserMedia = async (constraints) => {
    const stream = await microphone.getUserMedia(constraints);
    registry.addTracks(stream.getTracks());
    given.push(...stream.getTracks());
    return stream;
  };
}

globalThis.everdialLab = {
  resources: registry.resources,
  peerConnections: registry.peerConnections,
  measureTone: (stream, durationMs = 500) => measureTone(OriginalAudioContext, stream, durationMs),
  async remoteTone(durationMs = 500) {
    const tracks = registry
      .peerConnections()
      .at(-1)
      ?.getReceivers()
      .map((receiver) => receiver.track)
      .filter((track) => track.kind === 'audio');
    if (tracks === undefined || tracks.length === 0) return { frequency: 0, decibels: -200 };
    return measureTone(OriginalAudioContext, new MediaStream(tracks), durationMs);
  },
  loseMicrophone() {
    for (const track of given.splice(0)) {
      track.stop();
      track.dispatchEvent(new Event('ended'));
    }
  },
  setMicrophone(next) {
    microphone?.set(next);
  },
};
