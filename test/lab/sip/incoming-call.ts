import { labNow } from '../clock.js';
import type { GatewayFaults, MediaPeer } from '../types.js';
import { type Account, type AccountCall, notifyRefer } from './account.js';
import { Dialog, newRequest, newTag } from './dialog.js';
import { ALLOWED, answerInDialog, type DialogSide } from './in-dialog.js';
import { type Header, Headers, type SipRequest, type SipResponse, sequenceOf } from './message.js';
import type { Reply } from './response.js';
import type { SipFaults } from './sip-faults.js';
import type { SipSocket } from './sip-socket.js';
import type { Transactions } from './transactions.js';

/** A call from the lab to a registered browser, in the test's hands. It is not connected to the phone network. */
export interface IncomingCall {
  readonly callId: string;
  /** The sound of this call, on the lab's side. */
  readonly media: MediaPeer;
  /** What the browser answered to the INVITE, in order. */
  readonly responses: readonly { readonly atMs: number; readonly status: number }[];
  /** `answered` and `over` as the wire has them: refused and cancelled calls are over. */
  readonly state: 'calling' | 'answered' | 'over';
  /** Whether the browser holds it. */
  readonly held: boolean;
  /** Digits that came by INFO. */
  readonly digits: readonly string[];
  /** Takes the INVITE back. */
  cancel(): void;
  /** Hangs up after the answer. */
  hangup(): void;
}

/** What an incoming call needs of its gateway. */
export interface IncomingCallOptions {
  readonly account: Account;
  /** The socket that the browser is reached by. */
  readonly socket: SipSocket;
  readonly media: MediaPeer;
  readonly faults: Readonly<GatewayFaults>;
  readonly sipFaults: Readonly<SipFaults>;
  readonly transactions: Transactions;
  /** `Contact` of the gateway. */
  readonly contact: string;
  readonly onRefer: (to: string) => void;
}

/** One call from the lab to a browser. */
export class LabIncomingCall implements IncomingCall, AccountCall, DialogSide {
  readonly callId = `lab-${newTag()}`;
  readonly media: MediaPeer;
  readonly sipFaults: Readonly<SipFaults>;
  readonly responses: { atMs: number; status: number }[] = [];
  readonly digits: string[] = [];
  described: Promise<unknown> = Promise.resolve();
  socket: SipSocket;
  state: IncomingCall['state'] = 'calling';
  held = false;
  readonly #options: IncomingCallOptions;
  #invite: SipRequest | undefined;
  #dialog: Dialog | undefined;

  constructor(options: IncomingCallOptions) {
    this.#options = options;
    this.media = options.media;
    this.sipFaults = options.sipFaults;
    this.socket = options.socket;
  }

  /** Sends the INVITE. */
  async place(
    target: string,
    from: string,
    params: Readonly<Record<string, string>>,
  ): Promise<void> {
    const { account, contact, transactions } = this.#options;
    const body = await this.media.offer();
    if (this.state === 'over') return;
    this.#invite = newRequest(
      'INVITE',
      target,
      [
        ['From', `<sip:${encodeURIComponent(from)}@lab.example>;tag=${newTag()}`],
        ['To', `<sip:${account.user}@lab.example>`],
        ['Call-ID', this.callId],
        ['CSeq', '1 INVITE'],
        ['Contact', contact],
        ['Allow', ALLOWED],
        ...Object.entries(params).map(([name, value]): Header => [`X-${name}`, value]),
        ['Content-Type', 'application/sdp'],
      ],
      body,
    );
    transactions.send(this.socket, this.#invite, (response) => this.#onResponse(response));
  }

  cancel(): void {
    const invite = this.#invite;
    if (invite === undefined || this.state !== 'calling') return;
    const headers = invite.headers.list
      .filter(([name]) => !/^(content-type|contact|allow|x-.*|cseq)$/i.test(name))
      .concat([['CSeq', '1 CANCEL']]);
    const cancel = { ...invite, method: 'CANCEL', headers: new Headers(headers), body: '' };
    this.#options.transactions.send(this.#options.account.socket, cancel, () => {});
  }

  hangup(): void {
    if (this.state !== 'answered' || this.#dialog === undefined) return;
    this.#request(this.#dialog.request('BYE'));
    this.#finish();
  }

  owns(request: SipRequest): boolean {
    return this.#dialog?.owns(request) === true;
  }

  handle(request: SipRequest, reply: Reply): void {
    if (request.method === 'ACK') return;
    if (this.#dialog?.take(request) === false) reply(500);
    else answerInDialog(request, reply, this);
  }

  digit(digit: string): void {
    this.digits.push(digit);
  }

  hold(held: boolean): void {
    this.held = held;
  }

  bye(reply: Reply): void {
    if (this.#options.faults.bye === 'swallow') return;
    reply(200);
    this.#finish();
  }

  refer(to: string): void {
    this.#options.onRefer(to);
  }

  notify(subscription: string, fragment: string, last: boolean): void {
    if (this.#dialog === undefined) return;
    this.#request(notifyRefer(this.#dialog, subscription, fragment, last));
  }

  dropMedia(): void {
    void this.media.close();
  }

  abandon(): void {
    this.#finish();
  }

  #onResponse(response: SipResponse | undefined): void {
    if (response === undefined) {
      if (this.state === 'calling') this.#finish();
      return;
    }
    const { status } = response;
    this.responses.push({ atMs: labNow(), status });
    if (status >= 300) {
      this.#refused(response);
    } else if (status >= 200) {
      this.#answered(response);
    }
  }

  #answered(response: SipResponse): void {
    this.state = 'answered';
    this.#dialog = Dialog.ofResponse(response, this.#options.contact);
    const sequence = sequenceOf(response).number;
    this.#options.account.socket?.send(this.#dialog.request('ACK', { sequence }));
    this.described = this.media.accept(response.body);
    this.described.catch(() => this.hangup());
  }

  /** The ACK of a refusal belongs to the INVITE's transaction (RFC 3261 17.1.1.3). */
  #refused(response: SipResponse): void {
    const invite = this.#invite;
    if (invite !== undefined) {
      const headers = invite.headers.list
        .filter(([name]) => !/^(content-type|contact|allow|x-.*|cseq|to)$/i.test(name))
        .concat([
          ['To', response.headers.get('to')],
          ['CSeq', '1 ACK'],
        ]);
      this.socket.send({ ...invite, method: 'ACK', headers: new Headers(headers), body: '' });
    }
    this.#finish();
  }

  #request(request: SipRequest): void {
    this.#options.transactions.send(this.#options.account.socket, request, () => {});
  }

  #finish(): void {
    this.state = 'over';
    this.#options.account.calls.delete(this.callId);
    void this.media.close();
  }
}
