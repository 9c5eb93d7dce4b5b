import type { NetworkEnd } from '../types.js';

/** An error object inside a server frame. */
export interface WireError {
  readonly code: number;
  readonly message: string;
  /** Seconds after which the client may come back. */
  readonly retryAfter?: number;
}

/**
 * The error that a `hangup` carries for an end in the phone network: 31000 plus the SIP response (31486, 31404, 31480, 31603, 31503 …).
 * A normal end (2xx, or 487 after a cancel) carries none.
 */
export function hangupError(end: NetworkEnd): WireError | undefined {
  if (end.sipCode < 400 || end.sipCode === 487) return undefined;
  return { code: 31000 + end.sipCode, message: end.name };
}

const tokenErrors: readonly (readonly [prefix: string, error: WireError])[] = [
  ['bad-auth', { code: 31201, message: 'Authentication failed' }],
  ['bad-signature', { code: 31202, message: 'Access token signature validation failed' }],
  ['bad-expired', { code: 31205, message: 'JWT token expired' }],
  ['bad-rate', { code: 31206, message: 'Rate exceeded authorized limit' }],
  ['bad', { code: 31204, message: 'JWT token invalid' }],
];

/** Why a token is refused; `undefined` for a good one. The words after `bad` choose the code. */
export function tokenError(token: string): WireError | undefined {
  return tokenErrors.find(([prefix]) => token.startsWith(prefix))?.[1];
}
