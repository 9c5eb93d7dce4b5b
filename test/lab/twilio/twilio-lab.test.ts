import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { launchBrowser } from '../browser/launch-browser.js';
import { type Lab, startLab } from '../start-lab.js';
import { everythingReleased } from './sdk-lab.js';
import { type SdkPage, type SdkPageOptions, type SdkPages, startSdkPages } from './sdk-page.js';

let lab: Lab;
let browser: Browser;
let pages: SdkPages;
const opened: SdkPage[] = [];

beforeAll(async () => {
  [lab, browser] = await Promise.all([startLab(), launchBrowser()]);
  pages = await startSdkPages(browser);
});

afterEach(async () => {
  await Promise.all(opened.splice(0).map((page) => page.close()));
  await lab.reset();
});

afterAll(async () => {
  pages.close();
  await Promise.all([lab.close(), browser.close()]);
});

async function open(options?: SdkPageOptions): Promise<SdkPage> {
  const page = await pages.open(options?.chunderw ?? lab.twilio.host, options);
  opened.push(page);
  return page;
}

const dial = (sdk: SdkPage, to: string) =>
  sdk.run('connect', { To: to, 'X-Everdial-Call-Id': 'call-1' });

describe('the Twilio SDK on the whole lab', () => {
  it('is seen by the oracle from the first ring to the bill', async () => {
    const sdk = await open({ microphone: { tone: 700 } });
    const phone = lab.network.phone('+12025550100');
    await dial(sdk, phone.number);
    await sdk.until('ringing');
    await sdk.until('accept');
    expect(Math.abs(((await phone.waitFor('tone')).frequency ?? 0) - 700)).toBeLessThan(10);
    expect(Math.abs((await sdk.remoteTone()).frequency - 1400)).toBeLessThan(10);
    await sdk.run('sendDigits', '123#');
    await phone.waitFor('digit', { nth: 4 });
    await sdk.run('disconnect');
    expect(await phone.waitFor('hung-up')).toMatchObject({ by: 'caller', callId: 'call-1' });
    expect(phone.history.map((event) => event.digit ?? '').join('')).toBe('123#');
    expect(lab.network.rings(phone.number)).toBe(1);
    expect(lab.network.liveCalls).toBe(0);
    expect(lab.twilio.openCalls).toEqual([]);
    await everythingReleased(sdk);
  });

  it.each([
    ['+12025550101', 31486],
    ['+12025550103', 31603],
    ['+12025550104', 31404],
  ])('gives up on %s with %i', async (to, code) => {
    const sdk = await open();
    await dial(sdk, to);
    expect((await sdk.until('call-error')).detail['code']).toBe(code);
    await sdk.until('disconnect');
  });

  it('loses a cancel against the answer, and nobody is told', async () => {
    const sdk = await open();
    const phone = lab.network.phone('+12025550113');
    await dial(sdk, phone.number);
    await sdk.until('ringing');
    await sdk.run('disconnect');
    await phone.waitFor('answered');
    await sdk.until('disconnect');
    expect(lab.network.liveCalls).toBe(1);
    lab.twilio.hangupAll();
    await phone.waitFor('hung-up');
    expect(lab.network.liveCalls).toBe(0);
  });

  it('needs no option of the SDK when the vendor’s hosts are mapped to it', async () => {
    const mapped = await launchBrowser({
      args: [`--host-resolver-rules=MAP *.twilio.com ${lab.twilio.host}`],
    });
    const mappedPages = await startSdkPages(mapped);
    try {
      const sdk = await mappedPages.open([], { publishEvents: true });
      await dial(sdk, '+12025550100');
      await sdk.until('accept');
      await vi.waitFor(() =>
        expect(lab.twilio.webRequests.filter(({ method }) => method === 'POST')).not.toEqual([]),
      );
      const hosts = new Set(lab.twilio.webRequests.map(({ host }) => host));
      expect([...hosts].sort()).toEqual(['eventgw.twilio.com', 'sdk.twilio.com']);
    } finally {
      mappedPages.close();
      await mapped.close();
    }
  });

  it('is found on the second host when the first refuses', async () => {
    // Nobody listens on the discard port.
    const sdk = await open({ chunderw: ['127.0.0.1:9', lab.twilio.host] });
    await dial(sdk, '+12025550100');
    await sdk.until('accept', 1, 15_000);
    expect((await sdk.events()).map((event) => event.name)).toContain('device-error');
  });
});
