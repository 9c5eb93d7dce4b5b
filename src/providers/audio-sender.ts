/** What sends the page's sound; it is there with or without a track. */
export function audioSender(connection: RTCPeerConnection | undefined): RTCRtpSender | undefined {
  if (!connection || connection.signalingState === 'closed') return undefined;
  return connection.getTransceivers().find(({ receiver }) => receiver.track.kind === 'audio')
    ?.sender;
}

/**
 * Limits the bit rate of what is sent, in kilobits per second, once it is agreed that this is Opus. Where the browser will
 * not, it stays as it is. Before the answer it must not be done: Chromium refuses an answer with G.711 where less than its
 * 64 kbit/s are allowed.
 */
export function limitBitrate(connection: RTCPeerConnection | undefined, maxKbps: number): void {
  const sender = audioSender(connection);
  const parameters = sender?.getParameters();
  if (!sender || !/opus/i.test(parameters?.codecs?.[0]?.mimeType ?? '') || !parameters) return;
  for (const encoding of parameters.encodings) encoding.maxBitrate = maxKbps * 1000;
  sender.setParameters(parameters).catch(() => undefined);
}
