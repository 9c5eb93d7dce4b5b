import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { type Lab, startLab } from '../start-lab.js';
import { buildPage } from './build-page.js';
import { type LaunchOptions, launchBrowser } from './launch-browser.js';
import { type LabPage, type OpenPageOptions, openPage } from './open-page.js';

/** What is left when everything of ours and of the SDKs is over: no microphone, call, socket or interval. */
export const NOTHING_LEFT = { liveTracks: 0, peerConnections: 0, sockets: 0, intervals: 0 };

/** A lab, a browser and one built page, for the tests of one file or of one `describe`. */
export interface BrowserLab {
  /** The running lab; there is one as soon as tests run, as with everything here. */
  readonly lab: Lab;
  /** The running browser. */
  readonly browser: Browser;
  /** Address of the page. */
  readonly url: string;
  /** Opens the page with a microphone of 700 Hz; closed after the test. */
  openPage(options?: OpenPageOptions): Promise<LabPage>;
}

/**
 * Starts lab and browser before the tests, puts everything back after each, and stops it after all.
 *
 * @param entry - script of the page, as for {@link buildPage}
 */
export function useBrowserLab(entry: string, launch: LaunchOptions = {}): BrowserLab {
  let lab: Lab;
  let browser: Browser;
  let url: string;
  const pages: LabPage[] = [];

  beforeAll(async () => {
    [lab, browser] = await Promise.all([startLab(), launchBrowser(launch)]);
    url = lab.url(await buildPage(entry));
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
    get browser() {
      return browser;
    },
    get url() {
      return url;
    },
    async openPage(options) {
      const opened = await openPage(browser, { url, microphone: { tone: 700 }, ...options });
      pages.push(opened);
      return opened;
    },
  };
}
