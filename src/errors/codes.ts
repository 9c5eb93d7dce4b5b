import type { HangupCause } from './hangup-cause.js';

/**
 * What sort of failure it is. With the phase and the evidence it decides about a switch, and it says who can act:
 *
 * `infrastructure` 5xx, congestion, socket (the provider) · `capacity` balance, limits, set-up of the account (the
 * site's owner) · `auth` token (the site's owner) · `media` codec, ICE, DTLS (the network's owner) · `number` (the
 * caller) · `callee` busy, declined, absent (nobody) · `forbidden` fraud, geography, own rules (the site's owner) ·
 * `client` microphone, offline, page life cycle (the person at the page) · `user` cancelled (nobody) · `developer`
 * wrong options (the developer) · `unknown`.
 */
export type FailureKind =
  | 'infrastructure'
  | 'capacity'
  | 'auth'
  | 'media'
  | 'number'
  | 'callee'
  | 'forbidden'
  | 'client'
  | 'user'
  | 'developer'
  | 'unknown';

/**
 * The registry: every error code with its hangup cause and its kind of failure. Codes are added in minor versions,
 * never renamed. The sentences are in `texts.ts`, the page made of both is `docs/errors.md`.
 */
export const ERROR_CODES = {
  // microphone, speaker, sound
  'media/insecure-context': ['permission-denied', 'developer'],
  'media/blocked-by-page': ['permission-denied', 'developer'],
  'media/permission-denied': ['permission-denied', 'client'],
  'media/permission-dismissed': ['permission-denied', 'client'],
  'media/device-not-found': ['no-device', 'client'],
  'media/device-in-use': ['no-device', 'client'],
  'media/device-lost': ['no-device', 'client'],
  'media/constraints-failed': ['no-device', 'client'],
  'media/processor-failed': ['media-failed', 'developer'],
  'media/output-unsupported': ['media-failed', 'client'],
  'media/playback-blocked': ['media-failed', 'client'],
  'media/silent-microphone': ['no-device', 'client'],
  'media/microphone-muted': ['no-device', 'client'],
  'media/not-sending': ['media-failed', 'media'],
  'media/not-receiving': ['media-failed', 'media'],
  'media/not-playing': ['media-failed', 'client'],
  'media/far-end-silent': ['media-failed', 'callee'],
  'media/negotiation-failed': ['media-failed', 'media'],
  'media/connection-failed': ['media-failed', 'media'],
  // tokens
  'auth/token-unavailable': ['unauthorized', 'auth'],
  'auth/token-expired': ['unauthorized', 'auth'],
  'auth/token-rejected': ['unauthorized', 'auth'],
  // the provider's side
  'provider/sdk-not-loaded': ['provider-failed', 'infrastructure'],
  'provider/unsupported': ['provider-failed', 'client'],
  'provider/unreachable': ['provider-failed', 'infrastructure'],
  'provider/timeout': ['timeout', 'infrastructure'],
  'provider/server-error': ['provider-failed', 'infrastructure'],
  'provider/over-limit': ['quota', 'capacity'],
  'provider/misconfigured': ['provider-failed', 'capacity'],
  'provider/no-answer-supervision': ['provider-failed', 'capacity'],
  'provider/unexplained': ['provider-failed', 'unknown'],
  // the network of this browser
  'network/offline': ['network', 'client'],
  'network/slow': ['network', 'client'],
  'network/signalling-lost': ['network', 'infrastructure'],
  'network/reconnect-failed': ['network', 'infrastructure'],
  // this call
  'call/busy': ['busy', 'callee'],
  'call/no-answer': ['no-answer', 'callee'],
  'call/rejected': ['rejected', 'callee'],
  'call/unavailable': ['unavailable', 'callee'],
  'call/invalid-number': ['invalid-number', 'number'],
  'call/emergency-number': ['blocked', 'forbidden'],
  'call/blocked': ['blocked', 'forbidden'],
  'call/limit-reached': ['blocked', 'forbidden'],
  'call/cancelled': ['cancelled', 'user'],
  'call/missed': ['missed', 'user'],
  'call/unknown-outcome': ['unknown-outcome', 'unknown'],
  'call/slow': ['timeout', 'unknown'],
  'call/not-supported': ['blocked', 'developer'],
  'call/not-ready': ['blocked', 'developer'],
  // switching
  'failover/exhausted': ['provider-failed', 'infrastructure'],
  'failover/refused': ['unknown-outcome', 'developer'],
  // wrong use of this package
  'config/invalid-option': ['blocked', 'developer'],
  'config/duplicate-route': ['blocked', 'developer'],
  'config/unknown-route': ['blocked', 'developer'],
  'config/secret-in-page': ['blocked', 'developer'],
  'config/no-access-server': ['unauthorized', 'developer'],
  'state/closed': ['blocked', 'developer'],
  'state/aborted': ['cancelled', 'user'],
  'state/timeout': ['timeout', 'unknown'],
  // the browser
  'support/not-a-browser': ['blocked', 'developer'],
  'support/no-webrtc': ['media-failed', 'client'],
  // CRM bridge
  'crm/host-not-found': ['provider-failed', 'developer'],
  'crm/origin-refused': ['blocked', 'developer'],
  'crm/message-invalid': ['provider-failed', 'developer'],
  'crm/host-refused': ['blocked', 'developer'],
  // ours to mend
  'internal/listener-threw': ['provider-failed', 'developer'],
  'internal/unexpected': ['provider-failed', 'unknown'],
} as const satisfies Record<`${string}/${string}`, readonly [HangupCause, FailureKind]>;

/**
 * Stable error codes, `family/reason`. Codes are added in minor versions, never renamed: give a `switch` over them a
 * default. Each stands for one {@link HangupCause} and one {@link FailureKind}; the table is `docs/errors.md`.
 */
export type DialerErrorCode = keyof typeof ERROR_CODES;

const lookUp = (code: string): readonly [HangupCause, FailureKind] =>
  (ERROR_CODES as Partial<Record<string, readonly [HangupCause, FailureKind]>>)[code] ??
  ERROR_CODES['internal/unexpected'];

/** The hangup cause that a code stands for; that of `internal/unexpected` for a code that is not registered. */
export const causeOfCode = (code: string): HangupCause => lookUp(code)[0];

/** The kind of failure that a code stands for; that of `internal/unexpected` for a code that is not registered. */
export const kindOfCode = (code: string): FailureKind => lookUp(code)[1];
