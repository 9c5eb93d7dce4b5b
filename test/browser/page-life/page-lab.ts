import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import type { CloseCallRequest } from '../../../src/access/hooks.js';
import { buildPage, buildScript } from '../../lab/browser/build-page.js';
import type { PageResources } from '../../lab/browser/page-side/probe-types.js';
import type { RequestHandler } from '../../lab/net/web-server.js';
import { type Lab, startLab } from '../../lab/start-lab.js';
import type { PageConfig } from '../dialer/dialer-page.js';
import { launchTabBrowser, type TabBrowser } from './tab-browser.js';

declare global {
  /** Whether the page came back from the back-forward cache. */
  var cameBack: boolean | undefined;
}

/** Rings until told. */
export const RINGS = '+12025550107';
/** Answers by itself. */
export const ANSWERS = '+12025550143';

/** For facts that come when a busy machine gets to them. */
export const PATIENCE = { timeout: 10_000 };

/** The carriers with signalling of their own. */
export const CARRIERS = ['telnyx', 'twilio'] as const;

type TabOptions = Pick<NonNullable<PageConfig['options']>, 'confirmPageLeave'>;

/** A tab with a Dialer that tells the server of ended calls by beacon. */
export interface Tab {
  readonly page: Page;
  /** Calls, and waits for this state. */
  call(to: string, state: 'ringing' | 'active', input?: 'microphone' | 'none'): Promise<void>;
  /** State and end of the call. */
  state(): Promise<{ state: string; cause: string | undefined; by: string | undefined }>;
  /** What is open in the page. */
  resources(): Promise<PageResources>;
  /** Freezes the page, which must be hidden, or lets it run again. */
  freeze(frozen: boolean): Promise<void>;
  /** Goes to a page that is not ours. */
  leave(): Promise<void>;
  /** Goes back; whether the page came from the back-forward cache. */
  back(): Promise<boolean>;
}

/** The lab, one browser with tabs, and what the application's server was told. */
export class PageLab {
  readonly beacons: Omit<CloseCallRequest, 'callId'>[] = [];
  #lab: Lab | undefined;
  #browser: TabBrowser | undefined;
  #url = '';
  /** Pages that the lab's server sends with `no-store` are not kept by the browser. */
  #html = '';

  /** Runs around the tests of a file. */
  constructor() {
    beforeAll(async () => {
      const [lab, browser, path, probe] = await Promise.all([
        startLab({ handlers: [this.#respond] }),
        launchTabBrowser(),
        buildPage('test/browser/dialer/dialer-page.ts'),
        buildScript('test/lab/browser/page-side/probe.ts'),
      ]);
      const options = JSON.stringify({ microphone: { tone: 700 } });
      await browser.context.addInitScript({
        content: `globalThis.everdialLabOptions = ${options};${probe}`,
      });
      this.#lab = lab;
      this.#browser = browser;
      const script = path.replace('index.html', 'page.js');
      this.#html = `<!doctype html><title>a page</title><body><script type="module" src="${script}"></script>`;
      this.#url = lab.url('/kept');
    });
    afterEach(async () => {
      for (const page of this.context.pages().slice(1)) await page.close();
      await this.lab.reset();
      this.beacons.length = 0;
    });
    afterAll(async () => {
      await this.#browser?.close();
      await this.#lab?.close();
    });
  }

  get lab(): Lab {
    if (!this.#lab) throw new Error('not started');
    return this.#lab;
  }

  get context(): TabBrowser['context'] {
    if (!this.#browser) throw new Error('not started');
    return this.#browser.context;
  }

  /** Opens a tab with a Dialer. */
  async tab(route: PageConfig['routes'][number], options: TabOptions = {}): Promise<Tab> {
    const page = await this.context.newPage();
    await page.goto(this.#url);
    return this.useTab(page, route, options);
  }

  /** Makes a Dialer in a tab that is there. */
  async useTab(
    page: Page,
    route: PageConfig['routes'][number],
    options: TabOptions = {},
  ): Promise<Tab> {
    await page.evaluate(
      (config) =>
        globalThis.everdialPage.create({
          ...config,
          options: {
            ...config.options,
            closeCall: ({ pageLeaving }) =>
              void navigator.sendBeacon('/close-call', JSON.stringify({ pageLeaving })),
          },
        }),
      {
        routes: [route],
        options,
        telnyxHost: this.lab.telnyx.url,
        twilioHost: this.lab.twilio.host,
      },
    );
    return this.#makeTab(page);
  }

  /** The call goes on: each side hears the other. */
  async talking(tab: Tab, number: string): Promise<void> {
    const phone = this.lab.network.phone(number);
    await expect.poll(async () => (await tab.state()).state, PATIENCE).toBe('active');
    await expect.poll(() => phone.heard(300).frequency, PATIENCE).toBeCloseTo(700, -1);
    const heard = () => tab.page.evaluate(() => globalThis.everdialLab.remoteTone(300));
    await expect.poll(async () => (await heard()).frequency, PATIENCE).toBeCloseTo(1400, -1);
  }

  /** How many hang-ups reached the carrier. */
  hangupsOnWire(carrier: (typeof CARRIERS)[number]): number {
    const isHangup = { telnyx: '"telnyx_rtc.bye"', twilio: '"type":"hangup"' }[carrier];
    const { frames } = this.lab[carrier];
    return frames.filter(({ from, text }) => from === 'browser' && text.includes(isHangup)).length;
  }

  readonly #respond: RequestHandler = async (request, response) => {
    if (request.url === '/kept') {
      response.setHeader('content-type', 'text/html').end(this.#html);
      return true;
    }
    if (request.url !== '/close-call') return false;
    let body = '';
    for await (const chunk of request) body += chunk;
    this.beacons.push(JSON.parse(body));
    response.end();
    return true;
  };

  #makeTab(page: Page): Tab {
    return {
      page,
      async call(to, state, input = 'microphone') {
        await page.evaluate((args) => globalThis.everdialPage.dial(args.to, args), { to, input });
        await page.waitForFunction(
          (wanted) => globalThis.everdialPage.call.state === wanted,
          state,
        );
      },
      state: () =>
        page.evaluate(() => {
          const { state, outcome } = globalThis.everdialPage.call;
          return { state, cause: outcome?.cause, by: outcome?.by };
        }),
      resources: () => page.evaluate(() => globalThis.everdialLab.resources()),
      async freeze(frozen) {
        const cdp = await page.context().newCDPSession(page);
        await cdp.send('Page.setWebLifecycleState', { state: frozen ? 'frozen' : 'active' });
      },
      async leave() {
        await page.evaluate(() => {
          globalThis.cameBack = false;
          addEventListener('pageshow', ({ persisted }) => {
            globalThis.cameBack = persisted;
          });
        });
        await page.goto('about:blank');
      },
      async back() {
        // `page.goBack()` waits for a `load` that does not come.
        await page.evaluate(() => history.back()).catch(() => undefined);
        await page.waitForFunction(() => 'everdialPage' in globalThis);
        return page.evaluate(() => globalThis.cameBack === true);
      },
    };
  }
}
