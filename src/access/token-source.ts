import type { Clock } from '../core/environment.js';
import type { ProviderId, RouteId } from '../core/ids.js';
import { askServer } from './ask-server.js';
import type { GetToken, TokenGrant } from './hooks.js';
import { type DatedGrant, dated, readToken } from './read-token.js';
import type { TokenPurpose } from './token-purpose.js';

/** A token is replaced this long before its end, or when a fifth of its life is left if that is shorter. */
const EARLY_MS = 60_000;

/** What a {@link TokenSource} needs. */
export interface TokenSourceOptions {
  readonly provider: ProviderId;
  readonly route: RouteId;
  /** The application's hook. */
  readonly getToken: GetToken;
  readonly clock: Clock;
  /** Longest wait for one request, milliseconds. */
  readonly tokenMs: number;
}

/** Gets the tokens of one route: cached until shortly before their end, and never two requests at once. */
export class TokenSource {
  readonly #options: TokenSourceOptions;
  readonly #closed = new AbortController();
  #cached: { readonly grant: DatedGrant; readonly renewAtMs: number } | undefined;
  #pending: Promise<DatedGrant> | undefined;

  constructor(options: TokenSourceOptions) {
    this.#options = options;
  }

  /** When the cached token should be replaced, on the clock's `now()`; `undefined` without one. */
  get renewAtMs(): number | undefined {
    return this.#cached?.renewAtMs;
  }

  /** The token got last; `undefined` before the first one and after {@link TokenSource.invalidate}. */
  get current(): DatedGrant | undefined {
    return this.#cached?.grant;
  }

  /**
   * A token that is good for now. Those who ask while a request runs share its answer.
   * @throws DialerError `auth/token-unavailable`, or what the application threw if that is a `DialerError`.
   */
  get(purpose: TokenPurpose): Promise<DatedGrant> {
    const cached = this.#cached;
    if (cached && this.#options.clock.now() < cached.renewAtMs)
      return Promise.resolve(cached.grant);
    this.#pending ??= this.#request(purpose).finally(() => {
      this.#pending = undefined;
    });
    return this.#pending;
  }

  /** Takes a token that came by another way than this source's own request. */
  put(grant: TokenGrant): void {
    const { clock } = this.#options;
    this.#keep(dated(grant, clock.now()));
  }

  /** Forgets the cached token, because the provider refused it or its end is near. */
  invalidate(): void {
    this.#cached = undefined;
  }

  /** Gives up running requests. */
  close(): void {
    this.#closed.abort();
  }

  async #request(purpose: TokenPurpose): Promise<DatedGrant> {
    const { provider, route, getToken, clock, tokenMs } = this.#options;
    const { signal: closed } = this.#closed;
    const grant = await askServer(
      { clock, signal: closed, timeoutMs: tokenMs, route },
      async (signal) =>
        readToken(await getToken({ provider, route, ...purpose, signal }), clock.now()),
    );
    return this.#keep(grant);
  }

  #keep(grant: DatedGrant): DatedGrant {
    const early = Math.min(EARLY_MS, grant.expiresInMs / 5);
    const renewAtMs = this.#options.clock.now() + grant.expiresInMs - early;
    this.#cached = { grant, renewAtMs };
    return grant;
  }
}
