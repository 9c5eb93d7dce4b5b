import type { RouteId } from '../../core/ids.js';
import { waitFor } from '../../core/wait.js';
import { DialerError } from '../../errors/dialer-error.js';
import type { ProviderContext } from '../provider.js';
import { errorOfTelnyx } from './causes.js';
import { tame } from './tame.js';
import type {
  TelnyxCall,
  TelnyxClient,
  TelnyxErrorEvent,
  TelnyxFrame,
  TelnyxFrameParams,
  TelnyxNotification,
  TelnyxWarningEvent,
} from './vendor.js';

/** What a {@link TelnyxConnection} needs. */
export interface ConnectionOptions {
  readonly client: TelnyxClient;
  /** Removes what the client leaves behind in the page. */
  readonly cleanUp: () => void;
  readonly context: ProviderContext;
  readonly route: RouteId;
  readonly listener: ConnectionListener;
}

/** What a connection tells. Nothing after {@link TelnyxConnection.close}. */
export interface ConnectionListener {
  /** Registered again; with the calls that the gateway still has. */
  ready(calls: readonly string[] | undefined): void;
  /** Logged in, before registration is told. */
  loggedIn(): void;
  /** The socket is lost; the vendor tries to repair it. */
  lost(error: DialerError): void;
  /** It will not come back. */
  failed(error: DialerError): void;
  /** A request of the gateway's own about a call. */
  frame(method: string, params: TelnyxFrameParams, callId: string): void;
  /** A call object changed its state, or is new. */
  call(call: TelnyxCall): void;
  /** The vendor told an error of a call. */
  callError(callId: string, telnyxCode: number | undefined): void;
}

/** The token's end is told this long before it, milliseconds. */
const TOKEN_WARNING_MS = 120_000;
/** As often lost within this time, milliseconds, it is given up: the vendor counts anew after each login. */
const MOST_LOSSES = 5;
const LOSSES_MS = 20_000;
/** Longest wait for the socket to say that it is closed, milliseconds. */
const CLOSE_MS = 500;

/** Where the vendor notes the calls of a page that is left; it never removes the note of a page that stayed. */
const CALLS_TO_RECOVER = 'telnyx-voice-sdk-active-calls';

const EVENTS = [
  'telnyx.ready',
  'telnyx.error',
  'telnyx.warning',
  'telnyx.notification',
  'telnyx.socket.close',
  'telnyx.socket.error',
  'telnyx.socket.message',
] as const;

/** The vendor's client: when it is connected, what is lost, and what it says. */
export class TelnyxConnection {
  /** The vendor's object. */
  readonly client: TelnyxClient;
  readonly #options: ConnectionOptions;
  readonly #lossesAtMs: number[] = [];
  #ready = false;
  #loggedIn = false;
  #wasReady = false;
  #failed = false;
  #renewed = false;
  #heldCalls: readonly string[] | undefined;
  #opening: { resolve(): void; reject(error: DialerError): void } | undefined;
  #login: { resolve(): void; reject(error: DialerError): void } | undefined;
  #onClosed: () => void = () => undefined;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.client = options.client;
    tame(this.client);
  }

  /** Whether a call can be sent now. */
  get ready(): boolean {
    return this.#ready && this.client.connected;
  }

  /** Whether the gateway takes requests now. */
  get loggedIn(): boolean {
    return this.#loggedIn && this.client.connected;
  }

  /** Connects and logs in. Rejects at the first failure: the vendor would try again for minutes. */
  open(): Promise<void> {
    this.#listen();
    return new Promise((resolve, reject) => {
      this.#opening = { resolve, reject };
      // What an earlier client of this tab left behind would make this one continue that one's session.
      this.client.clearReconnectToken();
      this.client.connect().catch((cause: unknown) => {
        reject(new DialerError('provider/unreachable', { cause, route: this.#options.route }));
      });
    });
  }

  /** Uses this token from now on: at once, or with calls at the next login, which would disturb them. */
  async useToken(token: string, atOnce: boolean): Promise<void> {
    this.client.options.login_token = token;
    if (!atOnce || !this.ready) return;
    await new Promise<void>((resolve, reject) => {
      this.#login = { resolve, reject };
      void this.client.login({
        creds: { login_token: token },
        onSuccess: resolve,
        onError: () => reject(errorOfTelnyx(46001, this.#options.route)),
      });
    }).finally(() => {
      this.#login = undefined;
    });
  }

  /** Ends it at once, without a word to the far side of calls. */
  async close(): Promise<void> {
    const { client } = this;
    const hasSocket = client.connection?.isAlive === true;
    this.#failed = true;
    this.#ready = false;
    for (const event of EVENTS) client.off(event);
    const closed = new Promise<void>((resolve) => {
      this.#onClosed = resolve;
    });
    client.on('telnyx.socket.close', () => this.#onClosed());
    // Calls that are left would make the vendor wait for the answer to its hang-up.
    for (const call of Object.values(client.calls)) call?.hangup({}, false).catch(() => undefined);
    client.clearReconnectToken();
    client.disconnect().catch(() => undefined);
    client.socketDisconnect();
    const { clock } = this.#options.context;
    const limit = { timeoutMs: CLOSE_MS };
    if (hasSocket) await waitFor(closed, clock, limit).catch(() => undefined);
    client.off('telnyx.socket.close');
    client.clearReconnectToken();
    sessionStorage.removeItem(CALLS_TO_RECOVER);
    this.#options.cleanUp();
  }

  #listen(): void {
    const on = <Payload>(event: (typeof EVENTS)[number], handle: (payload: Payload) => void) => {
      this.client.on(event, (payload: Payload) => {
        // What is thrown in a handler makes the vendor skip its own clean-up: the microphone would stay open.
        try {
          handle(payload);
        } catch (error) {
          this.#options.context.logger.error(`Telnyx: ${event} was not handled`, { error });
        }
      });
    };
    on('telnyx.ready', () => this.#onReady());
    on('telnyx.error', (event: TelnyxErrorEvent) => this.#onError(event));
    on('telnyx.warning', (event: TelnyxWarningEvent) => this.#onWarning(event));
    on('telnyx.socket.message', (frame: TelnyxFrame) => this.#onFrame(frame));
    on('telnyx.socket.close', () => this.#onLost());
    on('telnyx.socket.error', () => this.#onLost());
    on('telnyx.notification', ({ type, call }: TelnyxNotification) => {
      if (type === 'callUpdate' && call) this.#options.listener.call(call);
    });
  }

  #onReady(): void {
    if (this.#failed) return;
    this.#ready = true;
    this.#wasReady = true;
    this.#renewed = false;
    if (this.#opening) this.#opening.resolve();
    else this.#options.listener.ready(this.#heldCalls);
    this.#opening = undefined;
  }

  #onFrame({ method, params = {} }: TelnyxFrame): void {
    const { listener, route } = this.#options;
    if (method === 'telnyx_rtc.clientReady') {
      this.#loggedIn = true;
      this.#heldCalls = params.reattached_sessions;
      listener.loggedIn();
    } else if (method === 'telnyx_rtc.punt') {
      // The gateway closes down: the vendor drops all calls, tells nothing and does not come back.
      this.#fail(new DialerError('network/signalling-lost', { route, detail: 'punt' }));
    } else if (method && params.callID) {
      listener.frame(method, params, params.callID);
    }
  }

  #onError({ error, callId }: TelnyxErrorEvent): void {
    const { context, listener, route } = this.#options;
    const telnyxCode = error?.code;
    context.logger.warn(`Telnyx: error ${telnyxCode} ${error?.name}`);
    if (callId) {
      listener.callError(callId, telnyxCode);
      return;
    }
    if (this.#login && telnyxCode === 46001) return;
    const isRefusal = telnyxCode === 46001 || telnyxCode === 46002 || telnyxCode === 46003;
    if (isRefusal && this.#wasReady && !this.#renewed) {
      void this.#renew();
      return;
    }
    // The login was accepted and the registration behind it was not: another token would not help.
    const code = isRefusal && this.#loggedIn ? 45004 : telnyxCode;
    if (!this.#wasReady || isRefusal || code === 45001 || code === 45003 || code === 45004) {
      this.#fail(errorOfTelnyx(code, route));
    }
  }

  /** The token of the first login is over: the way back needs a new one. */
  async #renew(): Promise<void> {
    this.#renewed = true;
    try {
      const { token } = await this.#options.context.getToken('refused');
      if (!this.#failed) await this.client.login({ creds: { login_token: token } });
    } catch (cause) {
      this.#fail(new DialerError('auth/token-rejected', { cause, route: this.#options.route }));
    }
  }

  #onWarning({ warning }: TelnyxWarningEvent): void {
    const { context } = this.#options;
    context.logger.info(`Telnyx: warning ${warning?.code} ${warning?.name}`);
    if (warning?.code === 34001 && !this.#failed) {
      context.report({ type: 'token-expiring', expiresInMs: TOKEN_WARNING_MS });
    }
  }

  #onLost(): void {
    // Of a socket that was replaced.
    if (this.client.connected || this.#failed) return;
    const { context, listener, route } = this.#options;
    const wasUp = this.#ready || this.#loggedIn;
    this.#ready = false;
    this.#loggedIn = false;
    this.#login?.resolve();
    if (!this.#wasReady) {
      this.#fail(new DialerError('provider/unreachable', { route }));
      return;
    }
    if (!wasUp) return;
    const nowMs = context.clock.monotonicNow();
    this.#lossesAtMs.push(nowMs);
    const recent = this.#lossesAtMs.filter((atMs) => nowMs - atMs < LOSSES_MS);
    if (recent.length >= MOST_LOSSES) {
      this.#fail(new DialerError('network/reconnect-failed', { route }));
      return;
    }
    listener.lost(new DialerError('network/signalling-lost', { route }));
  }

  #fail(error: DialerError): void {
    if (this.#failed) return;
    this.#failed = true;
    this.#ready = false;
    if (this.#opening) this.#opening.reject(error);
    else this.#options.listener.failed(error);
  }
}
