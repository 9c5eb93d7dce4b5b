/** ICE candidates: the call does not wait for those that do not come, and the late ones follow. */
import { createSocket } from 'node:dgram';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ORDINARY, RINGS, SipLab } from './sip-lab.js';
import { type StunServer, startStunServer } from './stun-server.js';
import { bodyOf, isResponse, withBody } from './tap.js';

const it = new SipLab();
let stun: StunServer;

beforeAll(async () => {
  stun = await startStunServer();
});
afterAll(() => stun.close());

/** A UDP port on which nobody listens. */
async function closedPort(): Promise<number> {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  const { port } = socket.address() as AddressInfo;
  await new Promise<void>((resolve) => socket.close(() => resolve()));
  return port;
}

/** Milliseconds from the call of `dial()` to the INVITE at the gateway. */
async function untilInvite(): Promise<number> {
  await it.eventually(() => it.gateway.invites.length).toBe(1);
  return (it.gateway.invites[0]?.atMs ?? 0) - (await it.fact('dialledAtMs'));
}

const infos = () => it.requests('INFO').filter(({ body }) => body.includes('a=ice-ufrag'));

describe('a server for addresses that does not answer', () => {
  test.each([
    ['a STUN server that is silent', () => stun.iceServers, false],
    [
      'a STUN server that is gone',
      async () => [{ urls: `stun:127.0.0.1:${await closedPort()}` }],
      false,
    ],
    ['a TURN server that is gone, and relays only', turnThatIsGone, true],
  ] as const)(
    '%s: the INVITE goes within a second all the same',
    async (_name, make, relayOnly) => {
      stun.delayMs = undefined;
      await it.ready({ context: { iceServers: [...(await make())], relayOnly } });
      await it.dial(ORDINARY);
      expect(await untilInvite()).toBeLessThan(1_000);
    },
  );

  test('the wait can be made shorter', async () => {
    stun.delayMs = undefined;
    await it.ready({ context: { iceServers: stun.iceServers }, options: { iceGatheringMs: 100 } });
    await it.dial(ORDINARY);
    expect(await untilInvite()).toBeLessThan(400);
    await it.says('answered signalling');
    await it.toneAtPhone(ORDINARY);
    await it.toneInPage();
  });

  test('one that answers is waited for, and another one beside it is not', async () => {
    stun.delayMs = 150;
    const silent = await startStunServer();
    const iceServers = [...stun.iceServers, ...silent.iceServers];
    await it.ready({ context: { iceServers }, options: { iceGatheringMs: 5_000 } });
    await it.dial(ORDINARY);
    const tookMs = await untilInvite();
    expect(tookMs).toBeGreaterThan(140);
    expect(tookMs).toBeLessThan(1_000);
    expect(it.requests('INVITE')[0]?.body).toContain(' typ srflx');
    silent.close();
  });
});

describe('candidates that come after the INVITE', () => {
  // While it rings: Chromium looks for no more as soon as sound can pass.
  const late = async () => {
    stun.delayMs = 400;
    await it.ready({ context: { iceServers: stun.iceServers }, options: { iceGatheringMs: 100 } });
    await it.dial(RINGS);
    await it.says('progress ringing');
    expect(it.requests('INVITE')[0]?.body).not.toContain(' typ srflx');
  };

  test('follow by INFO where the server takes them, with the name and password of the offer', async () => {
    it.gateway.sipFaults.trickle = true;
    await late();
    const sent = () =>
      infos()
        .map(({ body }) => body)
        .join('');
    await it.eventually(sent).toContain(' typ srflx');
    const [info] = infos();
    const offer = it.requests('INVITE')[0]?.body ?? '';
    for (const name of ['ice-ufrag', 'ice-pwd', 'mid']) {
      const line = new RegExp(`^a=${name}:.*$`, 'm');
      expect(line.exec(info?.body ?? '')?.[0]).toBe(line.exec(offer)?.[0]);
    }
    expect(info?.headers.get('content-type')).toBe('application/trickle-ice-sdpfrag');
    expect(info?.headers.get('info-package')).toBe('trickle-ice');
    await it.eventually(() => it.statuses('INFO').length).toBe(infos().length);
    expect(new Set(it.statuses('INFO'))).toEqual(new Set([200]));
  });

  test('stay here where the server does not', async () => {
    await late();
    await it.quiet(700);
    expect(it.requests('INFO')).toEqual([]);
  });

  test('are what the sound goes over, in both directions', async () => {
    const tap = await it.tap();
    const lines: string[] = [];
    const strip = (text: string) =>
      withBody(text, bodyOf(text).replace(/^a=candidate:.*\r\n/gm, ''));
    it.gateway.sipFaults.trickle = true;
    // Neither side tells the other where it is: what is left are the INFOs.
    tap.toGateway = (text) => (text.startsWith('INVITE') ? strip(text) : text);
    tap.toPage = (text) => {
      if (!isResponse(text, '200', 'INVITE')) return text;
      lines.push(...(bodyOf(text).match(/^a=candidate:.*$/gm) ?? []));
      return strip(text);
    };
    await it.ready();
    await it.dial(ORDINARY);
    await it.says('answered signalling');
    await it.quiet(500);
    expect(it.peer(ORDINARY).packetsReceived).toBe(0);
    const fragment = ['a=mid:0', ...lines, ''].join('\r\n');
    tap.request('INFO', 100, fragment, [
      'Content-Type: application/trickle-ice-sdpfrag',
      'Info-Package: trickle-ice',
    ]);
    await it.toneAtPhone(ORDINARY);
    await it.toneInPage();
    const known = await it.page.page.evaluate(() => globalThis.sipPage.remoteCandidates());
    expect(known).toContain('host');
  });
});

async function turnThatIsGone(): Promise<readonly RTCIceServer[]> {
  const urls = `turn:127.0.0.1:${await closedPort()}?transport=udp`;
  return [{ urls, username: 'visitor', credential: 'secret' }];
}
