import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, inject, test } from 'vitest';
import { PROJECT_ROOT } from '../../scripts/root.js';
import { launchBrowser } from '../lab/browser/launch-browser.js';
import { callFromExample } from './call-from-example.js';
import { type StaticServer, type StaticServerOptions, serve } from './static-server.js';

const SCRIPT = '/dist/umd/everdial.js';
const ON_THE_CDN = 'https://cdn.jsdelivr.net/npm/everdial@0.1.0/dist/umd/everdial.js';

let browser: Browser;
/** Where the script comes from: another origin than the page's, and no `crossorigin` on the tag. */
let cdn: StaticServer;
let cleanUp: (() => Promise<void>)[] = [];

beforeAll(async () => {
  browser = await launchBrowser();
  cdn = await serve(join(inject('installed'), 'node_modules/everdial'));
});

afterEach(async () => {
  for (const task of cleanUp.reverse()) await task();
  cleanUp = [];
});

afterAll(async () => {
  await browser.close();
  await cdn.close();
});

/** Opens a page of an origin of its own, with this in its head and body. */
async function open(html: string, options: StaticServerOptions = {}): Promise<Page> {
  const site = await serve(PROJECT_ROOT, {
    ...options,
    pages: {
      '/index.html': `<!doctype html><link rel="icon" href="data:,">${html}`,
      ...options.pages,
    },
  });
  const context = await browser.newContext({ permissions: ['microphone'] });
  cleanUp.push(site.close, () => context.close());
  const page = await context.newPage();
  await page.goto(site.origin);
  return page;
}

const tag = (attributes = ''): string =>
  `<script ${attributes} src="${cdn.origin}${SCRIPT}"></script>`;

/** Warms a carrier up, and gives the code of the error that comes since there is no carrier here. */
const WARM_UP = (carrier: 'telnyx' | 'twilio'): string => `
  new Promise((resolve) => {
    const dialer = new Everdial.Dialer({
      providers: [Everdial.${carrier}()],
      getToken: () => 'not-a-token',
      timeouts: { connectMs: 1500 },
    });
    const call = dialer.dial('+14155550123');
    call.on('ended', ({ error }) => resolve(error.code));
  })`;

test('the example makes a call with the script from another origin', async () => {
  const html = readFileSync(join(PROJECT_ROOT, 'examples/script-tag/index.html'), 'utf8');
  expect(html).toContain(ON_THE_CDN);
  const site = await serve(join(PROJECT_ROOT, 'examples/script-tag'), {
    pages: { '/index.html': html.replace(ON_THE_CDN, `${cdn.origin}${SCRIPT}`) },
  });
  cleanUp.push(site.close);
  const { states, errors } = await callFromExample(browser, site.origin);
  expect(states).toEqual(expect.arrayContaining(['ringing', 'active', 'Call ended']));
  expect(errors).toEqual([]);
});

test.each([
  ['telnyx', ''],
  ['twilio', 'async'],
] as const)(
  '%s’s SDK comes from beside the script, by its absolute address',
  async (carrier, attributes) => {
    const page = await open(tag(attributes));
    await page.waitForFunction('globalThis.Everdial');
    const chunk = page.waitForResponse(`${cdn.origin}/dist/umd/vendor/${carrier}.js`);
    const ended = page.evaluate(WARM_UP(carrier));
    expect((await chunk).status()).toBe(200);
    // It was loaded and is what the adapter wants: what fails is the carrier, which is not there.
    expect(await ended).not.toBe('provider/sdk-not-loaded');
  },
);

test('an SDK that the page’s policy blocks is told as such', async () => {
  const page = await open(tag(), {
    headers: {
      'content-security-policy': `script-src ${cdn.origin}${SCRIPT} 'unsafe-eval'`,
    },
  });
  expect(await page.evaluate(WARM_UP('telnyx'))).toBe('provider/sdk-not-loaded');
});

test('an SDK of the page’s own is taken instead', async () => {
  const page = await open(tag());
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  const asked = await page.evaluate(`
    new Promise((resolve) => {
      const sdk = () => { resolve('asked'); throw new Error('no'); };
      const { Dialer, telnyx } = Everdial;
      new Dialer({ providers: [telnyx({ sdk })], getToken: () => 't' }).dial('+14155550123');
    })`);
  expect(asked).toBe('asked');
  expect(requests.filter((url) => url.includes('/vendor/'))).toEqual([]);
});

test('functions queued before, during and after the load run in order, each with the library', async () => {
  const page = await open(`
    <script>
      ran = [];
      reported = [];
      addEventListener('error', (event) => reported.push(event.message));
      window.Everdial = window.Everdial || { cmd: [] };
      early = Everdial.cmd;
      early.push((everdial) => { ran.push('first ' + (everdial === window.Everdial));
        Everdial.cmd.push(() => ran.push('from within')); });
      early.push(() => { throw new Error('of the page'); });
      early.push((everdial) => ran.push('third ' + typeof everdial.Dialer));
    </script>
    ${tag()}
    <script>
      early.push(() => ran.push('old reference'));
      Everdial.cmd.push((everdial) => ran.push('at once ' + typeof everdial.telnyx));
      ran.push('after');
    </script>`);
  expect(await page.evaluate('ran')).toEqual([
    'first true',
    'third function',
    'from within',
    'old reference',
    'at once function',
    'after',
  ]);
  expect(await page.evaluate('reported')).toEqual(['Uncaught Error: of the page']);
});

test('a second copy of the script leaves the first one in place', async () => {
  const page = await open(`${tag()}<script>first = Everdial;</script>${tag()}`);
  expect(await page.evaluate('Everdial === first')).toBe(true);
});

test('the script adds one name to the page', async () => {
  const page = await open(
    `<script>before = new Set(Object.getOwnPropertyNames(window));</script>${tag()}`,
  );
  const added = await page.evaluate(
    "Object.getOwnPropertyNames(window).filter((name) => !before.has(name) && name !== 'before')",
  );
  expect(added).toEqual(['Everdial']);
});

test('an AMD loader gets it as a module, and the SDK is found all the same', async () => {
  const page = await open('<script src="/node_modules/requirejs/require.js"></script>');
  await page.evaluate(`
    new Promise((resolve, reject) => {
      requirejs.config({ paths: { everdial: '${cdn.origin}${SCRIPT.replace(/\.js$/, '')}' } });
      requirejs(['everdial'], (everdial) => resolve(globalThis.fromAmd = everdial), reject);
    }).then(() => undefined)`);
  expect(await page.evaluate('[typeof fromAmd.Dialer, typeof window.Everdial]')).toEqual([
    'function',
    'undefined',
  ]);
  const chunk = page.waitForResponse(`${cdn.origin}/dist/umd/vendor/twilio.js`);
  await page.evaluate(`Everdial = fromAmd; void ${WARM_UP('twilio')}; undefined`);
  expect((await chunk).status()).toBe(200);
});

test('a page with a queue is served even where an AMD loader is about', async () => {
  const page = await open(`
    <script src="/node_modules/requirejs/require.js"></script>
    <script>window.Everdial = { cmd: [] }; Everdial.cmd.push((everdial) => { got = typeof everdial.Dialer; });</script>
    ${tag()}`);
  expect(await page.evaluate('[got, typeof Everdial.Dialer]')).toEqual(['function', 'function']);
});
