import { DialerError, isDialerError } from '../errors/dialer-error.js';
import type { TokenAnswer, TokenGrant } from './hooks.js';

/** How long a token is believed to last when nobody says so. */
const ASSUMED_LIFETIME_MS = 600_000;

/** A grant whose end is known. */
export interface DatedGrant extends TokenGrant {
  /** Milliseconds until it ends, counted from when it was read. */
  readonly expiresInMs: number;
}

/**
 * Reads what the application's `getToken` gave: a bare token, a grant, or the unread response of a server.
 * @param nowMs - Milliseconds since the epoch, to tell how long a JWT lasts.
 * @throws DialerError `auth/token-unavailable` for a status that is not 2xx or a body without a token (`retryAfterMs` from
 * `Retry-After`), `config/invalid-option` when it is neither a token, a grant nor a response.
 */
export async function readToken(answer: TokenAnswer, nowMs: number): Promise<DatedGrant> {
  const grant = toGrant(isResponse(answer) ? await readResponse(answer, nowMs) : answer);
  return { ...grant, expiresInMs: grant.expiresInMs ?? jwtLifetimeMs(grant.token, nowMs) };
}

function isResponse(value: unknown): value is Response {
  return (
    typeof value === 'object' &&
    value !== null &&
    'ok' in value &&
    'text' in value &&
    'status' in value
  );
}

async function readResponse(response: Response, nowMs: number): Promise<unknown> {
  if (!response.ok) {
    throw new DialerError('auth/token-unavailable', {
      detail: `the token server answered ${response.status}`,
      retryAfterMs: retryAfterMs(response.headers.get('retry-after'), nowMs),
    });
  }
  const text = (await response.text()).trim();
  if (!/^[{"]/.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new DialerError('auth/token-unavailable', {
      cause,
      detail: 'the token server sent broken JSON',
    });
  }
}

function toGrant(value: unknown): TokenGrant {
  const grant = typeof value === 'string' ? { token: value } : value;
  if (typeof grant !== 'object' || grant === null || !('token' in grant)) {
    throw new DialerError('config/invalid-option', { detail: 'getToken gave no token' });
  }
  const { token } = grant;
  if (typeof token !== 'string') {
    throw new DialerError('config/invalid-option', {
      detail: `getToken gave a ${typeof token} as token`,
    });
  }
  if (token.trim() === '') {
    throw new DialerError('auth/token-unavailable', { detail: 'the token is empty' });
  }
  return grant as TokenGrant;
}

/** `Retry-After` as seconds or date, RFC 9110 10.2.3. */
function retryAfterMs(header: string | null, nowMs: number): number | undefined {
  if (!header) return undefined;
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - nowMs;
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}

/** Time left according to the `exp` claim (RFC 7519 4.1.4) of a token that is a JWT. */
function jwtLifetimeMs(token: string, nowMs: number): number {
  try {
    const payload = token.split('.')[1] ?? '';
    const { exp } = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/')));
    return typeof exp === 'number' ? Math.max(0, exp * 1000 - nowMs) : ASSUMED_LIFETIME_MS;
  } catch {
    return ASSUMED_LIFETIME_MS;
  }
}

/** What anything thrown by `getToken` is reported as: its own error if it is one of ours. */
export function tokenError(thrown: unknown): DialerError {
  return isDialerError(thrown)
    ? thrown
    : new DialerError('auth/token-unavailable', { cause: thrown });
}
