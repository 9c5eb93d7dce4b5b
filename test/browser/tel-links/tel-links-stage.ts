import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { buildPage } from '../../lab/browser/build-page.js';
import { launchBrowser } from '../../lab/browser/launch-browser.js';
import { type LabPage, openPage } from '../../lab/browser/open-page.js';
import { startWebServer, type WebServer } from '../../lab/net/web-server.js';
import type { PlainOptions } from './tel-links-page.js';

/** What the tests of a file share. */
export interface TelLinksStage {
  /** The page, opened anew for each test. */
  readonly opened: LabPage;
  /** Address of the page. */
  readonly url: string;
  /** Starts to watch. */
  watch(options?: PlainOptions): Promise<void>;
  /** Stops. */
  stop(): Promise<void>;
  /** What became calls. */
  calls(): Promise<readonly string[]>;
  /** Ids of what was clicked and left to the browser. */
  nativeClicks(): Promise<readonly string[]>;
}

/** Opens the page of `tel-links-page.ts` with this body before each test; no test may leave an error behind. */
export function useTelLinksStage(body: string): TelLinksStage {
  let server: WebServer;
  let browser: Browser;
  let url: string;
  let opened: LabPage;

  beforeAll(async () => {
    [server, browser] = await Promise.all([startWebServer([]), launchBrowser()]);
    url = server.origin + (await buildPage('test/browser/tel-links/tel-links-page.ts', { body }));
  });
  beforeEach(async () => {
    opened = await openPage(browser, { url, microphone: { tone: 700 } });
    await opened.page.waitForFunction(() => globalThis.telLinksPage !== undefined);
  });
  afterEach(async () => {
    expect(opened.pageErrors).toEqual([]);
    await opened.close();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  return {
    get opened() {
      return opened;
    },
    get url() {
      return url;
    },
    watch: (options) =>
      opened.page.evaluate((given) => globalThis.telLinksPage.watch(given), options),
    stop: () => opened.page.evaluate(() => globalThis.telLinksPage.stop()),
    calls: () => opened.page.evaluate(() => [...globalThis.telLinksPage.calls]),
    nativeClicks: () =>
      opened.page.evaluate(() =>
        globalThis.telLinksPage.clicks.filter(({ isNative }) => isNative).map(({ id }) => id),
      ),
  };
}
