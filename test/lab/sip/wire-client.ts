import { once } from 'node:events';
import { WebSocket } from 'ws';
import { tagOf } from './address.js';
import { newTag } from './dialog.js';
import { md5, passwordOf, readCredentials } from './digest.js';
import {
  branchOf,
  type Header,
  Headers,
  readMessage,
  type SipMessage,
  type SipRequest,
  type SipResponse,
  sequenceOf,
  writeMessage,
} from './message.js';
import { responseTo } from './response.js';

/** What a request of the client has beyond what every one has. */
export interface ClientRequest {
  readonly uri?: string;
  readonly headers?: readonly Header[];
  readonly body?: string;
}

/** How to log in. */
export interface ClientLogin {
  readonly user?: string;
  /** @defaultValue the right one */
  readonly password?: string;
  /** Instead of the password. */
  readonly bearer?: string;
}

/** Plays a browser without any SIP library, for tests of the gateway alone: it answers challenges once, and writes ACKs. */
export class WireClient {
  /** Messages that came, in order. */
  readonly messages: SipMessage[] = [];
  /** Frames that are no SIP message. */
  readonly broken: string[] = [];
  readonly user: string;
  /** Status for each request of the gateway; 0 leaves it without an answer. */
  answers: (request: SipRequest) => number = () => 200;
  readonly #password: string;
  readonly #bearer: string | undefined;
  readonly #socket: WebSocket;
  readonly #sent = new Map<string, SipRequest>();
  readonly #tag = newTag();

  /** @param url - the gateway's */
  constructor(url: string, { user = 'alice', password, bearer }: ClientLogin = {}) {
    this.user = user;
    this.#password = password ?? passwordOf(user);
    this.#bearer = bearer;
    this.#socket = new WebSocket(url, 'sip');
    this.#socket.on('message', (data) => this.#receive(String(data)));
    this.#socket.on('error', () => {});
  }

  /** Whether the socket is closed. */
  get closed(): boolean {
    return this.#socket.readyState === WebSocket.CLOSED;
  }

  /** What came, in short: `180 INVITE`, `BYE`. */
  get order(): string[] {
    return this.messages.map((message) =>
      message.kind === 'request'
        ? message.method
        : `${message.status} ${sequenceOf(message).method}`,
    );
  }

  /** Resolves when the socket is open. */
  async opened(): Promise<this> {
    await once(this.#socket, 'open');
    return this;
  }

  /** Sends anything. */
  raw(text: string): void {
    this.#socket.send(text);
  }

  /** The newest response with this status to a request with this method. */
  response(status: number, method = 'INVITE'): SipResponse | undefined {
    return lastOf(
      this.messages,
      (message): message is SipResponse =>
        message.kind === 'response' &&
        message.status === status &&
        sequenceOf(message).method === method,
    );
  }

  /** The newest request of the gateway with this method. */
  request(method: string): SipRequest | undefined {
    return lastOf(
      this.messages,
      (message): message is SipRequest => message.kind === 'request' && message.method === method,
    );
  }

  /** Registers for so many seconds. */
  register(expires = 300): SipRequest {
    return this.send('REGISTER', {
      uri: 'sip:lab.example',
      headers: [
        ['To', this.#address],
        ['Call-ID', `register-${this.#tag}`],
        ['Contact', `<sip:${this.#tag}@browser.invalid;transport=ws>;reg-id=1;expires=${expires}`],
      ],
    });
  }

  /** Dials. */
  invite(to: string, { headers = [], body = 'offer' }: ClientRequest = {}): SipRequest {
    return this.send('INVITE', {
      uri: `sip:${to}@lab.example`,
      headers: [
        ['To', `<sip:${to}@lab.example>`],
        ['Call-ID', `call-${newTag()}`],
        ['Contact', `<sip:${this.#tag}@browser.invalid;transport=ws;ob>`],
        ['X-Everdial-Call-Id', 'call-1'],
        ['Content-Type', 'application/sdp'],
        ...headers,
      ],
      body,
    });
  }

  /** Takes the newest INVITE back. */
  cancel(): void {
    this.#write(this.#like(this.#invite(), 'CANCEL'));
  }

  /** Sends a request in the dialog of the newest INVITE. */
  inCall(method: string, { headers = [], body = '' }: ClientRequest = {}): SipRequest {
    const invite = this.#invite();
    const to = lastOf(
      this.messages,
      (message) =>
        message.kind === 'response' &&
        message.status > 100 &&
        message.headers.get('call-id') === invite.headers.get('call-id') &&
        sequenceOf(message).method === 'INVITE' &&
        tagOf(message.headers.get('to')) !== '',
    );
    return this.send(method, {
      headers: [
        ['To', to?.headers.get('to') ?? invite.headers.get('to')],
        ['Call-ID', invite.headers.get('call-id')],
        ...headers,
      ],
      body,
    });
  }

  /** Sends a request in the dialog of a call that the gateway made. */
  inIncoming(method: string, invite: SipRequest, more: ClientRequest = {}): SipRequest {
    return this.send(method, {
      ...more,
      headers: [
        ['From', `${invite.headers.get('to')};tag=${this.#tag}`],
        ['To', invite.headers.get('from')],
        ['Call-ID', invite.headers.get('call-id')],
        ...(more.headers ?? []),
      ],
    });
  }

  /** Answers a request of the gateway. */
  reply(request: SipRequest, status: number, sdp?: string): void {
    const headers: Header[] = [['Contact', `<sip:${this.#tag}@browser.invalid;transport=ws>`]];
    this.#write(responseTo(request, status, { tag: this.#tag, headers, sdp }));
  }

  /** Sends a request. */
  send(method: string, { uri, headers = [], body = '' }: ClientRequest = {}): SipRequest {
    const given = new Headers(headers);
    const from = given.get('from') || `${this.#address};tag=${this.#tag}`;
    const authorization: Header[] =
      this.#bearer === undefined ? [] : [['Authorization', `Bearer ${this.#bearer}`]];
    const request: SipRequest = {
      kind: 'request',
      method,
      uri: uri ?? 'sip:lab.example',
      headers: new Headers([
        ['Via', newVia()],
        ['Max-Forwards', '70'],
        ['CSeq', `${this.#sent.size + 1} ${method}`],
        ...(method === 'REGISTER' || method === 'INVITE' ? authorization : []),
        ...headers.filter(([name]) => name !== 'From'),
        ['From', from],
      ]),
      body,
    };
    this.#sent.set(branchOf(request), request);
    this.#write(request);
    return request;
  }

  /** Closes the socket. */
  close(): void {
    this.#socket.close();
  }

  get #address(): string {
    return `<sip:${this.user}@lab.example>`;
  }

  #invite(): SipRequest {
    const invite = lastOf(
      [...this.#sent.values()],
      ({ method, headers }) => method === 'INVITE' && tagOf(headers.get('to')) === '',
    );
    if (invite === undefined) throw new Error('There was no INVITE');
    return invite;
  }

  #receive(text: string): void {
    const message = readMessage(text);
    if (message === undefined) {
      this.broken.push(text);
      return;
    }
    this.messages.push(message);
    if (message.kind === 'request') this.#answer(message);
    else this.#onResponse(message);
  }

  #answer(request: SipRequest): void {
    const status = request.method === 'ACK' ? 0 : this.answers(request);
    if (status > 0) this.reply(request, status);
  }

  #onResponse(response: SipResponse): void {
    const request = this.#sent.get(branchOf(response));
    if (request === undefined || sequenceOf(response).method !== request.method) return;
    if (request.method === 'INVITE' && response.status >= 300) {
      this.#write(this.#like(request, 'ACK'));
    }
    const challenge =
      response.headers.get('www-authenticate') || response.headers.get('proxy-authenticate');
    if (/^digest/i.test(challenge) && !this.#hasCredentials(request)) {
      this.#authenticate(request, readCredentials(challenge), response.status);
    }
  }

  #hasCredentials({ headers }: SipRequest): boolean {
    return headers.get('authorization') !== '' || headers.get('proxy-authorization') !== '';
  }

  #authenticate(
    { method, uri, headers, body }: SipRequest,
    challenge: ReadonlyMap<string, string>,
    status: number,
  ): void {
    const nonce = challenge.get('nonce') ?? '';
    const realm = challenge.get('realm') ?? '';
    const secret = md5(`${this.user}:${realm}:${this.#password}`);
    const proof = md5(`${secret}:${nonce}:00000001:client:auth:${md5(`${method}:${uri}`)}`);
    const credentials = `Digest username="${this.user}", realm="${realm}", nonce="${nonce}", uri="${uri}", response="${proof}", qop=auth, cnonce="client", nc=00000001`;
    this.send(method, {
      uri,
      headers: [
        ...headers.list.filter(([name]) => !/^(via|max-forwards|cseq)$/i.test(name)),
        [status === 401 ? 'Authorization' : 'Proxy-Authorization', credentials],
      ],
      body,
    });
  }

  /** A request of the same transaction. */
  #like({ uri, headers }: SipRequest, method: string): SipRequest {
    const [number = ''] = headers.get('cseq').split(' ');
    const kept = headers.list.filter(([name]) => /^(via|from|to|call-id)$/i.test(name));
    const list: Header[] = [...kept, ['CSeq', `${number} ${method}`]];
    return { kind: 'request', method, uri, headers: new Headers(list), body: '' };
  }

  #write(message: SipMessage): void {
    this.#socket.send(writeMessage(message));
  }
}

function lastOf<Item, Found extends Item>(
  items: readonly Item[],
  is: (item: Item) => item is Found,
): Found | undefined;
function lastOf<Item>(items: readonly Item[], is: (item: Item) => boolean): Item | undefined;
function lastOf<Item>(items: readonly Item[], is: (item: Item) => boolean): Item | undefined {
  return [...items].reverse().find(is);
}

function newVia(): string {
  return `SIP/2.0/WS browser.invalid;branch=z9hG4bK${newTag()}`;
}
