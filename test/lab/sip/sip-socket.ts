import { type RawData, WebSocket } from 'ws';
import { DelayLine } from '../net/delay-line.js';
import { garbageBefore } from './garbage.js';
import { readMessage, type SipMessage, writeMessage } from './message.js';
import type { SipFaults } from './sip-faults.js';

/** What a socket needs of its gateway. */
export interface SipSocketOptions {
  /** One-way delay, read for each message. */
  readonly delayMs: () => number;
  readonly sipFaults: Readonly<SipFaults>;
  /** Writes a frame down. */
  readonly log: (from: 'browser' | 'gateway', text: string) => void;
  /** A message left the browser; it has not arrived yet. */
  readonly onSent: (message: SipMessage) => void;
  /** A message arrived. */
  readonly onMessage: (socket: SipSocket, message: SipMessage) => void;
  /** It is closed, by whomever. */
  readonly onClose: (socket: SipSocket) => void;
}

/** The keep-alive of RFC 5626 4.4.1. */
const PING = '\r\n\r\n';
const PONG = '\r\n';

/** One WebSocket of a browser (RFC 7118), with delay in both directions. */
export class SipSocket {
  readonly #socket: WebSocket;
  readonly #options: SipSocketOptions;
  readonly #fromBrowser: DelayLine;
  readonly #toBrowser: DelayLine;
  #frozen = false;

  constructor(socket: WebSocket, options: SipSocketOptions) {
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
    // The handshake must have agreed on SIP (RFC 7118 4.1).
    if (socket.protocol !== 'sip') socket.close(1002);
  }

  /** Sends a message, if the browser is still there. */
  send(message: SipMessage): void {
    this.sendText(writeMessage(message));
  }

  /** Sends what is already written. */
  sendText(text: string): void {
    if (this.#options.sipFaults.garbage) {
      for (const broken of garbageBefore(text)) this.#write(broken);
    }
    this.#write(text);
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
    if (text === PING) {
      this.#fromBrowser.push(() => {
        if (this.#options.sipFaults.pong === 'ok') this.#write(PONG);
      });
      return;
    }
    const message = readMessage(text);
    if (message === undefined) return;
    this.#options.onSent(message);
    this.#fromBrowser.push(() => this.#options.onMessage(this, message));
  }

  #write(data: string | Buffer): void {
    this.#toBrowser.push(() => {
      if (this.#frozen || this.#socket.readyState !== WebSocket.OPEN) return;
      this.#options.log('gateway', String(data));
      this.#socket.send(data);
    });
  }
}
