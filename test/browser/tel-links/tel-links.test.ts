import { describe, expect, test, vi } from 'vitest';
// For the type of `globalThis.telLinksPage`.
import type {} from './tel-links-page.js';
import { useTelLinksStage } from './tel-links-stage.js';

const stage = useTelLinksStage(`
  <p><a id="plain" href="tel:+12025550101">Call <b id="inner">us</b></a></p>
  <p><a id="extension" href="tel:+1-202-555-0102;ext=42">extension</a></p>
  <p><a id="national" href="tel:(202) 555-0103">national</a></p>
  <p><a id="ignored" data-everdial-ignore href="tel:+12025550104">ignored</a></p>
  <p data-everdial-ignore><a id="inside" href="tel:+12025550104">inside</a></p>
  <p><a id="window" target="_blank" href="tel:+12025550104">window</a></p>
  <p><a id="file" download href="tel:+12025550104">file</a></p>
  <p><a id="handled" href="tel:+12025550104">handled</a></p>
  <p><a id="malformed" href="tel:sales">malformed</a></p>
  <p><a id="emergency" href="tel:911">emergency</a></p>
  <p><a id="abroad" href="tel:+1911">emergency behind a code</a></p>
  <p><a id="mail" href="mailto:sales@example.com">mail</a></p>
  <p><a id="here" target="_self" href="tel:+12025550105">here</a></p>
  <p><svg width="90" height="20" xmlns:xlink="http://www.w3.org/1999/xlink">
    <a id="drawn" href="tel:+12025550106"><rect id="shape" width="40" height="20"></rect></a>
    <a id="old" xlink:href="tel:+12025550108"><rect id="old-shape" x="50" width="40" height="20"></rect></a>
  </svg></p>
  <p id="host" data-shadow></p>`);

const click = (selector: string, options = {}) => stage.opened.page.click(selector, options);

describe('a plain click becomes a call', () => {
  test.each([
    ['#plain', '+12025550101 < plain'],
    ['#inner', '+12025550101 < plain'],
    ['#extension', '+12025550102,,42 < extension'],
    ['#here', '+12025550105 < here'],
    ['#shape', '+12025550106 < drawn'],
    ['#old-shape', '+12025550108 < old'],
    ['#shadowed', '+12025550107 < shadowed'],
  ])('%s', async (selector, call) => {
    await stage.watch();
    await click(selector);
    expect(await stage.calls()).toEqual([call]);
    expect(await stage.nativeClicks()).toEqual([]);
  });

  test('so does Enter, and the press of assistive technology', async () => {
    await stage.watch();
    await stage.opened.page.focus('#plain');
    await stage.opened.page.keyboard.press('Enter');
    await stage.opened.page.evaluate(() => document.querySelector<HTMLElement>('#here')?.click());
    expect(await stage.calls()).toEqual(['+12025550101 < plain', '+12025550105 < here']);
    expect(await stage.nativeClicks()).toEqual([]);
  });

  test('and a link that is added later, and one whose address changes', async () => {
    await stage.watch();
    await stage.opened.page.evaluate(() => {
      const link = document.createElement('a');
      link.id = 'later';
      link.href = 'tel:+12025550109';
      link.textContent = 'later';
      document.body.append(link);
      document.querySelector('#mail')?.setAttribute('href', 'tel:+12025550110');
    });
    await click('#later');
    await click('#mail');
    expect(await stage.calls()).toEqual(['+12025550109 < later', '+12025550110 < mail']);
  });
});

describe('the browser keeps', () => {
  test.each([
    ['#ignored', {}],
    ['#inside', {}],
    ['#window', {}],
    ['#file', {}],
    ['#malformed', {}],
    ['#emergency', {}],
    ['#abroad', {}],
    ['#national', {}],
    ['#mail', {}],
    ['#plain', { modifiers: ['Control'] }],
    ['#plain', { modifiers: ['Shift'] }],
    ['#plain', { modifiers: ['Alt'] }],
    ['#plain', { modifiers: ['Meta'] }],
    ['#plain', { button: 'middle' }],
  ])('a click on %s with %j', async (selector, options) => {
    await stage.watch();
    await click(selector, options);
    expect(await stage.calls()).toEqual([]);
    expect(await stage.nativeClicks()).toHaveLength(1);
  });

  test('Enter with a modifier key', async () => {
    await stage.watch();
    await stage.opened.page.focus('#plain');
    await stage.opened.page.keyboard.press('Control+Enter');
    expect(await stage.calls()).toEqual([]);
    expect(await stage.nativeClicks()).toEqual(['plain']);
  });

  test('what the application gives back', async () => {
    await stage.watch({ answer: false });
    await click('#plain');
    expect(await stage.calls()).toEqual(['+12025550101 < plain']);
    expect(await stage.nativeClicks()).toEqual(['plain']);
  });

  test('what the page has dealt with itself: no call, no more and no less', async () => {
    await stage.watch();
    await click('#handled');
    expect(await stage.calls()).toEqual([]);
    expect(await stage.nativeClicks()).toEqual([]);
  });

  test('everything outside of the root, and everything after the end', async () => {
    await stage.watch({ root: 'svg' });
    await click('#here');
    expect(await stage.calls()).toEqual([]);
    await click('#shape');
    await stage.stop();
    await click('#shape');
    expect(await stage.calls()).toEqual(['+12025550106 < drawn']);
    expect(await stage.nativeClicks()).toEqual(['here', 'shape']);
  });

  test('the links as they are: nothing in the page is changed', async () => {
    const before = await stage.opened.page.content();
    await stage.watch({ country: 'US' });
    await click('#plain');
    expect(await stage.opened.page.content()).toBe(before);
  });

  test('another opt-out than the usual one', async () => {
    await stage.watch({ ignore: '#plain' });
    await click('#plain');
    await click('#ignored');
    expect(await stage.calls()).toEqual(['+12025550104 < ignored']);
  });
});

describe('numbers without a country code', () => {
  const scripts: string[] = [];
  const listen = () => {
    scripts.length = 0;
    stage.opened.page.on('request', (request) => {
      if (request.resourceType() === 'script') scripts.push(request.url());
    });
  };

  test('are read by the rules of the country, which are fetched for such a link only', async () => {
    listen();
    await stage.watch({ country: 'US' });
    await click('#plain');
    expect(scripts).toEqual([]);
    await stage.opened.page.hover('#national');
    await vi.waitFor(() => expect(scripts.length).toBeGreaterThan(0));
    await click('#national');
    await vi.waitFor(async () =>
      expect(await stage.calls()).toEqual(['+12025550101 < plain', '+12025550103 < national']),
    );
    expect(await stage.nativeClicks()).toEqual([]);
  });

  test('become a call also when nobody came near before the click', async () => {
    await stage.watch({ country: 'US' });
    await stage.opened.page.evaluate(() =>
      document.querySelector<HTMLElement>('#national')?.click(),
    );
    await vi.waitFor(async () => expect(await stage.calls()).toEqual(['+12025550103 < national']));
  });

  test.each([
    ['are none there', { country: 'GB' }],
    ['can not be read because the rules are not to be had', { country: 'US', withoutRules: true }],
  ])('go to the browser when they %s', async (_, options) => {
    await stage.watch(options);
    await click('#national');
    // Chromium tells the page so when it goes to a tel: address.
    await vi.waitFor(async () =>
      expect(await stage.opened.page.evaluate(() => globalThis.telLinksPage.leaving)).toBe(1),
    );
    expect(await stage.calls()).toEqual([]);
  });
});

test('who comes near a link is told once, by pointer and by focus', async () => {
  await stage.watch();
  const { page } = stage.opened;
  await page.hover('#plain', { position: { x: 2, y: 5 } });
  await page.hover('#inner');
  await page.hover('#emergency');
  await page.hover('#inside');
  await page.focus('#extension');
  const intents = await page.evaluate(() => globalThis.telLinksPage.intents);
  expect(intents).toEqual(['plain', 'extension']);
});

test('a running call survives the page going to mailto: and tel: addresses', async () => {
  const { page } = stage.opened;
  await page.evaluate(async () => {
    globalThis.telLinksPage.holdsBack = false;
    await globalThis.telLinksPage.dial('+12025550100').when('active');
  });
  await click('#mail');
  await click('#plain');
  // This is what ends calls of SDKs that take it for the end of the page.
  await vi.waitFor(async () =>
    expect(await page.evaluate(() => globalThis.telLinksPage.leaving)).toBe(2),
  );
  const { state, cause } = await page.evaluate(async () => {
    const { call } = globalThis.telLinksPage;
    return { state: call?.state, cause: (await call?.hangup())?.cause };
  });
  expect({ state, cause }).toEqual({ state: 'active', cause: 'completed' });
});

test('the browser takes the page for tel: links, or says why not', async () => {
  const register = (url?: string) =>
    stage.opened.page.evaluate(
      (address) => globalThis.telLinksPage.registerTelHandler(address),
      url,
    );
  expect(await register()).toEqual({ asked: true });
  expect(await register('/call')).toEqual({ asked: false, reason: 'invalid-url' });
  expect(await register('https://example.com/?tel=%s')).toMatchObject({ asked: false });
});
