import { labNow } from '../clock.js';
import { clearFaults, createFaults } from '../net/faults.js';
import { FaultyPort } from '../net/faulty-port.js';
import type { Gateway, GatewayFaults, MediaPeerFactory, Trunk } from '../types.js';
import type { Account, AccountCall } from './account.js';
import { tagOf, userOf } from './address.js';
import { newTag } from './dialog.js';
import { ALLOWED } from './in-dialog.js';
import { type IncomingCall, LabIncomingCall } from './incoming-call.js';
import { paramsOf } from './invite-headers.js';
import type { SipMessage, SipRequest } from './message.js';
import { Registrar, retryAfterOf } from './registrar.js';
import { type Reply, responseTo } from './response.js';
import { SipCall } from './sip-call.js';
import { defaultSipSettings, noSipFaults, type SipFaults, type SipSettings } from './sip-faults.js';
import { SipSocket } from './sip-socket.js';
import { Transactions } from './transactions.js';

/** What the gateway is joined to. */
export interface SipGatewayOptions {
  /** The phone network. */
  readonly trunk: Trunk;
  /** Makes the media peer of each call. */
  readonly media: MediaPeerFactory;
}

/** Who calls. */
export interface IncomingCallRequest {
  /** Caller ID. @defaultValue '+12025550142' */
  readonly from?: string | undefined;
  /** Custom headers, without `X-`. @defaultValue none */
  readonly params?: Readonly<Record<string, string>> | undefined;
}

/**
 * The SIP gateway of the lab: registrar and back-to-back user agent over WebSocket (RFC 7118). Every user has the password
 * `secret-<user>`; every bearer token is good unless it starts with `bad`. `logins` has the bearer token, or the user name
 * where a digest hides the password; an INVITE counts as a login when its user is not registered.
 */
export interface SipGateway extends Gateway {
  readonly carrier: 'sip';
  /** `ws://127.0.0.1:port`. */
  readonly url: string;
  /** What only SIP can do wrong, live. */
  readonly sipFaults: SipFaults;
  /** What is no fault, live. */
  readonly settings: SipSettings;
  /** Users that can be called. */
  readonly registered: readonly string[];
  /** Numbers to which browsers handed their calls over by REFER. */
  readonly transfers: readonly { readonly atMs: number; readonly to: string }[];
  /** Resolves when the last change of `faults.tcp` holds. */
  settled(): Promise<void>;
  /** Calls a registered user. Rejects when the user can not be reached. */
  call(user: string, request?: IncomingCallRequest): Promise<IncomingCall>;
  /** Makes every open socket half-open: it stays open and nothing passes any more. New sockets work. */
  freezeSockets(): void;
  /** Closes the media of every call without a word to the browsers. */
  dropMedia(): void;
  /** Sends a message of any kind to every browser. */
  send(text: string): void;
  /** Ends the calls that the lab made, without a word to the browsers. */
  endIncomingCalls(): void;
  /** Forgets frames, invites, logins and transfers. */
  clearLogs(): void;
}

/** Starts the gateway on a free port of 127.0.0.1. */
export async function startSipGateway(options: SipGatewayOptions): Promise<SipGateway> {
  const gateway = new LabSipGateway(options);
  await gateway.open();
  return gateway;
}

class LabSipGateway implements SipGateway {
  readonly carrier = 'sip';
  readonly faults: GatewayFaults = createFaults((tcp) => this.#port.setTcp(tcp));
  readonly sipFaults: SipFaults = noSipFaults();
  readonly settings: SipSettings = defaultSipSettings();
  readonly invites: { atMs: number; to: string; params: Readonly<Record<string, string>> }[] = [];
  readonly frames: { atMs: number; from: 'browser' | 'gateway'; text: string }[] = [];
  readonly transfers: { atMs: number; to: string }[] = [];
  readonly #options: SipGatewayOptions;
  readonly #port: FaultyPort;
  readonly #registrar = new Registrar(this);
  readonly #transactions = new Transactions();
  readonly #sockets = new Set<SipSocket>();
  /** Calls whose INVITE was noted: it may come again with credentials. */
  readonly #known = new Set<string>();
  #closed = false;

  constructor(options: SipGatewayOptions) {
    this.#options = options;
    this.#port = new FaultyPort({
      faults: this.faults,
      settings: this.settings,
      onSocket: (socket) => {
        this.#sockets.add(
          new SipSocket(socket, {
            delayMs: () => this.faults.delayMs,
            sipFaults: this.sipFaults,
            log: (from, text) => this.frames.push({ atMs: labNow(), from, text }),
            onSent: (message) => this.#sent(message),
            onMessage: (from, message) => this.#handle(from, message),
            onClose: (closed) => this.#lost(closed),
          }),
        );
      },
      onRequest: (_request, response) => response.writeHead(426).end(),
    });
  }

  get url(): string {
    return `ws://${this.#port.host}`;
  }

  get openSockets(): number {
    return this.#sockets.size;
  }

  get logins(): { atMs: number; token: string }[] {
    return this.#registrar.logins;
  }

  get registered(): readonly string[] {
    return [...this.#accounts]
      .filter(({ contact }) => contact !== undefined)
      .map(({ user }) => user);
  }

  open(): Promise<void> {
    return this.#port.open();
  }

  settled(): Promise<void> {
    return this.#port.settled();
  }

  resetFaults(): void {
    clearFaults(this.faults);
    Object.assign(this.sipFaults, noSipFaults());
    Object.assign(this.settings, defaultSipSettings());
  }

  dropSockets(code?: number): void {
    for (const socket of this.#sockets) socket.drop(code);
  }

  freezeSockets(): void {
    for (const socket of this.#sockets) socket.freeze();
  }

  dropMedia(): void {
    for (const { calls } of this.#accounts) for (const call of calls.values()) call.dropMedia();
  }

  send(text: string): void {
    for (const socket of this.#sockets) socket.sendText(text);
  }

  async call(user: string, { from, params }: IncomingCallRequest = {}): Promise<IncomingCall> {
    const account = this.#registrar.account(user);
    const { contact, socket } = account;
    if (contact === undefined || socket === undefined) throw new Error(`${user} is not registered`);
    const call = new LabIncomingCall({ ...this.#parts(account), socket });
    account.calls.set(call.callId, call);
    await call.place(contact, from ?? '+12025550142', params ?? {});
    return call;
  }

  endIncomingCalls(): void {
    for (const { calls } of this.#accounts) {
      for (const call of [...calls.values()]) if (call instanceof LabIncomingCall) call.abandon();
    }
  }

  clearLogs(): void {
    for (const log of [this.invites, this.logins, this.frames, this.transfers]) log.length = 0;
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.dropSockets();
    for (const account of this.#accounts) account.abandonCalls();
    await this.#port.close();
  }

  get #accounts(): readonly Account[] {
    return [...this.#registrar.accounts.values()];
  }

  #parts(account: Account) {
    return {
      account,
      media: this.#options.media(),
      faults: this.faults,
      sipFaults: this.sipFaults,
      settings: this.settings,
      transactions: this.#transactions,
      contact: `<sip:${this.#port.host};transport=ws>`,
      onRefer: (to: string) => void this.transfers.push({ atMs: labNow(), to }),
    };
  }

  /** Noted when it leaves the browser: delay and loss come after that. */
  #sent(message: SipMessage): void {
    if (message.kind === 'response') return;
    this.#registrar.sent(message);
    const callId = message.headers.get('call-id');
    if (!isNewInvite(message) || this.#known.has(callId)) return;
    this.#known.add(callId);
    this.invites.push({ atMs: labNow(), to: userOf(message.uri), params: paramsOf(message) });
  }

  #handle(socket: SipSocket, message: SipMessage): void {
    if (message.kind === 'response') {
      this.#transactions.receive(message);
      return;
    }
    const reply: Reply = (status, extras) => {
      socket.send(responseTo(message, status, { tag: newTag(), ...extras }));
    };
    if (message.method === 'CANCEL') this.#cancel(message, socket, reply);
    else if (tagOf(message.headers.get('to')) !== '') this.#inDialog(message, socket, reply);
    else if (message.method === 'REGISTER') this.#registrar.register(message, socket, reply);
    else if (message.method === 'INVITE') this.#invite(message, socket, reply);
    else if (message.method === 'OPTIONS') reply(200, { headers: [['Allow', ALLOWED]] });
    else if (message.method === 'BYE') reply(481);
    else if (message.method !== 'ACK') reply(405, { headers: [['Allow', ALLOWED]] });
  }

  #invite(invite: SipRequest, socket: SipSocket, reply: Reply): void {
    const fault = this.faults.invite;
    const { inviteCode, retryAfter, redirect } = this.sipFaults;
    if (fault === 'swallow') return;
    if (fault === 'drop') {
      socket.drop();
      return;
    }
    if (fault === 'error' || inviteCode !== 0) {
      reply(inviteCode || 500, { headers: retryAfterOf(retryAfter) });
      return;
    }
    if (redirect !== '') {
      reply(302, { headers: [['Contact', `<${redirect}>`]] });
      return;
    }
    const account = this.#registrar.authenticate(invite, reply);
    if (account === undefined) return;
    account.join(socket);
    const call = new SipCall({
      ...this.#parts(account),
      invite,
      socket,
      trunk: this.#options.trunk,
    });
    account.calls.set(invite.headers.get('call-id'), call);
    if (fault !== 'stall') call.place();
    if (fault === 'drop-after-placing') socket.drop();
    else call.confirm();
  }

  #cancel(cancel: SipRequest, socket: SipSocket, reply: Reply): void {
    const { account, call } = this.#find(cancel.headers.get('call-id'));
    const { bye, reattach } = this.faults;
    if (this.sipFaults.cancel === 'swallow' || bye === 'swallow') return;
    const isForgotten = reattach === 'never' && call?.socket !== socket;
    if (!(call instanceof SipCall) || !call.isCancelledBy(cancel) || isForgotten) {
      reply(481);
      return;
    }
    account?.join(socket);
    call.cancel(reply);
  }

  #inDialog(request: SipRequest, socket: SipSocket, reply: Reply): void {
    const { account, call } = this.#find(request.headers.get('call-id'));
    const { bye, reattach } = this.faults;
    const isElsewhere = call?.socket !== socket;
    if (call?.owns(request) !== true || (isElsewhere && reattach === 'never')) {
      if (request.method === 'BYE' && bye === 'swallow') return;
      if (request.method !== 'ACK') reply(481);
      return;
    }
    if (isElsewhere && reattach === 'list-only' && /^(INVITE|UPDATE)$/.test(request.method)) {
      reply(488);
      return;
    }
    if (reattach === 'ok') call.socket = socket;
    account?.join(socket);
    call.handle(request, reply);
  }

  #find(callId: string): {
    readonly account: Account | undefined;
    readonly call: AccountCall | undefined;
  } {
    const account = this.#accounts.find(({ calls }) => calls.has(callId));
    return { account, call: account?.calls.get(callId) };
  }

  #lost(socket: SipSocket): void {
    this.#sockets.delete(socket);
    this.#transactions.lose(socket);
    if (this.#closed) return;
    for (const account of this.#accounts) {
      if (account.socket === socket) account.lose(this.settings.orphanTimeoutMs);
    }
  }
}

function isNewInvite({ method, headers }: SipRequest): boolean {
  return method === 'INVITE' && tagOf(headers.get('to')) === '';
}
