import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { buildPage } from '../lab/browser/build-page.js';
import { launchBrowser } from '../lab/browser/launch-browser.js';
import { type Lab, startLab } from '../lab/start-lab.js';
import { type Display, startDisplay } from './lab/display.js';
import { reasonToSkip, suiteName } from './tools.js';

/** Where the buttons of Chromium's prompt are on the screen, in a window of 1280 by 800 at its upper left corner. */
const ALLOW = [290, 318] as const;
const NEVER = [290, 410] as const;
const NUMBER = '+14155550100';
const reason = reasonToSkip('display');

describe.skipIf(reason)(suiteName('the real question for the microphone', reason), () => {
  let lab: Lab;
  let display: Display;
  let browser: Browser;
  let url: string;
  const contexts: BrowserContext[] = [];

  beforeAll(async () => {
    [lab, display] = await Promise.all([startLab(), startDisplay()]);
    url = lab.url(await buildPage('test/browser/dialer/dialer-page.ts'));
    browser = await launchBrowser({
      headless: false,
      env: display.env,
      args: ['--window-size=1280,800', '--window-position=0,0'],
    });
  });
  afterEach(async () => {
    await Promise.all(contexts.splice(0).map((context) => context.close()));
  });
  afterAll(async () => {
    await browser?.close();
    await display?.close();
    await lab?.close();
  });

  /** Opens the page and dials; the prompt stands open when it returns. */
  const ask = async (audio: { recoverMs?: number } = {}): Promise<Page> => {
    const context = await browser.newContext({ viewport: null, ignoreHTTPSErrors: true });
    contexts.push(context);
    const page = await context.newPage();
    await page.goto(url);
    await page.evaluate((options) => {
      globalThis.everdialPage.create({
        routes: ['sandbox'],
        telnyxHost: '',
        twilioHost: '',
        options: { audio: options },
      });
      void globalThis.everdialPage.dialer.audio;
    }, audio);
    await expect.poll(() => permission(page)).toBe('prompt');
    await page.evaluate((to) => globalThis.everdialPage.dial(to), NUMBER);
    await expect.poll(() => asking(page)).toBe(true);
    // The bubble is not clickable at once: Chromium guards against clicks that were meant for something else.
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    return page;
  };
  const permission = (page: Page) =>
    page.evaluate(() => globalThis.everdialPage.dialer.audio.permission);
  const asking = (page: Page) => page.evaluate(() => globalThis.everdialPage.dialer.audio.asking);
  const ended = (page: Page) =>
    page.evaluate(() =>
      globalThis.everdialPage.call
        .when('ended')
        .then(({ cause, error, media }) => ({ cause, code: error?.code, media })),
    );
  const state = (page: Page) => page.evaluate(() => globalThis.everdialPage.call.state);

  test('the call waits while nobody answers, and goes on when it is allowed', async () => {
    const page = await ask();
    expect(await state(page)).toBe('preparing');
    await display.click(...ALLOW);
    await expect.poll(() => permission(page), { timeout: 5_000 }).toBe('granted');
    await page.evaluate(() => globalThis.everdialPage.call.when('active').then(() => undefined));
    expect(await asking(page)).toBe(false);
  });

  test('never allowed: the call ends and says why', async () => {
    const page = await ask();
    await display.click(...NEVER);
    expect(await ended(page)).toMatchObject({
      cause: 'permission-denied',
      code: 'media/permission-denied',
    });
    await expect.poll(() => permission(page)).toBe('denied');
  });

  test('closed without an answer is another thing, and the next call asks again', async () => {
    const page = await ask();
    await display.press('Escape');
    expect(await ended(page)).toMatchObject({ code: 'media/permission-dismissed' });
    expect(await permission(page)).toBe('prompt');
    await page.evaluate((to) => globalThis.everdialPage.dial(to), NUMBER);
    await expect.poll(() => asking(page)).toBe(true);
  });

  test('an answer that comes after the hang-up opens nothing', async () => {
    const page = await ask();
    const end = ended(page);
    await page.evaluate(() => void globalThis.everdialPage.call.hangup());
    expect(await end).toMatchObject({ cause: 'cancelled', media: { tracks: 0, released: true } });
    await display.click(...ALLOW);
    await expect.poll(() => permission(page), { timeout: 5_000 }).toBe('granted');
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await page.evaluate(() => globalThis.everdialPage.dialer.audio.microphoneLive)).toBe(
      false,
    );
  });

  test('a call that waits for the person goes on when the settings allow the microphone', async () => {
    const page = await ask({ recoverMs: 30_000 });
    await display.click(...NEVER);
    await expect
      .poll(() => page.evaluate(() => globalThis.everdialPage.call.problem?.code), {
        timeout: 5_000,
      })
      .toBe('media/permission-denied');
    await contexts[0]?.grantPermissions(['microphone']);
    await page.evaluate(() => globalThis.everdialPage.call.when('active').then(() => undefined));
    expect(await page.evaluate(() => globalThis.everdialPage.call.problem)).toBeUndefined();
  });
});
