import { DialerError } from '../../errors/dialer-error.js';
import { audioSender, limitBitrate } from '../audio-sender.js';
import { insertDigit } from '../insert-digit.js';
import { isFurther } from '../leg-phase.js';
import type { InboundLeg, LegEvent, LegPhase, LegReport } from '../provider.js';
import { explainBye, explainResponse } from './causes.js';
import type { LegLine } from './leg-line.js';
import { LibraryCall } from './library-call.js';
import { Reinvites } from './reinvites.js';
import { candidatesOf, FRAGMENT_HEADERS, FRAGMENT_TYPE, LateCandidates } from './trickle.js';
import type { JsSipSession, JsSipTransaction, SessionEvents } from './vendor.js';
import { orderCodecs, watchConnection } from './watch-connection.js';

/** How long a hang-up waits for the far side's word, milliseconds. */
const HANGUP_MS = 2_500;

const ignore = (): void => undefined;

/** One call: it ends when somebody hangs up, or when the far side does not know it any more. */
export class SipLeg implements InboundLeg {
  /** Of the SIP dialog, once it is sent. */
  callId = '';
  readonly #line: LegLine;
  readonly #report: LegReport;
  readonly #call: LibraryCall = new LibraryCall({
    hangup: () => this.hangup(),
    proceeding: () => this.#advance('acknowledged'),
    refused: () => this.#reinvites.refuse(this.#notReady()),
    unknown: () => this.#onUnknown(),
    confirmed: () => {
      this.#endOurs(true);
      this.#call.free();
    },
  });
  #stream: MediaStream | undefined;
  #connection: RTCPeerConnection | undefined;
  #phase: LegPhase = 'unsent';
  #ringing = false;
  #earlyMedia = false;
  #interrupted = false;
  /** Whether this side ends it. */
  #leaving = false;
  /** Why, when nobody hung up. */
  #loss: DialerError | undefined;
  #incoming = false;
  #ended = false;
  #released = false;
  #stopHangupTimer = ignore;
  readonly #reinvites = new Reinvites((options, done) => {
    const canSend = this.#phase === 'answered' && this.#line.connected;
    return canSend && this.#call.session?.renegotiate(options, done) === true;
  });
  readonly #late = new LateCandidates((body) => {
    const isHeard = this.#phase === 'progress' || this.#phase === 'answered';
    const canSend = isHeard && this.#line.connected && !this.#leaving;
    if (canSend) {
      this.#call.request('INFO', { extraHeaders: FRAGMENT_HEADERS, body }).catch(ignore);
    }
    return canSend;
  });

  constructor(line: LegLine, report: LegReport, stream: MediaStream | undefined) {
    this.#line = line;
    this.#report = report;
    this.#stream = stream;
    this.over.addEventListener('abort', () => {
      this.#connection?.close();
      line.forget();
    });
  }

  /** The library's call. */
  get native(): unknown {
    return this.#call.session;
  }

  /** Aborts when nothing is left to be said to the far side. */
  get over(): AbortSignal {
    return this.#call.over;
  }

  /** Makes the library's call; `create` gets the listeners. */
  place(
    create: (handlers: Readonly<Record<string, (event: SessionEvents) => void>>) => JsSipSession,
  ): void {
    if (!this.#line.ready) {
      this.#end('network', false, this.#lost());
      return;
    }
    try {
      this.#call.adopt(create(this.#handlers()));
    } catch (cause) {
      const { route } = this.#line;
      this.#end('local', false, new DialerError('call/invalid-number', { route, cause }));
    }
  }

  /** Takes a call that came in. */
  take(session: JsSipSession): void {
    this.#incoming = true;
    this.#phase = 'progress';
    for (const [event, handle] of Object.entries(this.#handlers())) session.on(event, handle);
    this.#call.adopt(session);
  }

  /** The library made a transaction for the INVITE. */
  onTransaction(transaction: JsSipTransaction): void {
    if (this.#phase !== 'answered') this.#call.onTransaction(transaction);
  }

  /** The socket is lost. */
  onLost(error: DialerError): void {
    this.#reinvites.refuse(this.#notReady());
    if (this.#phase === 'unsent') {
      this.#call.free();
      this.#end('network', false, error);
    } else if (!this.#interrupted) {
      this.#interrupted = true;
      this.#tell({ type: 'interrupted', error });
    }
  }

  /** There is a socket again. */
  onConnected(): void {
    if (this.#leaving) this.#sayGoodbye();
    else if (this.#phase === 'answered') this.#restart();
    // Its answers went to the old socket and will not come any more: a phone that nobody hears of must not ring.
    else if (this.#phase !== 'unsent') this.#leave(this.#lost());
  }

  /** The session is lost. */
  onFailed(error: DialerError): void {
    if (this.#leaving) this.#endOurs(false);
    else this.#end('network', false, error);
  }

  async answer(stream: MediaStream | undefined): Promise<void> {
    this.#stream = stream;
    this.#call.session?.answer({
      mediaStream: stream,
      mediaConstraints: { audio: false, video: false },
    });
  }

  hangup(): void {
    if (this.#ended || this.#released) return;
    if (this.#phase === 'unsent') {
      this.#call.free();
      this.#end('local', false, undefined);
      return;
    }
    this.#leave(undefined);
  }

  release(): void {
    if (this.#released) return;
    this.#released = true;
    this.#stopHangupTimer();
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    this.#connection?.close();
    const said = this.#leaving;
    this.#leaving = true;
    if (this.#phase === 'unsent') this.#call.free();
    else if (!said) this.#sayGoodbye();
  }

  /** Frees what is left, said or not. */
  discard(): void {
    this.release();
    this.#call.free();
  }

  async setHeld(held: boolean): Promise<void> {
    const transceiver = this.#requireConnection().getTransceivers()[0];
    const before = transceiver?.direction;
    // Not "sendonly": nothing of the microphone is to leave while the far side is held.
    if (transceiver) transceiver.direction = held ? 'inactive' : 'sendrecv';
    try {
      await this.#reinvites.send({}, this.#notReady());
    } catch (error) {
      if (transceiver && before) transceiver.direction = before;
      throw error;
    }
  }

  async sendDigit(digit: string, toneMs: number): Promise<void> {
    const connection = this.#requireConnection();
    const { digits } = this.#line;
    if (digits === 'rtp' && (await insertDigit(digit, toneMs, connection, this.over))) return;
    await this.#call.request('INFO', {
      extraHeaders: ['Content-Type: application/dtmf-relay'],
      body: `Signal=${digit}\r\nDuration=${toneMs}`,
    });
  }

  async transfer(to: string): Promise<void> {
    this.#requireConnection();
    await this.#call.refer(to);
  }

  async replaceTrack(track: MediaStreamTrack | null): Promise<void> {
    const sender = audioSender(this.#connection);
    if (!sender || this.#released) throw this.#notReady();
    await sender.replaceTrack(track);
  }

  #handlers(): Readonly<Record<string, (event: SessionEvents) => void>> {
    return {
      peerconnection: ({ peerconnection }) => this.#onConnection(peerconnection),
      connecting: () => orderCodecs(this.#connection, this.#line.codecs),
      sending: ({ request }) => this.#onSending(request.call_id),
      progress: ({ response }) => this.#onProgress(response),
      accepted: ({ response }) => this.#late.learn(response),
      // After the ACK: a hang-up must not go before it.
      confirmed: () => this.#onAnswered(),
      hold: ({ originator }) => this.#onHold(originator, true),
      unhold: ({ originator }) => this.#onHold(originator, false),
      newInfo: ({ originator, info }) => this.#onInfo(originator, info),
      failed: (event) => this.#onFailure(event),
      ended: (event) => this.#onBye(event),
    };
  }

  /** The far side answers our request with "no such call". */
  #onUnknown(): void {
    const { route } = this.#line;
    this.#reinvites.refuse(this.#notReady());
    this.#end('network', true, new DialerError('network/reconnect-failed', { route }));
    this.#call.free();
  }

  #onConnection(connection: RTCPeerConnection): void {
    this.#connection = connection;
    watchConnection(connection, this.#line, {
      isAnswered: () => this.#phase === 'answered',
      late: (candidate) => this.#late.add(candidate, connection),
      heard: (stream) => this.#tell({ type: 'remote-stream', stream }),
      broken: () => this.#restart(),
    });
    this.#tell({ type: 'peer-connection', connection });
  }

  #onSending(callId: string): void {
    this.callId = callId;
    if (!this.#line.connected) {
      this.onLost(this.#lost());
      return;
    }
    this.#advance('sent');
    this.#tell({ type: 'identified', providerCallId: callId });
  }

  #onProgress(response: SessionEvents['response']): void {
    if (!response || this.#phase === 'answered' || this.#leaving) return;
    this.#late.learn(response);
    this.#phase = 'progress';
    this.#ringing ||= response.status_code === 180;
    this.#earlyMedia ||= Boolean(response.body);
    this.#tell({ type: 'progress', ringing: this.#ringing, earlyMedia: this.#earlyMedia });
    this.#late.send();
  }

  #onAnswered(): void {
    if (this.#phase === 'answered') return;
    this.#phase = 'answered';
    if (this.#released) {
      this.#sayGoodbye();
      return;
    }
    // It came before the cancel: somebody is there. Whoever wants to hang up does so again.
    this.#leaving = false;
    this.#stopHangupTimer();
    limitBitrate(this.#connection, this.#line.maxBitrateKbps);
    this.#tell({ type: 'answered', evidence: 'signalling' });
    this.#restored();
    this.#late.send();
  }

  #onHold(originator: string, held: boolean): void {
    if (originator === 'remote') this.#tell({ type: 'remote-hold', held });
  }

  #onInfo(originator: string, { contentType, body }: SessionEvents['info']): void {
    if (originator !== 'remote' || contentType !== FRAGMENT_TYPE) return;
    for (const candidate of candidatesOf(body ?? '')) {
      this.#connection?.addIceCandidate(candidate).catch(ignore);
    }
  }

  /** Over without an answer. */
  #onFailure({ originator, message }: SessionEvents): void {
    if (this.#call.freed) return;
    this.#call.ended();
    const { route } = this.#line;
    const status = message?.status_code ?? 0;
    if (status >= 200 && status < 300) {
      // Answered with something that can not be spoken over; the library has hung up.
      this.#onAnswered();
      this.#end('local', false, new DialerError('media/negotiation-failed', { route }));
    } else if (this.#leaving) {
      this.#endOurs(originator === 'remote');
    } else if (message && status) {
      this.#end('remote', true, explainResponse(message, { route, ringing: this.#ringing }));
    } else if (originator === 'remote') {
      this.#end('remote', true, new DialerError('call/cancelled', { route }));
    } else {
      this.#end('network', false, new DialerError('media/negotiation-failed', { route }));
    }
  }

  /** A BYE came. */
  #onBye({ message }: SessionEvents): void {
    if (this.#call.freed) return;
    this.#call.ended();
    const { route } = this.#line;
    const error = message && explainBye(message, { route, ringing: this.#ringing });
    if (this.#leaving) this.#endOurs(true);
    else this.#end('remote', true, error ?? undefined);
  }

  /** CANCEL, BYE, or a rejection, if it can be written now; else when there is a socket again. */
  #sayGoodbye(): void {
    if (this.over.aborted || !this.#line.connected) return;
    if (this.#phase === 'answered') this.#call.bye();
    else if (!this.#incoming) this.#call.cancel();
    else {
      this.#endOurs(true);
      this.#call.free(603);
    }
  }

  #leave(loss: DialerError | undefined): void {
    this.#leaving = true;
    this.#loss = loss;
    this.#stopHangupTimer();
    this.#stopHangupTimer = this.#line.clock.setTimer(() => this.#endOurs(false), HANGUP_MS);
    this.#sayGoodbye();
  }

  /** Tells the far side the new address, and looks for a new way for the sound. */
  #restart(): void {
    if (this.#leaving) return;
    this.#reinvites.send({ rtcOfferConstraints: { iceRestart: true } }, this.#notReady()).then(
      () => this.#restored(),
      // Refused by a server that is there: the call goes on as it was.
      () => this.#line.connected && !this.#leaving && this.#restored(),
    );
  }

  #restored(): void {
    if (!this.#interrupted) return;
    this.#interrupted = false;
    this.#tell({ type: 'restored' });
  }

  #advance(phase: 'sent' | 'acknowledged'): void {
    if (!isFurther(phase, this.#phase)) return;
    this.#phase = phase;
    this.#tell({ type: phase });
  }

  #requireConnection(): RTCPeerConnection {
    if (!this.#line.connected) throw this.#lost();
    if (this.#connection && this.#phase === 'answered' && !this.#ended) return this.#connection;
    throw this.#notReady();
  }

  #lost(): DialerError {
    return new DialerError('network/signalling-lost', { route: this.#line.route });
  }

  #notReady(): DialerError {
    return new DialerError('call/not-ready', { route: this.#line.route });
  }

  /** We wanted it. */
  #endOurs(final: boolean): void {
    if (this.#loss) this.#end('network', final, this.#loss);
    else this.#end('local', final, undefined);
  }

  #end(by: 'local' | 'remote' | 'network', final: boolean, error: DialerError | undefined): void {
    if (this.#ended) return;
    this.#stopHangupTimer();
    this.#ended = true;
    if (!this.#released) this.#report({ type: 'ended', by, final, error });
  }

  #tell(event: LegEvent): void {
    if (!this.#ended && !this.#released) this.#report(event);
  }
}
