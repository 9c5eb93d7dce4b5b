import type { Browser } from 'playwright-core';
import { buildPage } from '../test/lab/browser/build-page.js';
import { launchBrowser } from '../test/lab/browser/launch-browser.js';
import { type Lab, startLab } from '../test/lab/start-lab.js';

/** Where the carriers are measured: one lab, one browser and one page for all cases. */
export interface Stage {
  readonly lab: Lab;
  readonly browser: Browser;
  /** Address of the page. */
  readonly url: string;
  /** Puts the lab back: nothing is broken, and carriers and the application's server are one round trip away again. */
  reset(): Promise<void>;
  /** Stops everything. */
  close(): Promise<void>;
}

/**
 * Starts lab and browser.
 * @param rttMs - round trip to the carriers and to the application's server, milliseconds. Code comes without any, as out
 * of a cache.
 */
export async function openStage(rttMs: number): Promise<Stage> {
  const [lab, browser, page] = await Promise.all([
    startLab(),
    launchBrowser(),
    buildPage('bench/page-side/bench-page.ts'),
  ]);
  return {
    lab,
    browser,
    url: lab.url(page),
    async reset() {
      await lab.reset();
      lab.telnyx.faults.delayMs = rttMs / 2;
      lab.twilio.faults.delayMs = rttMs / 2;
      lab.tokens.faults.delayMs = rttMs;
      lab.calls.faults.delayMs = rttMs;
    },
    async close() {
      await browser.close();
      await lab.close();
    },
  };
}
