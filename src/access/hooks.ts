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
  /** What will be dialled, after {@link AccessHooks.openCall}; `undefined` when it is for no call. */
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

/** What {@link AccessHooks.openCall} is asked for. */
export interface OpenCallRequest {
  /** The call's id. */
  readonly callId: string;
  /** What was dialled: an E.164 number, or `ref:name`. */
  readonly to: string;
  /** The parameters given to `dial()`. */
  readonly params: Readonly<Record<string, string>>;
  /** Aborts after `timeouts.tokenMs`, and when the call is cancelled. */
  readonly signal: AbortSignal;
}

/** What the server decided about a call. Everything unset stays as the application asked. */
export interface CallGrant {
  /** Where to send the call: a number, or something opaque that only the server understands. */
  readonly to?: string | undefined;
  /** Caller ID to use, E.164. */
  readonly from?: string | undefined;
  /** Parameters to add. */
  readonly params?: Readonly<Record<string, string>> | undefined;
  /** Routes in the order of the server's knowledge of their health. Unknown names are ignored. */
  readonly routes?: readonly RouteId[] | undefined;
  /**
   * Tokens for this call by provider, so that neither the first attempt nor a switch has to ask again: the server may
   * be down by then. A provider that is missing here is asked for with `getToken`.
   */
  readonly tokens?: Readonly<Record<ProviderId, TokenGrant>> | undefined;
  /** Hang up after this many milliseconds of conversation. */
  readonly maxDurationMs?: number | undefined;
}

/**
 * What the server found out about a leg it was to end: over and never rung, or what it was doing when it was ended. Only
 * `ended` permits another dial.
 */
export type LegFate = 'ended' | 'ringing' | 'answered' | 'unknown';

/** What {@link AccessHooks.endLeg} is asked for: to end a leg that fell silent. */
export interface EndLegRequest {
  /** The call's id. */
  readonly callId: string;
  /** The attempt to end. */
  readonly attempt: number;
  /** Its provider. */
  readonly provider: ProviderId;
  /** The provider's id of the call, if the browser learned it. */
  readonly providerCallId: string | undefined;
  /** Aborts after `timeouts.proofMs`. */
  readonly signal: AbortSignal;
}

/** What {@link AccessHooks.closeCall} is told. */
export interface CloseCallRequest {
  /** The call's id. */
  readonly callId: string;
  /** True when the page is going away: only `navigator.sendBeacon` or `fetch` with `keepalive` will still work. */
  readonly pageLeaving: boolean;
}

/**
 * The application's server as the Dialer sees it. Only {@link AccessHooks.getToken} is needed; the others make
 * switching safer: with them a carrier that asks that server before it dials can be refused for a leg that was given up.
 * Each leg carries its call's id as `everdial-call-id` and its number as `everdial-attempt`, by which the server tells
 * the current leg from an abandoned one.
 */
export interface AccessHooks {
  /** Gets a credential. */
  readonly getToken: GetToken;
  /**
   * Called once for each press, beside the preparation of the microphone: may refuse (throw
   * `DialerError('call/blocked')`), turn `ref:name` into a destination, and order the routes.
   */
  readonly openCall?: ((request: OpenCallRequest) => CallGrant | Promise<CallGrant>) | undefined;
  /**
   * Ends a silent leg through the provider's server interface and says what became of it. Throwing counts as `unknown`.
   */
  readonly endLeg?: ((request: EndLegRequest) => LegFate | Promise<LegFate>) | undefined;
  /**
   * Told when a call is over or the page goes away, so that the server can free what it holds. Its result is ignored.
   */
  readonly closeCall?: ((request: CloseCallRequest) => void | Promise<void>) | undefined;
}
