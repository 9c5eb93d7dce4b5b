/** A stream that is never heard. */
export interface Silence {
  readonly stream: MediaStream;
  /** Frees it. */
  stop(): void;
}

/** The SDK refuses to call without a track, so a call that only listens sends it silence. */
export function createSilence(): Silence {
  const context = new AudioContext();
  const { stream } = context.createMediaStreamDestination();
  return {
    stream,
    stop() {
      for (const track of stream.getTracks()) track.stop();
      context.close().catch(() => undefined);
    },
  };
}
