/**
 * The first connection of a page takes longer than all others: the browser starts threads, codecs and the encryption for
 * it. This one gathers no candidates and asks nobody.
 */
export async function connectNobody(): Promise<void> {
  if (typeof RTCPeerConnection === 'undefined') return;
  const connection = new RTCPeerConnection();
  try {
    connection.addTransceiver('audio');
    await connection.createOffer();
  } catch {
    // The call will tell.
  } finally {
    connection.close();
  }
}
