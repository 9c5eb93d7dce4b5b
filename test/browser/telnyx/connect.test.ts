/** Connecting and logging in, where the vendor retries for minutes, says nothing, or loops. */
import { describe, expect, test, vi } from 'vitest';
import { AdapterLab } from './adapter-lab.js';

const ORDINARY = '+12025550100';

const it = new AdapterLab();

interface Login {
  readonly params: { readonly reconnection: boolean; readonly sessid?: string };
}

const logins = () => it.sent('login').map((text) => (JSON.parse(text) as Login).params);

describe('a gateway that cannot be reached', () => {
  test.each(['refuse', 'reset'] as const)('TCP %s: refused at once', async (tcp) => {
    it.gateway.faults.tcp = tcp;
    await it.gateway.settled();
    await it.openPage();
    const startMs = performance.now();
    expect(await it.open()).toBe('provider/unreachable');
    expect(performance.now() - startMs).toBeLessThan(900);
    await it.nothingLeft();
  });

  test('HTTP 503 and a socket dropped at login: refused at once', async () => {
    it.gateway.faults.upgrade = 503;
    expect(await it.open()).toBe('provider/unreachable');
    it.gateway.resetFaults();
    it.gateway.faults.login = 'drop';
    expect(await it.open()).toBe('provider/unreachable');
    await it.nothingLeft();
  });

  test.each([
    ['a black hole', () => Object.assign(it.gateway.faults, { tcp: 'black-hole' })],
    ['an upgrade that hangs', () => Object.assign(it.gateway.faults, { upgrade: 'hold' })],
    ['a silent login', () => Object.assign(it.gateway.faults, { login: 'silent' })],
    ['no clientReady', () => Object.assign(it.gateway.settings, { clientReady: false })],
    ['no registration', () => Object.assign(it.gateway.settings, { gatewayState: undefined })],
  ])('%s: waits for the signal, then leaves nothing', async (_name, inject) => {
    inject();
    await it.gateway.settled();
    expect(await it.open({ abortAfterMs: 700 })).toBe('state/aborted');
    await it.nothingLeft();
    expect(await it.connection()).toEqual([]);
  });

  test('a gateway that fails behind the login', async () => {
    it.gateway.settings.gatewayState = 'FAIL_WAIT';
    expect(await it.open()).toBe('provider/server-error');
    await it.nothingLeft();
  });
});

describe('a token', () => {
  test('that is refused', async () => {
    expect(await it.open({ token: 'bad-token' })).toBe('auth/token-rejected');
    await it.nothingLeft();
  });

  test('that is refused with -32000 is not tried without end', async () => {
    let requests = 0;
    const { page } = await it.openPage();
    await page.routeWebSocket(/./, (socket) => {
      socket.onMessage((message) => {
        const { id, method } = JSON.parse(String(message)) as { id: string; method?: string };
        if (method !== 'login') return;
        requests += 1;
        const error = { code: -32000, message: 'Authentication Required' };
        socket.send(JSON.stringify({ jsonrpc: '2.0', id, error }));
      });
    });
    await page.reload();
    expect(await it.open({ abortAfterMs: 5_000 })).toBe('auth/token-rejected');
    expect(requests).toBeLessThanOrEqual(2);
  });

  test('is replaced between calls on the open socket', async () => {
    await it.ready();
    expect(await it.act('token')).toBe('done');
    expect(it.gateway.logins.map(({ token }) => token)).toEqual(['lab', 'another']);
    expect(it.gateway.openSockets).toBe(1);
  });

  test('is replaced during a call without touching it', async () => {
    await it.call(ORDINARY, 'answered signalling');
    const before = await it.said();
    expect(await it.act('token')).toBe('done');
    await it.toneInPage();
    expect(await it.said()).toEqual([
      ...before.filter((line) => line !== 'remote-stream'),
      'remote-stream',
    ]);
    expect(it.gateway.logins).toHaveLength(1);
    it.gateway.dropSockets();
    await it.says('restored');
    expect(it.gateway.logins.at(-1)?.token).toBe('another');
  });

  test('that is over when the connection is repaired is renewed', async () => {
    await it.call(ORDINARY, 'answered signalling');
    // With a delay a login is seen before the gateway decides about it.
    Object.assign(it.gateway.faults, { login: 'reject', delayMs: 250 });
    it.gateway.dropSockets();
    await vi.waitFor(() => expect(it.gateway.logins).toHaveLength(3), 15_000);
    it.gateway.faults.login = 'ok';
    await it.says('restored');
    expect(await it.page.page.evaluate(() => globalThis.adapterPage.tokens)).toEqual([
      'first',
      'refused',
    ]);
    expect(it.gateway.logins.at(-1)?.token).toBe('lab-2');
  });
});

describe('one client after another in the same tab', () => {
  test('does not continue the session of the one before', async () => {
    await it.ready({ token: 'one' });
    await it.closeSession();
    await it.ready({ token: 'two' });
    expect(logins()).toMatchObject([{ reconnection: false }, { reconnection: false }]);
    expect(logins()[1]?.sessid).toBeUndefined();
  });

  test('does not continue what a page left behind in the storage of the tab', async () => {
    await it.openPage();
    await it.page.page.evaluate(() => {
      sessionStorage.setItem('telnyx-voice-sdk-id', 'of-somebody-else');
      sessionStorage.setItem('telnyx-voice-sdk-session-id', 'of-somebody-else');
      sessionStorage.setItem('telnyx-voice-sdk-session-id-stored-at', String(Date.now()));
    });
    await it.ready();
    expect(logins()).toMatchObject([{ reconnection: false }]);
    expect(logins()[0]?.sessid).toBeUndefined();
  });

  test('leaves no key and no listener', async () => {
    await it.ready();
    await it.closeSession();
    await it.ready();
    await it.closeSession();
    const left = await it.page.page.evaluate(() => ({
      keys: Object.keys(sessionStorage),
      listeners: globalThis.adapterPage.listeners,
    }));
    expect(left).toEqual({ keys: [], listeners: 0 });
    await it.nothingLeft();
  });
});

describe('a connection that is lost between calls', () => {
  test('is repaired, and calls can be made again', async () => {
    await it.ready();
    it.gateway.dropSockets();
    await it.connectionSays('reconnecting network/signalling-lost');
    await it.connectionSays('ready');
    await it.dial(ORDINARY);
    await it.says('answered signalling');
  });

  test('is given up when it is lost again and again', async () => {
    await it.ready();
    const dropping = setInterval(() => it.gateway.dropSockets(), 50);
    try {
      await it.connectionSays('failed network/reconnect-failed');
    } finally {
      clearInterval(dropping);
    }
    await it.closeSession();
    await it.nothingLeft();
  });

  test('takes no call meanwhile, and sends none later', async () => {
    await it.ready();
    it.gateway.dropSockets();
    await it.connectionSays('reconnecting network/signalling-lost');
    await it.dial(ORDINARY);
    expect(await it.said()).toEqual(['ended network network/signalling-lost']);
    await it.release();
    await it.connectionSays('ready');
    await it.quiet(300);
    expect(it.gateway.invites).toEqual([]);
    await it.nothingLeft({ liveTracks: 1, peerConnections: 0 });
  });
});

test('a page whose storage is blocked: the provider says that it cannot be used there', async () => {
  const { page } = await it.openPage();
  const unsupported = () =>
    page.evaluate((host) => globalThis.adapterPage.unsupported({ host }), it.gateway.url);
  expect(await unsupported()).toBeUndefined();
  await page.evaluate(() => {
    Object.defineProperty(globalThis, 'sessionStorage', {
      get() {
        throw new DOMException('The document is sandboxed', 'SecurityError');
      },
    });
  });
  expect(await unsupported()).toBe('provider/unsupported');
});
