import { labNow } from '../clock.js';
import type { Dialog } from './dialog.js';
import type { Header, SipRequest } from './message.js';
import type { Reply } from './response.js';
import type { SipSocket } from './sip-socket.js';

/** A call of either direction, as its account sees it. */
export interface AccountCall {
  /** The socket that the browser last used for it. */
  socket: SipSocket;
  /** Whether a request of the browser belongs to it. */
  owns(request: SipRequest): boolean;
  /** Takes a request in it, ACK included. */
  handle(request: SipRequest, reply: Reply): void;
  /** Closes its media without a word. */
  dropMedia(): void;
  /** Hangs up at the phone without a word to the browser. */
  abandon(): void;
}

/** One user of the gateway: where the browser is, and its calls. */
export class Account {
  /** User part of the address of record. */
  readonly user: string;
  /** Calls that are not over, by Call-ID. */
  readonly calls = new Map<string, AccountCall>();
  /** The newest socket of the browser; `undefined` while it is away. */
  socket: SipSocket | undefined;
  #contact: string | undefined;
  #expiresAtMs = 0;
  #orphanTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(user: string) {
    this.user = user;
  }

  /** Where calls to it are sent; `undefined` when it is not registered. */
  get contact(): string | undefined {
    return labNow() < this.#expiresAtMs ? this.#contact : undefined;
  }

  /** Registers a contact for so many seconds; 0 takes it back. */
  bind(contact: string, seconds: number): void {
    this.#contact = contact;
    this.#expiresAtMs = labNow() + seconds * 1000;
  }

  /** The browser is here, or here again. */
  join(socket: SipSocket): void {
    clearTimeout(this.#orphanTimer);
    this.socket = socket;
  }

  /**
   * The socket is lost, and with it the registration, which nobody could be reached by (RFC 5626 5.3). After
   * `orphanTimeoutMs`, if it is given, the calls are hung up.
   */
  lose(orphanTimeoutMs: number | undefined): void {
    this.socket = undefined;
    this.#contact = undefined;
    if (orphanTimeoutMs === undefined) return;
    clearTimeout(this.#orphanTimer);
    this.#orphanTimer = setTimeout(() => this.abandonCalls(), orphanTimeoutMs);
  }

  /** Hangs every call up. */
  abandonCalls(): void {
    clearTimeout(this.#orphanTimer);
    for (const call of [...this.calls.values()]) call.abandon();
    this.calls.clear();
  }
}

/** The progress of a REFER (RFC 3515 2.4). */
export function notifyRefer(
  dialog: Dialog,
  subscription: string,
  fragment: string,
  last: boolean,
): SipRequest {
  const headers: Header[] = [
    ['Event', `refer;id=${subscription}`],
    ['Subscription-State', last ? 'terminated;reason=noresource' : 'active;expires=60'],
    ['Content-Type', 'message/sipfrag;version=2.0'],
  ];
  return dialog.request('NOTIFY', { headers, body: `${fragment}\r\n` });
}
