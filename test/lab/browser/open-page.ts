import type { Browser, BrowserContext, Page } from 'playwright-core';
import { buildScript } from './build-page.js';
import type { PageMicrophone, PageResources, PageTone } from './page-side/probe-types.js';

/** How to open a page. */
export interface OpenPageOptions {
  /** Where. Left out: a blank page of no origin; go somewhere yourself. */
  readonly url?: string | undefined;
  /** What the microphone gives. @defaultValue 'device', the browser's fake one, which beeps */
  readonly microphone?: PageMicrophone | undefined;
  /** Permissions of the page. @defaultValue ['microphone'] */
  readonly permissions?: readonly string[] | undefined;
}

/** A page in a browser context of its own, with the lab's probe in it. */
export interface LabPage {
  /** Playwright's page. */
  readonly page: Page;
  /** Its context: storage and permissions of its own. */
  readonly context: BrowserContext;
  /** Errors written to the console so far. */
  readonly consoleErrors: readonly string[];
  /** Uncaught errors and unhandled rejections so far. */
  readonly pageErrors: readonly string[];
  /** Counts what is open in the page. */
  resources(): Promise<PageResources>;
  /** Measures what the page hears on its newest peer connection. */
  remoteTone(durationMs?: number): Promise<PageTone>;
  /** Changes what the next `getUserMedia` gives. */
  setMicrophone(microphone: PageMicrophone): Promise<void>;
  /** Closes page and context. */
  close(): Promise<void>;
}

let probe: Promise<string> | undefined;

/** Opens a page in a new context, which may use the microphone and takes the lab's certificate. */
export async function openPage(browser: Browser, options: OpenPageOptions = {}): Promise<LabPage> {
  probe ??= buildScript('test/lab/browser/page-side/probe.ts');
  const content = await probe;
  const context = await browser.newContext({
    ignoreHTTPSErrors: true,
    permissions: [...(options.permissions ?? ['microphone'])],
  });
  const settings = JSON.stringify({ microphone: options.microphone ?? 'device' });
  await context.addInitScript({
    content: `globalThis.everdialLabOptions = ${settings};${content}`,
  });
  const page = await context.newPage();
  const consoleErrors: string[] = [];
  const pageErrors: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') consoleErrors.push(message.text());
  });
  page.on('pageerror', (error) => {
    pageErrors.push(error.stack ?? error.message);
  });
  if (options.url !== undefined) await page.goto(options.url);
  return {
    page,
    context,
    consoleErrors,
    pageErrors,
    resources: () => page.evaluate(() => globalThis.everdialLab.resources()),
    remoteTone: (durationMs) =>
      page.evaluate((duration) => globalThis.everdialLab.remoteTone(duration), durationMs),
    setMicrophone: (microphone) =>
      page.evaluate((next) => globalThis.everdialLab.setMicrophone(next), microphone),
    close: () => context.close(),
  };
}
