import { describe, expect, it } from 'vitest';
import type { TokenAnswer } from '../../../src/access/hooks.js';
import { readToken } from '../../../src/access/read-token.js';
import { unsignedJwt } from './jwt.js';

const NOW = Date.UTC(2026, 0, 1);
const read = (answer: unknown) => readToken(answer as TokenAnswer, NOW);

describe('a token from the application', () => {
  it('is read from a bare string, and believed to last ten minutes', async () => {
    expect(await read('opaque')).toEqual({ token: 'opaque', expiresInMs: 600_000 });
  });

  it('is read from a grant, with all that belongs to it', async () => {
    const grant = {
      token: 'secret',
      username: 'agent',
      expiresInMs: 1234,
      params: { team: 'blue' },
      iceServers: [{ urls: 'stun:stun.example.com' }],
    };
    expect(await read(grant)).toEqual(grant);
  });

  it.each([
    ['text', 'opaque-token\n', 'opaque-token'],
    ['a JSON string', '"opaque-token"', 'opaque-token'],
    ['a JSON grant', '{"token":"opaque-token"}', 'opaque-token'],
    ['a JSON grant with space around', '  {"token":"opaque-token"} ', 'opaque-token'],
  ])('is read from a response with %s', async (_name, body, token) => {
    expect(await read(new Response(body))).toMatchObject({ token });
  });

  it('keeps the fields of a grant that came in a response', async () => {
    const body = JSON.stringify({ token: 't', expiresInMs: 9000, params: { a: 'b' } });
    expect(await read(new Response(body))).toEqual({
      token: 't',
      expiresInMs: 9000,
      params: { a: 'b' },
    });
  });

  it('is read from a response of another frame or of a polyfill', async () => {
    const foreign = { ok: true, status: 200, headers: new Headers(), text: async () => 'foreign' };
    expect(await read(foreign)).toMatchObject({ token: 'foreign' });
  });
});

describe('the end of a token', () => {
  const seconds = NOW / 1000;

  it('is read from a JSON Web Token', async () => {
    const { expiresInMs } = await read(unsignedJwt({ exp: seconds + 3600, sub: 'ä?>' }));
    expect(expiresInMs).toBe(3_600_000);
  });

  it('is the one that the grant names, if it names one', async () => {
    const token = unsignedJwt({ exp: seconds + 3600 });
    expect((await read({ token, expiresInMs: 5000 })).expiresInMs).toBe(5000);
  });

  it.each([
    ['without exp', unsignedJwt({ sub: 'x' })],
    ['with an exp that is no number', unsignedJwt({ exp: 'soon' })],
    ['with broken claims', 'a.b.c'],
    ['that only looks like one', 'v1.e30.x'],
  ])('is assumed for a token %s', async (_name, token) => {
    expect((await read(token)).expiresInMs).toBe(600_000);
  });

  it.each([
    ['ahead, so that the token seems to have ended', -7200],
    ['behind, so that it seems to last too long', 7200],
  ])('is its whole life on a clock that is two hours %s', async (_name, skew) => {
    const issued = seconds + skew;
    const { expiresInMs } = await read(unsignedJwt({ iat: issued, exp: issued + 3600 }));
    expect(expiresInMs).toBe(3_600_000);
  });

  it('is what is left of a token that was issued earlier', async () => {
    const { expiresInMs } = await read(unsignedJwt({ iat: seconds - 600, exp: seconds + 3000 }));
    expect(expiresInMs).toBe(3_000_000);
  });

  it.each([0, -5, Number.NaN, '3600', Number.POSITIVE_INFINITY])(
    'is never taken from a grant that says %s',
    async (expiresInMs) => {
      const grant = await read({ token: 'opaque', expiresInMs });
      expect(grant.expiresInMs).toBe(600_000);
    },
  );
});

describe('an answer that is no token', () => {
  it.each([401, 404, 429, 500, 503])('with status %i is a missing token', async (status) => {
    await expect(read(new Response('sorry', { status }))).rejects.toMatchObject({
      code: 'auth/token-unavailable',
      message: expect.stringContaining(String(status)),
      retryAfterMs: undefined,
    });
  });

  it.each([
    ['seconds', '30', 30_000],
    ['a date', new Date(NOW + 90_000).toUTCString(), 90_000],
    ['a date that has passed', new Date(NOW - 90_000).toUTCString(), 0],
    ['nonsense', 'later', undefined],
  ])('tells when to come back, from %s', async (_name, header, retryAfterMs) => {
    const response = new Response('', { status: 503, headers: { 'Retry-After': header } });
    await expect(read(response)).rejects.toMatchObject({ retryAfterMs });
  });

  it.each([
    ['an empty body', ''],
    ['blanks', ' \n'],
    ['broken JSON', '{"token":'],
    ['a JSON object without token', '{"error":"no"}'],
    ['a page', '<!doctype html><title>Welcome</title>'],
  ])('from a server, with %s, is a missing token', async (_name, body) => {
    await expect(read(new Response(body))).rejects.toMatchObject({
      code: 'auth/token-unavailable',
    });
  });

  it.each([
    ['undefined', undefined],
    ['null', null],
    ['a number', 5],
    ['an object without token', {}],
    ['a token that is no string', { token: 5 }],
    ['no token in a grant', { token: undefined }],
    ['a response with a token that is no string', new Response('{"token":5}')],
  ])('from the application itself, with %s, is its mistake', async (_name, answer) => {
    await expect(read(answer)).rejects.toMatchObject({ code: 'config/invalid-option' });
  });

  it('never shows up in the error', async () => {
    const secret = '{"secret-of-the-server": ';
    await expect(read(new Response(secret))).rejects.not.toThrow(/secret-of-the-server/);
    await expect(read({ token: { hidden: 'secret' } })).rejects.not.toThrow(/hidden/);
  });
});
