import { withCandidates } from '../media/candidates.js';
import type { GatewayFaults, MediaPeer, NetworkEnd, NetworkLeg, Trunk } from '../types.js';
import { type Account, type AccountCall, notifyRefer } from './account.js';
import { userOf } from './address.js';
import { Dialog, newTag } from './dialog.js';
import { answerInDialog, type DialogSide } from './in-dialog.js';
import { callerOf, paramsOf } from './invite-headers.js';
import { branchOf, type Header, type SipRequest } from './message.js';
import { type Reply, type ResponseExtras, responseTo } from './response.js';
import type { SipFaults, SipSettings } from './sip-faults.js';
import type { SipSocket } from './sip-socket.js';
import type { Transactions } from './transactions.js';

/** What a call needs of its gateway. */
export interface SipCallOptions {
  /** The INVITE, and the socket that it came by. */
  readonly invite: SipRequest;
  readonly socket: SipSocket;
  readonly account: Account;
  readonly trunk: Trunk;
  readonly media: MediaPeer;
  readonly faults: Readonly<GatewayFaults>;
  readonly sipFaults: Readonly<SipFaults>;
  readonly settings: Readonly<SipSettings>;
  readonly transactions: Transactions;
  /** `Contact` of the gateway. */
  readonly contact: string;
  /** The browser hands the call over. */
  readonly onRefer: (to: string) => void;
}

/** One call from a browser to the phone network: a server towards the browser, its own client towards the phone. */
export class SipCall implements AccountCall, DialogSide {
  readonly media: MediaPeer;
  readonly sipFaults: Readonly<SipFaults>;
  socket: SipSocket;
  described: Promise<string> = Promise.resolve('');
  readonly #options: SipCallOptions;
  readonly #late: boolean;
  /** One for each phone that rings; the last one answers. */
  readonly #dialogs: { readonly tag: string; readonly dialog: Dialog }[] = [];
  #leg: NetworkLeg | undefined;
  /** Final response to the INVITE. */
  #final: number | undefined;
  #answered = false;
  #acknowledged = false;
  #onAck: (() => void) | undefined;
  #ackTimer: ReturnType<typeof setTimeout> | undefined;
  #over = false;
  /** Provisional responses that wait for the final one. */
  readonly #held: (() => void)[] = [];
  /** Everything that is sent about this call, one after the other: the SDP may not be ready yet. */
  #outgoing: Promise<void> = Promise.resolve();

  constructor(options: SipCallOptions) {
    this.#options = options;
    this.media = options.media;
    this.sipFaults = options.sipFaults;
    this.socket = options.socket;
    this.#late = options.faults.invite === 'late';
    this.#addDialog();
  }

  /** Brings the call into the network. */
  place(): void {
    const { invite, trunk, media } = this.#options;
    // One candidate would be enough for a peer that finds out the rest.
    this.described = media.answer(withCandidates(invite.body, this.#options.settings.candidates));
    this.described.catch(() => this.#mediaFailed());
    this.#leg = trunk.place(
      {
        carrier: 'sip',
        carrierCallId: this.#callId,
        to: userOf(invite.uri),
        from: callerOf(invite),
        params: paramsOf(invite),
        media,
      },
      {
        ringing: () => this.#ringing(),
        earlyMedia: () => {
          this.#send(async () => this.#provisional(183, { sdp: await this.#sdp() }));
        },
        answered: () => this.#callAnswered(),
        ended: (end) => this.#ended(end),
      },
    );
  }

  /** Says that the INVITE is here. */
  confirm(): void {
    this.#provisional(100, {});
  }

  owns(request: SipRequest): boolean {
    return this.#dialogs.some(({ dialog }) => dialog.owns(request));
  }

  /** Whether this CANCEL is for the INVITE. */
  isCancelledBy(cancel: SipRequest): boolean {
    return branchOf(cancel) === branchOf(this.#options.invite);
  }

  /** The browser takes the INVITE back. Without effect once it is answered (RFC 3261 9.2). */
  cancel(reply: Reply): void {
    reply(200, { tag: this.#tag });
    if (this.#answered || this.#over) return;
    this.#leg?.hangup();
    // The cancel lost: the phone's answer is on its way to the browser.
    if (this.#leg?.over === false) return;
    if (this.#answered) {
      this.#bye({ sipCode: 200, q850Cause: 16, name: 'NORMAL_CLEARING' });
    } else {
      this.#send(() => this.#respondFinally(487, {}));
    }
    this.#finish(!this.#answered);
  }

  handle(request: SipRequest, reply: Reply): void {
    if (request.method === 'ACK') this.#acknowledge();
    else if (!this.#dialog.take(request)) reply(500);
    else answerInDialog(request, reply, this);
  }

  digit(digit: string): void {
    this.#leg?.digit(digit);
  }

  hold(held: boolean): void {
    this.#leg?.hold(held);
  }

  bye(reply: Reply): void {
    if (this.#options.faults.bye === 'swallow') return;
    this.#leg?.hangup();
    // A phone that answers a cancel does so once.
    if (this.#leg?.over === false) this.#leg.hangup();
    this.#send(() => {
      reply(200);
      if (this.#final === undefined) this.#respondFinally(487, {});
    });
    this.#finish(true);
  }

  refer(to: string): void {
    this.#options.onRefer(to);
  }

  notify(subscription: string, fragment: string, last: boolean): void {
    this.#request(notifyRefer(this.#dialog, subscription, fragment, last), () => {});
  }

  dropMedia(): void {
    void this.media.close();
  }

  abandon(): void {
    this.#leg?.hangup();
    if (this.#leg?.over === false) this.#leg.hangup();
    this.#finish(true);
  }

  get #callId(): string {
    return this.#options.invite.headers.get('call-id');
  }

  get #newest(): { readonly tag: string; readonly dialog: Dialog } {
    return this.#dialogs.at(-1) ?? this.#addDialog();
  }

  get #tag(): string {
    return this.#newest.tag;
  }

  get #dialog(): Dialog {
    return this.#newest.dialog;
  }

  #addDialog(): { readonly tag: string; readonly dialog: Dialog } {
    const tag = newTag();
    const { invite, contact } = this.#options;
    const entry = { tag, dialog: Dialog.ofRequest(invite, tag, contact) };
    this.#dialogs.push(entry);
    return entry;
  }

  #ringing(): void {
    if (this.#options.faults.ringing === 'swallow') return;
    this.#send(() => this.#provisional(180, {}));
    if (!this.sipFaults.fork) return;
    this.#send(() => {
      this.#addDialog();
      this.#provisional(180, {});
    });
  }

  #callAnswered(): void {
    if (this.#options.faults.answer === 'swallow') return;
    this.#answered = true;
    this.#send(async () => {
      const sdp = await this.#sdp();
      this.#dialogs.splice(0, this.#dialogs.length - 1);
      this.#respondFinally(200, { sdp });
      this.#ackTimer = setTimeout(
        () => this.#notAcknowledged(),
        this.#options.settings.ackTimeoutMs,
      );
    });
  }

  #ended(end: NetworkEnd): void {
    if (this.#over) return;
    if (this.#answered) {
      this.#bye(end);
      this.#finish(false);
      return;
    }
    // The network calls every ordinary end 200, which refuses nothing.
    const status = end.sipCode < 300 ? 480 : end.sipCode;
    this.#send(() => this.#respondFinally(status, { headers: reasonOf(end) }));
    this.#finish(true);
  }

  /** Hangs up at the browser, after its ACK (RFC 3261 15). The dialog lives until that is confirmed. */
  #bye(end: NetworkEnd): void {
    const send = (): void => {
      clearTimeout(this.#ackTimer);
      this.#request(this.#dialog.request('BYE', { headers: reasonOf(end) }), () => this.#forget());
    };
    if (this.#acknowledged) this.#send(send);
    else this.#onAck = send;
  }

  #acknowledge(): void {
    this.#acknowledged = true;
    clearTimeout(this.#ackTimer);
    this.#onAck?.();
    this.#onAck = undefined;
  }

  #notAcknowledged(): void {
    this.#leg?.hangup();
    const noAck = { sipCode: 200, q850Cause: 102, name: 'RECOVERY_ON_TIMER_EXPIRE' };
    if (this.#onAck === undefined) this.#bye(noAck);
    this.#acknowledge();
    this.#finish(false);
  }

  #mediaFailed(): void {
    if (this.#over) return;
    this.#leg?.hangup();
    this.#ended({ sipCode: 488, q850Cause: 88, name: 'INCOMPATIBLE_DESTINATION' });
  }

  async #sdp(): Promise<string> {
    return withCandidates(await this.described, this.#options.settings.candidates);
  }

  #provisional(status: number, extras: ResponseExtras): void {
    const tag = status === 100 ? undefined : this.#tag;
    const send = (): void => this.#respond(status, { ...extras, tag });
    if (this.#late && this.#final === undefined) this.#held.push(send);
    else send();
  }

  #respondFinally(status: number, extras: ResponseExtras): void {
    if (this.#final !== undefined) return;
    this.#final = status;
    this.#respond(status, { ...extras, tag: this.#tag });
    for (const send of this.#held.splice(0)) send();
  }

  /** Over the socket that the INVITE came by, or not at all. */
  #respond(status: number, extras: ResponseExtras): void {
    const { invite, socket, contact } = this.#options;
    const own: Header[] = [];
    if (status > 100 && status < 300) own.push(['Contact', contact]);
    if (status > 100 && status < 300 && this.sipFaults.trickle) {
      own.push(['Supported', 'trickle-ice'], ['Recv-Info', 'trickle-ice']);
    }
    socket.send(
      responseTo(invite, status, { ...extras, headers: [...own, ...(extras.headers ?? [])] }),
    );
  }

  #request(request: SipRequest, done: () => void): void {
    const { transactions, account } = this.#options;
    transactions.send(account.socket, request, (response) => {
      if (response === undefined || response.status >= 200) done();
    });
  }

  #send(work: () => void | Promise<void>): void {
    this.#outgoing = this.#outgoing.then(work).catch(() => {
      // The SDP could not be made; the call is ended elsewhere.
    });
  }

  /** The phone is free. @param forget - whether the dialog is over, too */
  #finish(forget: boolean): void {
    if (forget) this.#send(() => this.#forget());
    if (this.#over) return;
    this.#over = true;
    this.#send(() => this.media.close());
  }

  #forget(): void {
    clearTimeout(this.#ackTimer);
    this.#options.account.calls.delete(this.#callId);
  }
}

/** Why, in the words of the phone network (RFC 3326). Q.850 has no causes above 127. */
function reasonOf({ q850Cause, name }: NetworkEnd): readonly Header[] {
  return q850Cause > 127 ? [] : [['Reason', `Q.850;cause=${q850Cause};text="${name}"`]];
}
