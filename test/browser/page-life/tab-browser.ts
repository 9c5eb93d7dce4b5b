import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium } from 'playwright-core';
import { findChromium } from '../../lab/browser/find-chromium.js';
import { LAB_SWITCHES } from '../../lab/browser/launch-browser.js';

/** A Chromium as people use it. */
export interface TabBrowser {
  /** Its own context: its pages are tabs, of which one is in front. */
  readonly context: BrowserContext;
  /** Stops it and removes its profile. */
  close(): Promise<void>;
}

/**
 * Starts Chromium without Playwright's defaults, which keep each page "visible" and switch the back-forward cache off: here
 * a tab behind another is hidden, can be frozen, and a page that was left may come back.
 */
export async function launchTabBrowser(): Promise<TabBrowser> {
  const profile = await mkdtemp(join(tmpdir(), 'everdial-tabs-'));
  const child = spawn(findChromium(), [
    ...LAB_SWITCHES,
    '--headless',
    '--remote-debugging-port=0',
    `--user-data-dir=${profile}`,
    '--disable-popup-blocking',
    '--ignore-certificate-errors',
    '--use-fake-device-for-media-stream',
    '--use-fake-ui-for-media-stream',
    '--autoplay-policy=no-user-gesture-required',
    'about:blank',
  ]);
  const exited = new Promise((resolve) => child.once('exit', resolve));
  const address = await new Promise<string>((resolve, reject) => {
    let said = '';
    child.once('exit', () => reject(new Error(`Chromium did not start: ${said}`)));
    child.stderr.on('data', (chunk) => {
      said += chunk;
      const found = /ws:\/\/\S+/.exec(said);
      if (found) resolve(found[0]);
    });
  });
  const browser = await chromium.connectOverCDP(address, { noDefaults: true });
  const [context] = browser.contexts();
  if (!context) throw new Error('Chromium has no context');
  return {
    context,
    async close() {
      await browser.close();
      child.kill();
      await exited;
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
