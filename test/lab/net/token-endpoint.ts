import type { ServerResponse } from 'node:http';
import { labNow } from '../clock.js';
import { readBody } from './read-body.js';
import type { RequestHandler } from './web-server.js';

/** How the token endpoint answers, live. */
export interface TokenFaults {
  /** HTTP status. @defaultValue 200 */
  status: number;
  /** Milliseconds until the answer. @defaultValue 0 */
  delayMs: number;
  /**
   * Body instead of the token, as text. @defaultValue undefined
   */
  body: string | undefined;
  /** `Retry-After` header. @defaultValue undefined */
  retryAfter: string | undefined;
  /** Cuts the connection instead of an answer. @defaultValue false */
  drop: boolean;
  /** Only tokens of this provider fail; `undefined`: all. @defaultValue undefined */
  provider: string | undefined;
  /** How many requests fail before all is well; `undefined`: every one. @defaultValue undefined */
  times: number | undefined;
}

/** The application's server: `POST /voice-token/:provider`. For `sip` a token is a password, with the name that belongs to it. */
export interface TokenEndpoint {
  /** Faults, live. */
  readonly faults: TokenFaults;
  /** Requests so far. */
  readonly requests: readonly {
    readonly atMs: number;
    readonly provider: string;
    readonly body: string;
  }[];
  /** Puts the faults back and forgets the requests. */
  reset(): void;
  /** For the web server. */
  readonly handle: RequestHandler;
}

const PATH = /^\/voice-token\/([^/?]+)/;

/**
 * Makes the endpoint. Each token is another text, `lab-<provider>-<number>`, unless a fault says otherwise; for `sip` it is the
 * password of `visitor`, as the gateway knows it.
 */
export function createTokenEndpoint(): TokenEndpoint {
  const faults = noFaults();
  const requests: { atMs: number; provider: string; body: string }[] = [];
  let issued = 0;
  /** What holds for this request. */
  const faultsFor = (provider: string): TokenFaults => {
    if (faults.provider !== undefined && faults.provider !== provider) return noFaults();
    if (faults.times === undefined) return { ...faults };
    if (faults.times <= 0) return noFaults();
    faults.times -= 1;
    return { ...faults };
  };
  const answer = (provider: string, response: ServerResponse, faults: TokenFaults): void => {
    if (faults.drop) {
      response.destroy();
      return;
    }
    issued += 1;
    const fresh = provider === 'sip' ? 'secret-visitor' : `lab-${provider}-${issued}`;
    const token = faults.body ?? (faults.status < 300 ? fresh : '');
    if (faults.retryAfter !== undefined) response.setHeader('retry-after', faults.retryAfter);
    response
      .writeHead(faults.status, { 'content-type': 'text/plain; charset=utf-8' })
      .end(provider === 'sip' ? withUsername(token) : token);
  };
  return {
    faults,
    requests,
    reset() {
      Object.assign(faults, noFaults());
      requests.length = 0;
    },
    async handle(request, response) {
      const provider = PATH.exec(request.url ?? '')?.[1];
      if (provider === undefined) return false;
      response.setHeader('access-control-allow-origin', request.headers.origin ?? '*');
      response.setHeader('access-control-allow-credentials', 'true');
      response.setHeader('access-control-expose-headers', 'retry-after');
      if (request.method === 'OPTIONS') {
        response.setHeader('access-control-allow-headers', 'content-type, authorization');
        response.writeHead(204).end();
        return true;
      }
      if (request.method !== 'POST') {
        response.writeHead(405, { allow: 'POST' }).end();
        return true;
      }
      const body = await readBody(request);
      requests.push({ atMs: labNow(), provider, body });
      const now = faultsFor(provider);
      if (now.delayMs > 0) {
        const timer = setTimeout(() => answer(provider, response, now), now.delayMs);
        response.once('close', () => clearTimeout(timer));
      } else answer(provider, response, now);
      return true;
    },
  };
}

/** Whatever is no token, such as a web page or nothing, stays what it is. */
const withUsername = (token: string): string =>
  /^[\w-]+$/.test(token) ? JSON.stringify({ token, username: 'visitor' }) : token;

function noFaults(): TokenFaults {
  return {
    status: 200,
    delayMs: 0,
    body: undefined,
    retryAfter: undefined,
    drop: false,
    provider: undefined,
    times: undefined,
  };
}
