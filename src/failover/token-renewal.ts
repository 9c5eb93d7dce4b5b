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

/**
 * Replaces a session's token ahead of its end, on our own clock, and between calls only: vendors may interrupt the sound
 * of a running one.
 */
export class TokenRenewal {
  readonly #options: TokenRenewalOptions;
  #stopTimer: () => void = () => undefined;

  constructor(options: TokenRenewalOptions) {
    this.#options = options;
  }

  /** Waits for the moment to renew. */
  start(): void {
    this.stop();
    const { tokens, clock } = this.#options;
    if (tokens.renewAtMs === undefined) return;
    this.#stopTimer = clock.setTimer(
      () => this.check(),
      Math.max(0, tokens.renewAtMs - clock.now()),
    );
  }

  /** Stops waiting. */
  stop(): void {
    this.#stopTimer();
  }

  /** Renews now, if it is time and no call is running. */
  check(): void {
    const { tokens, clock, logger, route, idleSession, close } = this.#options;
    const session = idleSession();
    const due = tokens.renewAtMs === undefined || tokens.renewAtMs <= clock.now();
    if (!session || !due) return;
    if (!session.updateToken) {
      close();
      return;
    }
    tokens
      .get({ reason: 'expiring', callId: undefined, attempt: 0, to: undefined })
      .then(async (grant) => {
        if (session === idleSession()) await session.updateToken?.(grant);
        this.start();
      })
      .catch((error: unknown) => {
        logger.warn(`route ${route} has no fresh token`, { error });
        // The next call would only be refused with the old one.
        if (session === idleSession()) close();
      });
  }
}
