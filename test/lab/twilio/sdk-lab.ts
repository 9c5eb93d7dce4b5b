import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, vi } from 'vitest';
import { launchBrowser } from '../browser/launch-browser.js';
import { createMediaPeerFactory } from '../media/media-peer.js';
import { type FakeLeg, FakeTrunk } from './fake-network.js';
import { type SdkPage, type SdkPageOptions, type SdkPages, startSdkPages } from './sdk-page.js';
import { startTwilioGateway, type TwilioGateway } from './start-twilio-gateway.js';

/** The vendor's SDK in Chromium on a fresh gateway, with real media and a network in which the test plays the phones. */
export interface SdkLab {
  /** The gateway of this test. */
  readonly gateway: TwilioGateway;
  /** The network of this test. */
  readonly trunk: FakeTrunk;
  /** Opens a page; closed after the test. */
  open(options?: SdkPageOptions): Promise<SdkPage>;
  /** Calls, and waits until the call is in the network. */
  dial(sdk: SdkPage): Promise<FakeLeg>;
  /** Calls, and waits until both sides are connected. */
  talk(sdk: SdkPage): Promise<FakeLeg>;
}

/** Registers the hooks of a test file. The browser is shared by its tests. */
export function useSdkLab(): SdkLab {
  let browser: Browser;
  let pages: SdkPages;
  let gateway: TwilioGateway;
  let trunk: FakeTrunk;
  const opened: SdkPage[] = [];
  vi.setConfig({ testTimeout: 40_000, hookTimeout: 60_000 });

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
    await Promise.all(opened.splice(0).map((page) => page.close()));
    await gateway.close();
  });

  const dial = async (sdk: SdkPage) => {
    const before = trunk.legs.length;
    await sdk.run('connect', { To: '+15550001111', attempt: 'a1' });
    await vi.waitFor(() => expect(trunk.legs.length).toBe(before + 1), { timeout: 10_000 });
    const leg = trunk.legs[before];
    if (leg === undefined) throw new Error('No call in the network');
    return leg;
  };
  return {
    get gateway() {
      return gateway;
    },
    get trunk() {
      return trunk;
    },
    async open(options = {}) {
      const page = await pages.open(options.chunderw ?? gateway.host, options);
      opened.push(page);
      return page;
    },
    dial,
    async talk(sdk) {
      const leg = await dial(sdk);
      leg.listener.ringing();
      await sdk.until('ringing');
      leg.listener.answered();
      await sdk.until('accept');
      await vi.waitFor(() => expect(leg.call.media.connected).toBe(true), { timeout: 10_000 });
      return leg;
    },
  };
}

/** Names of everything that the SDK said so far. */
export async function names(sdk: SdkPage): Promise<string[]> {
  return (await sdk.events()).map((event) => event.name);
}

/** Waits until the page holds no microphone and no peer connection. */
export async function everythingReleased(sdk: SdkPage): Promise<void> {
  await vi.waitFor(async () => {
    expect(await sdk.resources()).toMatchObject({ liveTracks: 0, peerConnections: 0 });
  });
}
