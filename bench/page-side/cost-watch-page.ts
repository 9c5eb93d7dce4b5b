/**
 * Counts from before a page's first script what it makes and what is open. It holds nothing of it, unlike the lab's probe:
 * what the page has let go must leave the memory.
 */
import type { NamedServer } from './cost-watch-types.js';
import './cost-watch-types.js';

/** Things that are counted as long as they are open. */
interface Open<Thing extends WeakKey> {
  add(thing: Thing): void;
  has(thing: Thing): boolean;
  count(): number;
}

function opened<Thing extends WeakKey>(isOpen: (thing: Thing) => boolean): Open<Thing> {
  let things: WeakRef<Thing>[] = [];
  const known = new WeakSet<Thing>();
  const live = (ref: WeakRef<Thing>): boolean => {
    const thing = ref.deref();
    return thing !== undefined && isOpen(thing);
  };
  return {
    add(thing) {
      things = things.filter(live);
      things.push(new WeakRef(thing));
      known.add(thing);
    },
    has: (thing) => known.has(thing),
    count: () => things.filter(live).length,
  };
}

let audioContexts = 0;
let microphones = 0;
const iceServers: NamedServer[] = [];
const live = {
  tracks: opened<MediaStreamTrack>(({ readyState }) => readyState === 'live'),
  peerConnections: opened<RTCPeerConnection>(({ signalingState }) => signalingState !== 'closed'),
  sockets: opened<WebSocket>(({ readyState }) => readyState !== WebSocket.CLOSED),
  audioContexts: opened<AudioContext>(({ state }) => state !== 'closed'),
};

globalThis.AudioContext = class extends AudioContext {
  constructor(...given: ConstructorParameters<typeof AudioContext>) {
    super(...given);
    audioContexts += 1;
    live.audioContexts.add(this);
  }
};

globalThis.WebSocket = class extends WebSocket {
  constructor(...given: ConstructorParameters<typeof WebSocket>) {
    super(...given);
    live.sockets.add(this);
  }
};

globalThis.RTCPeerConnection = class extends RTCPeerConnection {
  constructor(...given: ConstructorParameters<typeof RTCPeerConnection>) {
    super(...given);
    const names = (given[0]?.iceServers ?? []).flatMap(({ urls }) => urls);
    iceServers.push(...names.map((name) => ({ name, atMs: performance.now() })));
    live.peerConnections.add(this);
  }
};

const { getUserMedia } = navigator.mediaDevices;
navigator.mediaDevices.getUserMedia = async (constraints) => {
  microphones += 1;
  const stream = await getUserMedia.call(navigator.mediaDevices, constraints);
  for (const track of stream.getTracks()) live.tracks.add(track);
  return stream;
};

const { clone } = MediaStreamTrack.prototype;
MediaStreamTrack.prototype.clone = function (): MediaStreamTrack {
  const copy = clone.call(this);
  // Clones of received tracks hold no device.
  if (live.tracks.has(this)) live.tracks.add(copy);
  return copy;
};

globalThis.everdialCost = {
  made: () => ({ audioContexts, microphones, iceServers: [...iceServers] }),
  live: () => ({
    tracks: live.tracks.count(),
    peerConnections: live.peerConnections.count(),
    sockets: live.sockets.count(),
    audioContexts: live.audioContexts.count(),
  }),
};
