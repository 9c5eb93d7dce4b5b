import { DialerError } from '../errors/dialer-error.js';
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
  return dated(isResponse(answer) ? await readResponse(answer, nowMs) : answer, nowMs);
}

/**
 * Checks a token and finds out when it ends.
 * @param nowMs - Milliseconds since the epoch.
 * @throws DialerError as {@link readToken}.
 */
export function dated(value: unknown, nowMs: number): DatedGrant {
  const grant = toGrant(value);
  const { expiresInMs = 0 } = grant;
  // A life that is none would have the token renewed without a pause.
  const usable = Number.isFinite(expiresInMs) && expiresInMs > 0;
  return { ...grant, expiresInMs: usable ? expiresInMs : jwtLifetimeMs(grant.token, nowMs) };
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
  if (!/^[{"<]/.test(text)) return text;
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === 'string' || Object.hasOwn(body as object, 'token')) return body;
  } catch {
    // Told below. The parser's own message would quote the body.
  }
  throw new DialerError('auth/token-unavailable', {
    detail: 'the token server sent a body without a token',
  });
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

/**
 * Time left according to the `exp` claim (RFC 7519 4.1.4) of a token that is a JWT; its whole life, where `iat` shows
 * that this device's clock is wrong.
 */
function jwtLifetimeMs(token: string, nowMs: number): number {
  try {
    const payload = token.split('.')[1] ?? '';
    const { exp, iat } = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/')));
    const leftMs = exp * 1000 - nowMs;
    const lifeMs = iat === undefined ? leftMs : (exp - iat) * 1000;
    const ms = leftMs > 0 && leftMs < lifeMs ? leftMs : lifeMs;
    return ms > 0 ? ms : ASSUMED_LIFETIME_MS;
  } catch {
    return ASSUMED_LIFETIME_MS;
  }
}
