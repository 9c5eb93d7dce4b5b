/** The example `examples/tel-links`, opened in a real Chromium. */
import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { buildPage } from '../../lab/browser/build-page.js';
import { launchBrowser } from '../../lab/browser/launch-browser.js';
import { type LabPage, openPage } from '../../lab/browser/open-page.js';
import { startWebServer, type WebServer } from '../../lab/net/web-server.js';
import { PROJECT_ROOT } from '../../lab/root.js';

let server: WebServer;
let browser: Browser;
let url: string;
let opened: LabPage;

beforeAll(async () => {
  [server, browser] = await Promise.all([startWebServer([]), launchBrowser()]);
  const page = await readFile(`${PROJECT_ROOT}examples/tel-links/index.html`, 'utf8');
  const body = /<body[^>]*>([\s\S]*)<script/.exec(page)?.[1];
  url = server.origin + (await buildPage('examples/tel-links/main.js', { body }));
});
beforeEach(async () => {
  opened = await openPage(browser, {
    url: `${url}?tel=+1-202-555-0101`,
    microphone: { tone: 700 },
  });
});
afterEach(async () => {
  expect(opened.pageErrors).toEqual([]);
  expect(opened.consoleErrors).toEqual([]);
  await opened.close();
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

/** Waits until the status line says so. */
const status = (text: string) =>
  opened.page.waitForFunction(
    (wanted) => document.querySelector('#call-status')?.textContent?.includes(wanted),
    text,
  );

test.each([
  ['#sales', '+12025550100: active'],
  ['#shop', '+12025550100: active'],
  ['#text a', '+12025550100: active'],
])('%s calls, and hangs up', async (selector, said) => {
  await opened.page.click(selector);
  await status(said);
  await opened.page.click('#hang-up');
  await status('Call ended');
  await opened.page.waitForSelector('#hang-up', { state: 'hidden' });
  expect(await opened.resources()).toMatchObject({ liveTracks: 0, peerConnections: 0 });
});

test('a busy line is told', async () => {
  await opened.page.click('#support');
  await status('busy');
});

test('the link that is marked stays the browser’s', async () => {
  await opened.page.click('#telephone');
  await opened.page.click('#sales', { modifiers: ['Control'] });
  expect(await opened.page.textContent('#call-status')).toBe('');
});

test('the number in the address is filled in, and nothing is dialled before the person says so', async () => {
  expect(await opened.page.inputValue('#number')).toBe('+1-202-555-0101');
  expect(await opened.page.textContent('#call-status')).toBe('');
  await opened.page.click('#call');
  await status('busy');
});

test('the browser is asked for its tel: links', async () => {
  await opened.page.click('#handler');
  await status('Your browser asks you now.');
});
