import type { Clock, Logger } from '../../core/environment.js';
import { sleep } from '../../core/wait.js';
import { openWebSocket } from './open-web-socket.js';
import type { JsSipSocket } from './vendor.js';

/** Who uses a {@link SipSocket}. */
export interface SocketOwner {
  readonly clock: Clock;
  readonly logger: Logger;
  /** Aborts when it is closed. */
  readonly closed: AbortSignal;
  /** It was open and is lost. */
  lost(): void;
  /** It can not be opened, or not again. */
  failed(): void;
  /** Makes the server say something, where it does not answer pings. */
  ask(): void;
}

/** How often a silent server is asked whether it is there: with a call, and without one. */
const PING_MS = { busy: 1_000, idle: 15_000 } as const;
/** A request costs more than a ping. */
const ASK_FACTOR = 3;
/** Longest silence after that, milliseconds. Short of it lies a lost packet at 300 ms round trip. */
const PONG_MS = 2_500;
/** Longest wait for one server: an attempt that began while the line was cut hangs in TCP's back-off. */
const CONNECT_MS = 2_500;
/** The same where there is another server to try, in the time a visitor waits. */
const NEXT_SERVER_MS = 1_200;
const RETRY_MS = [200, 500, 1_000, 2_000] as const;
/** A lost connection is given up after this, milliseconds. */
const GIVE_UP_MS = 60_000;

/** The keep-alive of RFC 5626 4.4.1: a ping, and its pong. */
const PING = '\r\n\r\n';
const PONG = '\r\n';

const ignore = (): void => undefined;

/**
 * The library's socket: one of several servers, watched by pings, because a dead WebSocket tells nothing, and opened again
 * when it is lost.
 */
export class SipSocket implements JsSipSocket {
  onconnect: JsSipSocket['onconnect'] = ignore;
  ondisconnect: JsSipSocket['ondisconnect'] = ignore;
  ondata: JsSipSocket['ondata'] = ignore;
  readonly #servers: readonly string[];
  readonly #owner: SocketOwner;
  #url: string;
  #socket: WebSocket | undefined;
  #wasOpen = false;
  #busy = false;
  #asked = false;
  #answersPings: boolean | undefined;
  #onHeard: (() => void)[] = [];
  #stopTimer = ignore;

  /** @param servers - Addresses in the order in which they are tried. */
  constructor(servers: readonly string[], owner: SocketOwner) {
    this.#servers = servers;
    this.#owner = owner;
    this.#url = servers[0] ?? '';
    owner.closed.addEventListener('abort', () => this.disconnect());
  }

  get url(): string {
    return this.#url;
  }

  get via_transport(): string {
    return this.#url.startsWith('wss') ? 'WSS' : 'WS';
  }

  get sip_uri(): string {
    return `sip:${new URL(this.#url).host};transport=ws`;
  }

  /** Whether what is written leaves the browser. */
  get connected(): boolean {
    return this.#socket?.readyState === 1;
  }

  /** Whether there is a call: then a dead connection must be noticed soon. */
  set busy(busy: boolean) {
    if (busy === this.#busy) return;
    this.#busy = busy;
    if (this.#socket && !this.#asked) this.#watch();
  }

  connect(): void {
    this.#open().catch(ignore);
  }

  disconnect(): void {
    this.#stopTimer();
    const socket = this.#socket;
    this.#socket = undefined;
    if (socket) socket.onclose = socket.onmessage = null;
    socket?.close();
  }

  send(message: string): boolean {
    if (!this.connected) return false;
    this.#socket?.send(message);
    return true;
  }

  /** Asks at once whether the server is there, and calls back when it is; not at all when the connection is lost. */
  check(then: () => void): void {
    if (!this.connected) return;
    this.#onHeard.push(then);
    this.#ask();
  }

  async #open(): Promise<void> {
    const { clock, closed } = this.#owner;
    const servers = this.#servers;
    const sinceMs = clock.monotonicNow();
    const last = servers.length - 1;
    for (let round = 0; ; round++) {
      for (const [at, url] of servers.entries()) {
        const timeoutMs = at === last ? CONNECT_MS : NEXT_SERVER_MS;
        const socket = await openWebSocket(url, { clock, signal: closed, timeoutMs });
        if (socket) {
          this.#onOpen(socket, url);
          return;
        }
      }
      if (!this.#wasOpen || clock.monotonicNow() - sinceMs > GIVE_UP_MS) {
        this.#owner.failed();
        return;
      }
      await sleep(clock, RETRY_MS[Math.min(round, RETRY_MS.length - 1)] ?? 0, closed);
    }
  }

  #onOpen(socket: WebSocket, url: string): void {
    this.#socket = socket;
    // Another server may not know pings.
    if (url !== this.#url) this.#answersPings = undefined;
    this.#url = url;
    this.#wasOpen = true;
    this.#asked = false;
    socket.onclose = () => this.#drop();
    socket.onmessage = ({ data }) => this.#onMessage(data);
    this.onconnect();
    this.#ask();
  }

  #onMessage(data: unknown): void {
    if (data === PONG) this.#answersPings = true;
    this.#asked = false;
    this.#watch();
    for (const then of this.#onHeard.splice(0)) then();
    try {
      this.ondata(data);
    } catch (error) {
      this.#owner.logger.warn('SIP: a message could not be read', { error });
    }
  }

  #watch(): void {
    const everyMs = PING_MS[this.#busy ? 'busy' : 'idle'];
    this.#setTimer(
      () => this.#ask(),
      this.#answersPings === false ? everyMs * ASK_FACTOR : everyMs,
    );
  }

  #ask(): void {
    if (this.#asked) return;
    this.#asked = true;
    this.#setTimer(() => this.#onSilence(), PONG_MS);
    if (this.#answersPings === false) this.#owner.ask();
    else this.send(PING);
  }

  #onSilence(): void {
    this.#asked = false;
    if (this.#answersPings === undefined) {
      this.#answersPings = false;
      this.#ask();
    } else {
      this.#drop();
    }
  }

  #drop(): void {
    this.disconnect();
    this.#onHeard = [];
    this.ondisconnect(true, 1006, '');
    this.#owner.lost();
  }

  #setTimer(callback: () => void, ms: number): void {
    this.#stopTimer();
    this.#stopTimer = this.#owner.clock.setTimer(callback, ms);
  }
}
