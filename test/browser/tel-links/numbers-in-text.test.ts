import { expect, test, vi } from 'vitest';
// For the type of `globalThis.telLinksPage`.
import type {} from './tel-links-page.js';
import { useTelLinksStage } from './tel-links-stage.js';

const NUMBER = '+1 202 555 0101';

const stage = useTelLinksStage(`
  <p id="two">Call ${NUMBER} or +1 202 555 0102 ext. 42 today.</p>
  <p id="alone">${NUMBER}</p>
  <p id="national">In town: (202) 555-0103, since 2026-11-30.</p>
  <p id="split">+1 202 <b>555 0101</b></p>
  <div id="never">
    <a href="#x">${NUMBER}</a><button>${NUMBER}</button><textarea>${NUMBER}</textarea>
    <select><option>${NUMBER}</option></select><code>${NUMBER}</code><pre>${NUMBER}</pre>
    <p contenteditable>${NUMBER} <i>${NUMBER}</i></p><p data-everdial-ignore>${NUMBER}</p>
    <span role="button">${NUMBER}</span><svg><text>${NUMBER}</text></svg>
    <style>/* ${NUMBER} */</style><input value="${NUMBER}"><i title="${NUMBER}"></i>
  </div>
  <div id="host" data-shadow></div>
  <div id="room"></div>`);

const evaluate = <T>(code: string): Promise<T> => stage.opened.page.evaluate(code);

/** Addresses of the links in an element. */
const links = (id: string) =>
  evaluate<string[]>(`[...document.querySelectorAll('#${id} a[href^=tel]')].map((a) => a.href)`);

const poll = (id: string, hrefs: readonly string[]) =>
  vi.waitFor(async () => expect(await links(id)).toEqual(hrefs), { timeout: 10_000 });

const html = () => evaluate<string>('document.body.innerHTML');

/** How many text nodes hold what an element says. */
const pieces = (id: string) =>
  evaluate<number>(`document.querySelector('#${id}').childNodes.length`);

test('numbers in text become links that call, and text again in the end', async () => {
  const before = await html();
  await stage.watch({ inText: true });
  await poll('two', ['tel:+12025550101', 'tel:+12025550102;ext=42']);
  await poll('alone', ['tel:+12025550101']);
  expect(await evaluate(`document.querySelector('#two').textContent`)).toBe(
    `Call ${NUMBER} or +1 202 555 0102 ext. 42 today.`,
  );
  await stage.opened.page.click('#two a:last-of-type');
  expect(await stage.calls()).toEqual(['+12025550102,,42 < ']);
  expect(await links('national')).toEqual([]);
  expect(await links('split')).toEqual([]);

  await stage.stop();
  expect(await html()).toBe(before);
  expect(await pieces('two')).toBe(1);
  expect(await pieces('alone')).toBe(1);
});

test('nothing is done where a link does not belong', async () => {
  const inside = () => evaluate<string>(`document.querySelector('#never').innerHTML`);
  const before = await inside();
  await stage.watch({ inText: true, country: 'US' });
  await poll('national', ['tel:+12025550103']);
  expect(await inside()).toBe(before);
  expect(
    await evaluate(`document.querySelector('#host').shadowRoot.querySelectorAll('a').length`),
  ).toBe(1);
  expect(await evaluate('document.title')).toContain('tel-links-page');
});

test('the rules of the countries are fetched for a country only', async () => {
  const scripts: string[] = [];
  stage.opened.page.on('request', (request) => {
    if (request.resourceType() === 'script') scripts.push(request.url());
  });
  await stage.watch({ inText: true });
  await poll('alone', ['tel:+12025550101']);
  expect(scripts).toEqual([]);
  await stage.stop();
  await stage.watch({ inText: true, country: 'US' });
  await poll('national', ['tel:+12025550103']);
  expect(scripts.length).toBeGreaterThan(0);
});

test('text that comes later counts, however it comes', async () => {
  await stage.watch({ inText: true });
  await poll('alone', ['tel:+12025550101']);
  await evaluate(`room.innerHTML = '<p><i>later: +1 202 555 0104</i></p>'`);
  await poll('room', ['tel:+12025550104']);
  await evaluate(`room.textContent = 'text: +1 202 555 0105'`);
  await poll('room', ['tel:+12025550105']);
  await evaluate(`room.textContent = 'nothing'; room.firstChild.data = '+1 202 555 0106'`);
  await poll('room', ['tel:+12025550106']);
  await stage.stop();
  await evaluate(`room.textContent = '+1 202 555 0107'`);
  await evaluate(
    `new Promise((resolve) => requestIdleCallback(() => requestIdleCallback(resolve)))`,
  );
  expect(await links('room')).toEqual([]);
});

test('a long page is read in slices, and to its end though parts of it go away meanwhile', async () => {
  await evaluate(`
    slices = 0;
    original = requestIdleCallback;
    requestIdleCallback = (work, options) => original((deadline) => {
      slices += 1;
      // 500 nodes a slice at most, two a row: here the reading stands in one of the first 500 rows.
      if (slices === 3) for (const row of [...room.children].slice(0, 1000)) row.remove();
      work(deadline);
    }, options);
    room.replaceChildren(...Array.from({ length: 4000 }, (_, i) => {
      const row = document.createElement('p');
      row.append('row ' + i);
      return row;
    }), 'at the end: +1 202 555 0108')`);
  await stage.watch({ inText: true });
  await poll('room', ['tel:+12025550108']);
  expect(await evaluate('slices')).toBeGreaterThan(12);
});

test('under a strict policy and Trusted Types nothing is reported', async () => {
  const { page } = stage.opened;
  const policy =
    "default-src 'none'; script-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'";
  await page.route(stage.url, async (route) => {
    const response = await route.fetch();
    const headers = { ...response.headers(), 'content-security-policy': policy };
    await route.fulfill({ response, headers });
  });
  await page.goto(stage.url);
  await page.waitForFunction(() => globalThis.telLinksPage !== undefined);
  await page.evaluate(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective }) => {
      throw new Error(violatedDirective);
    });
  });
  await stage.watch({ inText: true, country: 'US' });
  await poll('national', ['tel:+12025550103']);
  await stage.stop();
  expect(await links('national')).toEqual([]);
});
