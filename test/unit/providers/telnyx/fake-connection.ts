/** As much of a peer connection as the adapter touches. */
export class FakeConnection extends EventTarget {
  signalingState = 'stable';
  readonly sender = {
    track: null as MediaStreamTrack | null,
    parameters: {
      codecs: [{ mimeType: 'audio/opus' }],
      encodings: [{}] as { maxBitrate?: number }[],
    },
    getParameters: () => this.sender.parameters,
    setParameters: async () => undefined,
    replaceTrack: async (track: MediaStreamTrack | null) => {
      this.sender.track = track;
    },
  };

  getTransceivers(): readonly object[] {
    return [{ receiver: { track: { kind: 'audio' } }, sender: this.sender }];
  }

  asConnection(): RTCPeerConnection {
    return this as unknown as RTCPeerConnection;
  }
}
