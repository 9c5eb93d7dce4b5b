import type { DialerError } from '../../errors/dialer-error.js';
import { audioSender, limitBitrate } from '../audio-sender.js';
import { insertDigit } from '../insert-digit.js';
import { isFurther } from '../leg-phase.js';
import type { InboundLeg, LegEvent, LegPhase, LegReport } from '../provider.js';
import { explainBye, explainResponse } from './causes.js';
import type { LegLine } from './leg-line.js';
import { type CallOwner, LibraryCall } from './library-call.js';
import { offerDirection } from './offer-direction.js';
import { Reinvites } from './reinvites.js';
import { candidatesOf, FRAGMENT_HEADERS, FRAGMENT_TYPE, LateCandidates } from './trickle.js';
import type { JsSipSession, JsSipTransaction, SessionEvents } from './vendor.js';
import { type ConnectionOwner, orderCodecs, watchConnection } from './watch-connection.js';

/** How long a hang-up waits for the far side's word, milliseconds. */
const HANGUP_MS = 2_500;

const ignore = (): void => undefined;

/** One call: it ends when somebody hangs up, or when the far side does not know it any more. */
export class SipLeg implements InboundLeg, CallOwner, ConnectionOwner {
  /** Of the SIP dialog, once it is sent. */
  callId = '';
  readonly #line: LegLine;
  readonly #report: LegReport;
  readonly #call = new LibraryCall(this);
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
    const canSend = this.answered && this.#line.connected;
    return canSend && this.#call.session?.renegotiate(options, done) === true;
  });
  readonly #late = new LateCandidates((body) => {
    const canSend =
      isFurther(this.#phase, 'acknowledged') && this.#line.connected && !this.#leaving;
    if (canSend) {
      this.#call.request('INFO', { extraHeaders: FRAGMENT_HEADERS, body }).catch(ignore);
    }
    return canSend;
  });

  constructor(line: LegLine, report: LegReport, stream: MediaStream | undefined) {
    this.#line = line;
    this.#report = report;
    this.#stream = stream;
    this.over.addEventListener('abort', () => this.#connection?.close());
  }

  /** The library's call. */
  get native(): unknown {
    return this.#call.session;
  }

  /** Aborts when nothing is left to be said to the far side. */
  get over(): AbortSignal {
    return this.#call.over;
  }

  get answered(): boolean {
    return this.#phase === 'answered';
  }

  /** Makes the library's call; `create` gets the listeners. */
  place(
    create: (handlers: Readonly<Record<string, (event: SessionEvents) => void>>) => JsSipSession,
  ): void {
    if (!this.#line.ready) {
      this.#end('network', false, this.#line.error('network/signalling-lost'));
      return;
    }
    try {
      this.#call.adopt(create(this.#handlers()));
    } catch (cause) {
      const isTarget = String(cause).includes('Invalid target');
      const code = isTarget ? 'call/invalid-number' : 'provider/unexplained';
      this.#end('local', false, this.#line.error(code, cause));
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
    if (!this.answered) this.#call.onTransaction(transaction);
  }

  /** The socket is lost. */
  onLost(error: DialerError): void {
    this.refused();
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
    else if (this.answered) this.broken();
    // Its answers went to the old socket and will not come any more: a phone that nobody hears of must not ring.
    else if (this.#phase !== 'unsent') this.#leave(this.#line.error('network/signalling-lost'));
  }

  /** The session is lost. */
  onFailed(error: DialerError): void {
    if (this.#leaving) this.#endOurs(false);
    else this.#end('network', false, error);
  }

  async answer(stream: MediaStream | undefined): Promise<void> {
    this.#stream = stream;
    // From now on only a BYE ends it, after the ACK.
    this.#incoming = false;
    this.#call.session?.answer({
      mediaStream: stream,
      // The library takes out of a given stream what is not asked for here, and opens what is.
      mediaConstraints: { audio: Boolean(stream), video: false },
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
    // Not "sendonly": nothing of the microphone is to leave while the far side is held.
    const direction = held ? 'inactive' : 'sendrecv';
    await offerDirection(this.#requireConnection(), direction, () => this.#reinvite({}));
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
    if (!sender || this.#released) throw this.#line.error('call/not-ready');
    await sender.replaceTrack(track);
  }

  proceeding(): void {
    this.#advance('acknowledged');
  }

  refused(): void {
    this.#reinvites.refuse(this.#line.error('call/not-ready'));
  }

  unknown(): void {
    this.refused();
    // No proof: after a lost socket it may be another server that does not know it.
    if (this.#leaving) this.#endOurs(false);
    else this.#end('network', false, this.#line.error('network/reconnect-failed'));
    this.#call.free();
  }

  confirmed(): void {
    this.#endOurs(true);
    this.#call.free();
  }

  late(candidate: RTCIceCandidate | null): void {
    this.#late.add(candidate, this.#connection);
  }

  heard(stream: MediaStream): void {
    this.#tell({ type: 'remote-stream', stream });
  }

  /** Tells the far side the new address, and looks for a new way for the sound. */
  broken(): void {
    if (this.#leaving) return;
    this.#reinvite({ rtcOfferConstraints: { iceRestart: true } }).then(
      () => this.#restored(),
      // Refused by a server that is there: the call goes on as it was.
      () => this.#line.connected && !this.#leaving && this.#restored(),
    );
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

  #onConnection(connection: RTCPeerConnection): void {
    this.#connection = connection;
    watchConnection(connection, this.#line, this);
    this.#tell({ type: 'peer-connection', connection });
  }

  #onSending(callId: string): void {
    this.callId = callId;
    if (!this.#line.connected) {
      this.onLost(this.#line.error('network/signalling-lost'));
      return;
    }
    this.#advance('sent');
    this.#tell({ type: 'identified', providerCallId: callId });
  }

  #onProgress(response: SessionEvents['response']): void {
    if (!response || this.answered || this.#leaving) return;
    this.#late.learn(response);
    this.#phase = 'progress';
    this.#ringing ||= response.status_code === 180;
    this.#earlyMedia ||= Boolean(response.body);
    this.#tell({ type: 'progress', ringing: this.#ringing, earlyMedia: this.#earlyMedia });
    this.#late.send();
  }

  #onAnswered(): void {
    if (this.answered) return;
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
    const line = this.#line;
    const status = message?.status_code ?? 0;
    if (status >= 200 && status < 300) {
      // Answered with something that can not be spoken over; the library has hung up.
      this.#onAnswered();
      this.#end('local', false, line.error('media/negotiation-failed'));
    } else if (this.#leaving) {
      this.#endOurs(originator === 'remote');
    } else if (message && status) {
      this.#end(
        'remote',
        true,
        explainResponse(message, { route: line.route, ringing: this.#ringing }),
      );
    } else if (originator === 'remote') {
      this.#end('remote', true, line.error('call/cancelled'));
    } else {
      this.#end('network', false, line.error('media/negotiation-failed'));
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
    if (this.answered) this.#call.bye();
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

  #reinvite(options: Readonly<Record<string, unknown>>): Promise<void> {
    return this.#reinvites.send(options, this.#line.error('call/not-ready'));
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
    if (!this.#line.connected) throw this.#line.error('network/signalling-lost');
    if (this.#connection && this.answered && !this.#ended) return this.#connection;
    throw this.#line.error('call/not-ready');
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
