import { type RawData, WebSocket } from 'ws';
import { DelayLine } from '../net/delay-line.js';
import { readMessage, type WireError, type WireMessage } from './wire.js';

/** What a socket needs of its gateway. */
export interface TelnyxSocketOptions {
  /** One-way delay, read for each message. */
  readonly delayMs: () => number;
  /** Writes a frame down. */
  readonly log: (from: 'browser' | 'gateway', text: string) => void;
  /** A message left the browser; it has not arrived yet. */
  readonly onSent: (message: WireMessage) => void;
  /** A message arrived. */
  readonly onMessage: (socket: TelnyxSocket, message: WireMessage) => void;
  /** It is closed, by whomever. */
  readonly onClose: (socket: TelnyxSocket) => void;
}

/** One WebSocket of a browser, with delay in both directions. */
export class TelnyxSocket {
  readonly #socket: WebSocket;
  readonly #options: TelnyxSocketOptions;
  readonly #fromBrowser: DelayLine;
  readonly #toBrowser: DelayLine;
  #nextId = 1;
  #frozen = false;

  constructor(socket: WebSocket, options: TelnyxSocketOptions) {
    this.#socket = socket;
    this.#options = options;
    this.#fromBrowser = new DelayLine(options.delayMs);
    this.#toBrowser = new DelayLine(options.delayMs);
    socket.on('message', (data: RawData) => this.#receive(data.toString()));
    socket.on('error', () => {});
    socket.once('close', () => {
      this.#fromBrowser.clear();
      this.#toBrowser.clear();
      options.onClose(this);
    });
  }

  /** Sends a request of the gateway's own. */
  request(method: string, params: object): void {
    this.#send({ jsonrpc: '2.0', id: this.#nextId, method, params });
    this.#nextId += 1;
  }

  /** Answers a request. `more` goes beside the result. */
  reply(request: WireMessage, result: object, more: object = {}): void {
    this.#send({ jsonrpc: '2.0', id: request.id, result, ...more });
  }

  /** Refuses a request. */
  refuse(request: WireMessage, error: WireError): void {
    this.#send({ jsonrpc: '2.0', id: request.id, error });
  }

  /** Lets nothing pass any more, while the connection stays open. */
  freeze(): void {
    this.#frozen = true;
  }

  /** Cuts the connection, which the browser sees as code 1006; or closes it with this code. */
  drop(code?: number): void {
    if (code === undefined) this.#socket.terminate();
    else this.#socket.close(code);
  }

  #receive(text: string): void {
    if (this.#frozen) return;
    this.#options.log('browser', text);
    const message = readMessage(text);
    if (message === undefined) return;
    this.#options.onSent(message);
    this.#fromBrowser.push(() => this.#options.onMessage(this, message));
  }

  #send(message: object): void {
    const text = JSON.stringify(message);
    this.#toBrowser.push(() => {
      if (this.#frozen || this.#socket.readyState !== WebSocket.OPEN) return;
      this.#options.log('gateway', text);
      this.#socket.send(text);
    });
  }
}
