/** What the system knows of a call, in a Chromium whose tabs are hidden when another is in front. */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { buildPage, buildScript } from '../../lab/browser/build-page.js';
import { startWebServer, type WebServer } from '../../lab/net/web-server.js';
import { launchTabBrowser, type TabBrowser } from '../page-life/tab-browser.js';

const PATIENCE = { timeout: 10_000 };

let web: WebServer;
let browser: TabBrowser;
let url: string;

beforeAll(async () => {
  const [started, launched, path, probe] = await Promise.all([
    startWebServer([]),
    launchTabBrowser(),
    buildPage('test/browser/media/media-page.ts'),
    buildScript('test/lab/browser/page-side/probe.ts'),
  ]);
  web = started;
  browser = launched;
  url = web.origin + path;
  await browser.context.addInitScript({
    content: `globalThis.everdialLabOptions = { microphone: 'device' };${probe}`,
  });
});
afterEach(async () => {
  for (const page of browser.context.pages().slice(1)) await page.close();
});
afterAll(async () => {
  await browser?.close();
  await web?.close();
});

async function open(): Promise<Page> {
  const page = await browser.context.newPage();
  await page.goto(url);
  await page.waitForFunction(() => globalThis.mediaPage !== undefined);
  return page;
}

/** For each lock that the browser gave: whether it was taken back or let go. */
const locks = (page: Page) =>
  page.evaluate(() => globalThis.mediaPage.locks.map(({ released }) => released));

test('the screen stays on, also after another tab was in front, until the call is over', async () => {
  const page = await open();
  await page.evaluate(() => globalThis.mediaPage.presence(true));
  await expect.poll(() => locks(page), PATIENCE).toEqual([false]);

  const other = await browser.context.newPage();
  await other.bringToFront();
  await expect.poll(() => locks(page), PATIENCE).toEqual([true]);
  await page.bringToFront();
  await expect.poll(() => locks(page), PATIENCE).toEqual([true, false]);

  await page.evaluate(() => globalThis.mediaPage.stopPresence());
  await expect.poll(() => locks(page), PATIENCE).toEqual([true, true]);
  await other.bringToFront();
  await page.bringToFront();
  await page.waitForFunction(() => document.visibilityState === 'visible');
  expect(await locks(page)).toEqual([true, true]);
});

test('a screen that is not wanted on, or may not be, harms no call', async () => {
  const page = await open();
  const errors: Error[] = [];
  page.on('pageerror', (error) => errors.push(error));
  await page.evaluate(() => globalThis.mediaPage.presence(false));
  await page.evaluate(() => globalThis.mediaPage.stopPresence());
  expect(await locks(page)).toEqual([]);

  const cdp = await browser.context.browser()?.newBrowserCDPSession();
  await cdp?.send('Browser.setPermission', {
    permission: { name: 'screen-wake-lock' },
    setting: 'denied',
    origin: web.origin,
  });
  try {
    await page.evaluate(() => globalThis.mediaPage.presence(true));
    const refusals = () => page.evaluate(() => [...globalThis.mediaPage.refusals]);
    await expect.poll(refusals, PATIENCE).toEqual(['NotAllowedError']);
    await page.evaluate(() => globalThis.mediaPage.stopPresence());
    expect(errors).toEqual([]);
  } finally {
    await cdp?.send('Browser.resetPermissions');
  }
});

test('the browser takes the keys for hanging up and muting, and gives them back', async () => {
  const page = await open();
  const seen = await page.evaluate(() => {
    const { mediaPage } = globalThis;
    mediaPage.presence(false);
    const during = Object.keys(mediaPage.keys).sort();
    const title = navigator.mediaSession.metadata?.title;
    for (const key of during) mediaPage.keys[key]?.();
    mediaPage.update(true);
    mediaPage.stopPresence();
    return {
      during,
      title,
      pressed: [...mediaPage.pressed],
      after: Object.keys(mediaPage.keys),
      metadata: navigator.mediaSession.metadata,
    };
  });
  expect(seen).toEqual({
    during: ['hangup', 'togglemicrophone'],
    title: 'Call',
    pressed: ['hangup', 'mute'],
    after: [],
    metadata: null,
  });
});
