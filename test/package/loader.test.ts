import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, inject, test } from 'vitest';
import { PROJECT_ROOT } from '../../scripts/root.js';
import { launchBrowser } from '../lab/browser/launch-browser.js';
import { openSite, type SiteOptions, type SitePage } from './open-site.js';
import { type StaticServer, serve } from './static-server.js';

const EVERDIAL = join(inject('installed'), 'node_modules/everdial');
const LOADER = '/dist/embed/loader.js';
const BUTTON = '<ever-dial to="+12025550100" providers="sandbox"></ever-dial>';

let browser: Browser;
/** Where the loader comes from: another origin than the page's. */
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

const tag = (attributes = '', origin = cdn.origin): string =>
  `<script async ${attributes} src="${origin}${LOADER}"></script>`;

const startButton = (site: SitePage): Locator => site.page.locator('ever-dial').getByRole('button');

/** Waits until the element shows this state of its call. */
const state = (site: SitePage, name: string): Promise<void> =>
  site.page.locator(`ever-dial[data-state="${name}"]`).waitFor({ state: 'attached' });

async function hangUp(site: SitePage): Promise<void> {
  await site.page.locator('ever-dial').locator('[part~="hangup"]').click();
  await state(site, 'ended');
}

test('the button is there after one request, and none goes to anybody else before somebody wants to call', async () => {
  const site = await open(`${tag()}${BUTTON}`);
  await startButton(site).waitFor();
  expect(await startButton(site).textContent()).toBe('Call us');
  // Longer than any idle task would wait.
  await site.page.waitForTimeout(1_000);
  expect(site.requests).toEqual([`${cdn.origin}${LOADER}`]);
  await startButton(site).hover();
  await site.page.waitForFunction('Everdial.Dialer');
  expect(site.requests[1]).toBe(`${cdn.origin}/dist/embed/app.js`);
  expect(site.requests.filter((url) => !url.startsWith(cdn.origin))).toEqual([]);
  expect(site.errors).toEqual([]);
});

test.each(['hover', 'focus', 'touch'] as const)('%s fetches the rest', async (intent) => {
  const site = await open(`${tag()}${BUTTON}`);
  await startButton(site).waitFor();
  if (intent === 'hover') await startButton(site).hover();
  if (intent === 'focus') await site.page.keyboard.press('Tab');
  // What a finger does before it presses.
  if (intent === 'touch') await startButton(site).dispatchEvent('pointerover');
  await site.page.waitForFunction('Everdial.Dialer');
});

test('a press that is under way when the code arrives is a press, and the focus stays', async () => {
  const site = await open(`${tag()}${BUTTON}`);
  await startButton(site).waitFor();
  const place = await startButton(site).boundingBox();
  await site.page.mouse.move((place?.x ?? 0) + 40, (place?.y ?? 0) + 20);
  await site.page.mouse.down();
  await site.page.waitForFunction('Everdial.Dialer');
  await site.page.waitForTimeout(200);
  expect(
    await site.page.evaluate(
      "document.querySelector('ever-dial').shadowRoot.activeElement?.localName",
    ),
  ).toBe('button');
  await site.page.mouse.up();
  await state(site, 'active');
});

test('what the page sets before the code is there holds when it comes', async () => {
  const site = await open(`${tag()}${BUTTON}
    <script>document.querySelector('ever-dial').texts = { call: 'Ring the shop' };</script>`);
  await startButton(site).waitFor();
  await site.page.evaluate("document.querySelector('ever-dial').setAttribute('lang', 'de')");
  await site.page.waitForFunction(
    "document.querySelector('ever-dial').shadowRoot.textContent === 'Jetzt anrufen'",
  );
  await startButton(site).hover();
  await site.page.waitForFunction(
    "document.querySelector('ever-dial').shadowRoot.textContent.includes('Ring the shop')",
  );
});

test('a press makes the call, another ends it', async () => {
  const site = await open(`${tag()}${BUTTON}`);
  await startButton(site).click();
  await state(site, 'active');
  await hangUp(site);
  expect(site.errors).toEqual([]);
});

test('a carrier with options gets a name of its own through the queue', async () => {
  const site = await open(`
    <script>
      window.Everdial = window.Everdial || { cmd: [] };
      Everdial.cmd.push((everdial) => {
        everdial.defineEverdial({ providers: { pbx: () => everdial.sandbox({ route: 'pbx' }) } });
      });
    </script>
    ${tag()}${BUTTON.replace('"sandbox"', '"pbx"')}`);
  await site.page.waitForFunction('Everdial.Dialer');
  await startButton(site).click();
  await state(site, 'active');
  expect(await site.page.evaluate("document.querySelector('ever-dial').call.route")).toBe('pbx');
});

/** The style that keeps the button's place, as the guide has it. */
const [, RESERVE] = /```css\n(ever-dial \{[\s\S]*?)```/.exec(
  readFileSync(join(PROJECT_ROOT, 'docs/guide/script-tag.md'), 'utf8'),
) ?? ['', ''];

test('with the documented style nothing moves when the button appears, and no task is long', async () => {
  const site = await open(`
    <script>
      shift = 0; long = 0;
      new PerformanceObserver((list) => { for (const { value } of list.getEntries()) shift += value; })
        .observe({ type: 'layout-shift', buffered: true });
      new PerformanceObserver((list) => { long += list.getEntries().length; })
        .observe({ type: 'longtask', buffered: true });
    </script>
    <style>${RESERVE}</style>
    <p>Before ${BUTTON} after</p><p id="below">Below</p>`);
  const below = await site.page.locator('#below').boundingBox();
  await site.page.evaluate(`
    new Promise((resolve) => {
      const script = document.createElement('script');
      script.src = '${cdn.origin}${LOADER}';
      script.onload = resolve;
      document.head.append(script);
    })`);
  await startButton(site).waitFor();
  await site.page.waitForTimeout(500);
  expect(await site.page.locator('#below').boundingBox()).toEqual(below);
  expect(await site.page.evaluate('[shift, long]')).toEqual([0, 0]);
});

test('two copies on one page are one: one library, one definition, each task once', async () => {
  const site = await open(`
    <script>window.Everdial = window.Everdial || { cmd: [] }; ran = 0; Everdial.cmd.push(() => { ran += 1; });</script>
    ${tag()}${tag('data-to="+12025550100"', 'http://127.0.0.1:1')}${tag('data-second')}${BUTTON}${BUTTON}`);
  await site.page.waitForFunction('ran === 1 && Everdial.Dialer');
  await site.page.waitForTimeout(300);
  expect(await site.page.evaluate('ran')).toBe(1);
  expect(await site.page.locator('ever-dial').count()).toBe(2);
  expect(site.requests.filter((url) => url.endsWith('/app.js'))).toHaveLength(1);
});

test('the script in one file, after the loader, leaves everything to it', async () => {
  const site = await open(`<script src="${cdn.origin}${LOADER}"></script>
    <script>first = Everdial; Everdial.cmd.push((everdial) => { got = everdial === first; });</script>
    <script src="${cdn.origin}/dist/umd/everdial.js"></script>`);
  await site.page.waitForFunction('typeof got === "boolean"');
  expect(await site.page.evaluate('[got, Everdial === first]')).toEqual([true, true]);
});

test('the loader adds one name to the page', async () => {
  const site = await open(
    `<script>before = new Set(Object.getOwnPropertyNames(window));</script>${tag()}${BUTTON}`,
  );
  await startButton(site).click();
  await state(site, 'active');
  const added = await site.page.evaluate(
    "Object.getOwnPropertyNames(window).filter((name) => !before.has(name) && name !== 'before')",
  );
  expect(added).toEqual(['Everdial']);
});

test('functions queued before the loader, before the library and after it run in order, each with the library', async () => {
  const site = await open(`
    <script>
      ran = [];
      window.Everdial = window.Everdial || { cmd: [] };
      early = Everdial.cmd;
      early.push((everdial) => ran.push('first ' + (everdial === window.Everdial)));
    </script>
    <script src="${cdn.origin}${LOADER}"></script>
    <script>Everdial.cmd.push((everdial) => ran.push('second ' + typeof everdial.Dialer));</script>`);
  await site.page.waitForFunction('ran.length === 2');
  await site.page.evaluate("early.push(() => ran.push('old reference')); ran.push('after')");
  expect(await site.page.evaluate('ran')).toEqual([
    'first true',
    'second function',
    'old reference',
    'after',
  ]);
});

test('data-preload fetches the rest while the page is idle', async () => {
  const site = await open(`${tag('data-preload')}${BUTTON}`);
  await site.page.waitForFunction('globalThis.Everdial?.Dialer');
});

test('attributes of the script tag make a floating button, where unknown tags are stripped', async () => {
  const site = await open(
    `${tag('data-to="+12025550100" data-label="Ring the shop" data-providers="sandbox" data-onclick="alert(1)"')}<p>Page</p>`,
  );
  const element = site.page.locator('body > ever-dial');
  await startButton(site).waitFor();
  expect(
    await element.evaluate((node) =>
      Object.fromEntries([...node.attributes].map(({ name, value }) => [name, value])),
    ),
  ).toMatchObject({
    variant: 'floating',
    to: '+12025550100',
    label: 'Ring the shop',
    providers: 'sandbox',
  });
  expect(await element.getAttribute('onclick')).toBeNull();
  expect(site.requests).toHaveLength(1);
  await startButton(site).click();
  await state(site, 'active');
  await hangUp(site);
});

test('the floating button stays when a router puts a new body in place', async () => {
  const site = await open(`${tag('data-to="+12025550100" data-providers="sandbox"')}<p>Page</p>`);
  await startButton(site).click();
  await state(site, 'active');
  await site.page.evaluate(
    "document.documentElement.replaceChild(document.createElement('body'), document.body)",
  );
  await site.page.locator('body > ever-dial').waitFor({ state: 'attached' });
  await site.page.waitForTimeout(1_500);
  expect(await site.page.locator('ever-dial').getAttribute('data-state')).toBe('active');
});

test('without data-to nothing is put into the page', async () => {
  const site = await open(`${tag('data-label="Ring"')}<p>Page</p>`);
  await site.page.waitForFunction('globalThis.Everdial?.load');
  expect(await site.page.locator('ever-dial').count()).toBe(0);
});

test('data-tel-links makes calls of the page’s links, later ones too, and fetches the rest on intent', async () => {
  const site = await open(
    `${tag('data-tel-links data-providers="sandbox"')}<a href="tel:+12025550100">Shop</a>`,
  );
  await site.page.waitForLoadState('networkidle');
  expect(site.requests.map((url) => url.split('/').at(-1))).toEqual(['loader.js', 'tel-links.js']);
  await site.page.locator('a').hover();
  await site.page.waitForFunction('Everdial.Dialer');
  await site.page.locator('a').click();
  await state(site, 'active');
  await hangUp(site);
});

test('an element that is taken out and put back works; one that is taken out for good ends its call', async () => {
  const site = await open(`${tag()}<div id="one">${BUTTON}</div><div id="two"></div>`);
  await startButton(site).click();
  await state(site, 'active');
  await site.page.evaluate("two.append(document.querySelector('ever-dial'))");
  await site.page.waitForTimeout(1_500);
  expect(await site.page.locator('ever-dial').getAttribute('data-state')).toBe('active');
  const cause = await site.page.evaluate(`
    (() => {
      const element = document.querySelector('ever-dial');
      const { call } = element;
      element.remove();
      return call.when('ended').then(({ cause }) => cause);
    })()`);
  expect(cause).toBe('completed');
  await site.page.evaluate(`one.innerHTML = '${BUTTON}'`);
  await startButton(site).click();
  await state(site, 'active');
});

test('a file that is not what was built is refused: it does not run, the page is told, nobody is called', async () => {
  const tampered = `globalThis.evil=true;${readFileSync(join(EVERDIAL, 'dist/embed/app.js'), 'utf8')}`;
  const hostile = await serve(EVERDIAL, { pages: { '/dist/embed/app.js': tampered } });
  cleanUp.push(hostile.close);
  const site = await open(`
    <script>told = []; addEventListener('everdial:error', ({ detail }) => told.push(detail.error.message));</script>
    ${tag('', hostile.origin)}${BUTTON}`);
  await startButton(site).click();
  await site.page.waitForFunction('told.length > 0');
  expect(await site.page.evaluate('[typeof evil, typeof Everdial.Dialer]')).toEqual([
    'undefined',
    'undefined',
  ]);
  expect(await site.page.evaluate('told')).toEqual([expect.stringContaining('app.js')]);
  expect(await site.page.locator('ever-dial').getAttribute('data-state')).toBeNull();
  // What is left is a telephone, in every language; it has the focus, so it is read out.
  const link = site.page.locator('ever-dial').getByRole('link');
  expect(await link.textContent()).toBe('+12025550100');
  expect(await link.getAttribute('href')).toBe('tel:+12025550100');
  expect(await link.evaluate((node) => node.matches(':focus'))).toBe(true);
});

test('a later file that is not what was built ends the call with an explanation', async () => {
  const app = readFileSync(join(EVERDIAL, 'dist/embed/app.js'), 'utf8');
  const name = /run-code-[\w-]+\.js/.exec(app)?.[0] ?? '';
  const path = `/dist/embed/${name}`;
  const hostile = await serve(EVERDIAL, { pages: { [path]: 'globalThis.evil=true;' } });
  cleanUp.push(hostile.close);
  const site = await open(`${tag('', hostile.origin)}${BUTTON}`);
  await startButton(site).click();
  await state(site, 'ended');
  await site.page.locator('ever-dial').locator('[part~="status"]').waitFor();
  expect(await site.page.evaluate('typeof evil')).toBe('undefined');
});

test('a file that did not come is fetched again at the next sign of interest', async () => {
  const site = await open(`${tag()}${BUTTON}`);
  await startButton(site).waitFor();
  const app = `${cdn.origin}/dist/embed/app.js`;
  await site.page.route(app, (route) => route.abort());
  await startButton(site).click();
  await site.page.locator('ever-dial').getByRole('link').waitFor();
  await site.page.mouse.move(0, 300);
  await site.page.unroute(app);
  // A sign of interest in what stands there now is one in calling.
  await site.page.locator('ever-dial').getByRole('link').hover();
  await startButton(site).click();
  await state(site, 'active');
});
