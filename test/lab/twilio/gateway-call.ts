import { randomBytes } from 'node:crypto';
import { withCandidates } from '../media/candidates.js';
import type {
  GatewayFaults,
  MediaPeer,
  NetworkEnd,
  NetworkLeg,
  Trunk,
  TrunkListener,
} from '../types.js';
import { hangupError, type WireError } from './error-codes.js';
import type { InviteRequest } from './frame.js';
import type { TwilioSettings } from './settings.js';
import type { SignalSocket } from './signal-socket.js';

/** The lower tone of the North American ringback, in hertz. */
const RINGBACK_HZ = 440;

/** What a call needs of its gateway. */
export interface GatewayCallOptions {
  readonly faults: GatewayFaults;
  readonly settings: TwilioSettings;
  readonly trunk: Trunk;
  readonly media: MediaPeer;
  /** The browser's own id, `TJS…`. */
  readonly browserCallId: string;
  readonly request: InviteRequest;
  readonly offer: string;
  /** The call is over for the network and for the media. Once. `told` is whether the browser knows. */
  readonly onOver: (told: boolean) => void;
}

/** One outgoing call of a browser: the wire protocol on one side, the phone network on the other. */
export class GatewayCall implements TrunkListener {
  /** `CA…`, Twilio's id of the call. */
  readonly callSid = `CA${randomBytes(16).toString('hex')}`;
  /** Opaque text with which the browser comes back to this call. */
  readonly reconnectToken = randomBytes(24).toString('base64url');
  readonly #options: GatewayCallOptions;
  readonly #answerSdp: Promise<string>;
  readonly #leg: NetworkLeg;
  /** Frames that must wait for the SDP keep their order in here. */
  #steps: Promise<void> = Promise.resolve();
  #socket: SignalSocket | undefined;
  #orphaned: NodeJS.Timeout | undefined;
  #heldRinging: (() => void) | undefined;
  #answered = false;
  #introduced = false;
  #mediaDropped = false;
  /** The call has ended; frames in front of its `hangup` still go out. */
  #over = false;
  /** Nothing is sent any more, except an end that nobody was told of. */
  #closed = false;
  /** The end that no browser has been told yet. */
  #untoldEnd: { readonly error: WireError | undefined } | undefined;

  constructor(options: GatewayCallOptions, socket: SignalSocket) {
    this.#options = options;
    this.#socket = socket;
    const { trunk, media, request } = options;
    this.#answerSdp = media.answer(options.offer);
    this.#answerSdp.catch((error: unknown) => this.#onBadOffer(error));
    this.#leg = trunk.place(
      {
        carrier: 'twilio',
        carrierCallId: this.callSid,
        to: request.to,
        from: request.from,
        params: request.params,
        media,
      },
      this,
    );
    if (options.settings.answersAtOnce) this.#answer();
  }

  /** The browser's own id, `TJS…`. */
  get browserCallId(): string {
    return this.#options.browserCallId;
  }

  /** The socket of the browser that holds this call now. */
  get socket(): SignalSocket | undefined {
    return this.#socket;
  }

  ringing(): void {
    const { faults, settings, media } = this.#options;
    if (settings.answersAtOnce) {
      // Twilio plays the ringback itself; the phone's own sound takes its place at the answer.
      media.play({ tone: RINGBACK_HZ });
      return;
    }
    if (faults.ringing === 'swallow') return;
    const send = () => this.#send('ringing', { callsid: this.callSid });
    if (faults.invite === 'late') this.#heldRinging = send;
    else this.#step(send);
  }

  earlyMedia(): void {
    const { faults, settings } = this.#options;
    if (settings.answersAtOnce || faults.ringing === 'swallow') return;
    const send = () => this.#sendWithSdp('ringing', {});
    if (faults.invite === 'late') this.#heldRinging = send;
    else this.#step(send);
  }

  answered(): void {
    if (!this.#options.settings.answersAtOnce) this.#answer();
  }

  ended(end: NetworkEnd): void {
    const quiet = this.#answered && this.#options.settings.answersAtOnce;
    this.#finish(quiet ? undefined : this.#errorOf(end));
  }

  /** The browser hung up. */
  hangupByBrowser(): void {
    if (this.#over || this.#options.faults.bye === 'swallow') return;
    this.#leg.hangup();
    // Answered in the moment of the cancel: the answer crosses the hang-up, and the call stays until it is hung up again.
    if (this.#leg.over !== false) this.#close();
  }

  /** The gateway ends the call on both sides. */
  kick(error: WireError | undefined): void {
    if (this.#over) return;
    this.#leg.hangup();
    // A glare phone answers the first time.
    if (this.#leg.over === false) this.#leg.hangup();
    this.#finish(error);
  }

  /** The media server dies without a word: no sound, and no answer to a re-offer. */
  dropMedia(): void {
    this.#mediaDropped = true;
    void this.#options.media.close();
  }

  /** Digits that came by signalling. */
  digits(digits: string): void {
    for (const digit of digits) this.#leg.digit(digit);
  }

  /** A re-offer of the browser, which is an ICE restart. */
  reinvite(offer: string): void {
    if (this.#mediaDropped) return;
    this.#step(async () => {
      const answer = await this.#options.media.answer(offer);
      const sdp = withCandidates(answer, this.#options.settings.candidates);
      this.#send('answer', { callsid: this.callSid, sdp, ...this.#reconnect() });
    });
  }

  /** The browser's socket is gone; the call stays where it is. */
  lost(socket: SignalSocket): void {
    if (this.#socket !== socket) return;
    this.#socket = undefined;
    const { orphanTimeoutMs } = this.#options.settings;
    if (orphanTimeoutMs === undefined || this.#over) return;
    this.#orphaned = setTimeout(
      () => this.kick({ code: 53001, message: 'Signaling connection disconnected' }),
      orphanTimeoutMs,
    );
  }

  /** The browser came back with the reconnect token. */
  reattach(socket: SignalSocket): void {
    this.#socket = socket;
    clearTimeout(this.#orphaned);
    if (this.#untoldEnd !== undefined) this.#sendHangup(this.#untoldEnd.error);
    else this.#send('answer', { callsid: this.callSid, ...this.#reconnect() });
  }

  #errorOf(end: NetworkEnd): WireError | undefined {
    const { endCode } = this.#options.settings;
    return endCode === undefined ? hangupError(end) : { code: endCode, message: end.name };
  }

  #answer(): void {
    this.#answered = true;
    const { faults } = this.#options;
    if (faults.answer === 'swallow') return;
    this.#step(() => this.#sendWithSdp('answer', this.#reconnect()));
    const late = this.#heldRinging;
    if (late !== undefined) this.#step(late);
  }

  #reconnect(): { readonly reconnect?: string } {
    return this.#options.settings.reconnectTokens ? { reconnect: this.reconnectToken } : {};
  }

  async #sendWithSdp(
    type: 'ringing' | 'answer',
    more: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    const sdp = withCandidates(await this.#answerSdp, this.#options.settings.candidates);
    this.#send(type, { callsid: this.callSid, sdp, ...more });
  }

  #onBadOffer(error: unknown): void {
    this.kick({ code: 31000, message: error instanceof Error ? error.message : 'Bad SDP' });
  }

  #finish(error: WireError | undefined): void {
    if (this.#over) return;
    this.#over = true;
    this.#steps = this.#steps.then(() => {
      if (this.#socket === undefined) this.#untoldEnd = { error };
      else this.#sendHangup(error);
      this.#close();
    });
  }

  #close(): void {
    this.#over = true;
    this.#closed = true;
    clearTimeout(this.#orphaned);
    void this.#options.media.close();
    this.#options.onOver(this.#untoldEnd === undefined);
  }

  #sendHangup(error: WireError | undefined): void {
    // The browser learns Twilio's id with the first `ringing` or `answer` and ignores a hang-up for an id it has never seen.
    const payload = { callsid: this.#introduced ? this.callSid : this.browserCallId };
    this.#send('hangup', error === undefined ? payload : { ...payload, error });
  }

  #step(run: () => void | Promise<void>): void {
    this.#steps = this.#steps
      .then(async () => {
        if (!this.#closed) await run();
      })
      .catch((error: unknown) => this.#onBadOffer(error));
  }

  #send(type: string, payload: Readonly<Record<string, unknown>>): void {
    if (type !== 'hangup') this.#introduced = true;
    this.#socket?.send(type, payload);
  }
}
