import { NO_CALL, type TokenPurpose } from '../access/token-purpose.js';
import { TokenSource } from '../access/token-source.js';
import { CONNECTION_TRANSITIONS } from '../core/connection-state.js';
import type { RouteId } from '../core/ids.js';
import { createStateMachine } from '../core/state-machine.js';
import { abortedError, bounded, waitFor } from '../core/wait.js';
import { DialerError, isDialerError } from '../errors/dialer-error.js';
import type { Provider, ProviderSession, SessionEvent } from '../providers/provider.js';
import { type OpeningStep, openSession } from './open-session.js';
import { RouteHealth } from './route-health.js';
import type { RouteSettings } from './route-settings.js';
import { initialStatus, type RouteStatus } from './route-status.js';
import { TokenRenewal } from './token-renewal.js';

/** Why a session is wanted. */
export interface SessionRequest extends TokenPurpose {
  /** Stops waiting; the opening itself goes on for those who come next. */
  readonly signal: AbortSignal;
  /** Whether the one who asks has acquired the route. */
  readonly acquired?: boolean | undefined;
  /** Told of each step that happens while waiting. */
  readonly onStep?: ((step: OpeningStep) => void) | undefined;
  /** Told when it takes longer than it should; see {@link openSession}. */
  readonly onTrouble?: (() => void) | undefined;
  /** Told when it takes long; see {@link openSession}. */
  readonly onSlow?: (() => void) | undefined;
}

/** Connecting ahead of a call. */
export const WARM_UP: TokenPurpose = { reason: 'warm-up', ...NO_CALL };

/** A connection is closed after this long without a call. */
const IDLE_MS = 60_000;

/** How long a session may take to close before nobody waits for it any more, milliseconds. */
const SESSION_CLOSE_MS = 800;

/**
 * One configured provider and its connection: opened on first need, one opening at a time, kept while calls need it,
 * replaced when it was lost.
 */
export class Route {
  /** The configured provider. */
  readonly provider: Provider;
  /** Its token source; `undefined` when it needs none. */
  readonly tokens: TokenSource | undefined;
  /** What is known of its health. */
  readonly health: RouteHealth;
  readonly #settings: RouteSettings;
  readonly #state = createStateMachine(CONNECTION_TRANSITIONS, 'idle', () => this.#changed());
  readonly #watchers = new Set<Pick<SessionRequest, 'onStep' | 'onTrouble' | 'onSlow'>>();
  readonly #closing = new Set<Promise<void>>();
  readonly #renewal: TokenRenewal | undefined;
  #session: ProviderSession | undefined;
  #opening: Promise<ProviderSession> | undefined;
  #troubled = false;
  #slow = false;
  #disposed = false;
  #stop = new AbortController();
  #error: DialerError | undefined;
  #users = 0;
  #stopIdleTimer: () => void = () => undefined;

  constructor(provider: Provider, settings: RouteSettings) {
    this.provider = provider;
    this.#settings = settings;
    const { clock, getToken, timeouts, random } = settings;
    this.health = new RouteHealth(clock, random);
    this.tokens =
      getToken && provider.token === 'required'
        ? new TokenSource({
            provider: provider.id,
            route: provider.route,
            getToken,
            clock,
            tokenMs: timeouts.tokenMs,
          })
        : undefined;
    this.#renewal =
      this.tokens &&
      new TokenRenewal({
        route: provider.route,
        tokens: this.tokens,
        clock,
        logger: settings.logger,
        idleSession: () => (this.inUse ? undefined : this.#session),
        close: () => void this.close(),
      });
  }

  /** Its name. */
  get id(): RouteId {
    return this.provider.route;
  }

  /** How it is. */
  get status(): RouteStatus {
    const initial = initialStatus(this.provider);
    const connection = this.#state.state;
    if (initial.health === 'unsupported') return { ...initial, connection };
    const { state: health, retryAtMs } = this.health;
    return { ...initial, connection, health, retryAtMs, error: this.#error };
  }

  /** Whether an attempt uses it now. */
  get inUse(): boolean {
    return this.#users > 0;
  }

  /** Whether there is anything to close, or still closing. */
  get open(): boolean {
    return Boolean(this.#session || this.#opening || this.#closing.size > 0);
  }

  /**
   * A session that can send a call now.
   * @throws DialerError why it can not be opened; `state/aborted` when the signal aborts.
   */
  async session(request: SessionRequest): Promise<ProviderSession> {
    const { signal, acquired = false, onStep, onTrouble, onSlow, ...purpose } = request;
    // Whoever has given up must not have anything opened.
    if (signal.aborted) throw abortedError(signal);
    if (this.#disposed) throw new DialerError('state/closed');
    if (this.#session && this.#state.state === 'ready') {
      // A connection that has outlived the hold-off shows as much as a new one.
      if (this.health.awaitsProbe) {
        this.#heal();
        this.#changed();
      }
      this.#startIdleTimer();
      return this.#session;
    }
    if (this.#session && this.#users > (acquired ? 1 : 0)) {
      // Another call still lives on this very connection; opening anew would end it.
      throw new DialerError('provider/unreachable', { route: this.id });
    }
    const watcher = { onStep, onTrouble, onSlow };
    this.#watchers.add(watcher);
    try {
      const opening = this.#open(purpose);
      if (this.#troubled) onTrouble?.();
      if (this.#slow) onSlow?.();
      return await waitFor(opening, this.#settings.clock, { signal });
    } finally {
      this.#watchers.delete(watcher);
    }
  }

  /** Gets the provider's code and a token, for whoever opens it later and is told then why that failed. */
  preload(purpose: TokenPurpose): void {
    const { logger } = this.#settings;
    this.provider.load({ signal: this.#stop.signal, logger }).catch(() => undefined);
    this.tokens?.get(purpose).catch(() => undefined);
  }

  /** Counts how a call over this route ended. */
  judge(error: DialerError | undefined, reachedFarSide: boolean): void {
    if (error && this.health.failed(error)) this.#error = error;
    else if (reachedFarSide) {
      this.health.succeeded();
      this.#error = undefined;
    }
    this.#changed();
  }

  /** Keeps the connection open until the returned function is called. */
  acquire(): () => void {
    this.#users += 1;
    this.#stopIdleTimer();
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      this.#users -= 1;
      if (this.inUse) return;
      if (this.#state.state === 'failed') this.#dropSession();
      this.#startIdleTimer();
      this.#renewal?.check();
    };
  }

  /** Forgets the token, and the connection that was made with it, unless a call lives on that. */
  refreshToken(): void {
    this.tokens?.invalidate();
    if (!this.inUse) void this.close();
  }

  /** Closes the connection. It can be opened again. Never rejects. */
  async close(): Promise<void> {
    this.#stop.abort();
    this.#stop = new AbortController();
    this.#opening = undefined;
    this.#dropSession();
    this.#state.move('idle');
    await Promise.all(this.#closing);
  }

  /** Closes it for good. Never rejects. */
  async dispose(): Promise<void> {
    this.#disposed = true;
    this.tokens?.close();
    await this.close();
  }

  #open(purpose: TokenPurpose): Promise<ProviderSession> {
    if (this.#opening) return this.#opening;
    const { signal } = this.#stop;
    const opening = this.#connect(purpose, signal)
      .then((session) => {
        if (signal.aborted) {
          this.#discard(session);
          throw new DialerError('state/aborted');
        }
        this.#adopt(session);
        return session;
      })
      .catch((thrown: unknown) => {
        const error = this.#explain(thrown);
        if (!signal.aborted) this.#fail(error);
        throw error;
      })
      .finally(() => {
        if (this.#opening === opening) this.#opening = undefined;
      });
    this.#opening = opening;
    return opening;
  }

  async #connect(purpose: TokenPurpose, signal: AbortSignal): Promise<ProviderSession> {
    // An earlier session may hold what the next one needs (storage keys, a socket the vendor shares).
    if (this.#session) this.#state.move('idle');
    this.#dropSession();
    await Promise.all(this.#closing);

    this.#state.move('loading');
    this.#troubled = false;
    this.#slow = false;
    return openSession({
      provider: this.provider,
      settings: this.#settings,
      tokens: this.tokens,
      purpose,
      signal,
      onLogin: () => this.#state.move('connecting'),
      onStep: (step) => {
        for (const { onStep } of this.#watchers) onStep?.(step);
      },
      onTrouble: () => {
        this.#troubled = true;
        for (const { onTrouble } of this.#watchers) onTrouble?.();
      },
      onSlow: () => {
        this.#slow = true;
        for (const { onSlow } of this.#watchers) onSlow?.();
      },
      report: (session, event) => this.#hear(session, event),
      discard: (session) => this.#discard(session),
    }).finally(() => {
      this.#troubled = false;
      this.#slow = false;
    });
  }

  #adopt(session: ProviderSession): void {
    this.#session = session;
    this.#heal();
    this.#state.move('ready');
    this.#startIdleTimer();
    this.#renewal?.start();
  }

  #heal(): void {
    this.health.connected();
    if (this.health.state === 'healthy') this.#error = undefined;
  }

  #hear(session: ProviderSession | undefined, event: SessionEvent): void {
    if (session === undefined || session !== this.#session) return;
    if (event.type === 'token-expiring') {
      this.tokens?.invalidate();
      this.#renewal?.check();
    } else if (event.type === 'connection') {
      if (event.state === 'failed') this.#fail(this.#explain(event.error));
      else this.#state.move(event.state);
    }
  }

  #fail(error: DialerError): void {
    if (isDialerError(error, 'auth/token-expired', 'auth/token-rejected'))
      this.tokens?.invalidate();
    this.#settings.logger.warn(`route ${this.id} failed: ${error.code}`);
    this.#error = error;
    // An attempt is judged by its end, which a fresh token may still turn; without a network nothing works at all.
    if (!this.inUse && this.#settings.network.online) this.health.failed(error);
    // A running call may live on without signalling: its end closes what is left.
    if (!this.inUse) this.#dropSession();
    if (!this.#state.move('failed')) this.#changed();
  }

  #explain(thrown: unknown): DialerError {
    if (isDialerError(thrown)) return thrown;
    return new DialerError('provider/unreachable', { cause: thrown, route: this.id });
  }

  #dropSession(): void {
    this.#stopIdleTimer();
    this.#renewal?.stop();
    const session = this.#session;
    this.#session = undefined;
    if (session) this.#discard(session);
  }

  #discard(session: ProviderSession): void {
    const { clock } = this.#settings;
    const closing = bounded({ clock, timeoutMs: SESSION_CLOSE_MS }, () => session.close())
      .catch((error: unknown) =>
        this.#settings.logger.warn(`route ${this.id} did not close cleanly`, { error }),
      )
      .finally(() => this.#closing.delete(closing));
    this.#closing.add(closing);
  }

  #startIdleTimer(): void {
    this.#stopIdleTimer();
    if (this.#users > 0 || !this.#session) return;
    this.#stopIdleTimer = this.#settings.clock.setTimer(() => void this.close(), IDLE_MS);
  }

  #changed(): void {
    this.#settings.onChange(this.status);
  }
}
