import type { Browser } from 'playwright-core';
import { afterEach, describe, expect, test } from 'vitest';
import { launchBrowser } from '../../lab/browser/launch-browser.js';
import { type LabPage, type OpenPageOptions, openPage } from '../../lab/browser/open-page.js';
import { NOTHING_LEFT, useDialerLab } from './dialer-lab.js';

const NUMBER = '+12025550100';

/** Calls over the sandbox and gives what a page would show. */
async function callFails({ page }: LabPage) {
  return page.evaluate(async (to) => {
    globalThis.everdialPage.dial(to);
    const { cause, error, media } = await globalThis.everdialPage.call.when('ended');
    const code = error?.code;
    return { cause, code, released: media.released, remedy: (error?.remedy ?? '') !== '' };
  }, NUMBER);
}

describe('a page or a browser that does not let us call', () => {
  const it = useDialerLab();
  const others: Browser[] = [];
  afterEach(async () => {
    await Promise.all(others.splice(0).map((browser) => browser.close()));
  });

  /** Opens the page in a browser of its own kind. */
  async function openIn(browser: Browser, options: OpenPageOptions): Promise<LabPage> {
    others.push(browser);
    const opened = await openPage(browser, options);
    await opened.page.evaluate(() =>
      globalThis.everdialPage.create({ routes: ['sandbox'], telnyxHost: '', twilioHost: '' }),
    );
    return opened;
  }

  test('the microphone is refused', async () => {
    const opened = await it.open(['sandbox'], {}, { permissions: [], microphone: 'device' });
    expect(await callFails(opened)).toEqual({
      cause: 'permission-denied',
      code: 'media/permission-denied',
      released: true,
      remedy: true,
    });
    await opened.page.evaluate(() => globalThis.everdialPage.dialer.close());
    await expect.poll(() => opened.resources()).toMatchObject(NOTHING_LEFT);
  });

  test('the question for the microphone is dismissed', async () => {
    const opened = await it.open(['sandbox'], {}, { microphone: 'device' });
    const cdp = await opened.context.newCDPSession(opened.page);
    const { targetInfo } = await cdp.send('Target.getTargetInfo');
    const browserCdp = await it.browser.newBrowserCDPSession();
    await browserCdp.send('Browser.setPermission', {
      permission: { name: 'microphone' },
      setting: 'prompt',
      origin: it.lab.web.origin,
      ...(targetInfo.browserContextId && { browserContextId: targetInfo.browserContextId }),
    });
    expect(await callFails(opened)).toMatchObject({ code: 'media/permission-dismissed' });
  });

  test('there is no microphone', async () => {
    const opened = await openIn(await launchBrowser({ devices: false }), { url: it.url });
    expect(await callFails(opened)).toMatchObject({
      cause: 'no-device',
      code: 'media/device-not-found',
    });
  });

  test('the microphone does not start', async () => {
    const browser = await launchBrowser({ args: ['--fail-audio-stream-creation'] });
    const opened = await openIn(browser, { url: it.url });
    expect(await callFails(opened)).toMatchObject({
      cause: 'no-device',
      code: 'media/device-in-use',
    });
  });

  test('the page is not secure', async () => {
    const browser = await launchBrowser({
      args: ['--host-resolver-rules=MAP insecure.test 127.0.0.1'],
    });
    const url = it.url.replace('127.0.0.1', 'insecure.test');
    const opened = await openIn(browser, { url, permissions: [] });
    expect(await callFails(opened)).toMatchObject({ code: 'media/insecure-context' });
  });

  test('a frame of another origin without allow="microphone"', async () => {
    const browser = await launchBrowser({
      args: ['--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost'],
    });
    others.push(browser);
    const opened = await openPage(browser, { url: it.lab.url('/blank') });
    const src = it.url.replace('127.0.0.1', 'localhost');
    await opened.page.evaluate((address) => {
      const frame = document.createElement('iframe');
      frame.src = address;
      document.documentElement.append(frame);
    }, src);
    const inside = () => opened.page.frames().find((each) => each.url() === src);
    await expect.poll(inside).toBeDefined();
    const frame = inside();
    await frame?.waitForFunction(() => globalThis.everdialPage !== undefined);
    const code = await frame?.evaluate(async (to) => {
      globalThis.everdialPage.create({ routes: ['sandbox'], telnyxHost: '', twilioHost: '' });
      globalThis.everdialPage.dial(to);
      return (await globalThis.everdialPage.call.when('ended')).error?.code;
    }, NUMBER);
    expect(code).toBe('media/blocked-by-page');
  });

  test('the browser has no WebRTC', async () => {
    const opened = await it.open(['telnyx', 'twilio']);
    const codes = await opened.page.evaluate(async (to) => {
      Object.assign(globalThis, { RTCPeerConnection: undefined });
      globalThis.everdialPage.dial(to);
      return (await globalThis.everdialPage.call.when('ended')).error?.code;
    }, NUMBER);
    expect(codes).toBe('support/no-webrtc');
    expect(it.lab.network.rings(NUMBER)).toBe(0);
  });
});

describe('a Dialer that is closed in the middle of something', () => {
  const it = useDialerLab();

  test.each([
    ['telnyx', 'at once', 0],
    ['telnyx', 'while it connects', 60],
    ['telnyx', 'while it rings', 700],
    ['twilio', 'at once', 0],
    ['twilio', 'while it connects', 60],
    ['twilio', 'while it rings', 700],
  ] as const)('%s, %s: the call ends and nothing is left', async (carrier, _when, afterMs) => {
    const phone = it.lab.network.phone('+12025550107');
    const opened = await it.open([carrier]);
    const outcome = await opened.page.evaluate(
      async ([to, ms]) => {
        const { everdialPage } = globalThis;
        everdialPage.dial(to);
        await new Promise((resolve) => setTimeout(resolve, ms));
        await everdialPage.dialer.close();
        const { cause, media } = await everdialPage.call.when('ended');
        return { cause, released: media.released };
      },
      [phone.number, afterMs] as const,
    );
    expect(outcome).toEqual({ cause: 'cancelled', released: true });
    await expect.poll(() => opened.resources()).toMatchObject(NOTHING_LEFT);
    await expect.poll(() => it.lab.network.liveCalls).toBe(0);
    expect(opened.pageErrors).toEqual([]);
  });
});
