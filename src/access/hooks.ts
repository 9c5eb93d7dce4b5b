import type { ProviderId, RouteId } from '../core/ids.js';

/**
 * Why a token is wanted: to be ready, for a call, to receive calls, because the old one ends soon, because the provider
 * refused it.
 */
export type TokenReason = 'warm-up' | 'dial' | 'register' | 'expiring' | 'refused';

/** What {@link GetToken} is asked for. */
export interface TokenRequest {
  /** For whom, for example `'telnyx'`. */
  readonly provider: ProviderId;
  /** For which configured route, for example `'telnyx/us-west'`. */
  readonly route: RouteId;
  /** Why. */
  readonly reason: TokenReason;
  /** The call it is for; `undefined` when it is for none. */
  readonly callId: string | undefined;
  /** The attempt it is for, from 1; 0 when it is for no call. */
  readonly attempt: number;
  /** What will be dialled; `undefined` when it is for no call. */
  readonly to: string | undefined;
  /** Aborts after `timeouts.tokenMs`, and when the token is no longer wanted. Pass it to `fetch`. */
  readonly signal: AbortSignal;
}

/** A token with what belongs to it. */
export interface TokenGrant {
  /** The credential: an access token (Telnyx, Twilio) or a password (SIP). */
  readonly token: string;
  /** User name, where the provider logs in with one (SIP). */
  readonly username?: string | undefined;
  /** Milliseconds until it ends, counted from now. Unset: read from the token where that is possible, else 10 min. */
  readonly expiresInMs?: number | undefined;
  /** Parameters to send with the call of this attempt, on top of the application's. */
  readonly params?: Readonly<Record<string, string>> | undefined;
  /** ICE servers that belong to the token. */
  readonly iceServers?: readonly RTCIceServer[] | undefined;
}

/**
 * A credential: the bare token, a grant, or the unread response of a server that sends one of the two as text or JSON.
 */
export type TokenAnswer = string | TokenGrant | Response;

/**
 * Gets a credential from the application's server. The shortest form is the right one: return what `fetch` returns, and
 * status, `Retry-After` and body are read for you.
 *
 * Throwing a `DialerError` refuses with that code; anything else thrown, and a status that is not 2xx, becomes
 * `auth/token-unavailable`, tried once more after 500 ms.
 * @example
 * getToken: ({ provider, signal }) => fetch(`/voice-token/${provider}`, { method: 'POST', signal })
 */
export type GetToken = (request: TokenRequest) => TokenAnswer | Promise<TokenAnswer>;

/** The application's server as the Dialer sees it. */
export interface AccessHooks {
  /** Gets a credential. */
  readonly getToken: GetToken;
}
