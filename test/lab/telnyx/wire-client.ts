import { once } from 'node:events';
import { WebSocket } from 'ws';

/** A frame of the gateway. */
export interface Frame {
  readonly id?: string | number | undefined;
  readonly method?: string | undefined;
  readonly params?: Readonly<Record<string, unknown>> | undefined;
  readonly result?: Readonly<Record<string, unknown>> | undefined;
  readonly error?: { readonly code: number; readonly message: string } | undefined;
}

/** Speaks the SDK's side of the protocol, without the SDK: for tests of the gateway alone. */
export class WireClient {
  /** Frames that came, in order. */
  readonly frames: Frame[] = [];
  readonly #socket: WebSocket;
  #nextId = 1;

  /** @param url - the gateway's */
  constructor(url: string) {
    this.#socket = new WebSocket(url);
    this.#socket.on('message', (data) => this.frames.push(JSON.parse(String(data)) as Frame));
    this.#socket.on('error', () => {});
  }

  /** Whether the socket is closed. */
  get closed(): boolean {
    return this.#socket.readyState === WebSocket.CLOSED;
  }

  /** Resolves when the socket is open. */
  async opened(): Promise<this> {
    await once(this.#socket, 'open');
    return this;
  }

  /** Sends a request and gives its id. */
  send(method: string, params: object): string {
    const id = `request-${this.#nextId}`;
    this.#nextId += 1;
    this.#socket.send(JSON.stringify({ jsonrpc: '2.0', id, method, params }));
    return id;
  }

  /** Logs in. */
  login(params: object = {}): string {
    return this.send('login', { login_token: 'lab', reconnection: false, ...params });
  }

  /** Dials. */
  invite(to: string, callID = 'C1'): string {
    return this.send('telnyx_rtc.invite', {
      sdp: 'offer',
      dialogParams: {
        callID,
        destination_number: to,
        caller_id_number: '+12025550199',
        custom_headers: [{ name: 'X-everdial-call-id', value: 'call-1' }],
      },
    });
  }

  /** Sends something about a call. */
  inCall(method: string, params: object = {}, callID = 'C1'): string {
    return this.send(`telnyx_rtc.${method}`, { ...params, dialogParams: { callID } });
  }

  /** The answer to a request, if it has come. */
  answerTo(id: string): Frame | undefined {
    return this.frames.find((frame) => frame.id === id && frame.method === undefined);
  }

  /** What came, in short: methods of requests, ids of answers. */
  get order(): string[] {
    return this.frames.map((frame) => frame.method ?? String(frame.id));
  }

  /** Closes the socket. */
  close(): void {
    this.#socket.close();
  }
}
