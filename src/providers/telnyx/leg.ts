import type { Clock } from '../../core/environment.js';
import type { RouteId } from '../../core/ids.js';
import { DialerError } from '../../errors/dialer-error.js';
import { audioSender, limitBitrate } from '../audio-sender.js';
import { isFurther } from '../leg-phase.js';
import type { Leg, LegEvent, LegPhase, LegReport, LegRequest } from '../provider.js';
import { errorOfTelnyx, explainBye } from './causes.js';
import type { TelnyxCall, TelnyxFrameParams } from './vendor.js';

/** What a leg needs of its session. */
export interface LegLine {
  readonly route: RouteId;
  readonly clock: Clock;
  /** Upper bound for Opus, kilobits per second. */
  readonly maxBitrateKbps: number;
  /** Whether the socket is open, so that what is written leaves the browser. */
  readonly connected: boolean;
  /** Whether requests about calls are taken now. */
  readonly ready: boolean;
  /** Asks the gateway to end the call; see `Hangups.send`. */
  sendHangup(call: TelnyxCall): Promise<boolean>;
  /** Sends a digit; does not wait for the answer. */
  sendDigit(call: TelnyxCall, digit: string): void;
  /** Ends a call that came back although it was over. */
  kill(call: TelnyxCall): void;
  /** The leg is released. */
  forget(): void;
}

/** How long a hang-up waits for the gateway's word, milliseconds. */
const HANGUP_MS = 2_500;

/** Errors that say nothing about why the call ends. */
const SIDE_ERRORS: ReadonlySet<number | undefined> = new Set([44001, 44003, 47001]);

/**
 * One call. What happened is read from the gateway's own messages; the states of the vendor's object go back, leave
 * ringing out and call every failure busy.
 */
export class TelnyxLeg implements Leg {
  readonly #line: LegLine;
  readonly #request: LegRequest;
  readonly #report: LegReport;
  #call: TelnyxCall | undefined;
  #connection: RTCPeerConnection | undefined;
  #track: MediaStreamTrack | null;
  #phase: LegPhase = 'unsent';
  #ringing = false;
  #earlyMedia = false;
  #identified = false;
  #interrupted = false;
  #repaired = false;
  #sending = false;
  #ended = false;
  #proven = false;
  #released = false;
  #reason: DialerError | undefined;
  #hangup: 'none' | 'asked' | 'asked-again' = 'none';
  #leaving = false;
  #stopHangupTimer: () => void = () => undefined;

  constructor(line: LegLine, request: LegRequest, report: LegReport) {
    this.#line = line;
    this.#request = request;
    this.#report = report;
    this.#track = request.stream?.getAudioTracks()[0] ?? null;
  }

  /** The vendor's newest object of this call. */
  get native(): unknown {
    return this.#call;
  }

  /** Makes the vendor's call. */
  place(create: () => TelnyxCall): void {
    if (!this.#line.ready) {
      this.#end('network', false, this.#lost());
      return;
    }
    try {
      const call = create();
      this.onCall(call);
      this.#watchConnection();
    } catch (cause) {
      const code = (cause as { code?: number } | undefined)?.code;
      this.#drop();
      this.#end('network', false, errorOfTelnyx(code, this.#line.route));
    }
  }

  /** The vendor's object changed its state, or is another one after a repair. */
  onCall(call: TelnyxCall): void {
    if (this.#call !== call && !this.#take(call)) return;
    switch (call.state) {
      case 'requesting':
        this.#onRequesting();
        break;
      case 'trying':
        this.#advance('acknowledged');
        break;
      case 'active':
      case 'held':
        this.#onActive();
        break;
      case 'recovering':
        keepTracks(call);
        break;
      case 'hangup':
        keepTracks(call);
        // The message that explains it is handed out after this, in the same turn.
        queueMicrotask(() => this.#onVendorHangup());
        break;
    }
  }

  /** A message of the gateway about this call. */
  onFrame(method: string, params: TelnyxFrameParams): void {
    this.#identify(params);
    switch (method) {
      case 'telnyx_rtc.ringing':
        this.#ringing = true;
        this.#onProgress();
        break;
      case 'telnyx_rtc.media':
        this.#earlyMedia = true;
        this.#onProgress();
        break;
      case 'telnyx_rtc.answer':
        this.#onAnswered('signalling');
        break;
      case 'telnyx_rtc.bye':
        this.#onBye(params);
        break;
    }
  }

  /** The vendor told an error of this call. */
  onError(telnyxCode: number | undefined): void {
    // The first one: what the vendor does about it may be told as a cancelled call.
    if (!SIDE_ERRORS.has(telnyxCode)) this.#reason ??= errorOfTelnyx(telnyxCode, this.#line.route);
  }

  /** The socket is lost. */
  onLost(error: DialerError): void {
    if (this.#phase === 'unsent') {
      // It must not be written to the next socket.
      this.#drop();
      this.#end('network', false, error);
    } else if (!this.#interrupted) {
      this.#interrupted = true;
      this.#repaired = false;
      this.#tell({ type: 'interrupted', error });
    }
  }

  /** The socket is back; an answered call is back only when the vendor has re-attached it. */
  onReady(calls: readonly string[] | undefined): void {
    const id = this.#call?.id ?? '';
    if (this.#phase !== 'answered' && (calls === undefined || calls.includes(id))) this.#restore();
  }

  /** The session is lost. */
  onFailed(error: DialerError): void {
    if (this.#leaving) this.#end('local', false, undefined);
    else this.#end('network', false, error);
  }

  hangup(): void {
    if (this.#ended || this.#released) return;
    if (this.#sending) {
      // Written now it would go before the INVITE.
      queueMicrotask(() => this.hangup());
      return;
    }
    if (this.#phase === 'unsent' || !this.#call) {
      this.#drop();
      this.#end('local', false, undefined);
      return;
    }
    this.#leaving = true;
    this.#stopHangupTimer();
    this.#stopHangupTimer = this.#line.clock.setTimer(
      () => this.#end('local', false, undefined),
      HANGUP_MS,
    );
    if (this.#hangup === 'none') this.#askToEnd(this.#call);
    else this.#hangup = 'asked-again';
  }

  release(): void {
    if (this.#released) return;
    this.#released = true;
    this.#stopHangupTimer();
    const mayLive = !this.#proven && this.#phase !== 'unsent' && this.#hangup === 'none';
    if (this.#call && mayLive) void this.#line.sendHangup(this.#call);
    this.#drop();
    for (const track of this.#request.stream?.getTracks() ?? []) track.stop();
    this.#line.forget();
  }

  async setHeld(held: boolean): Promise<void> {
    const call = this.#requireCall();
    const done = await (held ? call.hold() : call.unhold());
    if (done === true) return;
    throw new DialerError('call/not-ready', { route: this.#line.route, detail: 'hold refused' });
  }

  async sendDigit(digit: string): Promise<void> {
    this.#line.sendDigit(this.#requireCall(), digit);
  }

  async replaceTrack(track: MediaStreamTrack | null): Promise<void> {
    const sender = audioSender(this.#connection);
    if (!sender || this.#released) {
      throw new DialerError('call/not-ready', { route: this.#line.route });
    }
    await sender.replaceTrack(track);
    this.#track = track;
  }

  #take(call: TelnyxCall): boolean {
    const isRepair = call.state === 'recovering';
    if (this.#call && !isRepair) return false;
    const replaced = this.#call;
    this.#call = call;
    // It would switch a muted track on.
    call.options.applyDesiredAudioMuteState = undefined;
    if (!replaced) return true;
    if (this.#leaving || this.#ended) {
      this.#line.kill(call);
      return false;
    }
    // The vendor would open a microphone of its own, and forgets what the call was made with.
    const { iceServers, preferred_codecs } = replaced.options;
    const localStream = new MediaStream(this.#track ? [this.#track] : []);
    Object.assign(call.options, { iceServers, preferred_codecs, localStream });
    this.#repaired = true;
    // The vendor makes the connection right after this.
    queueMicrotask(() => this.#watchConnection());
    return false;
  }

  #onRequesting(): void {
    if (this.#phase !== 'unsent' || this.#ended) return;
    if (!this.#line.connected) {
      this.#end('network', false, this.#lost());
      return;
    }
    this.#sending = true;
    queueMicrotask(() => {
      this.#sending = false;
    });
    this.#advance('sent');
  }

  #onProgress(): void {
    if (this.#phase === 'answered') return;
    this.#phase = 'progress';
    this.#tell({ type: 'progress', ringing: this.#ringing, earlyMedia: this.#earlyMedia });
  }

  #onAnswered(evidence: 'signalling' | 'assumed'): void {
    if (this.#phase === 'answered') return;
    this.#phase = 'answered';
    // It came too late: somebody is there. Whoever wants to hang up does so again.
    this.#leaving = false;
    this.#stopHangupTimer();
    limitBitrate(this.#connection, this.#line.maxBitrateKbps);
    this.#tell({ type: 'answered', evidence });
  }

  #onActive(): void {
    if (!this.#interrupted || !this.#repaired) return;
    // Its answer was told while the socket was down.
    this.#onAnswered('assumed');
    limitBitrate(this.#connection, this.#line.maxBitrateKbps);
    this.#restore();
  }

  #onBye(bye: TelnyxFrameParams): void {
    if (this.#leaving) {
      this.#end('local', true, undefined);
      return;
    }
    const { route } = this.#line;
    const answered = this.#phase === 'answered';
    const { final, error } = explainBye(bye, { route, answered, ringing: this.#ringing });
    this.#end('remote', final, error);
  }

  #onVendorHangup(): void {
    if (!this.#leaving) {
      this.#end('network', false, this.#reason ?? errorOfTelnyx(undefined, this.#line.route));
    } else if (this.#hangup === 'none') {
      // With a hang-up under way, the gateway's word is waited for.
      this.#end('local', false, undefined);
    }
  }

  #askToEnd(call: TelnyxCall): void {
    this.#hangup = 'asked';
    void this.#line.sendHangup(call).then((confirmed) => {
      const isWantedAgain = this.#hangup === 'asked-again';
      this.#hangup = 'none';
      if (confirmed) this.#end('local', true, undefined);
      else if (isWantedAgain && !this.#ended) this.#askToEnd(call);
    });
  }

  #identify(params: TelnyxFrameParams): void {
    const providerCallId = params.telnyx_call_control_id ?? params.telnyx_leg_id;
    if (!providerCallId || this.#identified) return;
    this.#identified = true;
    this.#tell({ type: 'identified', providerCallId });
  }

  #restore(): void {
    if (!this.#interrupted) return;
    this.#interrupted = false;
    this.#tell({ type: 'restored' });
  }

  #watchConnection(): void {
    const connection = this.#call?.peer?.instance;
    if (!connection || connection === this.#connection) return;
    this.#connection = connection;
    connection.addEventListener('track', ({ streams, track }) => {
      this.#tell({ type: 'remote-stream', stream: streams[0] ?? new MediaStream([track]) });
    });
    this.#tell({ type: 'peer-connection', connection });
  }

  #advance(phase: 'sent' | 'acknowledged'): void {
    if (!isFurther(phase, this.#phase)) return;
    this.#phase = phase;
    this.#tell({ type: phase });
  }

  #requireCall(): TelnyxCall {
    if (!this.#line.ready) throw this.#lost();
    if (this.#call && this.#phase === 'answered' && !this.#ended) return this.#call;
    throw new DialerError('call/not-ready', { route: this.#line.route });
  }

  /** Closes this end only. */
  #drop(): void {
    const call = this.#call;
    if (!call || call.state === 'destroy') return;
    call.hangup({}, false).catch(() => undefined);
  }

  #lost(): DialerError {
    return new DialerError('network/signalling-lost', { route: this.#line.route });
  }

  #end(by: 'local' | 'remote' | 'network', final: boolean, error: DialerError | undefined): void {
    if (this.#ended) return;
    this.#stopHangupTimer();
    this.#ended = true;
    this.#proven = final;
    if (!this.#released) this.#report({ type: 'ended', by, final, error });
  }

  #tell(event: LegEvent): void {
    if (!this.#ended && !this.#released) this.#report(event);
  }
}

/** The vendor is about to stop what it sends. The tracks are ours, and the repaired call still needs them. */
function keepTracks(call: TelnyxCall): void {
  call.options.localStream = undefined;
}
