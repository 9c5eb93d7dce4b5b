import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { launchBrowser } from '../lab/browser/launch-browser.js';
import { openSite } from './open-site.js';
import { type StaticServer, serve } from './static-server.js';

let browser: Browser;
let cdn: StaticServer;

beforeAll(async () => {
  browser = await launchBrowser();
  cdn = await serve(join(inject('installed'), 'node_modules/everdial'));
});

afterAll(async () => {
  await browser.close();
  await cdn.close();
});

/** What of the button could be seen to change. */
const LOOKS = `
  (() => {
    const button = document.querySelector('ever-dial').shadowRoot.querySelector('button');
    const { x, y, width, height } = button.getBoundingClientRect();
    const icon = button.querySelector('svg').getBoundingClientRect();
    const style = getComputedStyle(button);
    const names = ['color', 'backgroundColor', 'borderRadius', 'fontSize', 'fontWeight', 'lineHeight', 'fontFamily'];
    return { x, y, width, height, icon: [icon.x, icon.y, icon.width], text: button.textContent,
      ...Object.fromEntries(names.map((name) => [name, style[name]])) };
  })()`;

test.each([
  ['as it is', ''],
  ['small', 'size="small"'],
  ['round', 'size="round" label="Call the shop"'],
  ['dark', 'theme="dark"'],
  ['floating', 'variant="floating" position="top-left"'],
  ['with a pale accent', 'style="--everdial-accent:#ffd54f;--everdial-radius:4px"'],
  ['in German', 'lang="de"'],
  ['in Arabic, from right to left', 'lang="ar" dir="rtl"'],
])('the button that the loader paints looks as the finished one: %s', async (_name, attributes) => {
  const site = await openSite(browser, {
    html: `<script async src="${cdn.origin}/dist/embed/loader.js"></script>
      <p>Before <ever-dial to="+12025550100" providers="sandbox" ${attributes}></ever-dial> after</p>`,
  });
  await site.page.locator('ever-dial').getByRole('button').waitFor();
  const before = await site.page.evaluate(LOOKS);
  await site.page.evaluate("Everdial.load('app.js').then(() => undefined)");
  await site.page.waitForFunction("customElements.get('ever-dial')");
  await site.page.waitForTimeout(300);
  expect(await site.page.evaluate(LOOKS)).toEqual(before);
  await site.close();
});
