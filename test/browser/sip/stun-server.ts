import { createSocket, type Socket } from 'node:dgram';
import type { AddressInfo } from 'node:net';

/** A STUN server on 127.0.0.1 (RFC 8489) that takes its time. */
export interface StunServer {
  readonly iceServers: readonly RTCIceServer[];
  /** Delay of its answers in milliseconds; `undefined`: it never answers. @defaultValue undefined */
  delayMs: number | undefined;
  close(): void;
}

const COOKIE = 0x2112a442;

/** Starts one. It tells everybody an address that is not theirs: one that is would be left out by the browser. */
export async function startStunServer(): Promise<StunServer> {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  const server: StunServer = {
    iceServers: [{ urls: `stun:127.0.0.1:${(socket.address() as AddressInfo).port}` }],
    delayMs: undefined,
    close: () => socket.close(),
  };
  socket.on('message', (request, { address, port }) => {
    if (server.delayMs === undefined || request.readUInt16BE(0) !== 1) return;
    const answer = success(request, port ^ 1);
    setTimeout(() => sendTo(socket, answer, port, address), server.delayMs);
  });
  return server;
}

function sendTo(socket: Socket, answer: Buffer, port: number, address: string): void {
  try {
    socket.send(answer, port, address);
  } catch {
    // The test is over.
  }
}

/** Success with XOR-MAPPED-ADDRESS 127.0.0.1 and this port. */
function success(request: Buffer, port: number): Buffer {
  const answer = Buffer.alloc(32);
  answer.writeUInt16BE(0x0101, 0);
  answer.writeUInt16BE(12, 2);
  request.copy(answer, 4, 4, 20);
  answer.writeUInt16BE(0x0020, 20);
  answer.writeUInt16BE(8, 22);
  answer.writeUInt16BE(1, 24);
  answer.writeUInt16BE(port ^ (COOKIE >>> 16), 26);
  answer.writeUInt32BE((0x7f000001 ^ COOKIE) >>> 0, 28);
  return answer;
}
