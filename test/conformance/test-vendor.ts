import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { providerSuite } from '../../src/testing/index.js';
import { buildPage } from '../lab/browser/build-page.js';
import { launchBrowser } from '../lab/browser/launch-browser.js';
import { type LabPage, openPage } from '../lab/browser/open-page.js';
import { createMediaPeerFactory } from '../lab/media/media-peer.js';
import { startWebServer, type WebServer } from '../lab/net/web-server.js';
import { type FakeLeg, FakeTrunk } from '../lab/twilio/fake-network.js';
import type { Gateway, MediaPeerFactory, Trunk } from '../lab/types.js';
import type { Vendor, VendorStage } from './vendor-page.js';

/** A vendor's gateway of the lab, and where the page finds it. */
export interface VendorGateway {
  readonly gateway: Gateway & { settled(): Promise<void> };
  /** What the provider is told. */
  readonly host: string;
}

/** Starts a gateway in front of this phone network. */
export type StartGateway = (options: {
  readonly trunk: Trunk;
  readonly media: MediaPeerFactory;
}) => Promise<VendorGateway>;

/** How the phone network ends a call. */
const ENDS = {
  completed: { sipCode: 200, q850Cause: 16, name: 'NORMAL_CLEARING' },
  busy: { sipCode: 486, q850Cause: 17, name: 'USER_BUSY' },
  rejected: { sipCode: 603, q850Cause: 21, name: 'CALL_REJECTED' },
  unavailable: { sipCode: 480, q850Cause: 18, name: 'NO_USER_RESPONSE' },
  'invalid-number': { sipCode: 404, q850Cause: 1, name: 'UNALLOCATED_NUMBER' },
  'provider-failed': { sipCode: 503, q850Cause: 41, name: 'NORMAL_TEMPORARY_FAILURE' },
} as const;

/** Runs every case of the suite in a page, over the vendor's unmodified SDK against its gateway in the lab. */
export function testVendor(vendor: Vendor, start: StartGateway): void {
  let server: WebServer;
  let browser: Browser;
  let url: string;
  let trunk: FakeTrunk;
  let gateway: VendorGateway['gateway'];
  let host: string;
  let opened: LabPage;

  const newest = (): FakeLeg => {
    const leg = trunk.legs.at(-1);
    if (!leg) throw new Error('No call has arrived');
    return leg;
  };

  const stage: VendorStage = async (act) => {
    const { faults } = gateway;
    switch (act) {
      case 'reset':
      case 'accept':
        gateway.resetFaults();
        break;
      case 'refuse':
        faults.tcp = 'refuse';
        break;
      case 'refuse-token':
        faults.login = 'reject';
        break;
      case 'ignore':
        faults.login = 'silent';
        break;
      case 'ring':
        newest().listener.ringing();
        break;
      case 'answer':
        newest().listener.answered();
        break;
      case 'drop':
        faults.tcp = 'refuse';
        await gateway.settled();
        gateway.dropSockets();
        break;
      case 'look':
        break;
      default:
        newest().listener.ended(ENDS[act]);
    }
    await gateway.settled();
    return gateway.invites.length;
  };

  beforeAll(async () => {
    [server, browser] = await Promise.all([startWebServer([]), launchBrowser()]);
    url = server.origin + (await buildPage('test/conformance/vendor-page.ts'));
  });
  beforeEach(async () => {
    trunk = new FakeTrunk();
    ({ gateway, host } = await start({ trunk, media: createMediaPeerFactory() }));
    opened = await openPage(browser);
    await opened.page.exposeFunction('vendorStage', stage);
    await opened.page.goto(url);
  });
  afterEach(async () => {
    await opened.close();
    await gateway.close();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  // Only the names: what the cases do, they do in the page.
  const names = providerSuite({ create: () => Promise.reject(new Error('not here')) }).map(
    ({ name }) => name,
  );

  test.each(names)('%s', async (name) => {
    const why = await opened.page.evaluate(
      ([of, at, which]) => globalThis.vendorConformance.run(of, at, which),
      [vendor, host, name] as const,
    );
    expect(why).toBeUndefined();
    expect(opened.pageErrors).toEqual([]);
  });
}
