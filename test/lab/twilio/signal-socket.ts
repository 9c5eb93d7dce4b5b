import type { WebSocket } from 'ws';
import { DelayLine } from '../net/delay-line.js';
import type { GatewayFaults } from '../types.js';
import { type Frame, parseFrame } from './frame.js';
import type { TwilioSettings } from './settings.js';

/** What a socket needs of its gateway. */
export interface SignalSocketOptions {
  readonly faults: GatewayFaults;
  readonly settings: TwilioSettings;
  /** Each frame as it crosses the browser's network card, heartbeats excepted. */
  readonly onWire: (from: 'browser' | 'gateway', text: string) => void;
  /** A frame that has reached the gateway. */
  readonly onFrame: (frame: Frame) => void;
  /** The socket is gone and everything sent before is handled. Once, last. */
  readonly onClosed: () => void;
}

/** A browser's WebSocket with a delay in both directions and Twilio's newline heartbeat. */
export class SignalSocket {
  readonly #socket: WebSocket;
  readonly #options: SignalSocketOptions;
  readonly #toBrowser: DelayLine;
  readonly #toGateway: DelayLine;
  #heartbeat: NodeJS.Timeout | undefined;
  #frozen = false;

  constructor(socket: WebSocket, options: SignalSocketOptions) {
    this.#socket = socket;
    this.#options = options;
    const delayMs = () => options.faults.delayMs;
    this.#toBrowser = new DelayLine(delayMs);
    this.#toGateway = new DelayLine(delayMs);
    socket.on('message', (data) => this.#onMessage(String(data)));
    socket.on('error', () => {});
    socket.on('close', () => this.#onClose());
    this.#beat();
  }

  /** Sends a frame. Lost without a word when the socket is gone. */
  send(type: string, payload: Readonly<Record<string, unknown>>): void {
    this.#write(JSON.stringify({ type, payload }));
  }

  /** Cuts the connection without a close frame, which the browser sees as 1006 at once; or closes it with this code. */
  drop(code?: number): void {
    this.#toBrowser.clear();
    if (code === undefined) this.#socket.terminate();
    else this.#socket.close(code);
  }

  /** Stays open, but nothing passes any more, in either direction (a half-open connection). */
  freeze(): void {
    this.#frozen = true;
    this.#toBrowser.clear();
    this.#toGateway.clear();
  }

  #onMessage(text: string): void {
    if (this.#frozen || text === '\n') return;
    this.#options.onWire('browser', text);
    const frame = parseFrame(text);
    if (frame === undefined) return;
    this.#toGateway.push(() => this.#options.onFrame(frame));
  }

  #write(text: string): void {
    if (this.#frozen) return;
    this.#toBrowser.push(() => {
      if (this.#socket.readyState !== this.#socket.OPEN) return;
      if (text !== '\n') this.#options.onWire('gateway', text);
      this.#socket.send(text);
    });
  }

  #beat(): void {
    const { heartbeatMs } = this.#options.settings;
    // Looks again later when heartbeats are off, because settings may change at any time.
    this.#heartbeat = setTimeout(() => this.#beat(), heartbeatMs > 0 ? heartbeatMs : 250);
    if (heartbeatMs > 0) this.#write('\n');
  }

  #onClose(): void {
    clearTimeout(this.#heartbeat);
    this.#toBrowser.clear();
    // In order behind the last frames: a `hangup` followed by a closed socket is a hang-up.
    this.#toGateway.push(() => this.#options.onClosed());
  }
}
