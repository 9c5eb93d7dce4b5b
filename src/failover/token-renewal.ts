import type { TokenGrant } from '../access/hooks.js';
import { NO_CALL } from '../access/token-purpose.js';
import type { TokenSource } from '../access/token-source.js';
import type { Clock, Logger } from '../core/environment.js';
import type { RouteId } from '../core/ids.js';
import type { ProviderSession } from '../providers/provider.js';

/** What a {@link TokenRenewal} needs. */
export interface TokenRenewalOptions {
  readonly route: RouteId;
  readonly tokens: TokenSource;
  readonly clock: Clock;
  readonly logger: Logger;
  /** The session to swap the token of; `undefined` when none may be touched now, as during a call. */
  readonly idleSession: () => ProviderSession | undefined;
  /** Closes the session: the next call opens one with the fresh token. */
  readonly close: () => void;
}

/** Shortest wait for the next renewal: a token of hardly any life must not keep the application's server busy. */
const MIN_PAUSE_MS = 5_000;

/**
 * Replaces a session's token ahead of its end, on our own clock, and between calls only: vendors may interrupt the sound
 * of a running one.
 */
export class TokenRenewal {
  readonly #options: TokenRenewalOptions;
  /** The grant that the session works with; a call may have kept a fresher one from being swapped in. */
  #used: TokenGrant | undefined;
  #stopTimer: () => void = () => undefined;

  constructor(options: TokenRenewalOptions) {
    this.#options = options;
  }

  /** A session was opened with the current token: waits for the moment to renew. */
  start(): void {
    this.#used = this.#options.tokens.current;
    this.#wait();
  }

  /** Stops waiting. */
  stop(): void {
    this.#stopTimer();
  }

  /** Renews now, if it is time and no call is running. */
  check(): void {
    const { tokens, clock, logger, route, idleSession, close } = this.#options;
    const session = idleSession();
    if (!session) return;
    if (tokens.current === this.#used && clock.now() < (tokens.renewAtMs ?? 0)) {
      this.#wait();
      return;
    }
    if (!session.updateToken) {
      close();
      return;
    }
    tokens
      .get({ reason: 'expiring', ...NO_CALL })
      .then(async (grant) => {
        if (session !== idleSession()) return;
        await session.updateToken?.(grant);
        this.#used = grant;
        if (session === idleSession()) this.#wait();
      })
      .catch((error: unknown) => {
        logger.warn(`route ${route} has no fresh token`, { error });
        // The next call would only be refused with the old one.
        if (session === idleSession()) close();
      });
  }

  #wait(): void {
    this.stop();
    const { tokens, clock } = this.#options;
    if (tokens.renewAtMs === undefined) return;
    this.#stopTimer = clock.setTimer(
      () => this.check(),
      Math.max(MIN_PAUSE_MS, tokens.renewAtMs - clock.now()),
    );
  }
}
