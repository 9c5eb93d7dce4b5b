import type { Browser, CDPSession, Page } from 'playwright-core';
import { buildPage, buildScript } from '../test/lab/browser/build-page.js';
import { launchBrowser } from '../test/lab/browser/launch-browser.js';
import type { RequestHandler } from '../test/lab/net/web-server.js';
import { type Lab, startLab } from '../test/lab/start-lab.js';
import type { CarrierId } from './page-side/bench-page-types.js';
import type { CallerQuery } from './page-side/caller-page-types.js';
import './page-side/caller-page-types.js';
import './page-side/cost-watch-types.js';

/** Who makes the calls of a page. */
export type Caller = 'raw SDK' | 'Dialer';

/** Lab and browser for benches that measure what a page with a call button costs. */
export interface CallerStage {
  readonly lab: Lab;
  readonly browser: Browser;
  /**
   * Opens an address in a new browser context, watched from its first script on.
   * @param before - what is done in the empty page
   */
  open(url: string, before?: (tab: CallerTab) => Promise<void>): Promise<CallerTab>;
  /** Address of a page with a call button, from the sources. */
  url(carrier: CarrierId, caller: Caller): Promise<string>;
  /** What such a page takes with it in its address. */
  query(carrier: CarrierId): string;
  /** Stops everything. */
  close(): Promise<void>;
}

/** An open page. */
export interface CallerTab {
  readonly page: Page;
  /** DevTools of the page. */
  readonly devTools: CDPSession;
  /** Closes page and context. */
  close(): Promise<void>;
}

/** Rings until told. */
export const CALLED = '+12025550107';

/** What takes longer does not come any more. */
const PATIENCE_MS = 20_000;

/**
 * Has the page with a call button do something, and waits until it is done. Rejects after 20 s.
 * @param action - of {@link CallerPage}
 */
export async function ask(
  { page }: Pick<CallerTab, 'page'>,
  action: 'ready' | 'dial' | 'ringing' | 'answered' | 'hangup',
): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no end of ${action}`)), PATIENCE_MS);
  });
  const done = page.evaluate((name) => globalThis.everdialCaller[name](), action);
  await Promise.race([done, deadline]).finally(() => clearTimeout(timer));
}

/** The carriers, with their names. */
export const CARRIERS: readonly (readonly [CarrierId, string])[] = [
  ['telnyx', 'Telnyx'],
  ['twilio', 'Twilio'],
];

/**
 * Starts lab and browser. Twilio's other servers, for sounds and insights, are played by the lab's gateway too, so that its SDK
 * does there what it does on a page; no other host can be reached.
 * @param handlers - answer requests of the web server before anything else does
 */
export async function openCallerStage(
  handlers: readonly RequestHandler[] = [],
): Promise<CallerStage> {
  const [lab, watch] = await Promise.all([
    startLab({ handlers }),
    buildScript('bench/page-side/cost-watch-page.ts'),
  ]);
  const browser = await launchBrowser({
    args: [
      `--host-resolver-rules=MAP *.twilio.com ${lab.twilio.host}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1`,
    ],
  });
  const query = (carrier: CarrierId): string => {
    const host = carrier === 'telnyx' ? lab.telnyx.url : lab.twilio.host;
    const given: CallerQuery = { carrier, host, to: CALLED };
    return `?${new URLSearchParams({ ...given })}`;
  };
  return {
    lab,
    browser,
    query,
    async url(carrier, caller) {
      const name = caller === 'Dialer' ? 'dialer' : carrier;
      const path = await buildPage(`bench/page-side/${name}-caller-page.ts`, {
        body: '<button>Call us</button><audio id="remoteMedia" autoplay></audio>',
      });
      return lab.url(path) + query(carrier);
    },
    async open(url, before) {
      const tab = await openTab(browser, watch);
      await before?.(tab);
      await tab.page.goto(url);
      return tab;
    },
    async close() {
      await browser.close();
      await lab.close();
    },
  };
}

async function openTab(browser: Browser, watch: string): Promise<CallerTab> {
  const context = await browser.newContext({
    ignoreHTTPSErrors: true,
    permissions: ['microphone'],
  });
  await context.addInitScript({ content: watch });
  const page = await context.newPage();
  const devTools = await context.newCDPSession(page);
  return { page, devTools, close: () => context.close() };
}
