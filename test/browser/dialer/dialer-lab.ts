import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { buildPage } from '../../lab/browser/build-page.js';
import { type LaunchOptions, launchBrowser } from '../../lab/browser/launch-browser.js';
import { type LabPage, type OpenPageOptions, openPage } from '../../lab/browser/open-page.js';
import { type Lab, startLab } from '../../lab/start-lab.js';
import type { PageConfig } from './dialer-page.js';

/** A lab, a browser and the page of the Dialer, for the tests of one file. */
export interface DialerLab {
  readonly lab: Lab;
  /** Opens the page and makes a Dialer with these routes. */
  open(
    routes: PageConfig['routes'],
    options?: PageConfig['options'],
    page?: OpenPageOptions,
  ): Promise<LabPage>;
  /** Address of the page, for tests that open it their own way. */
  readonly url: string;
  /** The running browser. */
  readonly browser: Browser;
}

/** Starts lab and browser before the tests of a file; after each test everything is put back. */
export function useDialerLab(launch: LaunchOptions = {}): DialerLab {
  let lab: Lab;
  let browser: Browser;
  let url: string;
  const pages: LabPage[] = [];

  beforeAll(async () => {
    [lab, browser] = await Promise.all([startLab(), launchBrowser(launch)]);
    url = lab.url(await buildPage('test/browser/dialer/dialer-page.ts'));
  });
  afterEach(async () => {
    await Promise.all(pages.splice(0).map((page) => page.close()));
    await lab.reset();
  });
  afterAll(async () => {
    await browser?.close();
    await lab?.close();
  });

  return {
    get lab() {
      return lab;
    },
    get url() {
      return url;
    },
    get browser() {
      return browser;
    },
    async open(routes, options, page) {
      const opened = await openPage(browser, { url, microphone: { tone: 700 }, ...page });
      pages.push(opened);
      await opened.page.evaluate((config) => globalThis.everdialPage.create(config), {
        routes,
        options,
        telnyxHost: lab.telnyx.url,
        twilioHost: lab.twilio.host,
      });
      return opened;
    },
  };
}

/** What is left of a Dialer that was closed. Poll for it: the closing handshake of a socket takes a moment. */
export const NOTHING_LEFT = { liveTracks: 0, peerConnections: 0, sockets: 0, intervals: 0 };
