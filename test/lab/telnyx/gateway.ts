import type { IncomingMessage, ServerResponse } from 'node:http';
import { labNow } from '../clock.js';
import { clearFaults, createFaults } from '../net/faults.js';
import { FaultyPort } from '../net/faulty-port.js';
import type { Gateway, GatewayFaults, MediaPeerFactory, Trunk } from '../types.js';
import { TelnyxCall } from './telnyx-call.js';
import { TelnyxSession } from './telnyx-session.js';
import { defaultTelnyxSettings, type TelnyxSettings } from './telnyx-settings.js';
import { TelnyxSocket } from './telnyx-socket.js';
import { headersToParams, WIRE_ERRORS, type WireMessage } from './wire.js';

/** What the gateway is joined to. */
export interface TelnyxGatewayOptions {
  /** The phone network. */
  readonly trunk: Trunk;
  /** Makes the media peer of each call. */
  readonly media: MediaPeerFactory;
}

/** The Telnyx gateway of the lab: what `rtc.telnyx.com` is to the SDK, pass its {@link TelnyxGateway.url} as `host`. */
export interface TelnyxGateway extends Gateway {
  /** `ws://127.0.0.1:port`. */
  readonly url: string;
  /** What only this gateway can do, live. */
  readonly settings: TelnyxSettings;
  /** Bodies of the call reports that the SDK uploaded. */
  readonly callReports: readonly string[];
  /** Resolves when the last change of `faults.tcp` holds. */
  settled(): Promise<void>;
  /** Makes every open socket half-open: it stays open and nothing passes any more. New sockets work. */
  freezeSockets(): void;
  /** Closes the media of every call without a word to the browsers. */
  dropMedia(): void;
  /** Kicks every browser, as the carrier does when it restarts a server. */
  punt(): void;
  /** Sends a request of any kind to every browser. */
  send(method: string, params: object): void;
  /** Forgets frames, invites, logins and reports. */
  clearLogs(): void;
}

/** Starts the gateway on a free port of 127.0.0.1. */
export async function startTelnyxGateway(options: TelnyxGatewayOptions): Promise<TelnyxGateway> {
  const gateway = new LabTelnyxGateway(options);
  await gateway.open();
  return gateway;
}

class LabTelnyxGateway implements TelnyxGateway {
  readonly carrier = 'telnyx';
  readonly faults: GatewayFaults = createFaults((tcp) => this.#port.setTcp(tcp));
  readonly settings: TelnyxSettings = defaultTelnyxSettings();
  readonly invites: { atMs: number; to: string; params: Readonly<Record<string, string>> }[] = [];
  readonly logins: { atMs: number; token: string }[] = [];
  readonly frames: { atMs: number; from: 'browser' | 'gateway'; text: string }[] = [];
  readonly callReports: string[] = [];
  readonly #options: TelnyxGatewayOptions;
  readonly #port: FaultyPort;
  readonly #sockets = new Map<TelnyxSocket, TelnyxSession | undefined>();
  readonly #sessions = new Map<string, TelnyxSession>();

  constructor(options: TelnyxGatewayOptions) {
    this.#options = options;
    this.#port = new FaultyPort({
      faults: this.faults,
      settings: this.settings,
      onSocket: (socket) => {
        const joined = new TelnyxSocket(socket, {
          delayMs: () => this.faults.delayMs,
          log: (from, text) => this.frames.push({ atMs: labNow(), from, text }),
          onSent: (message) => this.#sent(message),
          onMessage: (from, message) => this.#handle(from, message),
          onClose: (closed) => this.#lost(closed),
        });
        this.#sockets.set(joined, undefined);
      },
      onRequest: (request, response) => this.#request(request, response),
    });
  }

  get url(): string {
    return `ws://${this.#port.host}`;
  }

  get openSockets(): number {
    return this.#sockets.size;
  }

  open(): Promise<void> {
    return this.#port.open();
  }

  settled(): Promise<void> {
    return this.#port.settled();
  }

  resetFaults(): void {
    clearFaults(this.faults);
    Object.assign(this.settings, defaultTelnyxSettings());
  }

  dropSockets(code?: number): void {
    for (const socket of this.#sockets.keys()) socket.drop(code);
  }

  freezeSockets(): void {
    for (const socket of this.#sockets.keys()) socket.freeze();
  }

  dropMedia(): void {
    for (const session of this.#sessions.values()) {
      for (const call of session.calls.values()) void call.dropMedia();
    }
  }

  punt(): void {
    this.send('telnyx_rtc.punt', {});
  }

  send(method: string, params: object): void {
    for (const socket of this.#sockets.keys()) socket.request(method, params);
  }

  clearLogs(): void {
    for (const log of [this.invites, this.logins, this.frames, this.callReports]) log.length = 0;
  }

  async close(): Promise<void> {
    this.dropSockets();
    for (const session of this.#sessions.values()) session.abandonCalls();
    this.#sessions.clear();
    await this.#port.close();
  }

  /** Noted when it leaves the browser: delay and loss come after that. */
  #sent(message: WireMessage): void {
    const atMs = labNow();
    const { params } = message;
    if (message.method === 'login' || message.method === 'anonymous_login') {
      const token = params?.login_token ?? `${params?.login ?? ''}:${params?.passwd ?? ''}`;
      this.logins.push({ atMs, token });
    }
    if (message.method === 'telnyx_rtc.invite') {
      const dialog = params?.dialogParams;
      this.invites.push({
        atMs,
        to: dialog?.destination_number ?? '',
        params: headersToParams(dialog?.custom_headers),
      });
    }
  }

  #handle(socket: TelnyxSocket, message: WireMessage): void {
    const session = this.#sockets.get(socket);
    if (message.method === undefined) {
      // Debug reports are requests without method; everything else without one is a response.
      if (message.type !== undefined) socket.reply(message, {});
      return;
    }
    switch (message.method) {
      case 'login':
      case 'anonymous_login':
        this.#login(socket, message);
        return;
      case 'telnyx_rtc.ping':
        if (this.settings.pong) socket.reply(message, { message: 'PONG' });
        return;
      case 'telnyx_rtc.gatewayState':
        this.#gatewayState(socket, message, session);
        return;
      case 'telnyx_rtc.invite':
        if (session === undefined) socket.refuse(message, WIRE_ERRORS.login);
        else this.#invite(socket, message, session);
        return;
      default:
        this.#inCall(socket, message, session);
    }
  }

  #login(socket: TelnyxSocket, message: WireMessage): void {
    const { login } = this.faults;
    if (login === 'silent') return;
    if (login === 'drop') {
      socket.drop();
      return;
    }
    const params = message.params ?? {};
    const token = params.login_token ?? params.login ?? '';
    if (login === 'reject' || token.startsWith('bad')) {
      socket.refuse(message, WIRE_ERRORS.login);
      return;
    }
    const known = this.#sessions.get(params.reconnection === true ? (params.sessid ?? '') : '');
    const session = known ?? new TelnyxSession();
    this.#sessions.set(session.id, session);
    this.#sockets.set(socket, session);
    session.join(socket);
    socket.reply(
      message,
      { message: 'logged in', sessid: session.id },
      { voice_sdk_id: session.voiceSdkId },
    );
    if (this.settings.clientReady) this.#clientReady(socket, session);
  }

  #clientReady(socket: TelnyxSocket, session: TelnyxSession): void {
    const { reattach } = this.faults;
    const calls = reattach === 'never' ? [] : [...session.calls];
    socket.request('telnyx_rtc.clientReady', { reattached_sessions: calls.map(([id]) => id) });
    if (reattach === 'ok') for (const [, call] of calls) call.reattach();
  }

  #gatewayState(
    socket: TelnyxSocket,
    message: WireMessage,
    session: TelnyxSession | undefined,
  ): void {
    const { gatewayState: state, callReports } = this.settings;
    if (state === undefined) return;
    const report = callReports ? { call_report_id: `report-${session?.id}` } : {};
    socket.reply(message, {
      params: { state, dc: 'lab', region: 'lab', ...report },
      sessid: session?.id,
    });
  }

  #invite(socket: TelnyxSocket, message: WireMessage, session: TelnyxSession): void {
    const { invite } = this.faults;
    if (invite === 'swallow') return;
    if (invite === 'error') {
      socket.refuse(message, WIRE_ERRORS.refused);
      return;
    }
    if (invite === 'drop') {
      socket.drop();
      return;
    }
    const id = message.params?.dialogParams?.callID ?? '';
    const call = new TelnyxCall({
      id,
      trunk: this.#options.trunk,
      media: this.#options.media(),
      faults: this.faults,
      settings: this.settings,
      socket: () => session.socket,
      onOver: () => session.calls.delete(id),
    });
    session.calls.set(id, call);
    if (invite === 'stall') return;
    call.place(message.params ?? {});
    if (invite === 'drop-after-placing') {
      socket.drop();
      return;
    }
    call.confirm(
      () => socket.reply(message, { message: 'CALL CREATED', callID: id, sessid: session.id }),
      invite === 'late',
    );
  }

  #inCall(socket: TelnyxSocket, message: WireMessage, session: TelnyxSession | undefined): void {
    const { params, method } = message;
    const call = session?.calls.get(params?.dialogParams?.callID ?? params?.callID ?? '');
    if (method === 'telnyx_rtc.modify' && !this.settings.modify) return;
    if (call === undefined) {
      if (method === 'telnyx_rtc.bye' && this.faults.bye === 'swallow') return;
      socket.refuse(message, WIRE_ERRORS.noCall);
    } else {
      call.handle(socket, message);
    }
  }

  #lost(socket: TelnyxSocket): void {
    const session = this.#sockets.get(socket);
    this.#sockets.delete(socket);
    if (session?.socket === socket) session.lose(this.settings.orphanTimeoutMs);
  }

  /** The SDK uploads its reports by HTTP to the same host and port. */
  #request(request: IncomingMessage, response: ServerResponse): void {
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('access-control-allow-headers', '*');
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (request.method === 'POST') this.callReports.push(Buffer.concat(chunks).toString());
      response.writeHead(request.method === 'POST' ? 200 : 204).end();
    });
  }
}
