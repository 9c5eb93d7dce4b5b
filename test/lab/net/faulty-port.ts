import type { IncomingMessage } from 'node:http';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { GatewayFaults } from '../types.js';
import { type BlackHole, openBlackHole } from './black-hole.js';

/** What a port needs. */
export interface FaultyPortOptions {
  /** Faults of TCP are told with {@link FaultyPort.setTcp}; `upgrade` and `delayMs` are read when a browser comes. */
  readonly faults: Pick<GatewayFaults, 'upgrade' | 'delayMs'>;
  /** Round trips that the handshake takes when there is delay. */
  readonly handshakeRoundTrips: () => number;
  /** A WebSocket is open. */
  readonly onSocket: (socket: WebSocket, request: IncomingMessage) => void;
  /** An HTTP request that is no upgrade. */
  readonly onRequest: RequestListener;
}

/**
 * A port on 127.0.0.1 for WebSockets, with the faults below them. A TCP server stands in front of the HTTP server, so that
 * the port can be closed and opened again while open WebSockets live on.
 */
export class FaultyPort {
  readonly #options: FaultyPortOptions;
  readonly #http;
  readonly #upgrades = new WebSocketServer({ noServer: true });
  readonly #connections = new Set<Socket>();
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();
  #listener: Server | undefined;
  #hole: BlackHole | undefined;
  #port = 0;
  #wanted: GatewayFaults['tcp'] = 'ok';
  #changes: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(options: FaultyPortOptions) {
    this.#options = options;
    this.#http = createHttpServer(options.onRequest);
    this.#http.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head));
  }

  /** `127.0.0.1:port`. */
  get host(): string {
    return `127.0.0.1:${this.#port}`;
  }

  /** Opens the port. */
  async open(): Promise<void> {
    await this.#listen();
  }

  /** Changes what happens to new connections. Refusal holds at once, the rest when {@link FaultyPort.settled} resolves. */
  setTcp(wanted: GatewayFaults['tcp']): void {
    this.#wanted = wanted;
    if (wanted === 'refuse' || wanted === 'black-hole') this.#stopListening();
    this.#changes = this.#changes.then(() => this.#apply());
  }

  /** Resolves when the last change holds. */
  settled(): Promise<void> {
    return this.#changes;
  }

  /** Closes everything for good. */
  async close(): Promise<void> {
    this.#closed = true;
    const listener = this.#listener;
    this.#listener = undefined;
    const stopped = new Promise<void>((resolve) => {
      if (listener === undefined) resolve();
      else listener.close(() => resolve());
    });
    for (const timer of this.#timers) clearTimeout(timer);
    for (const socket of this.#connections) socket.destroy();
    await this.#changes;
    await this.#hole?.close();
    await stopped;
    this.#upgrades.close();
    this.#http.close();
  }

  async #apply(): Promise<void> {
    if (this.#closed) return;
    if (this.#wanted !== 'black-hole') {
      await this.#hole?.close();
      this.#hole = undefined;
    }
    if (this.#wanted === 'black-hole') this.#hole ??= await openBlackHole(this.#port);
    if (this.#wanted === 'ok' || this.#wanted === 'reset') await this.#listen();
  }

  async #listen(): Promise<void> {
    if (this.#listener !== undefined || this.#closed) return;
    const listener = createServer((socket) => this.#accept(socket));
    this.#listener = listener;
    await new Promise<void>((resolve, reject) => {
      listener.once('error', reject);
      listener.listen({ port: this.#port, host: '127.0.0.1' }, resolve);
    });
    this.#port = (listener.address() as AddressInfo).port;
  }

  #stopListening(): void {
    this.#listener?.close();
    this.#listener = undefined;
  }

  #accept(socket: Socket): void {
    this.#connections.add(socket);
    socket.once('close', () => this.#connections.delete(socket));
    socket.on('error', () => {});
    socket.setNoDelay(true);
    if (this.#wanted === 'reset') socket.resetAndDestroy();
    else this.#http.emit('connection', socket);
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { upgrade, delayMs } = this.#options.faults;
    // Only a stream that is read notices that the other side went away.
    if (upgrade === 'hold') {
      socket.resume();
      socket.once('end', () => socket.destroy());
      return;
    }
    const answer = (): void => {
      if (socket.destroyed) return;
      if (upgrade === 'ok') {
        this.#upgrades.handleUpgrade(request, socket, head, this.#options.onSocket);
      } else {
        socket.end(`HTTP/1.1 ${upgrade} Fault\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      }
    };
    if (delayMs <= 0) {
      answer();
      return;
    }
    const timer = setTimeout(
      () => {
        this.#timers.delete(timer);
        answer();
      },
      2 * delayMs * this.#options.handshakeRoundTrips(),
    );
    this.#timers.add(timer);
  }
}
