import type { Browser, Page } from 'playwright-core';
import { type StaticServerOptions, serve } from './static-server.js';

/** How to open a page of a site that uses the script. */
export interface SiteOptions extends StaticServerOptions {
  /** Head and body of its page. Left out: the folder has an `index.html`. */
  readonly html?: string | undefined;
  /** Files of the site. @defaultValue a folder without any */
  readonly folder?: string | undefined;
  /** Permissions of the site. @defaultValue ['microphone'] */
  readonly permissions?: readonly string[] | undefined;
}

/** A page of a site, in a browser context of its own. */
export interface SitePage {
  /** Playwright's page. */
  readonly page: Page;
  /** Origin of the site. */
  readonly origin: string;
  /** Addresses that the page and its frames have asked for, without the page itself. */
  readonly requests: readonly string[];
  /** Errors on the console, uncaught errors and unhandled rejections. */
  readonly errors: readonly string[];
  /** What the policies of the page and of its frames forbade: directive and what was blocked. */
  readonly violations: readonly string[];
  /** Closes page, context and site. */
  close(): Promise<void>;
}

const VIOLATION = 'everdial-test-violation ';

/** Opens a page of a site on an origin of its own. */
export async function openSite(browser: Browser, options: SiteOptions): Promise<SitePage> {
  const { html, folder = '/nothing-is-here', permissions = ['microphone'] } = options;
  const text = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Site</title><link rel="icon" href="data:,">${html}`;
  const site = await serve(folder, {
    ...options,
    pages: { ...(html !== undefined && { '/index.html': text }), ...options.pages },
  });
  const context = await browser.newContext({ permissions: [...permissions] });
  // By way of the console, because Playwright's `evaluate` is itself forbidden on such pages.
  await context.addInitScript((mark) => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.info(`${mark}${event.effectiveDirective} ${event.blockedURI} ${event.sample}`);
    });
  }, VIOLATION);
  const page = await context.newPage();
  const requests: string[] = [];
  const errors: string[] = [];
  const violations: string[] = [];
  page.on('request', (request) => {
    if (!request.isNavigationRequest() && !request.url().startsWith('data:')) {
      requests.push(request.url());
    }
  });
  page.on('console', (message) => {
    const text = message.text();
    if (text.startsWith(VIOLATION)) violations.push(text.slice(VIOLATION.length));
    else if (message.type() === 'error') errors.push(text);
  });
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(site.origin);
  return {
    page,
    origin: site.origin,
    requests,
    errors,
    violations,
    close: async () => {
      await context.close();
      await site.close();
    },
  };
}
