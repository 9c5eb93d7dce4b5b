import { createServer as createHttpServer, type IncomingMessage, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import {
  type AddressInfo,
  createServer as createTcpServer,
  type Socket,
  type Server as TcpServer,
} from 'node:net';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { GatewayFaults } from '../types.js';
import type { Certificate } from './certificate.js';
import { answerWeb, type WebRequest } from './web-requests.js';

/** What a port needs of its gateway. */
export interface SignalPortOptions {
  /** TLS when given, clear text otherwise. */
  readonly certificate?: Certificate;
  readonly faults: GatewayFaults;
  /** A browser's WebSocket is open. */
  readonly onSocket: (socket: WebSocket) => void;
  /** Something other than the signalling was asked for. */
  readonly onWebRequest: (request: WebRequest) => void;
}

/**
 * One loopback port of the gateway: `ws(s)://HOST/signal`, with the faults below the WebSocket. The TCP server stands in front of the HTTP
 * server, so that a port can be closed, opened again under the same number, reset or go black without the HTTP server knowing.
 */
export class SignalPort {
  readonly #options: SignalPortOptions;
  readonly #http: Server;
  readonly #upgrades = new WebSocketServer({ noServer: true });
  readonly #connections = new Set<Socket>();
  readonly #stuck = new Set<Duplex>();
  #tcp: TcpServer | undefined;
  #port = 0;
  #closed = false;

  constructor(options: SignalPortOptions) {
    this.#options = options;
    const { certificate } = options;
    this.#http = certificate === undefined ? createHttpServer() : createHttpsServer(certificate);
    this.#http.on('request', (request, response) => {
      answerWeb(request, response, options.onWebRequest);
    });
    this.#http.on('upgrade', (request, socket, head) => {
      this.#onUpgrade(request, socket, head);
    });
    // A browser gives up half-way as a matter of course: refused certificates, closed tabs.
    this.#http.on('tlsClientError', () => {});
    this.#http.on('clientError', (_error, socket) => socket.destroy());
  }

  /** `127.0.0.1:port`. */
  get host(): string {
    return `127.0.0.1:${this.#port}`;
  }

  /** Connections that hang in a TCP or upgrade fault. */
  get stuck(): number {
    return this.#stuck.size;
  }

  /** Opens the port, the same number as before if there was one. */
  async open(): Promise<void> {
    if (this.#closed || this.#tcp !== undefined) return;
    const tcp = createTcpServer((socket) => this.#onConnection(socket));
    this.#tcp = tcp;
    await new Promise<void>((resolve, reject) => {
      tcp.once('error', reject);
      tcp.listen({ port: this.#port, host: '127.0.0.1' }, resolve);
    });
    this.#port = (tcp.address() as AddressInfo).port;
  }

  /** Refuses new connections from now on; open ones live. */
  refuse(): void {
    this.#tcp?.close();
    this.#tcp = undefined;
  }

  /** Closes everything, for good. */
  close(): void {
    this.#closed = true;
    this.refuse();
    for (const socket of this.#stuck) socket.destroy();
    for (const socket of this.#connections) socket.destroy();
    this.#upgrades.close();
    this.#http.close();
  }

  #onConnection(socket: Socket): void {
    this.#connections.add(socket);
    socket.on('close', () => this.#connections.delete(socket));
    socket.on('error', () => {});
    socket.setNoDelay(true);
    const { tcp } = this.#options.faults;
    if (tcp === 'reset') socket.resetAndDestroy();
    else if (tcp === 'black-hole') this.#keep(socket);
    else this.#http.emit('connection', socket);
  }

  #onUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { upgrade, delayMs } = this.#options.faults;
    socket.on('error', () => {});
    if (upgrade === 'hold') {
      this.#keep(socket);
      return;
    }
    const answer = () => {
      if (socket.destroyed) return;
      if (upgrade !== 'ok') refuseUpgrade(socket, upgrade);
      else if (request.url?.split('?')[0] !== '/signal') refuseUpgrade(socket, 404);
      else this.#upgrades.handleUpgrade(request, socket, head, this.#options.onSocket);
    };
    // The upgrade is a message there and one back.
    if (delayMs > 0) setTimeout(answer, 2 * delayMs);
    else answer();
  }

  #keep(socket: Duplex): void {
    this.#stuck.add(socket);
    // Only a stream that is read notices that the other side went away.
    socket.resume();
    socket.on('end', () => socket.destroy());
    socket.on('close', () => this.#stuck.delete(socket));
  }
}

function refuseUpgrade(socket: Duplex, status: number): void {
  socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
