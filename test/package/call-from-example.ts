import type { Browser } from 'playwright-core';

/** What happened on the page of an example. */
export interface ExampleCall {
  /** What the status line said, in order. */
  readonly states: readonly string[];
  /** Addresses of the scripts that were fetched. */
  readonly requests: readonly string[];
  /** Errors on the console, uncaught errors and unhandled rejections. */
  readonly errors: readonly string[];
}

/** Opens the page of an example, calls, waits until sound flows, hangs up. */
export async function callFromExample(browser: Browser, url: string): Promise<ExampleCall> {
  const context = await browser.newContext({ permissions: ['microphone'] });
  const page = await context.newPage();
  const requests: string[] = [];
  const errors: string[] = [];
  page.on('request', (request) => {
    if (request.resourceType() === 'script') requests.push(request.url());
  });
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  page.on('pageerror', (error) => errors.push(error.message));
  try {
    await page.goto(url);
    const button = page.locator('#call:enabled');
    await button.waitFor();
    await page.evaluate(() => {
      const status = document.querySelector('#call-status');
      const states: string[] = [];
      Object.assign(globalThis, { exampleStates: states });
      if (status === null) throw new Error('The page has no status line');
      new MutationObserver(() => states.push(status.textContent ?? '')).observe(status, {
        childList: true,
        characterData: true,
        subtree: true,
      });
    });
    await button.click();
    await page.waitForFunction(() =>
      ['In call', 'active'].includes(document.querySelector('#call-status')?.textContent ?? ''),
    );
    await button.click();
    await page.waitForFunction(
      () => document.querySelector('#call-status')?.textContent === 'Call ended',
    );
    const states = await page.evaluate(() => Reflect.get(globalThis, 'exampleStates') as string[]);
    return { states, requests, errors };
  } finally {
    await context.close();
  }
}
