import type { IncomingMessage } from 'node:http';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { GatewayFaults } from '../types.js';
import { type BlackHole, openBlackHole } from './black-hole.js';
import type { Certificate } from './certificate.js';
import type { HandshakeSettings } from './handshake.js';

/** What a port needs. */
export interface FaultyPortOptions {
  /** TLS when given, clear text otherwise. */
  readonly certificate?: Certificate;
  /** The only path of WebSockets, others get 404. Left out: any path. */
  readonly path?: string;
  /** Faults of TCP are told with {@link FaultyPort.setTcp}; `upgrade` and `delayMs` are read when a browser comes. */
  readonly faults: Readonly<Pick<GatewayFaults, 'upgrade' | 'delayMs'>>;
  /** How long a handshake takes when there is delay; read when a browser comes. */
  readonly settings: Readonly<HandshakeSettings>;
  /** A WebSocket is open. */
  readonly onSocket: (socket: WebSocket) => void;
  /** An HTTP request that is no upgrade. */
  readonly onRequest: RequestListener;
}

/**
 * A port on 127.0.0.1 for WebSockets, with the faults below them. A TCP server stands in front of the HTTP server, so that
 * the port can be closed and opened again under the same number while open WebSockets live on.
 */
export class FaultyPort {
  readonly #options: FaultyPortOptions;
  readonly #http;
  readonly #upgrades = new WebSocketServer({ noServer: true });
  readonly #connections = new Set<Socket>();
  readonly #held = new Set<Duplex>();
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();
  #listener: Server | undefined;
  #hole: BlackHole | undefined;
  #port = 0;
  #wanted: GatewayFaults['tcp'] = 'ok';
  #changes: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(options: FaultyPortOptions) {
    this.#options = options;
    const { certificate, onRequest } = options;
    this.#http =
      certificate === undefined
        ? createHttpServer(onRequest)
        : createHttpsServer(certificate, onRequest);
    this.#http.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head));
    // A browser gives up half-way as a matter of course: refused certificates, closed tabs.
    this.#http.on('tlsClientError', () => {});
    this.#http.on('clientError', (_error, socket) => socket.destroy());
  }

  /** `127.0.0.1:port`. */
  get host(): string {
    return `127.0.0.1:${this.#port}`;
  }

  /** Upgrades that are held without an answer. */
  get held(): number {
    return this.#held.size;
  }

  /** Opens the port. */
  async open(): Promise<void> {
    await this.#listen();
  }

  /**
   * Changes what happens to new connections; open ones live. Refusal holds at once, the rest when
   * {@link FaultyPort.settled} resolves.
   */
  setTcp(wanted: GatewayFaults['tcp']): void {
    this.#wanted = wanted;
    if (wanted === 'refuse' || wanted === 'black-hole') void this.#stopListening();
    this.#changes = this.#changes.then(() => this.#apply());
  }

  /** Resolves when the last change holds. */
  settled(): Promise<void> {
    return this.#changes;
  }

  /** Closes everything for good. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#changes;
    await this.#hole?.close();
    const stopped = this.#stopListening();
    for (const timer of this.#timers) clearTimeout(timer);
    for (const socket of this.#connections) socket.destroy();
    await stopped;
    this.#upgrades.close();
    this.#http.close();
  }

  /** Changes follow one another, so that this one holds in full before the next begins. */
  async #apply(): Promise<void> {
    if (this.#closed) return;
    const wanted = this.#wanted;
    // Connections that are open would keep the old listener from being closed: it is not waited for.
    if (wanted === 'refuse' || wanted === 'black-hole') void this.#stopListening();
    if (wanted === 'black-hole') {
      this.#hole ??= await openBlackHole(this.#port);
      return;
    }
    await this.#hole?.close();
    this.#hole = undefined;
    if (wanted !== 'refuse') await this.#listen();
  }

  async #listen(): Promise<void> {
    if (this.#listener !== undefined || this.#closed) return;
    const listener = createServer((socket) => this.#accept(socket));
    await new Promise<void>((resolve, reject) => {
      listener.once('error', reject);
      listener.listen({ port: this.#port, host: '127.0.0.1' }, resolve);
    });
    this.#listener = listener;
    this.#port = (listener.address() as AddressInfo).port;
  }

  /** Nobody comes in from now on; resolves when those who are in have gone. */
  #stopListening(): Promise<void> {
    const listener = this.#listener;
    this.#listener = undefined;
    return new Promise((resolve) => {
      if (listener === undefined) resolve();
      else listener.close(() => resolve());
    });
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
    const { faults, settings, path } = this.#options;
    const { upgrade, delayMs } = faults;
    socket.on('error', () => {});
    if (upgrade === 'hold') {
      this.#hold(socket);
      return;
    }
    const answer = (): void => {
      if (socket.destroyed) return;
      if (upgrade !== 'ok') refuse(socket, upgrade);
      else if (path !== undefined && request.url?.split('?')[0] !== path) refuse(socket, 404);
      else this.#upgrades.handleUpgrade(request, socket, head, this.#options.onSocket);
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
      2 * delayMs * settings.handshakeRoundTrips,
    );
    this.#timers.add(timer);
  }

  #hold(socket: Duplex): void {
    this.#held.add(socket);
    // Only a stream that is read notices that the other side went away.
    socket.resume();
    socket.once('end', () => socket.destroy());
    socket.once('close', () => this.#held.delete(socket));
  }
}

function refuse(socket: Duplex, status: number): void {
  socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
