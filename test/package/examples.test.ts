import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, inject, test } from 'vitest';
import { PROJECT_ROOT } from '../../scripts/root.js';
import { launchBrowser } from '../lab/browser/launch-browser.js';
import { openSite, type SitePage } from './open-site.js';
import { type StaticServer, serve } from './static-server.js';

const EVERDIAL = join(inject('installed'), 'node_modules/everdial');
const { version } = JSON.parse(readFileSync(join(EVERDIAL, 'package.json'), 'utf8')) as {
  readonly version: string;
};
const PINNED = `https://cdn.jsdelivr.net/npm/everdial@${version}`;

let browser: Browser;
let cdn: StaticServer;
let site: SitePage | undefined;

beforeAll(async () => {
  browser = await launchBrowser();
  cdn = await serve(EVERDIAL);
});

afterEach(() => site?.close());

afterAll(async () => {
  await browser.close();
  await cdn.close();
});

/** Opens the page of an example with the files from the packed project in place of the pinned ones. */
async function openExample(folder: string, name = 'index.html'): Promise<SitePage> {
  const path = join(PROJECT_ROOT, 'examples', folder);
  const html = readFileSync(join(path, name), 'utf8');
  expect(html).toContain(`${PINNED}/dist/embed/loader.js`);
  site = await openSite(browser, {
    folder: path,
    pages: { '/index.html': html.replaceAll(PINNED, cdn.origin) },
  });
  return site;
}

/** Presses something that calls, waits until sound flows, hangs up. */
async function expectCall({ page, errors }: SitePage, selector: string): Promise<void> {
  await page.waitForFunction("document.querySelector('ever-dial').shadowRoot");
  await page.locator(selector).click();
  await page.locator('ever-dial[data-state="active"]').waitFor({ state: 'attached' });
  await page.locator('ever-dial').locator('[part~="hangup"]').click();
  await page.locator('ever-dial[data-state="ended"]').waitFor({ state: 'attached' });
  expect(errors).toEqual([]);
}

test('two lines on a plain page make a button that calls', async () => {
  await expectCall(await openExample('script-tag', 'button.html'), 'ever-dial [part~="button"]');
});

test('the snippet for content systems makes a button that calls', async () => {
  const opened = await openExample('wordpress');
  const button = opened.page.locator('ever-dial [part~="button"]');
  await button.waitFor();
  expect(await button.textContent()).toBe('Talk to us');
  await expectCall(opened, 'ever-dial [part~="button"]');
});

test('the snippet for content systems makes calls of the page’s telephone links', async () => {
  const opened = await openExample('wordpress');
  await opened.page.waitForLoadState('networkidle');
  await expectCall(opened, 'body > p > a[href^="tel:"]');
});

test('a button of the page’s own calls, and stands alone', async () => {
  const opened = await openExample('own-button');
  await opened.page.waitForFunction("document.querySelector('ever-dial').shadowRoot");
  expect(await opened.page.getByRole('button').count()).toBe(1);
  await expectCall(opened, '#talk');
});

test.each(['light', 'dark'] as const)(
  'the themed page is in its colours (%s), and calls',
  async (scheme) => {
    const opened = await openExample('themed');
    await opened.page.emulateMedia({ colorScheme: scheme });
    const button = opened.page.locator('ever-dial [part~="button"]');
    await button.waitFor();
    const colour = scheme === 'light' ? 'rgb(179, 84, 30)' : 'rgb(255, 155, 87)';
    await opened.page.waitForFunction(
      ([wanted]) => {
        const root = document.querySelector('ever-dial')?.shadowRoot;
        const found = root?.querySelector('[part~="button"]');
        return found && getComputedStyle(found).backgroundColor === wanted;
      },
      [colour],
    );
    expect(await button.textContent()).toBe('Order by phone');
    await expectCall(opened, 'ever-dial [part~="button"]');
  },
);
