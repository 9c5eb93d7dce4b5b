import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { buildPage } from '../lab/browser/build-page.js';
import { launchBrowser } from '../lab/browser/launch-browser.js';
import { type LabPage, openPage } from '../lab/browser/open-page.js';
import { writeWav } from '../lab/media/wav.js';
import { startWebServer, type WebServer } from '../lab/net/web-server.js';
import { startTelephony, type Telephony, type TelephonyOptions } from './lab/start-telephony.js';
import { tone } from './lab/tone.js';

/** What the microphone of a page says, and what the phones play, in hertz. */
export const PAGE_TONE = 1300;
export const PHONE_TONE = 700;

/** A telephone path, a browser and one built page, for the tests of one file. */
export interface TelephonyPage {
  readonly lab: Telephony;
  /** Opens the page with a microphone of 1300 Hz; closed after the test. */
  openPage(): Promise<LabPage>;
}

/** Starts them before the tests; after each test what is broken is mended and calls that are left are ended. */
export function useTelephony(entry: string, options: TelephonyOptions = {}): TelephonyPage {
  let lab: Telephony;
  let browser: Browser;
  let web: WebServer;
  let url: string;
  let folder: string;
  const pages: LabPage[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'everdial-microphone-'));
    const microphone = join(folder, 'tone.wav');
    // The browser's own fake device, however many calls there are.
    writeFileSync(microphone, writeWav(tone(PAGE_TONE, 4, 48_000), 48_000));
    [lab, browser, web] = await Promise.all([
      startTelephony(options),
      launchBrowser({ args: [`--use-file-for-fake-audio-capture=${microphone}`] }),
      startWebServer([]),
    ]);
    url = web.origin + (await buildPage(entry));
  });
  afterEach(async () => {
    await Promise.all(pages.splice(0).map((page) => page.close()));
    await lab.reset();
  });
  afterAll(async () => {
    await Promise.all([browser?.close(), web?.close(), lab?.close()]);
    rmSync(folder, { recursive: true, force: true });
  });

  return {
    get lab() {
      return lab;
    },
    async openPage() {
      const page = await openPage(browser, { url });
      pages.push(page);
      return page;
    },
  };
}
