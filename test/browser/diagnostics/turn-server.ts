import { createHash, createHmac, randomBytes } from 'node:crypto';
import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import type { AddressInfo } from 'node:net';

/** A TURN relay on 127.0.0.1 (RFC 8656 over UDP, as much of it as a browser uses). */
export interface TurnServer {
  /** For `new Dialer({ iceServers })`. */
  readonly iceServers: readonly RTCIceServer[];
  /** Relays that were given out and not given back. */
  readonly allocations: number;
  /** Bytes of data that passed. */
  readonly relayedBytes: number;
  /** Kilobits per second that pass for each client, the rest waits and is lost after 300 ms; `undefined`: all. */
  throttleKbps: number | undefined;
  /** Stops it. */
  close(): Promise<void>;
}

const COOKIE = 0x2112a442;
const REALM = 'lab';
const USER = 'lab-user';
const PASSWORD = 'lab-password';
const KEY = createHash('md5').update(`${USER}:${REALM}:${PASSWORD}`).digest();
const LONGEST_QUEUE_MS = 300;

const METHOD = { allocate: 3, refresh: 4, permit: 8, bind: 9 } as const;
const BINDING = 1;
const SEND = 0x0016;
const DATA = 0x0017;
const ATTRIBUTE = {
  integrity: 0x0008,
  error: 0x0009,
  channel: 0x000c,
  lifetime: 0x000d,
  peer: 0x0012,
  data: 0x0013,
  realm: 0x0014,
  nonce: 0x0015,
  relayed: 0x0016,
  mapped: 0x0020,
} as const;

type Attribute = readonly [type: number, value: Buffer];
interface Place {
  readonly address: string;
  readonly port: number;
}

/** One client's relay. */
interface Allocation {
  readonly relay: Socket;
  readonly channels: Map<number, Place>;
  freeAtMs: number;
}

const keyOf = ({ address, port }: Place) => `${address}:${port}`;

function attribute([type, value]: Attribute): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16BE(type, 0);
  head.writeUInt16BE(value.length, 2);
  return Buffer.concat([head, value, Buffer.alloc((4 - (value.length % 4)) % 4)]);
}

function message(type: number, id: Buffer, attributes: readonly Attribute[], signed = false) {
  const body = Buffer.concat(attributes.map(attribute));
  const head = Buffer.alloc(8);
  head.writeUInt16BE(type, 0);
  head.writeUInt16BE(body.length + (signed ? 24 : 0), 2);
  head.writeUInt32BE(COOKIE, 4);
  const plain = Buffer.concat([head, id, body]);
  if (!signed) return plain;
  const hmac = createHmac('sha1', KEY).update(plain).digest();
  return Buffer.concat([plain, attribute([ATTRIBUTE.integrity, hmac])]);
}

function readAttributes(packet: Buffer): ReadonlyMap<number, Buffer> {
  const found = new Map<number, Buffer>();
  for (let at = 20; at + 4 <= packet.length; ) {
    const length = packet.readUInt16BE(at + 2);
    found.set(packet.readUInt16BE(at), packet.subarray(at + 4, at + 4 + length));
    at += 4 + length + ((4 - (length % 4)) % 4);
  }
  return found;
}

function xorAddress({ address, port }: Place): Buffer {
  const value = Buffer.alloc(8);
  value.writeUInt16BE(1, 0);
  value.writeUInt16BE(port ^ (COOKIE >>> 16), 2);
  const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number);
  value.writeUInt32BE((Buffer.from([a, b, c, d]).readUInt32BE(0) ^ COOKIE) >>> 0, 4);
  return value;
}

function readAddress(value: Buffer | undefined): Place {
  if (!value) return { address: '127.0.0.1', port: 9 };
  const ip = Buffer.alloc(4);
  ip.writeUInt32BE((value.readUInt32BE(4) ^ COOKIE) >>> 0, 0);
  return { address: [...ip].join('.'), port: value.readUInt16BE(2) ^ (COOKIE >>> 16) };
}

const number32 = (value: number) => {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32BE(value, 0);
  return buffer;
};

/** Starts the relay on a free port. */
export async function startTurnServer(): Promise<TurnServer> {
  const server = createSocket('udp4');
  const allocations = new Map<string, Allocation>();
  const nonce = randomBytes(8).toString('hex');
  const timers = new Set<NodeJS.Timeout>();
  let relayedBytes = 0;
  let throttleKbps: number | undefined;

  const send = (to: Place, packet: Buffer) => server.send(packet, to.port, to.address);

  /** What a client sends to a peer, at the speed that is allowed. */
  const relay = (allocation: Allocation, to: Place, data: Buffer) => {
    const pass = () => {
      relayedBytes += data.length;
      allocation.relay.send(data, to.port, to.address);
    };
    if (throttleKbps === undefined) return pass();
    const nowMs = performance.now();
    const startMs = Math.max(nowMs, allocation.freeAtMs);
    if (startMs - nowMs > LONGEST_QUEUE_MS) return;
    allocation.freeAtMs = startMs + (data.length * 8) / throttleKbps;
    const timer = setTimeout(() => {
      timers.delete(timer);
      if (allocations.size > 0) pass();
    }, allocation.freeAtMs - nowMs);
    timers.add(timer);
  };

  const fromPeer = (client: Place, allocation: Allocation) => (data: Buffer, peer: RemoteInfo) => {
    const [channel] =
      [...allocation.channels].find(([, place]) => keyOf(place) === keyOf(peer)) ?? [];
    if (channel === undefined) {
      const attributes = [
        [ATTRIBUTE.peer, xorAddress(peer)],
        [ATTRIBUTE.data, data],
      ] as const;
      return send(client, message(DATA, randomBytes(12), attributes));
    }
    const head = Buffer.alloc(4);
    head.writeUInt16BE(channel, 0);
    head.writeUInt16BE(data.length, 2);
    send(client, Buffer.concat([head, data]));
  };

  const allocate = async (client: Place): Promise<Allocation> => {
    const known = allocations.get(keyOf(client));
    if (known) return known;
    const socket = createSocket('udp4');
    const allocation: Allocation = { relay: socket, channels: new Map(), freeAtMs: 0 };
    allocations.set(keyOf(client), allocation);
    socket.on('message', fromPeer(client, allocation));
    await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
    return allocation;
  };

  const free = (client: Place) => {
    allocations.get(keyOf(client))?.relay.close();
    allocations.delete(keyOf(client));
  };

  const answer = async (client: Place, packet: Buffer) => {
    const type = packet.readUInt16BE(0);
    const id = packet.subarray(8, 20);
    const attributes = readAttributes(packet);
    const mapped: Attribute = [ATTRIBUTE.mapped, xorAddress(client)];
    if (type === BINDING) return send(client, message(0x0100 | BINDING, id, [mapped]));
    if (type === SEND) {
      const allocation = allocations.get(keyOf(client));
      const data = attributes.get(ATTRIBUTE.data);
      if (allocation && data) relay(allocation, readAddress(attributes.get(ATTRIBUTE.peer)), data);
      return;
    }
    if (!attributes.has(ATTRIBUTE.integrity)) {
      const challenge: readonly Attribute[] = [
        [ATTRIBUTE.error, Buffer.concat([Buffer.from([0, 0, 4, 1]), Buffer.from('Unauthorized')])],
        [ATTRIBUTE.realm, Buffer.from(REALM)],
        [ATTRIBUTE.nonce, Buffer.from(nonce)],
      ];
      return send(client, message(0x0110 | type, id, challenge));
    }
    const lifetime: Attribute = [ATTRIBUTE.lifetime, number32(600)];
    const succeed = (more: readonly Attribute[] = []) =>
      send(client, message(0x0100 | type, id, more, true));
    if (type === METHOD.allocate) {
      const { relay: socket } = await allocate(client);
      const { port } = socket.address();
      const relayed: Attribute = [ATTRIBUTE.relayed, xorAddress({ address: '127.0.0.1', port })];
      return succeed([relayed, mapped, lifetime]);
    }
    if (type === METHOD.refresh) {
      if (attributes.get(ATTRIBUTE.lifetime)?.readUInt32BE(0) === 0) free(client);
      return succeed([lifetime]);
    }
    if (type === METHOD.bind) {
      const channel = attributes.get(ATTRIBUTE.channel)?.readUInt16BE(0) ?? 0;
      const peer = readAddress(attributes.get(ATTRIBUTE.peer));
      allocations.get(keyOf(client))?.channels.set(channel, peer);
      return succeed();
    }
    if (type === METHOD.permit) succeed();
  };

  server.on('message', (packet, client) => {
    const first = packet[0] ?? 0;
    if (first < 0x40) return void answer(client, packet);
    const allocation = allocations.get(keyOf(client));
    const peer = allocation?.channels.get(packet.readUInt16BE(0));
    if (allocation && peer) relay(allocation, peer, packet.subarray(4, 4 + packet.readUInt16BE(2)));
  });
  await new Promise<void>((resolve) => server.bind(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  return {
    iceServers: [
      { urls: `turn:127.0.0.1:${port}?transport=udp`, username: USER, credential: PASSWORD },
    ],
    get allocations() {
      return allocations.size;
    },
    get relayedBytes() {
      return relayedBytes;
    },
    get throttleKbps() {
      return throttleKbps;
    },
    set throttleKbps(kbps) {
      throttleKbps = kbps;
    },
    async close() {
      for (const timer of timers) clearTimeout(timer);
      for (const { relay: socket } of allocations.values()) socket.close();
      allocations.clear();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
