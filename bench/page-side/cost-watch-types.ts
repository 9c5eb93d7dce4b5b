/** What a page has made since it was opened. */
export interface CostMade {
  readonly audioContexts: number;
  /** Times that the microphone was asked for. */
  readonly microphones: number;
  /** STUN and TURN servers, once for each peer connection that was given them. */
  readonly iceServers: readonly NamedServer[];
}

/** A server that a peer connection was given. */
export interface NamedServer {
  /** Its address. */
  readonly name: string;
  /** Milliseconds since the page was opened. */
  readonly atMs: number;
}

/** What is open in a page now. */
export interface CostLive {
  /** Tracks of the microphone that are not ended: originals and clones. */
  readonly tracks: number;
  readonly peerConnections: number;
  readonly sockets: number;
  readonly audioContexts: number;
}

declare global {
  /** Put there before any script of the page runs. */
  var everdialCost: { made(): CostMade; live(): CostLive };
}
