/** Connecting and logging in: what goes over the wire, which server is used, and what a refusal means. */
import { afterEach, describe, expect, test } from 'vitest';
import { createMediaPeerFactory } from '../../lab/media/media-peer.js';
import { type SipGateway, startSipGateway } from '../../lab/sip/gateway.js';
import type { SipFaults } from '../../lab/sip/sip-faults.js';
import type { GatewayFaults } from '../../lab/types.js';
import type { OpenConfig } from './page-side/sip-page-types.js';
import { ORDINARY, SipLab } from './sip-lab.js';

const it = new SipLab();

describe('a login', () => {
  test('with a password is a digest: REGISTER is challenged, answered, and lives for 300 s', async () => {
    await it.ready({ options: { displayName: 'Visitor of the page' } });
    const [first, second, ...more] = it.requests('REGISTER');
    expect(more).toEqual([]);
    expect(first?.headers.get('authorization')).toBe('');
    expect(second?.headers.get('authorization')).toMatch(/^Digest .*username="visitor"/);
    expect(second?.headers.get('from')).toMatch(/^"Visitor of the page" <sip:visitor@lab.example>/);
    expect(second?.headers.get('expires')).toBe('300');
    expect(it.gateway.registered).toEqual(['visitor']);
    expect(it.gateway.frames.some(({ text }) => text.includes('secret-visitor'))).toBe(false);
  });

  test('with a bearer token has it in REGISTER and INVITE, and no challenge', async () => {
    await it.ready({ token: 'lab-token', options: { login: 'bearer' } });
    await it.dial(ORDINARY);
    await it.says('answered signalling');
    expect(it.statuses('REGISTER')).toEqual([200]);
    for (const method of ['REGISTER', 'INVITE']) {
      const [request] = it.requests(method);
      expect(request?.headers.get('authorization')).toBe('Bearer lab-token');
    }
    expect(it.statuses('INVITE')).not.toContain(407);
  });

  test('without a registration is checked by the call itself', async () => {
    await it.ready({ options: { register: false } });
    await it.dial(ORDINARY);
    await it.says('answered signalling');
    expect(it.requests('REGISTER')).toEqual([]);
    expect(it.statuses('INVITE')).toContain(407);
    expect(it.gateway.registered).toEqual([]);
    await it.closeSession();
    expect(it.requests('REGISTER')).toEqual([]);
  });

  test.each<[string, Partial<OpenConfig>, Partial<GatewayFaults>, Partial<SipFaults>]>([
    ['a wrong password', { token: 'wrong' }, {}, {}],
    ['a bad bearer token', { token: 'bad', options: { login: 'bearer' } }, {}, {}],
    ['a refused account', {}, { login: 'reject' }, {}],
    ['a challenge without end', {}, {}, { challenge: 'again' }],
  ])('%s is told as such, at once, and nothing stays open', async (_, settings, faults, more) => {
    Object.assign(it.gateway.faults, faults);
    Object.assign(it.gateway.sipFaults, more);
    expect(await it.open(settings)).toBe('auth/token-rejected');
    expect(it.requests('REGISTER').length).toBeLessThanOrEqual(2);
    expect(await it.fact('tokens')).toEqual(['first']);
    await it.expectClean();
  });

  test('that is to be longer is made longer, and a server that is too busy is no refusal', async () => {
    it.gateway.sipFaults.registerCode = 423;
    await it.ready();
    expect(it.requests('REGISTER').at(-1)?.headers.get('expires')).toBe('600');
    await it.closeSession();
    it.gateway.sipFaults.registerCode = 503;
    expect(await it.open()).toBe('provider/server-error');
    await it.expectClean();
  });

  test.each([
    ['is never answered', { login: 'silent' }],
    ['hangs in the upgrade', { upgrade: 'hold' }],
    ['hangs in a black hole', { tcp: 'black-hole' }],
  ] as const)('%s: waits for the signal, then leaves nothing', async (_name, fault) => {
    Object.assign(it.gateway.faults, fault);
    await it.gateway.settled();
    expect(await it.open({ abortAfterMs: 300 })).toBe('state/aborted');
    it.gateway.faults.tcp = 'ok';
    await it.expectClean();
    expect(await it.fact('connection')).toEqual([]);
  });

  test('gets a fresh token between calls, over the socket that is open', async () => {
    await it.ready();
    expect(await it.act('token')).toBe('done');
    await it.eventually(() => it.statuses('REGISTER')).toEqual([401, 200, 401, 200]);
    expect(it.gateway.openSockets).toBe(1);
  });
});

describe('several servers', () => {
  let second: SipGateway | undefined;
  const another = async () => {
    second = await startSipGateway({ trunk: it.lab.network, media: createMediaPeerFactory() });
    return second;
  };
  afterEach(async () => {
    await second?.close();
    second = undefined;
  });

  test('are tried by weight, whatever the order in which they are given', async () => {
    const other = await another();
    await it.ready({
      server: [
        { url: it.gateway.url, weight: 1 },
        { url: other.url, weight: 10 },
      ],
    });
    expect([it.gateway.openSockets, other.openSockets]).toEqual([0, 1]);
  });

  test.each(['refuse', 'black-hole'] as const)(
    'the first one is down (%s): the next one takes the call',
    async (tcp) => {
      const other = await another();
      other.faults.tcp = tcp;
      await other.settled();
      await it.openPage();
      const startMs = performance.now();
      await it.ready({ server: [other.url, it.gateway.url] });
      expect(performance.now() - startMs).toBeLessThan(2_500);
      await it.dial(ORDINARY);
      await it.says('answered signalling');
      expect(it.lab.network.rings(ORDINARY)).toBe(1);
      expect(other.invites).toEqual([]);
    },
  );

  test('the next one may be one that knows no pings: it is asked, not lost', async () => {
    const other = await another();
    other.sipFaults.pong = 'swallow';
    await it.ready({ server: [it.gateway.url, other.url], options: { register: false } });
    await it.eventually(() => it.gateway.frames.some(({ text }) => text === '\r\n')).toBe(true);
    it.gateway.faults.tcp = 'refuse';
    await it.gateway.settled();
    it.gateway.dropSockets();
    await it.connectionSays('ready');
    await it.dial(ORDINARY);
    await it.says('answered signalling');
    const asked = () => other.frames.filter(({ text }) => text.startsWith('OPTIONS')).length;
    await it.eventually(asked).toBeGreaterThan(0);
    await it.quiet(500);
    expect(other.openSockets).toBe(1);
    expect(await it.fact('says')).not.toContain('interrupted network/signalling-lost');
  });
});
