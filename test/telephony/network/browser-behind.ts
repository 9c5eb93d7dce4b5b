import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { findChromium } from '../../lab/browser/find-chromium.js';
import { launchBrowser } from '../../lab/browser/launch-browser.js';
import { type LabPage, type OpenPageOptions, openPage } from '../../lab/browser/open-page.js';
import { PAGES_ROOT } from '../../lab/root.js';
import type { Link } from './link.js';

/** Chromium on the far side of a link. */
export interface BrowserBehind {
  /** The browser. Playwright speaks to it over a pipe, which no network can disturb. */
  readonly browser: Browser;
  /**
   * Opens a page that `buildPage` made. Its files come over the pipe as well, from `http://localhost`: a secure context, loaded
   * in no time. Everything else the page opens goes over the link.
   */
  openPage(path: string, options?: Omit<OpenPageOptions, 'url'>): Promise<LabPage>;
  /** Ends the browser. */
  close(): Promise<void>;
}

/** Starts Chromium in the browser's namespace of a link; it reaches this side by {@link Link.gatewayAddress} only. */
export async function launchBehind(link: Link): Promise<BrowserBehind> {
  const folder = await mkdtemp(join(tmpdir(), 'everdial-browser-'));
  const executablePath = join(folder, 'chromium');
  const command = [...link.exec, findChromium()].join(' ');
  await writeFile(executablePath, `#!/bin/sh\nexec ${command} "$@"\n`, { mode: 0o755 });
  const browser = await launchBrowser({
    executablePath,
    // The last one of a switch holds.
    args: [`--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE ${link.gatewayAddress}`],
  });
  return {
    browser,
    async openPage(path, options) {
      const opened = await openPage(browser, options);
      await opened.context.route('http://localhost/**', (route, request) => {
        const { pathname } = new URL(request.url());
        return route.fulfill({ path: PAGES_ROOT + pathname.replace(/^\/pages\//, '') });
      });
      await opened.page.goto(`http://localhost${path}`);
      return opened;
    },
    async close() {
      await browser.close();
      await rm(folder, { recursive: true });
    },
  };
}
