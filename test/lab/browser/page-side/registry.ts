import type { PageResources } from './probe-types.js';

/** Everything that was opened in the page. Originals of replaced functions are kept for the lab's own use. */
export interface Registry {
  /** Counts what is still open. */
  resources(): PageResources;
  /** Notes local tracks. */
  addTracks(tracks: Iterable<MediaStreamTrack>): void;
  /** Peer connections that are not closed, oldest first. */
  peerConnections(): RTCPeerConnection[];
}

/** Replaces the constructors and functions that open something, so that it can be counted. */
export function createRegistry(): Registry {
  const tracks = new Set<MediaStreamTrack>();
  const peerConnections = new Set<RTCPeerConnection>();
  const sockets = new Set<WebSocket>();
  const contexts = new Set<AudioContext>();
  countTracks(tracks);
  globalThis.RTCPeerConnection = counted(globalThis.RTCPeerConnection, peerConnections);
  globalThis.WebSocket = counted(globalThis.WebSocket, sockets);
  globalThis.AudioContext = counted(globalThis.AudioContext, contexts);
  const timers = countTimers();
  const open = (): RTCPeerConnection[] =>
    [...peerConnections].filter((connection) => connection.signalingState !== 'closed');
  return {
    addTracks(added) {
      for (const track of added) tracks.add(track);
    },
    peerConnections: open,
    resources: () => ({
      liveTracks: [...tracks].filter((track) => track.readyState === 'live').length,
      peerConnections: open().length,
      sockets: [...sockets].filter((socket) => socket.readyState !== 3).length,
      audioContexts: [...contexts].filter((context) => context.state !== 'closed').length,
      ...timers(),
    }),
  };
}

/** The same constructor, its prototype and statics untouched, noting what it makes. */
function counted<Instance extends object, Class extends new (...args: never[]) => Instance>(
  original: Class,
  made: Set<Instance>,
): Class {
  return new Proxy(original, {
    construct(target, args, newTarget) {
      const instance = Reflect.construct(target, args, newTarget) as Instance;
      made.add(instance);
      return instance;
    },
  });
}

function countTracks(tracks: Set<MediaStreamTrack>): void {
  const cloneTrack = MediaStreamTrack.prototype.clone;
  MediaStreamTrack.prototype.clone = function (): MediaStreamTrack {
    const copy = cloneTrack.call(this);
    // Clones of received tracks hold no device.
    if (tracks.has(this)) tracks.add(copy);
    return copy;
  };
  const cloneStream = MediaStream.prototype.clone;
  MediaStream.prototype.clone = function (): MediaStream {
    const copy = cloneStream.call(this);
    if (this.getTracks().some((track) => tracks.has(track))) {
      for (const track of copy.getTracks()) tracks.add(track);
    }
    return copy;
  };
}

function countTimers(): () => { intervals: number; timeouts: number } {
  const intervals = new Set<number>();
  const timeouts = new Set<number>();
  const { setTimeout, setInterval, clearTimeout, clearInterval } = globalThis.window;
  const later = (handler: TimerHandler, delay?: number, ...args: unknown[]): number => {
    const id = setTimeout(() => {
      timeouts.delete(id);
      if (typeof handler === 'function') handler(...args);
    }, delay);
    timeouts.add(id);
    return id;
  };
  const repeat = (handler: TimerHandler, delay?: number, ...args: unknown[]): number => {
    const id = setInterval(handler, delay, ...args);
    intervals.add(id);
    return id;
  };
  const clear = (id: number | undefined): void => {
    if (id === undefined) return;
    // One list of ids serves both kinds.
    timeouts.delete(id);
    intervals.delete(id);
    clearTimeout(id);
    clearInterval(id);
  };
  Object.assign(globalThis, {
    setTimeout: later,
    setInterval: repeat,
    clearTimeout: clear,
    clearInterval: clear,
  });
  return () => ({ intervals: intervals.size, timeouts: timeouts.size });
}
