/** What the far side sends: what it hears, a tone, or no packets at all. */
export type FarSound = 'echo' | 'tone' | 'silence';

/** The sound of one call. */
export interface Sound {
  /** Changes what the far side sends. */
  send(sound: FarSound): void;
  /** Stops the sound in both directions, or takes it back. */
  setHeld(held: boolean): Promise<void>;
  /** Sends this track instead, or nothing. */
  replaceTrack(track: MediaStreamTrack | null): Promise<void>;
  /** Frees everything. Idempotent. */
  close(): void;
}

/** What a {@link Sound} tells. */
export interface SoundListener {
  /** The peer connection at our end exists. */
  connected(connection: RTCPeerConnection): void;
  /** The far side's sound arrives here. */
  heard(stream: MediaStream): void;
  /** Packets arrive; only told where there is no peer connection. */
  flowing(): void;
  /** It could not be set up. */
  failed(cause: unknown): void;
}

/** A call without any sound, for runtimes without WebRTC: it only says that packets would arrive now. */
export function noSound(listener: SoundListener): Sound {
  let closed = false;
  return {
    send(sound) {
      if (sound !== 'silence' && !closed) listener.flowing();
    },
    setHeld: async () => undefined,
    replaceTrack: async () => undefined,
    close() {
      closed = true;
    },
  };
}
