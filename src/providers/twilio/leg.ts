import type { RouteId } from '../../core/ids.js';
import { bounded } from '../../core/wait.js';
import { DialerError } from '../../errors/dialer-error.js';
import type { Leg, LegEvent, LegReport, LegRequest, ProviderContext } from '../provider.js';
import { callError, endedBy, isFatal } from './causes.js';
import { connectOptions } from './connect-options.js';
import { sendDigit } from './digits.js';
import type { ConnectionOwner, LegConnection } from './leg-connection.js';
import type { TwilioOptions } from './options.js';
import { createSilence, type Silence } from './silence.js';
import type { VendorCall, VendorDevice, VendorError } from './vendor.js';

/** What a {@link TwilioLeg} needs of its session. */
export interface TwilioLegSettings {
  readonly options: Pick<TwilioOptions, 'paramNames' | 'connectOptions' | 'serverHold'>;
  readonly route: RouteId;
  readonly context: Pick<ProviderContext, 'clock' | 'logger' | 'relayOnly'>;
  readonly device: VendorDevice;
  /** The device is not to be used for another call: a promise of it is pending, or it has a call it can not end. */
  abandon(error: DialerError): void;
}

type Ended = Omit<Extract<LegEvent, { type: 'ended' }>, 'type'>;

const HOLD_MS = 10_000;

const ignore = (): void => undefined;

/**
 * One vendor call. The SDK opens the "microphone" when it is connected: as that is ours, nothing leaves the browser
 * before this leg hands its stream out, and nothing ever does after a hang-up.
 */
export class TwilioLeg implements Leg, ConnectionOwner {
  readonly setHeld?: (held: boolean) => Promise<void>;
  readonly #request: LegRequest;
  readonly #report: LegReport;
  readonly #settings: TwilioLegSettings;
  readonly #gone = new AbortController();
  #call: VendorCall | undefined;
  #connection: LegConnection | undefined;
  #silence: Silence | undefined;
  #letOut: () => void = ignore;
  readonly #listening = new Promise<void>((resolve) => {
    this.#letOut = resolve;
  });
  /** The SDK keeps calls that were hung up while they rang, and all that hears them. */
  readonly #deaf: (() => void)[] = [];
  #dialled = false;
  #over = false;
  #released = false;
  #sent = false;
  #ringing = false;
  #answered = false;
  #identified = false;
  #interrupted = false;
  /** The socket is gone and the SDK has not said that it is back. */
  #cutOff = false;
  #disconnected = false;
  #error: VendorError | undefined;

  constructor(request: LegRequest, report: LegReport, settings: TwilioLegSettings) {
    this.#request = request;
    this.#report = report;
    this.#settings = settings;
    const { serverHold } = settings.options;
    if (serverHold) this.setHeld = (held) => this.#hold(held, serverHold);
  }

  /** Whether it has ended, or nobody wants it any more. */
  get over(): boolean {
    return this.#over;
  }

  get native(): unknown {
    return this.#call;
  }

  /** Sends the call. */
  dial(): void {
    const { device, options, context } = this.#settings;
    this.#dialled = true;
    // The wrapper catches what the SDK throws at once.
    (async () => device.connect(connectOptions(this.#request, options, context)))().then(
      (call) => this.#onCall(call),
      (reason: unknown) => this.#onNoCall(reason),
    );
  }

  /** Ends before anything was sent, because there is no connection. */
  refuse(): void {
    this.lose(this.#lost());
  }

  /** Ends because the device is going away, and nobody knows what becomes of the far side. */
  lose(error: DialerError): void {
    this.#end({ by: 'network', final: false, error });
  }

  /** The SDK could not write a message. If that was the call itself, it would be sent later, when nobody waits for it. */
  undelivered(): void {
    if (this.#over || this.#ringing || this.#answered) return;
    this.#giveUp(this.#lost());
  }

  /** What the SDK gets for `getUserMedia`. Its listeners are attached by then. */
  async openMicrophone(): Promise<MediaStream> {
    await this.#listening;
    if (this.#request.stream) return this.#request.stream;
    this.#silence ??= createSilence();
    return this.#silence.stream;
  }

  created(connection: LegConnection): void {
    this.#connection = connection;
    this.#tell({ type: 'peer-connection', connection: connection.connection });
  }

  sending(): void {
    // Without a socket the SDK would keep it for later; the session is closed before there is one again.
    if (this.#cutOff || this.#sent) return;
    this.#sent = true;
    this.#tell({ type: 'sent' });
  }

  negotiated(): void {
    // The SDK now sets `enabled` of the track to what it believes: who was muted before the answer would be heard.
    const track = this.#sender?.track;
    if (track) this.#call?.mute(!track.enabled);
  }

  heard(stream: MediaStream): void {
    this.#tell({ type: 'remote-stream', stream });
  }

  hangup(): void {
    // Twilio confirms no hang-up: that it was sent proves nothing. And during an outage none is sent, then or later.
    this.#end({ by: 'local', final: false, error: undefined });
    if (this.#cutOff) this.#settings.abandon(this.#lost());
  }

  release(): void {
    if (this.#released) return;
    this.#released = true;
    this.#leave();
    this.#connection?.close();
    for (const track of this.#request.stream?.getTracks() ?? []) track.stop();
    this.#silence?.stop();
    for (const stopHearing of this.#deaf) stopHearing();
    // The SDK keeps a device open for good that somebody chose, or that it takes for chosen.
    const { audio } = this.#settings.device;
    if (audio?.inputDevice) audio.unsetInputDevice().catch(ignore);
  }

  async sendDigit(digit: string, toneMs: number): Promise<void> {
    const connection = this.#connection?.connection;
    if (!this.#call || !connection) {
      throw new DialerError('call/not-ready', { route: this.#settings.route });
    }
    await sendDigit(digit, toneMs, { call: this.#call, connection, over: this.#gone.signal });
  }

  async replaceTrack(track: MediaStreamTrack | null): Promise<void> {
    if (!this.#sender) throw new DialerError('call/not-ready', { route: this.#settings.route });
    await this.#sender.replaceTrack(track);
  }

  get #sender(): RTCRtpSender | undefined {
    return this.#connection?.connection.getSenders()[0];
  }

  #onCall(call: VendorCall): void {
    this.#call = call;
    // Stays for good: errors come after the end, too, and one that nobody hears is thrown.
    call.on('error', ignore);
    const hear: VendorCall['on'] = (name, listener) => {
      call.on(name, listener);
      this.#deaf.push(() => call.removeListener(name, listener));
    };
    if (!this.#released) hear('error', (error) => this.#onError(error));
    if (this.#over) {
      call.disconnect();
      return;
    }
    hear('ringing', (hasEarlyMedia) => this.#onRinging(hasEarlyMedia));
    hear('accept', () => this.#onAccept());
    hear('transportClose', () => this.#onTransportClose());
    hear('reconnecting', (error) => this.#onReconnecting(error));
    hear('reconnected', () => this.#onReconnected());
    hear('disconnect', () => this.#onDisconnect());
    // The Dialer plays the far side itself.
    hear('audio', (element) => {
      element.muted = true;
    });
    call.mute(this.#request.stream?.getAudioTracks()[0]?.enabled === false);
    this.#letOut();
  }

  #onNoCall(reason: unknown): void {
    const { route } = this.#settings;
    // The gateway's `close` rejects with `undefined`.
    this.#giveUp(
      reason ? new DialerError('provider/unexplained', { route, cause: reason }) : this.#lost(),
    );
  }

  #onRinging(hasEarlyMedia: boolean): void {
    if (this.#over || this.#answered) return;
    this.#ringing = true;
    this.#identify();
    this.#tell({ type: 'progress', ringing: true, earlyMedia: hasEarlyMedia });
  }

  #onAccept(): void {
    const { context, route } = this.#settings;
    if (this.#over || this.#answered) return;
    this.#answered = true;
    this.#identify();
    if (!this.#ringing) {
      context.logger.warn(
        `route ${route}: answered without ringing; does the TwiML lack answerOnBridge?`,
      );
    }
    this.#tell({ type: 'answered', evidence: this.#ringing ? 'signalling' : 'assumed' });
  }

  #identify(): void {
    const providerCallId = this.#call?.parameters['CallSid'];
    if (this.#identified || !providerCallId) return;
    this.#identified = true;
    this.#tell({ type: 'identified', providerCallId });
  }

  #onTransportClose(): void {
    this.#cutOff = true;
    // The status changes after this event. A call with a way back is "reconnecting"; any other is "closed" for the SDK,
    // which tells nobody, sends nothing and keeps everything open.
    this.#later(() => {
      if (!this.#disconnected && this.#call?.status() === 'closed') this.#giveUp(this.#lost());
    });
  }

  /** Comes once for each failed try. */
  #onReconnecting(vendorError: VendorError): void {
    if (this.#interrupted) return;
    this.#interrupted = true;
    const { route } = this.#settings;
    this.#tell({ type: 'interrupted', error: callError(vendorError, { route }) });
  }

  #onReconnected(): void {
    this.#cutOff = false;
    if (!this.#interrupted) return;
    this.#interrupted = false;
    this.#tell({ type: 'restored' });
  }

  /** Comes before or after the `disconnect` that it belongs to, in the same task, or without one. */
  #onError(vendorError: VendorError): void {
    this.#error ??= vendorError;
    this.#later(() => this.#settle());
  }

  /** Comes once, twice or not at all. */
  #onDisconnect(): void {
    this.#disconnected = true;
    this.#later(() => this.#settle());
  }

  #settle(): void {
    const { route, context } = this.#settings;
    const error = this.#error && callError(this.#error, { route, ringing: this.#ringing });
    if (this.#over) return;
    if (this.#disconnected) {
      const silent = this.#answered
        ? undefined
        : new DialerError('provider/unexplained', { route });
      this.#end({ ...endedBy(this.#error), error: error ?? silent });
    } else if (this.#error && error && isFatal(this.#error)) {
      this.lose(error);
    } else if (error) {
      context.logger.warn(`route ${route}: the call goes on after ${error.codes.providerCode}`);
      this.#error = undefined;
    }
  }

  #giveUp(error: DialerError): void {
    if (this.#over) return;
    this.lose(error);
    this.#settings.abandon(error);
  }

  #end(ended: Ended): void {
    if (this.#over) return;
    this.#leave();
    this.#report({ type: 'ended', ...ended });
  }

  /** From here on nothing is reported, and the vendor's call is ended as far as the SDK can. */
  #leave(): void {
    const left = this.#over;
    this.#over = true;
    this.#gone.abort();
    if (this.#call) {
      this.#call.disconnect();
    } else if (this.#dialled && !left) {
      // Usually the call is there by then, and is ended in `#onCall`. Else the SDK would place it whenever it can.
      this.#later(() => {
        if (!this.#call) this.#settings.abandon(this.#lost());
      });
    }
  }

  #tell(event: LegEvent): void {
    if (!this.#over) this.#report(event);
  }

  #later(task: () => void): void {
    this.#settings.context.clock.setTimer(task, 0);
  }

  async #hold(held: boolean, serverHold: NonNullable<TwilioOptions['serverHold']>): Promise<void> {
    const { route, context } = this.#settings;
    const { callId } = this.#request;
    const providerCallId = this.#call?.parameters['CallSid'];
    if (!providerCallId) throw new DialerError('call/not-ready', { route });
    await bounded(
      { clock: context.clock, timeoutMs: HOLD_MS, signal: this.#gone.signal },
      (signal) => serverHold({ callId, providerCallId, held, signal }),
    );
  }

  #lost(): DialerError {
    return new DialerError('network/signalling-lost', { route: this.#settings.route });
  }
}
