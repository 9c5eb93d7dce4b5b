import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { launchBrowser } from '../lab/browser/launch-browser.js';
import { openPage } from '../lab/browser/open-page.js';
import { type Lab, startLab } from '../lab/start-lab.js';
import { type StaticServer, serve } from './static-server.js';

const NUMBER = '+12025550100';

let browser: Browser;
let cdn: StaticServer;
let lab: Lab;

beforeAll(async () => {
  cdn = await serve(join(inject('installed'), 'node_modules/everdial'));
  const page = `<!doctype html><link rel="icon" href="data:,">
    <script src="${cdn.origin}/dist/umd/everdial.js"></script>`;
  lab = await startLab({
    handlers: [
      (request, response) => {
        if (request.url !== '/script-tag') return false;
        response.writeHead(200, { 'content-type': 'text/html' }).end(page);
        return true;
      },
    ],
  });
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser.close();
  await lab.close();
  await cdn.close();
});

test.each(['telnyx', 'twilio', 'sip'] as const)(
  'the script and the SDK from another origin make a call over %s',
  async (carrier) => {
    const opened = await openPage(browser, {
      url: lab.url('/script-tag'),
      microphone: { tone: 700 },
    });
    const options = {
      telnyx: { sdkOptions: { host: lab.telnyx.url } },
      twilio: { sdkOptions: { chunderw: lab.twilio.host } },
      sip: { server: lab.sip.url, domain: 'lab.example' },
    };
    await opened.page.evaluate(`
      dialer = new Everdial.Dialer({
        providers: [Everdial.${carrier}(${JSON.stringify(options[carrier])})],
        getToken: ({ provider, signal }) => fetch('/voice-token/' + provider, { method: 'POST', signal }),
      });
      call = dialer.dial('${NUMBER}');
      call.when('active').then(() => undefined)`);
    expect((await lab.network.phone(NUMBER).waitFor('tone')).frequency).toBeCloseTo(700, -1);
    expect((await opened.remoteTone()).frequency).toBeCloseTo(1400, -1);
    const cause = await opened.page.evaluate(`
      call.hangup();
      call.when('ended').then(({ cause }) => dialer.close().then(() => cause))`);
    expect(cause).toBe('completed');
    expect(await opened.resources()).toMatchObject({
      liveTracks: 0,
      peerConnections: 0,
      sockets: 0,
    });
    expect(opened.pageErrors).toEqual([]);
    expect(opened.consoleErrors).toEqual([]);
    await opened.close();
    await lab.reset();
  },
);
