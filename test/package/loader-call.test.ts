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
  const page = (
    carrier: string,
  ): string => `<!doctype html><html lang="en"><link rel="icon" href="data:,">
    <script>
      window.Everdial = window.Everdial || { cmd: [] };
      Everdial.cmd.push(function (everdial) {
        document.querySelector('ever-dial').dialer = new everdial.Dialer({
          providers: [everdial.${carrier}(${JSON.stringify(options(carrier))})],
          getToken: ({ provider, signal }) => fetch('/voice-token/' + provider, { method: 'POST', signal }),
        });
      });
    </script>
    <script async src="${cdn.origin}/dist/embed/loader.js"></script>
    <ever-dial to="${NUMBER}" name="The shop"></ever-dial>`;
  const plain = (
    carrier: string,
  ): string => `<!doctype html><html lang="en"><link rel="icon" href="data:,">
    <script async src="${cdn.origin}/dist/embed/loader.js"></script>
    <ever-dial to="${NUMBER}" providers="${carrier}" token-url="/voice-token"></ever-dial>
    <ever-dial to="${NUMBER}" providers="${carrier}" token-url="/voice-token?no" no-warm-up></ever-dial>`;
  lab = await startLab({
    handlers: [
      (request, response) => {
        const [, carrier, attributes] = /^\/loader\/(\w+)(\??)$/.exec(request.url ?? '') ?? [];
        if (carrier === undefined) return false;
        const html = attributes ? plain(carrier) : page(carrier);
        response.writeHead(200, { 'content-type': 'text/html' }).end(html);
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

/** Where the carrier's lab is. */
function options(carrier: string): object {
  return carrier === 'telnyx'
    ? { sdkOptions: { host: lab.telnyx.url } }
    : { sdkOptions: { chunderw: lab.twilio.host } };
}

test.each(['telnyx', 'twilio'] as const)(
  'the button of the loader, from another origin, makes a call over %s with sound both ways',
  async (carrier) => {
    const opened = await openPage(browser, {
      url: lab.url(`/loader/${carrier}`),
      microphone: { tone: 700 },
    });
    const element = opened.page.locator('ever-dial');
    await opened.page.waitForFunction("document.querySelector('ever-dial').dialer");
    await element.locator('[part~="button"]').click();
    expect((await lab.network.phone(NUMBER).waitFor('tone')).frequency).toBeCloseTo(700, -1);
    expect((await opened.remoteTone()).frequency).toBeCloseTo(1400, -1);
    await opened.page.locator('ever-dial[data-state="active"]').waitFor({ state: 'attached' });
    await element.locator('[part~="hangup"]').click();
    await opened.page.locator('ever-dial[data-state="ended"]').waitFor({ state: 'attached' });
    await opened.page.evaluate("document.querySelector('ever-dial').dialer.close()");
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

test('the first sign of interest in a button of the loader connects it, where it may', async () => {
  const opened = await openPage(browser);
  const { page } = opened;
  // Loopback only: what is seen is that it connects.
  const connected = new Promise<string>((resolve) => {
    void page.routeWebSocket(/telnyx/, (socket) => resolve(socket.url()));
  });
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.goto(lab.url('/loader/telnyx?'));
  const buttons = page.locator('ever-dial [part~="button"]');
  await buttons.nth(1).hover();
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(asked.filter((path) => !path.endsWith('/loader.js'))).toEqual(['/loader/telnyx']);
  await buttons.first().hover();
  expect(await connected).toContain('telnyx');
  expect(asked.filter((path) => path.startsWith('/voice-token'))).toEqual(['/voice-token/telnyx']);
  await opened.close();
});
