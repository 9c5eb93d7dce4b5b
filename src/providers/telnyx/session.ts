import type { TokenGrant } from '../../access/hooks.js';
import type { RouteId } from '../../core/ids.js';
import { randomUuid } from '../../core/uuid.js';
import { waitFor } from '../../core/wait.js';
import type { DialerError } from '../../errors/dialer-error.js';
import type { Leg, LegReport, LegRequest, ProviderContext, ProviderSession } from '../provider.js';
import { callOptions, clientOptions, shortIceServers } from './client-options.js';
import { TelnyxConnection } from './connection.js';
import { Hangups } from './hangups.js';
import { TelnyxLeg } from './leg.js';
import type { TelnyxOptions } from './options.js';
import { callRequest } from './requests.js';
import { silence } from './tame.js';
import type { TelnyxCall, TelnyxClientClass } from './vendor.js';
import { withListeners } from './vendor-listeners.js';

/** What a {@link TelnyxSession} needs. */
export interface SessionOptions {
  readonly Client: TelnyxClientClass;
  readonly token: string;
  readonly context: ProviderContext;
  readonly route: RouteId;
  readonly options: TelnyxOptions;
}

/** Longest wait for the gateway's word on the last hang-ups before the socket is closed, milliseconds. */
const FAREWELL_MS = 1_500;

/** One login at Telnyx with its calls: one vendor client, made once and thrown away with it. */
export class TelnyxSession implements ProviderSession {
  readonly #options: SessionOptions;
  readonly #connection: TelnyxConnection;
  readonly #hangups: Hangups;
  readonly #legs = new Map<string, TelnyxLeg>();
  #closing: Promise<void> | undefined;

  constructor(settings: SessionOptions) {
    const { Client, token, context, route, options } = settings;
    this.#options = settings;
    const given = clientOptions(token, context, options);
    if (!given['debug']) silence(Client);
    const [client, cleanUp] = withListeners(() => new Client(given));
    if (!('iceServers' in given)) client.iceServers = shortIceServers(client.iceServers);
    this.#hangups = new Hangups(client, () => this.#connection.loggedIn);
    this.#connection = new TelnyxConnection({
      client,
      cleanUp,
      context,
      route,
      listener: {
        ready: (calls) => {
          context.report({ type: 'connection', state: 'ready' });
          this.#eachLeg((leg) => leg.onReady(calls));
        },
        loggedIn: () => this.#hangups.retry(),
        lost: (error) => this.#onLost(error),
        failed: (error) => this.#onFailed(error),
        frame: (method, params, callId) => this.#legs.get(callId)?.onFrame(method, params),
        call: (call) => this.#onCall(call),
        callError: (callId, code) => this.#legs.get(callId)?.onError(code),
      },
    });
  }

  /** Connects and logs in. */
  async open(): Promise<void> {
    await this.#connection.open();
  }

  dial(request: LegRequest, report: LegReport): Leg {
    const id = randomUuid();
    const { context, options, route } = this.#options;
    const connection = this.#connection;
    const { client } = connection;
    const leg = new TelnyxLeg(
      {
        route,
        clock: context.clock,
        maxBitrateKbps: context.maxBitrateKbps,
        get connected() {
          return client.connected;
        },
        get ready() {
          return connection.ready;
        },
        sendHangup: (call) => this.#hangups.send(call),
        sendDigit: (call, digit) => this.#sendDigit(call, digit),
        kill: (call) => this.#kill(call),
        forget: () => this.#legs.delete(id),
      },
      request,
      report,
    );
    this.#legs.set(id, leg);
    leg.place(() => client.newCall(callOptions(id, request, context.codecs, options.clientState)));
    return leg;
  }

  async updateToken({ token }: TokenGrant): Promise<void> {
    await this.#connection.useToken(token, this.#legs.size === 0);
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.#eachLeg((leg) => leg.release());
    if (this.#connection.loggedIn) {
      const { clock } = this.#options.context;
      const limit = { timeoutMs: FAREWELL_MS };
      await waitFor(this.#hangups.answered(), clock, limit).catch(() => undefined);
    }
    await this.#connection.close();
  }

  #onCall(call: TelnyxCall): void {
    const leg = this.#legs.get(call.id);
    if (leg) leg.onCall(call);
    // The vendor answers by itself what the gateway gives back, with the microphone open.
    else if (call.state === 'recovering') this.#kill(call);
  }

  #kill(call: TelnyxCall): void {
    // With a stream, an empty one, the vendor does not open the microphone.
    call.options.localStream = new MediaStream();
    void this.#hangups.send(call);
    // Not at once: the vendor is about to make the peer connection, and would leave it open.
    queueMicrotask(() => void call.hangup({}, false).catch(() => undefined));
  }

  #sendDigit(call: TelnyxCall, digit: string): void {
    const { client } = this.#connection;
    client.execute(callRequest(client, call, 'info', { dtmf: digit })).catch((error: unknown) => {
      this.#options.context.logger.warn('Telnyx: a digit was refused', { error });
    });
  }

  #onLost(error: DialerError): void {
    this.#options.context.report({ type: 'connection', state: 'reconnecting', error });
    this.#eachLeg((leg) => leg.onLost(error));
  }

  #onFailed(error: DialerError): void {
    this.#eachLeg((leg) => leg.onFailed(error));
    this.#options.context.report({ type: 'connection', state: 'failed', error });
  }

  #eachLeg(act: (leg: TelnyxLeg) => void): void {
    for (const leg of [...this.#legs.values()]) act(leg);
  }
}
