import { randomUUID } from 'node:crypto';
import { withCandidates } from '../media/candidates.js';
import type { GatewayFaults, MediaPeer, NetworkEnd, NetworkLeg, Trunk } from '../types.js';
import type { TelnyxSettings } from './telnyx-settings.js';
import type { TelnyxSocket } from './telnyx-socket.js';
import { headersToParams, WIRE_ERRORS, type WireMessage, type WireParams } from './wire.js';

/** What a call needs of its gateway. */
export interface TelnyxCallOptions {
  readonly id: string;
  readonly trunk: Trunk;
  readonly media: MediaPeer;
  readonly faults: GatewayFaults;
  readonly settings: Readonly<TelnyxSettings>;
  /** The browser's socket of this moment; `undefined` while there is none. */
  readonly socket: () => TelnyxSocket | undefined;
  /** The call is over and its media are closed. */
  readonly onOver: () => void;
}

/** One call between a browser and the phone network. */
export class TelnyxCall {
  readonly #options: TelnyxCallOptions;
  readonly #ids = {
    telnyx_session_id: randomUUID(),
    telnyx_leg_id: randomUUID(),
    telnyx_call_control_id: `v3:${randomUUID()}`,
  };
  #leg: NetworkLeg | undefined;
  #answerSdp: Promise<string> = Promise.resolve('');
  #sdpSent = false;
  #answered = false;
  #over = false;
  #held = false;
  #lateReply: (() => void) | undefined;
  /** Everything that is sent about this call, one after the other: the SDP may not be ready yet. */
  #outgoing: Promise<void> = Promise.resolve();

  constructor(options: TelnyxCallOptions) {
    this.#options = options;
  }

  /** Brings the call into the network. */
  place(params: WireParams): void {
    const { id, media, trunk } = this.#options;
    const dialog = params.dialogParams;
    this.#answerSdp = media.answer(params.sdp ?? '');
    this.#answerSdp.catch(() => this.#mediaFailed());
    this.#leg = trunk.place(
      {
        carrier: 'telnyx',
        carrierCallId: id,
        to: dialog?.destination_number ?? '',
        from: dialog?.caller_id_number || undefined,
        params: headersToParams(dialog?.custom_headers),
        media,
      },
      {
        ringing: () => this.#ringing(),
        earlyMedia: () => this.#earlyMedia(),
        answered: () => this.#callAnswered(),
        ended: (end) => this.#ended(end),
      },
    );
  }

  /** Confirms the INVITE; `late` waits until the call is answered or over. */
  confirm(reply: () => void, late: boolean): void {
    if (late && !this.#answered && !this.#over) this.#lateReply = reply;
    else reply();
  }

  /** The browser came back on a new socket. */
  reattach(): void {
    // Before the answer nothing is lost: ringing and answer will come over the new socket.
    if (!this.#answered) return;
    this.#send(async () => {
      const sdp = await this.#options.media.offer();
      this.#request('telnyx_rtc.attach', { sdp, ...this.#ids });
    });
  }

  /** Takes a request about this call. */
  handle(socket: TelnyxSocket, message: WireMessage): void {
    const params = message.params ?? {};
    switch (message.method) {
      case 'telnyx_rtc.candidate':
      case 'telnyx_rtc.endOfCandidates':
        void this.#candidate(params);
        socket.reply(message, {});
        return;
      case 'telnyx_rtc.info':
        for (const digit of params.dtmf ?? '') this.#leg?.digit(digit);
        socket.reply(message, { message: 'SENT' });
        return;
      case 'telnyx_rtc.modify':
        this.#modify(socket, message, params);
        return;
      case 'telnyx_rtc.bye':
        this.#bye(socket, message);
        return;
      case 'telnyx_rtc.attach':
      case 'telnyx_rtc.answer':
        this.#send(async () => {
          await this.#options.media.accept(params.sdp ?? '');
          socket.reply(message, { message: 'CALL ATTACHED', callID: this.#options.id });
        });
        return;
      default:
        socket.reply(message, {});
    }
  }

  /** Closes the media; signalling goes on. */
  dropMedia(): Promise<void> {
    return this.#options.media.close();
  }

  /** Hangs up from the browser's side without a word to the browser. */
  abandon(): void {
    this.#leg?.hangup();
    // A glare phone answers the first time.
    if (this.#leg?.over === false) this.#leg.hangup();
    this.#finish();
  }

  #ringing(): void {
    if (this.#options.faults.ringing === 'swallow') return;
    this.#send(() => this.#request('telnyx_rtc.ringing', this.#ids));
  }

  #earlyMedia(): void {
    this.#send(async () => {
      this.#request('telnyx_rtc.media', { sdp: await this.#takeSdp() });
    });
  }

  #callAnswered(): void {
    this.#answered = true;
    const swallowed = this.#options.faults.answer === 'swallow';
    this.#send(async () => {
      if (swallowed) return;
      const sdp = this.#sdpSent ? undefined : await this.#takeSdp();
      this.#request('telnyx_rtc.answer', { ...(sdp === undefined ? {} : { sdp }), ...this.#ids });
    });
    this.#send(() => this.#flushLateReply());
  }

  #ended(end: NetworkEnd): void {
    this.#send(() => {
      this.#request('telnyx_rtc.bye', {
        cause: end.name,
        causeCode: end.q850Cause,
        sipCode: end.sipCode,
        sipReason: end.name,
        ...this.#options.settings.end,
        sip_call_id: this.#ids.telnyx_leg_id,
      });
      this.#flushLateReply();
    });
    this.#finish();
  }

  #bye(socket: TelnyxSocket, message: WireMessage): void {
    if (this.#options.faults.bye === 'swallow') return;
    this.#leg?.hangup();
    const over = this.#leg?.over !== false;
    this.#send(() => {
      this.#flushLateReply();
      if (over) socket.reply(message, { message: 'CALL ENDED', callID: this.#options.id });
      else socket.refuse(message, WIRE_ERRORS.answered);
    });
    if (over) this.#finish();
  }

  #modify(socket: TelnyxSocket, message: WireMessage, params: WireParams): void {
    if (params.action === 'updateMedia') {
      this.#send(async () => {
        socket.reply(message, { sdp: await this.#options.media.answer(params.sdp ?? '') });
      });
      return;
    }
    this.#held = params.action === 'toggleHold' ? !this.#held : params.action === 'hold';
    this.#leg?.hold(this.#held);
    socket.reply(message, {
      callID: this.#options.id,
      action: params.action,
      holdState: this.#held ? 'held' : 'active',
    });
  }

  async #candidate(params: WireParams): Promise<void> {
    const { candidate } = params;
    // One candidate would be enough for a peer that finds out the rest.
    if (this.#options.settings.candidates !== 'real') return;
    await this.#options.media
      .addCandidate(
        candidate === undefined
          ? undefined
          : {
              candidate,
              sdpMid: params.sdpMid ?? '0',
              sdpMLineIndex: params.sdpMLineIndex ?? 0,
            },
      )
      .catch(() => {
        // A candidate that came too late is of no use to anybody.
      });
  }

  #mediaFailed(): void {
    if (this.#over) return;
    this.#leg?.hangup();
    this.#ended({ sipCode: 488, q850Cause: 88, name: 'INCOMPATIBLE_DESTINATION' });
  }

  async #takeSdp(): Promise<string> {
    const sdp = await this.#answerSdp;
    this.#sdpSent = true;
    return withCandidates(sdp, this.#options.settings.candidates);
  }

  #request(method: string, params: object): void {
    this.#options.socket()?.request(method, { callID: this.#options.id, ...params });
  }

  #flushLateReply(): void {
    this.#lateReply?.();
    this.#lateReply = undefined;
  }

  #send(work: () => void | Promise<void>): void {
    this.#outgoing = this.#outgoing.then(work).catch(() => {
      // The SDP could not be made; the call is ended elsewhere.
    });
  }

  #finish(): void {
    if (this.#over) return;
    this.#over = true;
    this.#send(async () => {
      await this.#options.media.close();
    });
    this.#options.onOver();
  }
}
