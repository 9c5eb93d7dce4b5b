import type {
  TelnyxCall,
  TelnyxClient,
  TelnyxFrameParams,
  TelnyxLogin,
  TelnyxRequest,
} from '../../../../src/providers/telnyx/vendor.js';
import { FakeConnection } from './fake-connection.js';

type Handler = (payload: never) => void;

/** A request that the vendor sent, to be answered by the test. */
export interface FakeRequest {
  readonly method: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** Answers with a result. */
  accept(): void;
  /** Answers with a JSON-RPC error. */
  refuse(): void;
  /** The socket was replaced, or the answer took too long. */
  lose(): void;
}

/** The vendor's client as the adapter sees it, moved by the test. Its handlers run last-registered first, unguarded. */
export class FakeTelnyx implements TelnyxClient {
  connected = false;
  sessionid = '';
  readonly options: { login_token?: string } & Readonly<Record<string, unknown>>;
  readonly calls: Record<string, FakeCall | null> = {};
  iceServers: readonly RTCIceServer[] = [
    { urls: 'stun:one.example.com' },
    { urls: 'stun:two.example.com' },
    { urls: 'turn:one.example.com' },
  ];
  readonly connection = { isAlive: false };
  readonly said: string[] = [];
  readonly requests: FakeRequest[] = [];
  readonly logins: TelnyxLogin[] = [];
  readonly newCalls: Readonly<Record<string, unknown>>[] = [];
  /** The next `newCall` throws this. */
  failNextCall: object | undefined;
  readonly #handlers = new Map<string, Handler[]>();

  constructor(options: Readonly<Record<string, unknown>>) {
    this.options = { ...options };
  }

  async connect(): Promise<void> {
    this.said.push('connect');
    this.connection.isAlive = true;
  }

  async disconnect(): Promise<void> {
    this.said.push('disconnect');
  }

  socketDisconnect(): void {
    this.said.push('socketDisconnect');
    this.connected = false;
    this.connection.isAlive = false;
    this.emit('telnyx.socket.close', {});
  }

  async login(options: TelnyxLogin = {}): Promise<void> {
    this.logins.push(options);
  }

  clearReconnectToken(): void {
    this.said.push('clearReconnectToken');
  }

  execute({ request: { method, params } }: TelnyxRequest): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.requests.push({
        method,
        params,
        accept: () => resolve({}),
        refuse: () => reject({ code: -32002, message: 'CALL DOES NOT EXIST' }),
        lose: () => reject(new Error('Stale request')),
      });
    });
  }

  newCall(options: Readonly<Record<string, unknown>>): FakeCall {
    if (this.failNextCall) throw this.failNextCall;
    this.newCalls.push(options);
    const call = new FakeCall(this, options);
    this.calls[call.id] = call;
    call.become('new');
    call.connect();
    return call;
  }

  on(event: string, handler: Handler): void {
    this.#handlers.set(event, [handler, ...(this.#handlers.get(event) ?? [])]);
  }

  off(event: string): void {
    this.#handlers.delete(event);
  }

  /** How many handlers there are. */
  get handlers(): number {
    return [...this.#handlers.values()].flat().length;
  }

  emit(event: string, payload: object): void {
    for (const handler of this.#handlers.get(event) ?? []) handler(payload as never);
  }

  frame(method: string, params: TelnyxFrameParams = {}): void {
    this.emit('telnyx.socket.message', { method: `telnyx_rtc.${method}`, params });
  }

  error(code: number, callId?: string): void {
    this.emit('telnyx.error', { error: { code, name: 'SOME_ERROR' }, callId });
  }

  /** Socket, login and registration, for the first time or again. */
  comeUp(calls: readonly string[] = []): void {
    this.connected = true;
    this.connection.isAlive = true;
    this.sessionid = 'session';
    this.frame('clientReady', { reattached_sessions: calls });
    this.emit('telnyx.ready', {});
  }

  goDown(): void {
    this.connected = false;
    this.emit('telnyx.socket.close', {});
  }
}

/** The vendor's call object. */
export class FakeCall implements TelnyxCall {
  readonly id: string;
  state = 'new';
  readonly options: TelnyxCall['options'];
  peer: { instance: RTCPeerConnection } | undefined;
  connectionMade: FakeConnection | undefined;
  readonly hangups: boolean[] = [];
  holdWorks = true;
  readonly #client: FakeTelnyx;

  constructor(client: FakeTelnyx, options: Readonly<Record<string, unknown>>) {
    this.#client = client;
    this.id = String(options['id']);
    this.options = { ...options, applyDesiredAudioMuteState: () => undefined };
  }

  connect(): void {
    this.connectionMade = new FakeConnection();
    this.peer = { instance: this.connectionMade.asConnection() };
  }

  become(state: string): void {
    this.state = state;
    this.#client.emit('telnyx.notification', { type: 'callUpdate', call: this });
  }

  /** The INVITE leaves the browser and is confirmed. */
  send(): void {
    this.become('requesting');
    this.become('trying');
  }

  async hangup(_parameters: object, tell: boolean): Promise<void> {
    this.hangups.push(tell);
    this.become('hangup');
    this.become('destroy');
    delete this.#client.calls[this.id];
  }

  async hold(): Promise<unknown> {
    return this.holdWorks;
  }

  async unhold(): Promise<unknown> {
    return this.holdWorks;
  }

  /** What the vendor does when the gateway gives the call back: another object of the same id. */
  repair(): FakeCall {
    this.become('recovering');
    const next = new FakeCall(this.#client, { id: this.id });
    this.#client.calls[this.id] = next;
    next.become('recovering');
    next.connect();
    return next;
  }
}
