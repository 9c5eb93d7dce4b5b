import { createSocket } from 'node:dgram';
import { readFileSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';

/** A thousand ports, below those that the system hands to clients. */
const BLOCK = { first: 11_000, size: 1_000, count: 21 } as const;

/** Ports of a lab. */
export interface LabPorts {
  /** rtpengine: control, and its command line. */
  readonly relay: number;
  readonly relayCli: number;
  /** baresip; its TLS would take the next one. */
  readonly phone: number;
  readonly phoneControl: number;
  /** sipp. */
  readonly refuses: number;
  readonly earlyMedia: number;
  /** Where each of the two can be told something; nobody does. */
  readonly sippControl: readonly [number, number];
  /** Nobody listens here. */
  readonly nobody: number;
  readonly turn: number;
  /** Two for each Kamailio: WebSocket and JSON-RPC, SIP over UDP. */
  gateway(index: number): { readonly webSocket: number; readonly sip: number };
  /** Ranges for sound, first and last. */
  readonly media: Readonly<Record<'relay' | 'phone' | 'sipp' | 'turn', readonly [number, number]>>;
}

/** Ports that are taken as long as `release` is not called: two labs at a time never get the same. */
export async function takePorts(
  address: string,
): Promise<{ ports: LabPorts; release(): Promise<void> }> {
  for (let tries = 0; tries < BLOCK.count; tries += 1) {
    const block = (process.pid + tries) % BLOCK.count;
    const base = BLOCK.first + block * BLOCK.size;
    // Whatever the address: sipp's control port is bound on all of them.
    const lock = await listen('127.0.0.1', base);
    if (lock === undefined) continue;
    const release = () => new Promise<void>((resolve) => lock.close(() => resolve()));
    if (await isFree(address, base)) return { ports: portsFrom(base), release };
    await release();
  }
  throw new Error(`No block of free ports on ${address}`);
}

function portsFrom(base: number): LabPorts {
  const range = (from: number, size: number) => [base + from, base + from + size - 1] as const;
  return {
    relay: base + 1,
    relayCli: base + 2,
    phone: base + 3,
    phoneControl: base + 5,
    refuses: base + 6,
    earlyMedia: base + 7,
    sippControl: [base + 10, base + 11],
    nobody: base + 8,
    turn: base + 9,
    gateway: (index) => ({ webSocket: base + 20 + 2 * index, sip: base + 21 + 2 * index }),
    media: {
      relay: range(100, 400),
      phone: range(500, 200),
      sipp: range(700, 100),
      turn: range(800, 200),
    },
  };
}

/** Whether a stranger sits on one of the ports that are named; those for sound are chosen by who needs them. */
async function isFree(address: string, base: number): Promise<boolean> {
  for (let port = base + 1; port < base + 30; port += 1) {
    const server = await listen(address, port);
    if (server === undefined) return false;
    await new Promise((resolve) => server.close(resolve));
    if (!(await canBindUdp(address, port))) return false;
  }
  return true;
}

function listen(address: string, port: number): Promise<Server | undefined> {
  return new Promise((resolve) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', () => resolve(undefined));
    server.listen(port, address, () => {
      server.unref();
      resolve(server);
    });
  });
}

function canBindUdp(address: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    socket.once('error', () => resolve(false));
    socket.bind(port, address, () => socket.close(() => resolve(true)));
  });
}

/** Whether somebody listens on a TCP port. */
export function answersTcp(address: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, address);
    const say = (answer: boolean) => () => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', say(true)).once('error', say(false));
  });
}

/** Whether a UDP port is bound. Only looked up: to try to bind it could take it away from who is about to. */
export function isUdpBound(address: string, port: number): boolean {
  // As /proc writes it: bytes of the address from the last, then the port.
  const bytes = address.split('.').reverse().map(Number);
  const hex = [...bytes.map((byte) => toHex(byte, 2)), ':', toHex(port, 4)].join('');
  return readFileSync('/proc/net/udp', 'utf8').includes(` ${hex} `);
}

const toHex = (value: number, digits: number): string =>
  value.toString(16).toUpperCase().padStart(digits, '0');
