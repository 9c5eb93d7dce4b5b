/**
 * Counts what is open in a page, over hours: it holds nothing that it counts, so that what is given up can be collected. The
 * lab's own probe keeps everything, which is right for a page with one call.
 */
import { noteClones, noting } from '../../lab/browser/page-side/noting.js';
import { countAudioNodes } from './count-audio-nodes.js';
import { countListeners } from './count-listeners.js';
import { countTimers } from './count-timers.js';
import { Made } from './made.js';
import { tally } from './owner.js';
import './soak-page-types.js';

/** Whose entries of the performance timeline these are: vendors put their name in front. */
const entries = (type: 'mark' | 'measure') =>
  performance.getEntriesByType(type).map(({ name }) => ({
    owner: /^telnyx:/.test(name) ? '@telnyx/webrtc' : 'everdial',
    what: type,
  }));

const audioNodes = countAudioNodes();
const timers = countTimers();
const listeners = countListeners();
const tracks = new Made<MediaStreamTrack>();
const local = new WeakSet<MediaStreamTrack>();
const connections = new Made<RTCPeerConnection>();
const sockets = new Made<WebSocket>();
const contexts = new Made<AudioContext>();
let denied = false;

const addTrack = (track: MediaStreamTrack): void => {
  tracks.add(track);
  local.add(track);
};

globalThis.RTCPeerConnection = noting(RTCPeerConnection, connections);
globalThis.WebSocket = noting(WebSocket, sockets);
globalThis.AudioContext = noting(AudioContext, contexts);

// Received tracks hold no device.
noteClones({ has: (track) => local.has(track), add: addTrack });

const { mediaDevices } = navigator;
const getUserMedia = mediaDevices.getUserMedia.bind(mediaDevices);
mediaDevices.getUserMedia = async (constraints) => {
  if (denied) {
    denied = false;
    throw new DOMException('Permission denied', 'NotAllowedError');
  }
  const stream = await getUserMedia(constraints);
  stream.getTracks().forEach(addTrack);
  return stream;
};

globalThis.everdialSoakProbe = {
  counts: () => ({
    liveTracks: tracks.count(({ readyState }) => readyState === 'live'),
    peerConnections: connections.count(({ signalingState }) => signalingState !== 'closed'),
    sockets: sockets.count(({ readyState }) => readyState !== WebSocket.CLOSED),
    audioContexts: contexts.count(({ state }) => state !== 'closed'),
    timers: timers(),
    listeners: listeners(),
    audioNodes: audioNodes(),
    measures: entries('measure').length,
    marks: tally(entries('mark')),
  }),
  denyMicrophone() {
    denied = true;
  },
  allowMicrophone() {
    denied = false;
  },
  loseMicrophone() {
    for (const track of tracks.all()) {
      if (track.readyState !== 'live') continue;
      track.stop();
      track.dispatchEvent(new Event('ended'));
    }
  },
};
