/** Offers another direction of the sound. Where the offer is refused, the sound goes on as before. */
export async function offerDirection(
  connection: RTCPeerConnection,
  direction: RTCRtpTransceiverDirection,
  offer: () => Promise<void>,
): Promise<void> {
  const transceiver = connection.getTransceivers()[0];
  const before = transceiver?.direction;
  if (transceiver) transceiver.direction = direction;
  try {
    await offer();
  } catch (error) {
    if (transceiver && before) transceiver.direction = before;
    // The browser obeys its own offer at once, refused or not, and needs another one to go on.
    if (connection.signalingState === 'have-local-offer') {
      await connection.setLocalDescription().catch(() => undefined);
    }
    throw error;
  }
}
