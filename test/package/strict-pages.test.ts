import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, FrameLocator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { launchBrowser } from '../lab/browser/launch-browser.js';
import { openSite, type SiteOptions, type SitePage } from './open-site.js';
import { type StaticServer, serve } from './static-server.js';

const EVERDIAL = join(inject('installed'), 'node_modules/everdial');
const BUTTON = '<ever-dial to="+12025550100" providers="sandbox"></ever-dial>';
const NONCE = 'r4nd0m';
const { snippet } = JSON.parse(
  readFileSync(join(EVERDIAL, 'dist/embed/integrity.json'), 'utf8'),
) as { readonly snippet: string };

let browser: Browser;
let cdn: StaticServer;
let cleanUp: (() => Promise<void>)[] = [];

beforeAll(async () => {
  browser = await launchBrowser();
  cdn = await serve(EVERDIAL);
});

afterEach(async () => {
  for (const task of cleanUp.reverse()) await task();
  cleanUp = [];
});

afterAll(async () => {
  await browser.close();
  await cdn.close();
});

async function open(html: string, options: SiteOptions = {}): Promise<SitePage> {
  const site = await openSite(browser, { html, ...options });
  cleanUp.push(site.close);
  return site;
}

/** The printed snippet, with its hash, from the test's CDN. */
const tag = (attributes = ''): string =>
  snippet
    .replace(/https:\/\/cdn\.jsdelivr\.net\/npm\/everdial@[^/]+/, cdn.origin)
    .replace('<script ', `<script ${attributes} `);

const policy = (...directives: readonly string[]): SiteOptions => ({
  headers: { 'content-security-policy': directives.join('; ') },
});

/** Opens every view that a call has, so that everything that is fetched and drawn is. */
async function callAndLookAround(place: Page | FrameLocator): Promise<void> {
  const element = place.locator('ever-dial');
  await element.locator('[part~="button"]').click();
  await place.locator('ever-dial[data-state="active"]').waitFor({ state: 'attached' });
  await element.locator('[part~="keypad-button"]').click();
  await element.locator('[part~="key"]').first().click();
  await element.locator('[part~="devices-button"]').click();
  await element.locator('[part~="meter"]').first().waitFor();
  await element.locator('[data-act="back"]').click();
  await element.locator('[part~="mute"]').click();
  await element.locator('[part~="hangup"]').click();
  await place.locator('ever-dial[data-state="ended"]').waitFor({ state: 'attached' });
}

const STRICT = [
  "default-src 'none'",
  // For the icon of the test's own page.
  'img-src data:',
  `script-src 'nonce-${NONCE}'`,
  "connect-src 'none'",
  'media-src mediastream:',
  "base-uri 'none'",
];
const TRUSTED_TYPES = ["require-trusted-types-for 'script'", "trusted-types 'none'"];

describe.each([
  ['a nonce and nothing else', STRICT, `nonce="${NONCE}"`],
  [
    'a nonce and Trusted Types without any policy',
    [...STRICT, ...TRUSTED_TYPES],
    `nonce="${NONCE}"`,
  ],
  [
    'a nonce with strict-dynamic',
    [
      ...STRICT.filter((line) => !line.startsWith('script')),
      `script-src 'nonce-${NONCE}' 'strict-dynamic'`,
    ],
    `nonce="${NONCE}"`,
  ],
])('a page that allows %s', (_name, directives, attributes) => {
  test('has a whole call and is told of no violation', async () => {
    const site = await open(`${tag(attributes)}${BUTTON}`, policy(...directives));
    await callAndLookAround(site.page);
    expect(site.violations).toEqual([]);
    expect(site.errors).toEqual([]);
  });
});

test('the origin of the scripts is enough for pages without nonces', async () => {
  const site = await open(
    `${tag()}${BUTTON}`,
    policy(
      "default-src 'none'",
      'img-src data:',
      `script-src ${cdn.origin}`,
      'media-src mediastream:',
    ),
  );
  await callAndLookAround(site.page);
  expect(site.violations).toEqual([]);
});

test('the counter counts: what a policy forbids is seen', async () => {
  const site = await open(`${tag()}<p style="color:red">${BUTTON}`, policy("script-src 'none'"));
  await expect.poll(() => site.violations.length).toBeGreaterThan(0);
  expect(site.violations.join()).toContain('script-src');
});

test('a page with cross-origin isolation (COOP and COEP) makes a call', async () => {
  const site = await open(`${tag()}${BUTTON}`, {
    headers: {
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
    },
  });
  expect(await site.page.evaluate('crossOriginIsolated')).toBe(true);
  await callAndLookAround(site.page);
  expect(site.errors).toEqual([]);
});

describe('in a frame', () => {
  const CHILD = '/frame.html';
  const child = (): Readonly<Record<string, string>> => ({
    [CHILD]: `<!doctype html><html lang="en"><title>Frame</title>${tag()}${BUTTON}`,
  });

  /** A page with a frame in it, of its own or of another origin. */
  async function openFrame(
    attributes: string,
    elsewhere: boolean,
  ): Promise<{ readonly site: SitePage; readonly frame: FrameLocator }> {
    const other = elsewhere ? await serve('/nothing-is-here', { pages: child() }) : undefined;
    if (other) cleanUp.push(other.close);
    const site = await open(
      `<iframe ${attributes} width="500" height="700" src="${other?.origin ?? ''}${CHILD}"></iframe>`,
      { pages: child() },
    );
    return { site, frame: site.page.frameLocator('iframe') };
  }

  test.each([
    ['a sandboxed frame', 'sandbox="allow-scripts allow-same-origin"', false],
    [
      'a frame of another origin with allow="microphone; screen-wake-lock"',
      'allow="microphone; screen-wake-lock"',
      true,
    ],
  ])('%s has a whole call', async (_name, attributes, elsewhere) => {
    const { site, frame } = await openFrame(attributes, elsewhere);
    await callAndLookAround(frame);
    expect(site.violations).toEqual([]);
    expect(site.errors).toEqual([]);
  });

  test.each([
    ['of another origin without allow="microphone"', '', true],
    ['sandboxed without its origin', 'sandbox="allow-scripts"', false],
  ])('%s says that this page can not use the microphone', async (_name, attributes, elsewhere) => {
    const { site, frame } = await openFrame(attributes, elsewhere);
    await frame.locator('ever-dial').locator('[part~="button"]').click();
    await frame.locator('ever-dial[data-scene="policy"]').waitFor({ state: 'attached' });
    expect(await frame.locator('ever-dial').locator('[part~="status"]').textContent()).toBe(
      'This page can’t use the microphone',
    );
    expect(site.violations).toEqual([]);
  });
});
