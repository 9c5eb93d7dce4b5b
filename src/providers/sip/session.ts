import type { TokenGrant } from '../../access/hooks.js';
import type { Clock, Logger } from '../../core/environment.js';
import type { RouteId } from '../../core/ids.js';
import { waitFor } from '../../core/wait.js';
import type { DialerErrorCode } from '../../errors/codes.js';
import { DialerError } from '../../errors/dialer-error.js';
import type { Leg, LegReport, LegRequest, ProviderContext, ProviderSession } from '../provider.js';
import { explainRegistration } from './causes.js';
import { SipLeg } from './leg.js';
import type { LegLine } from './leg-line.js';
import type { SipOptions } from './options.js';
import { SipSocket, type SocketOwner } from './socket.js';
import {
  type JsSipAgent,
  type JsSipClass,
  type NewSession,
  type SipMessage,
  TERMINATED,
} from './vendor.js';

/** What a {@link SipSession} needs. */
export interface SessionSettings {
  readonly Agent: JsSipClass;
  readonly grant: TokenGrant;
  readonly context: ProviderContext;
  readonly route: RouteId;
  readonly options: SipOptions;
  /** Addresses in the order in which they are tried. */
  readonly servers: readonly string[];
}

/** Longest wait for the answers to the last hang-ups, and to the end of the registration, milliseconds. */
const FAREWELL_MS = 1_500;
/** A registration that failed is tried again after this, milliseconds; the library would not. */
const REGISTER_AGAIN_MS = 5_000;
/** Longest wait for ICE candidates, milliseconds. */
const GATHERING_MS = 500;
/** Seconds a registration lives, when it is not taken back. */
const EXPIRES_S = 300;
/** Seconds. The library has clocks of its own for this; they must never strike. */
const NEVER = 86_400;

const ignore = (): void => undefined;

/** One account at a SIP server with its calls. */
export class SipSession implements ProviderSession, SocketOwner, LegLine {
  readonly route: RouteId;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly codecs: readonly string[];
  readonly maxBitrateKbps: number;
  readonly digits: 'rtp' | 'signalling';
  readonly iceGatheringMs: number;
  readonly #settings: SessionSettings;
  readonly #closed = new AbortController();
  readonly #socket: SipSocket;
  readonly #agent: JsSipAgent;
  readonly #legs = new Set<SipLeg>();
  #opening: { resolve(): void; reject(error: DialerError): void } | undefined;
  #closing: Promise<void> | undefined;
  #registered = false;
  #renewed = false;
  #failed = false;
  #receiving = false;
  #stopTimer = ignore;

  constructor(settings: SessionSettings) {
    const { Agent, grant, context, route, options } = settings;
    const { token, username } = grant;
    if (!username) {
      const detail = 'for SIP, getToken must answer { token, username }';
      throw new DialerError('auth/token-unavailable', { route, detail });
    }
    this.#settings = settings;
    this.route = route;
    this.clock = context.clock;
    this.logger = context.logger;
    this.codecs = context.codecs;
    this.maxBitrateKbps = context.maxBitrateKbps;
    this.digits = options.digits ?? 'rtp';
    this.iceGatheringMs = options.iceGatheringMs ?? GATHERING_MS;
    this.#socket = new SipSocket(settings.servers, this);
    this.#agent = new Agent({
      sockets: [this.#socket],
      uri: `sip:${encodeURIComponent(username)}@${options.domain}`,
      authorization_user: username,
      ...(this.#isBearer ? { authorization_jwt: `Bearer ${token}` } : { password: token }),
      ...(options.displayName && { display_name: options.displayName }),
      register: this.#registers,
      register_expires: EXPIRES_S,
      session_timers: false,
      no_answer_timeout: NEVER,
      connection_recovery_min_interval: NEVER,
      connection_recovery_max_interval: NEVER,
      ...options.sdkOptions,
    });
  }

  /** Connects and registers. */
  open(): Promise<void> {
    const agent = this.#agent;
    agent.on('connected', () => this.#onConnected());
    agent.on('registered', () => this.#onRegistered());
    agent.on('registrationFailed', ({ response }) => this.#onRefused(response));
    agent.on('newTransaction', ({ transaction }) => {
      const { type, request } = transaction;
      if (type === 'ict') this.#find(request.call_id)?.onTransaction(transaction);
      // The library leaves a timer of 32 s behind every call that it refuses.
      else if (type === 'ist') {
        transaction.on('stateChanged', () => {
          if (transaction.state === TERMINATED) transaction.onTransportError();
        });
      }
    });
    agent.on('newRTCSession', (event) => this.#onSession(event));
    return new Promise((resolve, reject) => {
      this.#opening = { resolve, reject };
      agent.start();
    });
  }

  dial(request: LegRequest, report: LegReport): Leg {
    const { to, from, params, stream } = request;
    const leg = this.#leg(report, stream);
    leg.place((eventHandlers) =>
      this.#agent.call(to, {
        eventHandlers,
        // Without a stream the library would open the microphone itself.
        mediaStream: stream,
        mediaConstraints: { audio: false, video: false },
        pcConfig: this.#pcConfig(request.iceServers),
        ...(from && { fromUserName: from }),
        extraHeaders: [
          'Supported: trickle-ice',
          'Recv-Info: trickle-ice',
          ...Object.entries(params).map(([name, value]) => `X-${name}: ${value}`),
        ],
      }),
    );
    return leg;
  }

  async updateToken(grant: TokenGrant): Promise<void> {
    if (grant.username !== this.#settings.grant.username) {
      // It stands in what the server knows of this session.
      throw this.error('auth/token-rejected', new Error('another user name'));
    }
    this.#useGrant(grant);
    if (this.#registers && this.connected) this.#agent.register();
  }

  async register(): Promise<void> {
    this.#receiving = true;
  }

  async unregister(): Promise<void> {
    this.#receiving = false;
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  get closed(): AbortSignal {
    return this.#closed.signal;
  }

  get connected(): boolean {
    return this.#socket.connected;
  }

  get ready(): boolean {
    return this.#registered && this.connected;
  }

  check(then: () => void): void {
    this.#socket.check(then);
  }

  error(code: DialerErrorCode, cause?: unknown): DialerError {
    return new DialerError(code, { route: this.route, cause });
  }

  ask(): void {
    this.#agent.sendOptions(`sip:${this.#settings.options.domain}`);
  }

  lost(): void {
    if (this.#failed) return;
    this.#registered = false;
    this.#stopTimer();
    if (this.#opening) {
      this.failed();
      return;
    }
    const error = this.error('network/signalling-lost');
    this.#settings.context.report({ type: 'connection', state: 'reconnecting', error });
    for (const leg of [...this.#legs]) leg.onLost(error);
    this.#agent.transport.connect();
  }

  failed(): void {
    this.#fail(this.error(this.#opening ? 'provider/unreachable' : 'network/reconnect-failed'));
  }

  get #registers(): boolean {
    return this.#settings.options.register !== false;
  }

  get #isBearer(): boolean {
    return this.#settings.options.login === 'bearer';
  }

  async #close(): Promise<void> {
    this.#failed = true;
    this.#stopTimer();
    const farewells = [...this.#legs].map((leg) => {
      leg.release();
      return aborted(leg.over);
    });
    if (this.#registered && this.#registers) {
      farewells.push(new Promise((resolve) => this.#agent.on('unregistered', resolve)));
      this.#agent.unregister();
    }
    if (this.connected && farewells.length > 0) {
      const limit = { timeoutMs: FAREWELL_MS };
      await waitFor(Promise.all(farewells), this.clock, limit).catch(ignore);
    }
    for (const leg of [...this.#legs]) leg.discard();
    this.#closed.abort();
    this.#agent.transport.disconnect();
    this.#agent.removeAllListeners();
  }

  #leg(report: LegReport, stream: MediaStream | undefined): SipLeg {
    const leg = new SipLeg(this, report, stream);
    this.#legs.add(leg);
    this.#socket.busy = true;
    leg.over.addEventListener('abort', () => {
      this.#legs.delete(leg);
      this.#socket.busy = this.#legs.size > 0;
    });
    return leg;
  }

  #pcConfig(iceServers: readonly RTCIceServer[]): RTCConfiguration {
    const { context } = this.#settings;
    return {
      iceServers: [...(iceServers.length > 0 ? iceServers : context.iceServers)],
      iceTransportPolicy: context.relayOnly ? 'relay' : 'all',
    };
  }

  #find(callId: string): SipLeg | undefined {
    return [...this.#legs].find((leg) => leg.callId === callId);
  }

  #onConnected(): void {
    for (const leg of [...this.#legs]) leg.onConnected();
    if (!this.#registers) this.#onRegistered();
  }

  #onRegistered(): void {
    this.#registered = true;
    this.#renewed = false;
    if (this.#opening) this.#opening.resolve();
    else if (!this.#failed) this.#settings.context.report({ type: 'connection', state: 'ready' });
    this.#opening = undefined;
  }

  #onRefused(response: SipMessage | null): void {
    // Without a response a lost socket is told, too.
    if (this.#failed || (!response && !this.connected)) return;
    const { context } = this.#settings;
    const error = explainRegistration(response, this.route);
    const isLogin = error.code === 'auth/token-rejected';
    // An answered call needs no registration.
    if (this.#opening || (isLogin && this.#renewed && this.#legs.size === 0)) {
      this.#fail(error);
      return;
    }
    this.logger.warn('SIP: the registration failed', { error });
    const isRenewal = isLogin && !this.#renewed;
    this.#renewed ||= isRenewal;
    const again = async () => {
      if (isRenewal) await this.updateToken(await context.getToken('refused'));
      else this.#agent.register();
    };
    this.#stopTimer();
    this.#stopTimer = this.clock.setTimer(
      () => void again().catch(() => this.#onRefused(response)),
      isRenewal ? 0 : REGISTER_AGAIN_MS,
    );
  }

  #useGrant({ token }: TokenGrant): void {
    if (this.#isBearer) this.#agent.set('authorization_jwt', `Bearer ${token}`);
    else this.#agent.set('password', token);
  }

  #onSession({ originator, session, request }: NewSession): void {
    if (originator === 'local') return;
    let leg: SipLeg | undefined;
    if (this.#receiving) {
      this.#settings.context.report({
        type: 'incoming',
        from: request.from.uri.user,
        to: request.to.uri.user,
        params: paramsOf(request),
        attach: (report) => {
          leg = this.#leg(report, undefined);
          return leg;
        },
      });
    }
    if (leg) leg.take(session);
    else session.terminate({ status_code: 480 });
  }

  #fail(error: DialerError): void {
    if (this.#failed) return;
    this.#failed = true;
    if (this.#opening) {
      this.#opening.reject(error);
      return;
    }
    for (const leg of [...this.#legs]) leg.onFailed(error);
    this.#settings.context.report({ type: 'connection', state: 'failed', error });
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve());
  });
}

/** Custom headers, lower case, without `x-`. */
function paramsOf({ headers }: SipMessage): Readonly<Record<string, string>> {
  const custom = Object.entries(headers).filter(([name]) => /^x-/i.test(name));
  return Object.fromEntries(
    custom.map(([name, [value]]) => [name.slice(2).toLowerCase(), value?.raw ?? '']),
  );
}
