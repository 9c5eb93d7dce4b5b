import { randomUUID } from 'node:crypto';
import { rateLimit } from './rate-limit.js';
import { TelnyxRefused, telnyxToken } from './telnyx-token.js';
import { twilioToken } from './twilio-token.js';

/**
 * What is sent back.
 * @typedef {object} Answer
 * @property {number} status
 * @property {string} text
 * @property {Readonly<Record<string, string>>} [headers]
 */

/**
 * Makes the request listener: `POST /voice-token/telnyx` and `POST /voice-token/twilio` answer with a token as plain text.
 * @param {import('./settings.js').Settings} settings
 * @param {{ log?: (line: string) => void, now?: () => number }} [outside] - for tests
 * @returns {import('node:http').RequestListener}
 */
export function createHandler(settings, { log = console.error, now = Date.now } = {}) {
  const secondsToWait = rateLimit(settings.tokensPerMinute);

  /**
   * @param {import('node:http').IncomingMessage} request
   * @returns {Promise<Answer>}
   */
  const answer = async (request) => {
    const carrier = /^\/voice-token\/([a-z]+)$/.exec(request.url ?? '')?.[1];
    if (carrier === undefined) return { status: 404, text: 'Not found' };
    // A browser always sends it with POST. This keeps other sites' pages out, not other programs: see the README.
    if (!settings.allowedOrigins.includes(request.headers.origin ?? '')) {
      return { status: 403, text: 'This origin is not allowed' };
    }
    if (request.method === 'OPTIONS') return { status: 204, text: '' };
    if (request.method !== 'POST') {
      return { status: 405, text: 'Use POST', headers: { allow: 'POST, OPTIONS' } };
    }
    const wait = secondsToWait(request.socket.remoteAddress ?? '', now());
    if (wait > 0) {
      return { status: 429, text: 'Too many tokens', headers: { 'retry-after': String(wait) } };
    }
    if (carrier === 'telnyx' && settings.telnyx) {
      return { status: 200, text: await telnyxToken(settings.telnyx) };
    }
    if (carrier === 'twilio' && settings.twilio) {
      const visitor = { identity: `visitor-${randomUUID()}`, nowMs: now() };
      return { status: 200, text: await twilioToken(settings.twilio, visitor) };
    }
    return { status: 404, text: 'This carrier is not set up' };
  };

  /**
   * @param {unknown} error
   * @returns {Answer}
   */
  const failed = (error) => {
    log(error instanceof Error ? error.message : 'Unknown failure');
    const retryAfter = error instanceof TelnyxRefused ? error.retryAfter : null;
    return {
      status: 502,
      text: 'No token to be had',
      ...(retryAfter && { headers: { 'retry-after': retryAfter } }),
    };
  };

  return (request, response) => {
    // Nothing is read from the request, but an unread body would keep the connection busy.
    request.resume();
    void answer(request)
      .catch(failed)
      .then(({ status, text, headers }) => {
        const origin = request.headers.origin ?? '';
        const cors = settings.allowedOrigins.includes(origin)
          ? {
              'access-control-allow-origin': origin,
              'access-control-allow-methods': 'POST',
              'access-control-allow-headers': 'content-type',
              'access-control-expose-headers': 'retry-after',
              'access-control-max-age': '600',
            }
          : {};
        response.writeHead(status, {
          'content-type': 'text/plain; charset=utf-8',
          'cache-control': 'no-store',
          vary: 'origin',
          ...cors,
          ...headers,
        });
        response.end(text);
      });
  };
}
