import type { Browser, CDPSession, Page } from 'playwright-core';
import { buildPage, buildScript } from '../lab/browser/build-page.js';
import { launchBrowser } from '../lab/browser/launch-browser.js';
import { type Lab, startLab } from '../lab/start-lab.js';
import { readOwners } from './owners.js';
import './page-side/soak-page-types.js';

/** Idle connections are closed after this long instead of a minute, milliseconds. */
export const IDLE_MS = 800;

/**
 * Machine code that V8 makes of what runs often is on the heap, too: in the first thousand calls more than a megabyte, which is
 * no leak and would hide one.
 */
const INTERPRETED = '--js-flags=--no-opt --no-maglev --no-sparkplug';

/** The lines of browsers about their network; the faults make them. */
const BROWSER_LINE = /net::|WebSocket connection to|Failed to load resource/;

/** Where the soak runs: one lab, one page, for all calls. */
export interface SoakStage {
  readonly lab: Lab;
  readonly page: Page;
  /** The DevTools protocol of the page. */
  readonly cdp: CDPSession;
  /** Uncaught errors, unhandled rejections and errors in the console since the last look. */
  takeErrors(): readonly string[];
  /** Whose code stands in this line of the bundle (`chunk-A.js:12`): `everdial`, or the name of a package. */
  ownerOf(line: string): string;
  /** Stops everything. */
  close(): Promise<void>;
}

/** Starts lab and browser, opens the page and makes the Dialer in it. */
export async function openSoakStage(): Promise<SoakStage> {
  const [lab, browser, path, probe] = await Promise.all([
    startLab(),
    launchBrowser({ args: [INTERPRETED] }),
    buildPage('test/soak/page-side/soak-page.ts'),
    buildScript('test/soak/page-side/soak-probe.ts'),
  ]);
  const page = await openPage(browser, lab.url(path), probe);
  const errors: string[] = [];
  page.on('console', (message) => {
    const text = message.text();
    if (message.type() === 'error' && !BROWSER_LINE.test(text)) errors.push(`console: ${text}`);
  });
  page.on('pageerror', (error) => errors.push(error.stack ?? error.message));
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Performance.enable');
  const hosts = { telnyx: lab.telnyx.url, twilio: lab.twilio.host };
  await page.evaluate((config) => globalThis.everdialSoak.create(config), {
    hosts,
    idleMs: IDLE_MS,
  });
  return {
    lab,
    page,
    cdp,
    takeErrors: () => errors.splice(0),
    ownerOf: readOwners(path),
    async close() {
      await browser.close();
      await lab.close();
    },
  };
}

async function openPage(browser: Browser, url: string, probe: string): Promise<Page> {
  const context = await browser.newContext({
    ignoreHTTPSErrors: true,
    permissions: ['microphone'],
  });
  await context.addInitScript({ content: probe });
  const page = await context.newPage();
  await page.goto(url);
  return page;
}
