import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { providerSuite } from '../../src/testing/index.js';
import { buildPage } from '../lab/browser/build-page.js';
import { launchBrowser } from '../lab/browser/launch-browser.js';
import { type LabPage, openPage } from '../lab/browser/open-page.js';
import { createMediaPeerFactory } from '../lab/media/media-peer.js';
import { startWebServer, type WebServer } from '../lab/net/web-server.js';
import { startTelnyxGateway, type TelnyxGateway } from '../lab/telnyx/gateway.js';
import { type FakeLeg, FakeTrunk } from '../lab/twilio/fake-network.js';
import type { TelnyxStage } from './telnyx-page.js';

/** How the phone network ends a call. */
const ENDS = {
  completed: { sipCode: 200, q850Cause: 16, name: 'NORMAL_CLEARING' },
  busy: { sipCode: 486, q850Cause: 17, name: 'USER_BUSY' },
  rejected: { sipCode: 603, q850Cause: 21, name: 'CALL_REJECTED' },
  unavailable: { sipCode: 480, q850Cause: 18, name: 'NO_USER_RESPONSE' },
  'invalid-number': { sipCode: 404, q850Cause: 1, name: 'UNALLOCATED_NUMBER' },
  'provider-failed': { sipCode: 503, q850Cause: 41, name: 'NORMAL_TEMPORARY_FAILURE' },
} as const;

let server: WebServer;
let browser: Browser;
let url: string;
let trunk: FakeTrunk;
let gateway: TelnyxGateway;
let opened: LabPage;

const newest = (): FakeLeg => {
  const leg = trunk.legs.at(-1);
  if (!leg) throw new Error('No call has arrived');
  return leg;
};

const stage: TelnyxStage = async (act) => {
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
  url = server.origin + (await buildPage('test/conformance/telnyx-page.ts'));
});
beforeEach(async () => {
  trunk = new FakeTrunk();
  gateway = await startTelnyxGateway({ trunk, media: createMediaPeerFactory() });
  opened = await openPage(browser);
  await opened.page.exposeFunction('telnyxStage', stage);
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
    ([host, which]) => globalThis.telnyxConformance.run(host, which),
    [gateway.url, name] as const,
  );
  expect(why).toBeUndefined();
  expect(opened.pageErrors).toEqual([]);
});
