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
import { type BlackHole, openBlackHole } from '../net/black-hole.js';
import type { GatewayFaults } from '../types.js';
import type { Certificate } from './certificate.js';
import type { TwilioSettings } from './settings.js';
import { answerWeb, type WebRequest } from './web-requests.js';

/** What a port needs of its gateway. */
export interface SignalPortOptions {
  /** TLS when given, clear text otherwise. */
  readonly certificate?: Certificate;
  readonly faults: GatewayFaults;
  readonly settings: TwilioSettings;
  /** A browser's WebSocket is open. */
  readonly onSocket: (socket: WebSocket) => void;
  /** Something other than the signalling was asked for. */
  readonly onWebRequest: (request: WebRequest) => void;
}

/**
 * One loopback port of the gateway: `ws(s)://HOST/signal`, with the faults below the WebSocket. The TCP server stands in front of the HTTP
 * server, so that the port can be closed and opened again under the same number while open WebSockets live on.
 */
export class SignalPort {
  readonly #options: SignalPortOptions;
  readonly #http: Server;
  readonly #upgrades = new WebSocketServer({ noServer: true });
  readonly #connections = new Set<Socket>();
  readonly #held = new Set<Duplex>();
  readonly #timers = new Set<NodeJS.Timeout>();
  #tcp: TcpServer | undefined;
  #hole: BlackHole | undefined;
  #wanted: GatewayFaults['tcp'] = 'ok';
  #changes: Promise<void> = Promise.resolve();
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

  /** Upgrades that are held without an answer. */
  get held(): number {
    return this.#held.size;
  }

  /** Opens the port. */
  async open(): Promise<void> {
    await this.#listen();
  }

  /** Changes what happens to new connections; open ones live. A refusal holds at once, the rest when {@link SignalPort.settled} resolves. */
  setTcp(wanted: GatewayFaults['tcp']): void {
    this.#wanted = wanted;
    if (wanted === 'refuse' || wanted === 'black-hole') this.#stopListening();
    this.#changes = this.#changes.then(() => this.#apply());
  }

  /** Resolves when the last change holds. */
  settled(): Promise<void> {
    return this.#changes;
  }

  /** Closes everything, for good. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#stopListening();
    for (const timer of this.#timers) clearTimeout(timer);
    for (const socket of this.#connections) socket.destroy();
    await this.#changes;
    await this.#hole?.close();
    this.#hole = undefined;
    this.#upgrades.close();
    this.#http.close();
  }

  async #apply(): Promise<void> {
    if (this.#closed) return;
    const wanted = this.#wanted;
    if (wanted === 'black-hole') {
      this.#hole ??= await openBlackHole(this.#port);
      return;
    }
    await this.#hole?.close();
    this.#hole = undefined;
    if (wanted !== 'refuse') await this.#listen();
  }

  async #listen(): Promise<void> {
    if (this.#closed || this.#tcp !== undefined) return;
    const tcp = createTcpServer((socket) => this.#onConnection(socket));
    this.#tcp = tcp;
    await new Promise<void>((resolve, reject) => {
      tcp.once('error', reject);
      tcp.listen({ port: this.#port, host: '127.0.0.1' }, resolve);
    });
    this.#port = (tcp.address() as AddressInfo).port;
  }

  #stopListening(): void {
    this.#tcp?.close();
    this.#tcp = undefined;
  }

  #onConnection(socket: Socket): void {
    this.#connections.add(socket);
    socket.on('close', () => this.#connections.delete(socket));
    socket.on('error', () => {});
    socket.setNoDelay(true);
    if (this.#wanted === 'reset') socket.resetAndDestroy();
    else this.#http.emit('connection', socket);
  }

  #onUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { faults, settings } = this.#options;
    socket.on('error', () => {});
    if (faults.upgrade === 'hold') {
      this.#hold(socket);
      return;
    }
    const { upgrade } = faults;
    const answer = () => {
      if (socket.destroyed) return;
      if (upgrade !== 'ok') refuseUpgrade(socket, upgrade);
      else if (request.url?.split('?')[0] !== '/signal') refuseUpgrade(socket, 404);
      else this.#upgrades.handleUpgrade(request, socket, head, this.#options.onSocket);
    };
    if (faults.delayMs <= 0) {
      answer();
      return;
    }
    const timer = setTimeout(
      () => {
        this.#timers.delete(timer);
        answer();
      },
      2 * faults.delayMs * settings.handshakeRoundTrips,
    );
    this.#timers.add(timer);
  }

  #hold(socket: Duplex): void {
    this.#held.add(socket);
    // Only a stream that is read notices that the other side went away.
    socket.resume();
    socket.on('end', () => socket.destroy());
    socket.on('close', () => this.#held.delete(socket));
  }
}

function refuseUpgrade(socket: Duplex, status: number): void {
  socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
