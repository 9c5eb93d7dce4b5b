import { describe, expect, test } from 'vitest';
import { NOTHING_LEFT } from '../lab/browser/browser-lab.js';
import { ANSWERS, useElementLab } from './element-lab.js';

const lab = useElementLab();
const attributes = `to="${ANSWERS}" name="Example Co" providers="sandbox"`;

describe('bad input', () => {
  test('wrong attribute values are told to the developer and change nothing', async () => {
    const page = await lab.openElement(
      `<ever-dial ${attributes} variant="huge" position="middle" theme="pink" size="xl" country="Utopia"></ever-dial>`,
    );
    const warnings: string[] = [];
    page.page.on('console', (message) => warnings.push(message.text()));
    await page.dial().hover();
    await expect.poll(() => warnings.length).toBe(5);
    expect(warnings.join('\n')).toContain(
      'The attribute variant takes: button, floating, panel, bar, agent.',
    );
    await page.dial().click();
    await page.until('ringing');
  });

  test.each([
    ['no provider', `to="${ANSWERS}"`],
    ['an unknown provider', `to="${ANSWERS}" providers="carrier-pigeon"`],
    ['no place for tokens', `to="${ANSWERS}" providers="telnyx"`],
  ])(
    '%s: the person is told that it is not theirs to mend, the developer what is',
    async (_, html) => {
      const page = await lab.openElement(`<ever-dial ${html}></ever-dial>`);
      const warnings: string[] = [];
      page.page.on('console', (message) => warnings.push(message.text()));
      await page.dial().click();
      await page.until('service');
      await expect.poll(() => page.said()).toContain('The fault is on our side.');
      expect(await page.dial().locator('[part~=phone-link]').getAttribute('href')).toBe(
        'tel:+12025550100',
      );
      expect(warnings.join()).toMatch(/config\/(invalid-option|no-access-server)/);
      expect(await page.events()).toContain('error');
    },
  );

  test('a token server that is not there', async () => {
    const page = await lab.openElement(
      `<ever-dial to="${ANSWERS}" providers="telnyx" token-url="/nothing/here"></ever-dial>`,
    );
    await page.dial().click();
    await page.until('service');
    expect(await page.resources()).toMatchObject(NOTHING_LEFT);
  });

  test('hostile words stay words', async () => {
    const hostile = '<img src=x onerror=alert(1)>&lt;b&gt;';
    const page = await lab.openElement('<ever-dial></ever-dial>');
    await page.dial().evaluate((element, text) => {
      for (const name of ['name', 'label', 'consent-text', 'phone'])
        element.setAttribute(name, text);
      element.setAttribute('to', '+12025550100');
      element.setAttribute('providers', 'sandbox');
      element.setAttribute('consent-required', '');
      Object.assign(element, { texts: { 'title.consent': text } });
    }, hostile);
    await page.dial().click();
    await page.until('consent');
    expect(await page.dial().locator('img, b:not([part])').count()).toBe(0);
    expect(await page.dial().locator('[part=name]').textContent()).toBe(hostile);
    expect(await page.dial().locator('[part=status]').textContent()).toBe(hostile);
  });

  test('two buttons with the id that `for` names: the first one calls', async () => {
    const page = await lab.openElement(
      `<button id="call">One</button><button id="call">Two</button><ever-dial for="call" ${attributes}></ever-dial>`,
    );
    await page.page.getByText('Two').click();
    await page.page.waitForTimeout(300);
    expect(await page.events()).not.toContain('before-call');
    await page.page.getByText('One').click();
    await page.until('ringing');
  });

  test('storage that is forbidden changes nothing', async () => {
    const page = await lab.openElement(`<ever-dial ${attributes}></ever-dial>`);
    await page.page.evaluate(() => {
      Object.defineProperty(window, 'localStorage', {
        get: () => {
          throw new DOMException('denied', 'SecurityError');
        },
      });
    });
    await page.dial().click();
    await page.until('talking');
  });
});

test('code that does not come: the number for a phone stands there and has the focus', async () => {
  const page = await lab.openElement(`<ever-dial ${attributes}></ever-dial>`);
  await page.page.route('**/*.js', (route) => route.abort());
  await page.dial().click();
  const link = page.dial().locator('a');
  await expect.poll(() => link.getAttribute('href')).toBe('tel:+1 202 555 0100');
  expect(await page.focused()).toBe('+1 202 555 0100');
  expect(await page.events()).toContain('error');
  await page.page.unroute('**/*.js');
});

test('a language, a dial pad, opening hours that do not come: nothing breaks, English stays, the pad comes later', async () => {
  const page = await lab.openElement(`<ever-dial variant="panel" ${attributes}></ever-dial>`);
  await page.until('idle');
  await page.page.route('**/*.js', (route) => route.abort());
  await page.dial().evaluate((element) => {
    for (const [name, value] of [
      ['lang', 'de'],
      ['hours', 'Mo 00:00-00:01'],
      ['variant', 'agent'],
    ] as const) {
      element.setAttribute(name, value);
    }
  });
  await page.page.waitForTimeout(500);
  expect(page.pageErrors).toEqual([]);
  expect(await page.dial().locator('[part~=call]').textContent()).toBe('Call');
  expect(await page.dial().locator('.erase').count()).toBe(0);
  await page.page.unroute('**/*.js');
  await page.dial().locator('.erase').waitFor({ timeout: 15_000 });
});

describe('in a page that changes', () => {
  test('an element that is removed in a call ends it', async () => {
    const page = await lab.openElement(`<ever-dial ${attributes}></ever-dial>`);
    await page.dial().click();
    await page.until('talking');
    await page.page.evaluate(() => {
      const element = document.querySelector('ever-dial');
      Object.assign(globalThis, { removed: element });
      element?.remove();
    });
    await expect.poll(() => page.resources(), { timeout: 8_000 }).toMatchObject(NOTHING_LEFT);
  });

  test('one that is moved keeps its call', async () => {
    const page = await lab.openElement(`<main></main><ever-dial ${attributes}></ever-dial>`);
    await page.dial().click();
    await page.until('talking');
    await page.page.evaluate(() => {
      document.querySelector('main')?.append(document.querySelector('ever-dial') as Element);
    });
    await page.page.waitForTimeout(1_500);
    expect(await page.dial().getAttribute('data-scene')).toBe('talking');
    expect((await page.resources()).peerConnections).toBeGreaterThan(0);
    await page.press('hangup');
    await page.until('ended');
  });

  test('one that comes back calls again', async () => {
    const page = await lab.openElement(`<ever-dial ${attributes}></ever-dial>`);
    await page.dial().click();
    await page.until('ringing');
    await page.page.evaluate(async () => {
      const element = document.querySelector('ever-dial') as Element;
      element.remove();
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      document.body.append(element);
    });
    expect(await page.dial().getAttribute('data-scene')).toBeNull();
    await page.dial().click();
    await page.until('talking');
  });

  test('a press during which the code arrives is a press', async () => {
    const page = await lab.openElement(`<ever-dial ${attributes}></ever-dial>`);
    const label = page.dial().locator('slot[name=label]');
    const place = await label.locator('..').boundingBox();
    await page.page.mouse.move((place?.x ?? 0) + 5, (place?.y ?? 0) + 5);
    await page.page.mouse.down();
    await expect.poll(() => page.dial().getAttribute('data-scene')).toBe('idle');
    await page.dial().evaluate((element) => element.setAttribute('name', 'Example Co'));
    await page.page.mouse.up();
    await page.until('ringing');
  });

  test('several elements: one panel in the corner at a time, one connection for all', async () => {
    const page = await lab.openElement(
      `<ever-dial ${attributes}></ever-dial> <ever-dial to="+12025550101" providers="sandbox"></ever-dial>`,
    );
    await page.dial(0).click();
    await page.until('talking');
    await page.dial(1).click();
    await page.until('service', 1);
    await expect.poll(() => page.said(1)).toContain('Too many calls are running.');
    expect(await page.dial(0).locator('.panel').count()).toBe(0);
    expect(await page.dial(0).getAttribute('data-scene')).toBe('talking');
    const shared = await page.page.evaluate(() => {
      const [one, other] = document.querySelectorAll('ever-dial');
      return Reflect.get(one as object, 'dialer') === Reflect.get(other as object, 'dialer');
    });
    expect(shared).toBe(true);
  });

  test('attributes, texts and language can change at any time', async () => {
    const page = await lab.openElement(`<ever-dial ${attributes}></ever-dial>`);
    const button = page.dial().locator('[part=button]');
    await page.dial().evaluate((element) => element.setAttribute('label', 'Talk to sales'));
    expect(await button.textContent()).toBe('Talk to sales');
    await page.dial().click();
    await page.until('talking');
    await page.dial().evaluate((element) => {
      element.setAttribute('lang', 'de-AT');
      Object.assign(element, { texts: { hangup: 'Ende' } });
    });
    await expect.poll(() => page.dial().locator('[part~=hangup]').textContent()).toBe('Ende');
    await expect.poll(() => page.dial().locator('[part~=mute]').textContent()).toContain('Stumm');
  });

  test('opening hours: closed says so, and calls nobody', async () => {
    const page = await lab.openElement(
      `<ever-dial hours="Mo 00:00-00:01" time-zone="UTC" ${attributes}></ever-dial>`,
    );
    const button = page.dial().locator('[part=button]');
    await expect.poll(() => button.textContent()).toContain('Opens Monday at 0:00');
    expect(await button.getAttribute('aria-disabled')).toBe('true');
    await button.click({ force: true });
    await expect.poll(() => page.said()).toBe('Closed now. Opens Monday at 0:00');
    expect(await page.events()).toEqual([]);
  });

  test('offline: Call waits until the network is back', async () => {
    const page = await lab.openElement(`<ever-dial variant="panel" ${attributes}></ever-dial>`);
    await page.until('idle');
    await page.context.setOffline(true);
    await page.until('offline');
    expect(await page.dial().locator('[data-act=call]').getAttribute('aria-disabled')).toBe('true');
    await page.context.setOffline(false);
    await page.until('idle');
  });

  test('a browser without WebRTC gets a link that calls with a phone', async () => {
    const opened = await lab.openPage({});
    await opened.page.addInitScript('delete globalThis.RTCPeerConnection');
    const html = `<ever-dial ${attributes}></ever-dial>`;
    await opened.page.goto(`${lab.url}?${new URLSearchParams({ html })}`);
    const link = opened.page.locator('ever-dial').locator('a');
    await expect.poll(() => link.textContent()).toContain('Call +1 202 555 0100');
    expect(await link.getAttribute('href')).toBe('tel:+12025550100');
    expect(await opened.page.locator('ever-dial').locator('button').isHidden()).toBe(true);
  });
});
