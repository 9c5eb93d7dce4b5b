import { noteClones, noting } from './noting.js';
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
  noteClones(tracks);
  globalThis.RTCPeerConnection = noting(globalThis.RTCPeerConnection, peerConnections);
  globalThis.WebSocket = noting(globalThis.WebSocket, sockets);
  globalThis.AudioContext = noting(globalThis.AudioContext, contexts);
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
