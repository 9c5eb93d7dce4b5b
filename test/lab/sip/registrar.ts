import { labNow } from '../clock.js';
import type { GatewayFaults } from '../types.js';
import { Account } from './account.js';
import { readAddress } from './address.js';
import { Digest, REALM, readCredentials } from './digest.js';
import type { Header, SipRequest } from './message.js';
import type { Reply } from './response.js';
import type { SipFaults } from './sip-faults.js';
import type { SipSocket } from './sip-socket.js';

/** How long a registration lives when the browser does not say, in seconds. */
const EXPIRES = 600;
/** What a registration must last when `registerCode` is 423, in seconds. */
const MIN_EXPIRES = 600;

/** What the registrar needs of its gateway. */
export interface RegistrarOptions {
  readonly faults: Readonly<GatewayFaults>;
  readonly sipFaults: Readonly<SipFaults>;
}

/** Knows the users: logins by digest or bearer token, registrations (RFC 3261 10, 22; RFC 8898). */
export class Registrar {
  /** By user. */
  readonly accounts = new Map<string, Account>();
  readonly logins: { atMs: number; token: string }[] = [];
  readonly #options: RegistrarOptions;
  readonly #digest = new Digest();

  constructor(options: RegistrarOptions) {
    this.#options = options;
  }

  /** Writes a login down. It is noted when it leaves the browser: delay and loss come after that. */
  sent(request: SipRequest): void {
    const isNew =
      request.method === 'INVITE' &&
      readAddress(request.headers.get('to')).params.get('tag') === undefined;
    const isLogin =
      request.method === 'REGISTER'
        ? wantedSeconds(request) > 0
        : isNew && credentialsOf(request) !== '' && this.#accountOf(request).contact === undefined;
    const credentials = credentialsOf(request);
    const second = /^digest/i.test(credentials) && this.#digest.answersChallenge(credentials);
    if (!isLogin || (second && request.method === 'REGISTER')) return;
    const token = /^bearer\s+(.*)/i.exec(credentials)?.[1] ?? userOfLogin(request);
    this.logins.push({ atMs: labNow(), token });
  }

  /** Takes a REGISTER. */
  register(request: SipRequest, socket: SipSocket, reply: Reply): void {
    const { login } = this.#options.faults;
    const { registerCode, retryAfter } = this.#options.sipFaults;
    if (login === 'silent') return;
    if (login === 'drop') {
      socket.drop();
      return;
    }
    const seconds = wantedSeconds(request);
    if (registerCode === 423 && seconds > 0 && seconds < MIN_EXPIRES) {
      reply(423, { headers: [['Min-Expires', String(MIN_EXPIRES)]] });
      return;
    }
    if (registerCode !== 0 && registerCode !== 423) {
      reply(registerCode, { headers: retryAfterOf(retryAfter) });
      return;
    }
    const account = this.authenticate(request, reply);
    if (account === undefined) return;
    const contact = request.headers.get('contact');
    const { uri } = readAddress(contact);
    account.bind(uri, seconds);
    account.join(socket);
    const granted = contact.replace(/;\s*expires=\d+/i, '');
    reply(200, {
      headers: seconds > 0 ? [['Contact', `${granted};expires=${seconds}`]] : [],
    });
  }

  /** Whose request it is; `undefined` when it was refused or challenged. */
  authenticate(request: SipRequest, reply: Reply): Account | undefined {
    const credentials = credentialsOf(request);
    const token = /^bearer\s+(.*)/i.exec(credentials)?.[1];
    if (token !== undefined) {
      if (token.startsWith('bad') || this.#options.sipFaults.challenge === 'again') {
        const challenge = `Bearer realm="${REALM}", error="invalid_token"`;
        reply(401, { headers: [['WWW-Authenticate', challenge]] });
        return undefined;
      }
      return this.#admit(request, reply);
    }
    const verdict = credentials === '' ? 'wrong' : this.#digest.verify(credentials, request);
    if (verdict === 'right' && this.#options.sipFaults.challenge === 'ok') {
      return this.#admit(request, reply);
    }
    const challenge = this.#digest.challenge(verdict === 'stale');
    if (request.method === 'REGISTER') reply(401, { headers: [['WWW-Authenticate', challenge]] });
    else reply(407, { headers: [['Proxy-Authenticate', challenge]] });
    return undefined;
  }

  /** The account of this user, new or known. */
  account(user: string): Account {
    const known = this.accounts.get(user);
    if (known !== undefined) return known;
    const account = new Account(user);
    this.accounts.set(user, account);
    return account;
  }

  #admit(request: SipRequest, reply: Reply): Account | undefined {
    if (this.#options.faults.login === 'reject') {
      reply(403);
      return undefined;
    }
    return this.#accountOf(request);
  }

  #accountOf(request: SipRequest): Account {
    return this.account(userOfLogin(request));
  }
}

/** A `Retry-After` of so many seconds; 0: none. */
export function retryAfterOf(seconds: number): readonly Header[] {
  return seconds === 0 ? [] : [['Retry-After', String(seconds)]];
}

function credentialsOf({ headers }: SipRequest): string {
  return headers.get('proxy-authorization') || headers.get('authorization');
}

/** Who logs in: as the digest says, else as `From` says (a bearer token tells nothing to the lab). */
function userOfLogin(request: SipRequest): string {
  const credentials = credentialsOf(request);
  const named = /^digest/i.test(credentials) ? readCredentials(credentials).get('username') : '';
  return named || readAddress(request.headers.get('from')).user;
}

/** For how long a REGISTER wants to be registered. */
function wantedSeconds({ headers }: SipRequest): number {
  const contact = headers.get('contact');
  const wanted = readAddress(contact).params.get('expires') ?? headers.get('expires');
  return contact === '*' ? 0 : Number(wanted || EXPIRES);
}
