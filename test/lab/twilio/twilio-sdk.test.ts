import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { launchBrowser } from '../browser/launch-browser.js';
import { createMediaPeerFactory } from '../media/media-peer.js';
import { type FakeLeg, FakeTrunk } from './fake-network.js';
import { type SdkPage, type SdkPages, startSdkPages } from './sdk-page.js';
import { startTwilioGateway, type TwilioGateway } from './start-twilio-gateway.js';

vi.setConfig({ testTimeout: 40_000, hookTimeout: 40_000 });

let browser: Browser;
let pages: SdkPages;
let gateway: TwilioGateway;
let trunk: FakeTrunk;
let page: SdkPage | undefined;

beforeAll(async () => {
  browser = await launchBrowser();
  pages = await startSdkPages(browser);
});

afterAll(async () => {
  pages.close();
  await browser.close();
});

beforeEach(async () => {
  trunk = new FakeTrunk();
  gateway = await startTwilioGateway({ trunk, media: createMediaPeerFactory() });
});

afterEach(async () => {
  await page?.close();
  page = undefined;
  await gateway.close();
});

const clearing = { sipCode: 200, q850Cause: 16, name: 'NORMAL_CLEARING' };

async function open(options: Parameters<SdkPages['open']>[1] = {}): Promise<SdkPage> {
  page = await pages.open(gateway.host, options);
  return page;
}

async function placed(count = 1): Promise<FakeLeg> {
  await vi.waitFor(() => expect(trunk.legs.length).toBe(count), { timeout: 10_000 });
  const leg = trunk.legs[count - 1];
  if (leg === undefined) throw new Error('No call in the network');
  return leg;
}

async function dial(sdk: SdkPage): Promise<FakeLeg> {
  await sdk.run('connect', { To: '+15550001111', attempt: 'a1' });
  return placed(trunk.legs.length + 1);
}

async function talk(sdk: SdkPage): Promise<FakeLeg> {
  const leg = await dial(sdk);
  leg.listener.ringing();
  await sdk.until('ringing');
  leg.listener.answered();
  await sdk.until('accept');
  await vi.waitFor(() => expect(leg.call.media.connected).toBe(true), { timeout: 10_000 });
  return leg;
}

const names = async (sdk: SdkPage) => (await sdk.events()).map((event) => event.name);

async function everythingReleased(sdk: SdkPage): Promise<void> {
  await vi.waitFor(async () => {
    expect(await sdk.resources()).toMatchObject({ liveTracks: 0, peerConnections: 0 });
  });
}

describe('the unmodified Twilio SDK on the gateway', () => {
  it('registers, rings, talks both ways, sends digits and hangs up', async () => {
    const sdk = await open({ microphone: { tone: 700 } });
    await sdk.run('register');
    await sdk.until('register-resolved');
    expect(gateway.registrations).toBe(1);
    const leg = await talk(sdk);
    expect(leg.call).toMatchObject({ to: '+15550001111', params: { attempt: 'a1' } });
    const { media } = leg.call;
    const digits: string[] = [];
    media.onDigit = (digit) => digits.push(digit);
    media.play({ tone: 440 });
    await vi.waitFor(
      () => {
        const { frequency, level } = media.heard();
        expect(Math.abs(frequency - 700)).toBeLessThan(10);
        expect(level).toBeGreaterThan(0.05);
      },
      { timeout: 10_000, interval: 100 },
    );
    const { frequency } = await sdk.remoteTone();
    expect(Math.abs(frequency - 440)).toBeLessThan(10);
    await sdk.run('sendDigits', '123#');
    await vi.waitFor(() => expect(digits).toEqual(['1', '2', '3', '#']), { timeout: 5000 });
    expect(leg.said).toEqual([]);
    await sdk.run('disconnect');
    await vi.waitFor(() => expect(leg.said).toEqual(['hangup']));
    await everythingReleased(sdk);
    expect(await names(sdk)).toContain('disconnect');
  });

  it('learns that the phone hung up', async () => {
    const sdk = await open();
    const leg = await talk(sdk);
    leg.listener.ended(clearing);
    await sdk.until('disconnect');
    await everythingReleased(sdk);
    expect(await names(sdk)).not.toContain('call-error');
  });

  it('hears early media before the answer', async () => {
    const sdk = await open();
    const leg = await dial(sdk);
    leg.call.media.play({ tone: 600 });
    leg.listener.earlyMedia();
    expect((await sdk.until('ringing')).detail).toEqual({ hasEarlyMedia: true });
    await vi.waitFor(() => expect(leg.call.media.packetsReceived).toBeGreaterThan(20), {
      timeout: 10_000,
    });
    expect(Math.abs((await sdk.remoteTone()).frequency - 600)).toBeLessThan(10);
    expect(await names(sdk)).not.toContain('accept');
    leg.listener.answered();
    await sdk.until('accept');
  });

  it.each([
    [486, 31486, 31486],
    [404, 31404, 31404],
    [480, 31480, 31480],
    [603, 31603, 31603],
    [503, 31005, 31503],
  ])('reports SIP %i as %i', async (sipCode, code, reason) => {
    const sdk = await open();
    const leg = await dial(sdk);
    leg.listener.ended({ sipCode, q850Cause: 17, name: 'NAME' });
    const { detail } = await sdk.until('call-error');
    expect(detail['code']).toBe(code);
    if (code !== reason) expect(detail['originalCode']).toBe(reason);
    await sdk.until('disconnect');
    await everythingReleased(sdk);
  });

  it('hides busy behind 31005 without the improved precision', async () => {
    const sdk = await open({ enableImprovedSignalingErrorPrecision: false });
    const leg = await dial(sdk);
    leg.listener.ended({ sipCode: 486, q850Cause: 17, name: 'USER_BUSY' });
    expect((await sdk.until('call-error')).detail).toEqual({ code: 31005, originalCode: 31486 });
  });

  it('leaves a zombie when the socket is lost between invite and answer', async () => {
    const sdk = await open();
    gateway.faults.invite = 'drop-after-placing';
    const leg = await dial(sdk);
    await sdk.until('transportClose');
    await vi.waitFor(async () => expect(await sdk.run('callState')).toBe('closed'));
    expect(await names(sdk)).not.toContain('disconnect');
    expect(await names(sdk)).not.toContain('call-error');
    expect(await sdk.resources()).toMatchObject({ liveTracks: 1, peerConnections: 1 });
    await sdk.run('disconnect');
    await vi.waitFor(() => expect(gateway.openSockets).toBe(1));
    expect(leg.said).toEqual([]);
    await sdk.run('connect', { To: '+15550001111' });
    expect((await sdk.until('connect-rejected')).detail['reason']).toContain('already active');
  });

  it('comes back to its call after a lost socket', async () => {
    const sdk = await open();
    const leg = await talk(sdk);
    gateway.dropSockets();
    await sdk.until('reconnecting');
    await sdk.until('reconnected');
    expect(gateway.openCalls).toMatchObject([{ hasBrowser: true }]);
    const before = leg.call.media.packetsReceived;
    await vi.waitFor(() => expect(leg.call.media.packetsReceived).toBeGreaterThan(before + 20));
    await sdk.run('disconnect');
    await vi.waitFor(() => expect(leg.said).toEqual(['hangup']));
    expect(gateway.invites.length).toBe(1);
  });

  it('ends with 31209 when Twilio refuses to take it back', async () => {
    const sdk = await open();
    await talk(sdk);
    gateway.faults.reattach = 'never';
    gateway.dropSockets();
    expect((await sdk.until('call-error')).detail['code']).toBe(31209);
    await sdk.until('disconnect');
    await everythingReleased(sdk);
  });

  it('asks no other host when sounds and insights point nowhere', async () => {
    const sdk = await open();
    const leg = await talk(sdk);
    leg.listener.ended(clearing);
    await sdk.until('disconnect');
    expect(sdk.foreignRequests.filter((url) => url.includes('eventgw'))).toEqual([]);
    expect(gateway.webRequests).toEqual([]);
  });
});
