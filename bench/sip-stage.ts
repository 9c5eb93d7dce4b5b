import type { Browser } from 'playwright-core';
import { buildPage, buildScript } from '../test/lab/browser/build-page.js';
import { launchBrowser } from '../test/lab/browser/launch-browser.js';
import { type LabPage, openPage } from '../test/lab/browser/open-page.js';
import { startWebServer } from '../test/lab/net/web-server.js';
import { startTelephony, type Telephony } from '../test/telephony/lab/start-telephony.js';

/** Who makes the call. */
export type Caller = 'Dialer' | 'plain JsSIP';

/** The telephone path, a browser, and a page for each caller. */
export interface SipStage {
  readonly telephony: Telephony;
  /** Opens the page of a caller in a new browser context, watched from before its first script. */
  openPage(caller: Caller): Promise<LabPage>;
  /** Stops everything. */
  close(): Promise<void>;
}

/** Starts them. */
export async function openSipStage(): Promise<SipStage> {
  const [telephony, browser, web, watch, dialer, plain] = await Promise.all([
    startTelephony(),
    launchBrowser(),
    startWebServer([]),
    buildScript('bench/page-side/sip-watch-page.ts'),
    buildPage('bench/page-side/sip-page.ts'),
    buildPage('test/telephony/page/plain-jssip.ts'),
  ]);
  const urls = { Dialer: web.origin + dialer, 'plain JsSIP': web.origin + plain };
  return {
    telephony,
    openPage: (caller) => openWatched(browser, watch, urls[caller]),
    async close() {
      await Promise.all([browser.close(), web.close(), telephony.close()]);
    },
  };
}

async function openWatched(browser: Browser, watch: string, url: string): Promise<LabPage> {
  const opened = await openPage(browser);
  await opened.context.addInitScript({ content: watch });
  await opened.page.goto(url);
  return opened;
}
