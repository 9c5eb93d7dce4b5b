import { createHash, randomBytes } from 'node:crypto';
import type { SipRequest } from './message.js';

/** Whom the gateway asks for a password. */
export const REALM = 'lab.example';

/** The password of each user. */
export function passwordOf(user: string): string {
  return `secret-${user}`;
}

/** How credentials were found. */
export type Verdict = 'right' | 'wrong' | 'stale';

/** HTTP digest with MD5 and `qop=auth` (RFC 2617, RFC 3261 22.4). */
export class Digest {
  /** Nonces that were given out, with the highest count that was used with each. */
  readonly #nonces = new Map<string, number>();

  /** A challenge with a nonce of its own. */
  challenge(stale = false): string {
    const nonce = randomBytes(12).toString('hex');
    this.#nonces.set(nonce, 0);
    const more = stale ? ', stale=true' : '';
    return `Digest realm="${REALM}", nonce="${nonce}", qop="auth", algorithm=MD5${more}`;
  }

  /** Whether these credentials are the first answer to a challenge: no login of its own, but the second half of one. */
  answersChallenge(credentials: string): boolean {
    return this.#nonces.get(readCredentials(credentials).get('nonce') ?? '') === 0;
  }

  /** Checks the credentials of a request. A nonce may be used again with a higher count. */
  verify(credentials: string, { method, uri }: SipRequest): Verdict {
    const given = readCredentials(credentials);
    const value = (name: string): string => given.get(name) ?? '';
    const count = Number.parseInt(value('nc'), 16);
    const used = this.#nonces.get(value('nonce'));
    if (used === undefined || !(count > used)) return 'stale';
    this.#nonces.set(value('nonce'), count);
    const user = value('username');
    const expected = md5(
      [
        md5(`${user}:${REALM}:${passwordOf(user)}`),
        value('nonce'),
        value('nc'),
        value('cnonce'),
        'auth',
        md5(`${method}:${uri}`),
      ].join(':'),
    );
    return value('response') === expected ? 'right' : 'wrong';
  }
}

/** The parameters of an `Authorization` header. */
export function readCredentials(header: string): ReadonlyMap<string, string> {
  const found = header.matchAll(/(\w+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))/g);
  return new Map([...found].map(([, name = '', quoted, plain]) => [name, quoted ?? plain ?? '']));
}

/** MD5 in hexadecimal, as digest has it. */
export function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}
