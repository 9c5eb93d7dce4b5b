// @vitest-environment node
import { type ChildProcess, spawn } from 'node:child_process';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { jwtVerify } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PROJECT_ROOT } from '../../scripts/root.js';

const ORIGIN = 'https://www.example.com';
const SECRET = 'the secret of the API key';

/** The little of Telnyx's REST API that is needed. */
class FakeTelnyx {
  readonly requests: { readonly line: string; readonly headers: IncomingMessage['headers'] }[] = [];
  /** What it answers next. */
  answer: { status: number; text: string; headers?: Record<string, string> } = {
    status: 201,
    text: 'telnyx.token.signature\n',
  };
  readonly #server: Server = createServer((request, response) => {
    this.requests.push({ line: `${request.method} ${request.url}`, headers: request.headers });
    const { status, text, headers } = this.answer;
    response.writeHead(status, { 'content-type': 'text/plain', ...headers }).end(text);
  });

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.#server.close();
  }
}

const telnyx = new FakeTelnyx();
const started: ChildProcess[] = [];
let log = '';

/** Starts the example as its README says, and gives its address. */
async function startServer(env: Readonly<Record<string, string>>): Promise<string> {
  const child = spawn(process.execPath, [join(PROJECT_ROOT, 'examples/token-server/server.js')], {
    env: { PATH: process.env['PATH'] ?? '', PORT: '0', ...env },
  });
  started.push(child);
  child.stderr.on('data', (chunk) => {
    log += chunk;
  });
  return new Promise((resolve, reject) => {
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
      const port = /on port (\d+)/.exec(output)?.[1];
      if (port) resolve(`http://127.0.0.1:${port}`);
    });
    child.on('exit', () => reject(new Error(log)));
  });
}

const ask = (url: string, init: RequestInit = {}): Promise<Response> =>
  fetch(url, { method: 'POST', ...init, headers: { origin: ORIGIN, ...init.headers } });

let server = '';

beforeAll(async () => {
  server = await startServer({
    ALLOWED_ORIGINS: `${ORIGIN}, http://localhost:5173`,
    TOKENS_PER_MINUTE: '1000',
    TELNYX_API_KEY: 'KEY123',
    TELNYX_CREDENTIAL_ID: 'credential/1',
    TELNYX_API_URL: await telnyx.start(),
    TWILIO_ACCOUNT_SID: 'AC1',
    TWILIO_API_KEY_SID: 'SK1',
    TWILIO_API_KEY_SECRET: SECRET,
    TWILIO_APP_SID: 'AP1',
  });
});

afterAll(() => {
  telnyx.stop();
  for (const child of started) child.kill();
});

test('a Twilio token is signed with the API key and allows calls out only', async () => {
  const response = await ask(`${server}/voice-token/twilio`);
  expect(response.status).toBe(200);
  const { payload, protectedHeader } = await jwtVerify(
    await response.text(),
    new TextEncoder().encode(SECRET),
  );
  expect(protectedHeader).toEqual({ alg: 'HS256', typ: 'JWT', cty: 'twilio-fpa;v=1' });
  expect(payload).toMatchObject({
    iss: 'SK1',
    sub: 'AC1',
    jti: `SK1-${payload.iat}`,
    grants: {
      identity: expect.stringMatching(/^visitor-[0-9a-f-]{36}$/),
      voice: { outgoing: { application_sid: 'AP1' } },
    },
  });
  expect(payload['grants']).not.toHaveProperty('voice.incoming');
  expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(600);
});

test('a Telnyx token is made by Telnyx for the credential', async () => {
  const response = await ask(`${server}/voice-token/telnyx`);
  expect(response.status).toBe(200);
  expect(await response.text()).toBe('telnyx.token.signature');
  const request = telnyx.requests.at(-1);
  expect(request?.line).toBe('POST /v2/telephony_credentials/credential%2F1/token');
  expect(request?.headers).toMatchObject({
    authorization: 'Bearer KEY123',
    accept: 'text/plain',
  });
});

test('when Telnyx refuses, the page is told that there is no token and when to ask again, and not why', async () => {
  telnyx.answer = { status: 429, text: 'inner detail', headers: { 'retry-after': '7' } };
  const response = await ask(`${server}/voice-token/telnyx`);
  expect(response.status).toBe(502);
  expect(response.headers.get('retry-after')).toBe('7');
  expect(response.headers.get('access-control-allow-origin')).toBe(ORIGIN);
  expect(await response.text()).toBe('No token to be had');
  expect(log).toContain('Telnyx answered 429');
  expect(log).not.toContain('KEY123');
});

test('pages of other origins get nothing, not even without an origin', async () => {
  for (const origin of ['https://evil.example', 'null', `${ORIGIN}.evil.example`]) {
    const response = await ask(`${server}/voice-token/twilio`, { headers: { origin } });
    expect(response.status, origin).toBe(403);
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  }
  const bare = await fetch(`${server}/voice-token/twilio`, { method: 'POST' });
  expect(bare.status).toBe(403);
});

test('the browser’s question before the request is answered', async () => {
  const response = await ask(`${server}/voice-token/twilio`, { method: 'OPTIONS' });
  expect(response.status).toBe(204);
  expect(response.headers.get('access-control-allow-origin')).toBe(ORIGIN);
  expect(response.headers.get('access-control-allow-methods')).toBe('POST');
  expect(response.headers.get('vary')).toBe('origin');
});

test('tokens are not to be stored, and nothing else is there', async () => {
  const token = await ask(`${server}/voice-token/twilio`);
  expect(token.headers.get('cache-control')).toBe('no-store');
  expect((await ask(`${server}/voice-token/twilio`, { method: 'GET' })).status).toBe(405);
  expect((await ask(`${server}/voice-token/acme`)).status).toBe(404);
  expect((await ask(`${server}/`)).status).toBe(404);
});

test('one address gets so many tokens in a minute and is told how long to wait', async () => {
  const strict = await startServer({
    ALLOWED_ORIGINS: ORIGIN,
    TOKENS_PER_MINUTE: '2',
    TWILIO_ACCOUNT_SID: 'AC1',
    TWILIO_API_KEY_SID: 'SK1',
    TWILIO_API_KEY_SECRET: SECRET,
    TWILIO_APP_SID: 'AP1',
  });
  const statuses: number[] = [];
  for (let count = 0; count < 3; count += 1) {
    const response = await ask(`${strict}/voice-token/twilio`);
    statuses.push(response.status);
    if (response.status === 429) {
      expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(response.headers.get('access-control-expose-headers')).toBe('retry-after');
    }
  }
  expect(statuses).toEqual([200, 200, 429]);
});

test('half a carrier, and no origin at all, are told at the start', async () => {
  await expect(startServer({ ALLOWED_ORIGINS: ORIGIN, TELNYX_API_KEY: 'KEY123' })).rejects.toThrow(
    'Not set: TELNYX_CREDENTIAL_ID',
  );
  await expect(startServer({})).rejects.toThrow('ALLOWED_ORIGINS is empty');
});
