import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { buildPage, buildScript } from '../../lab/browser/build-page.js';
import { launchBrowser } from '../../lab/browser/launch-browser.js';
import { startWebServer, type WebServer } from '../../lab/net/web-server.js';
import { PROJECT_ROOT } from '../../lab/root.js';

/** The policy of the gallery: as strict as a page can be. The fonts are those of the pictures, the image is the icon. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "font-src 'self'",
  'img-src data:',
  "base-uri 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');
/** Letters and edges look the same on machines with and without a screen. */
const SWITCHES = [
  '--font-render-hinting=none',
  '--disable-lcd-text',
  '--force-color-profile=srgb',
  '--hide-scrollbars',
];
const FONTS = '/fonts/';
const VIOLATION = 'everdial-gallery-violation ';

/** What the address of the gallery takes. */
export interface GalleryQuery {
  /** Names of sets, with commas between. @defaultValue all but `floating` */
  readonly set?: string;
  /** Titles or scenes, with commas between. */
  readonly only?: string;
  /** Theme. @defaultValue 'light' */
  readonly theme?: 'light' | 'dark' | 'both';
  /** A language of the widget, or `pseudo`: English and 40 % more. @defaultValue 'en' */
  readonly lang?: string;
  /** The reader's text size, such as `32px`. */
  readonly size?: string;
  /** Any value: the text spacing of WCAG 1.4.12. */
  readonly spacing?: string;
  /** Another font than those of the pictures, as for `font-family`. */
  readonly font?: string;
}

/** An open gallery. */
export interface GalleryPage {
  /** Playwright's page. Its `evaluate` is forbidden by the policy: use {@link GalleryPage.run}. */
  readonly page: Page;
  /** What the policy forbade, errors of the console and uncaught errors so far. */
  readonly problems: readonly string[];
  /**
   * Evaluates an expression in a world of its own, which sees the page's DOM and is not bound by its policy.
   * `everdialChecks` is there.
   */
  run<T>(expression: string): Promise<T>;
  /** Evaluates an expression as the page itself would, under its policy. */
  runInPage(expression: string): Promise<void>;
}

/** The gallery in a browser. */
export interface Gallery {
  /** Opens it with still pictures; closed after the test. */
  open(query?: GalleryQuery, options?: BrowserContextOptions): Promise<GalleryPage>;
}

/** Builds the gallery and starts a browser for the tests of one file. */
export function useGallery(): Gallery {
  let web: WebServer;
  let browser: Browser;
  let checks: string;
  let url: string;

  beforeAll(async () => {
    const strict = startWebServer([
      (_, response) => {
        response.setHeader('content-security-policy', POLICY);
        return false;
      },
    ]);
    [web, browser, checks] = await Promise.all([
      strict,
      launchBrowser({ args: SWITCHES }),
      buildScript('test/widget/gallery/page-side/checks.ts'),
    ]);
    for (const name of ['inter', 'noto-sans-arabic']) {
      web.serve(`${FONTS}${name}/`, `${PROJECT_ROOT}node_modules/@fontsource/${name}/files/`);
    }
    url = web.origin + (await buildPage('test/widget/gallery/gallery-page.ts'));
  });
  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
  });
  afterAll(async () => {
    await browser?.close();
    await web?.close();
  });

  return {
    async open(query = {}, options = {}) {
      const context = await browser.newContext({
        viewport: { width: 1440, height: 900 },
        reducedMotion: 'reduce',
        ...options,
      });
      await context.addInitScript((mark) => {
        document.addEventListener('securitypolicyviolation', (event) => {
          console.info(`${mark}${event.effectiveDirective} ${event.blockedURI} ${event.sample}`);
        });
      }, VIOLATION);
      const page = await context.newPage();
      const problems: string[] = [];
      page.on('pageerror', (error) => problems.push(error.message));
      page.on('console', (message) => {
        const text = message.text();
        if (text.startsWith(VIOLATION) || message.type() === 'error') problems.push(text);
      });
      await page.goto(`${url}?${new URLSearchParams({ ...query, fonts: FONTS })}`);
      await page.waitForSelector('[data-ready]', { state: 'attached' });
      const world = await openWorld(page);
      await world.run(checks);
      return { page, problems, ...world };
    },
  };
}

async function openWorld(page: Page): Promise<Pick<GalleryPage, 'run' | 'runInPage'>> {
  const session = await page.context().newCDPSession(page);
  const { frameTree } = await session.send('Page.getFrameTree');
  const { executionContextId } = await session.send('Page.createIsolatedWorld', {
    frameId: frameTree.frame.id,
    worldName: 'checks',
  });
  const evaluate = async (expression: string, more: object): Promise<unknown> => {
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
      ...more,
    });
    if (exceptionDetails) {
      throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    }
    return result.value;
  };
  return {
    run: <T>(expression: string) =>
      evaluate(expression, { contextId: executionContextId }) as Promise<T>,
    runInPage: async (expression) => {
      await evaluate(expression, { allowUnsafeEvalBlockedByCSP: false });
    },
  };
}
