import type { RTCPeerConnection } from 'werift';

/** The UDP socket of an ICE candidate, as far as it is touched here. */
interface UdpSocket {
  onData: (data: Buffer, address: readonly [string, number]) => void;
  send: (data: Buffer, address?: readonly [string, number]) => Promise<void>;
}

/** The sockets of an ICE connection; Werift's declarations leave them out. */
interface IceSockets {
  readonly protocols: readonly { readonly transport?: UdpSocket }[];
}

/**
 * Loses every packet in both directions, those of ICE too: to the browser the far side has vanished. Returns the function that
 * lets packets pass again.
 */
export function loseAllPackets(pc: RTCPeerConnection): () => void {
  const restore: (() => void)[] = [];
  for (const transport of pc.iceTransports) {
    const connection = transport.connection as unknown as IceSockets;
    for (const { transport: socket } of connection.protocols) {
      if (socket === undefined) continue;
      const { onData, send } = socket;
      socket.onData = () => {};
      socket.send = async () => {};
      restore.push(() => Object.assign(socket, { onData, send }));
    }
  }
  return () => {
    for (const put of restore) put();
  };
}
