import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { NOTHING_LEFT, useDialerLab } from './dialer-lab.js';

const RINGS = '+12025550107';

describe('a button that is watched for intent', () => {
  const it = useDialerLab();

  /** A page with the button, in which requests for the microphone are counted. */
  const open = async (viewport?: { width: number; height: number }) => {
    const opened = await it.open(['telnyx', 'twilio']);
    const { page } = opened;
    if (viewport) await page.setViewportSize(viewport);
    await page.evaluate((to) => {
      const { mediaDevices } = navigator;
      const get = mediaDevices.getUserMedia.bind(mediaDevices);
      Object.assign(globalThis, { microphones: 0 });
      mediaDevices.getUserMedia = (constraints) => {
        Object.assign(globalThis, { microphones: Reflect.get(globalThis, 'microphones') + 1 });
        return get(constraints);
      };
      globalThis.everdialPage.offer(to);
    }, RINGS);
    const button = page.locator('button');
    const box = (await button.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    const at = [box.x + box.width / 2, box.y + box.height / 2] as const;
    const look = () => lookAt(page);
    return { ...opened, button, at, look };
  };
  const lookAt = (page: Page) =>
    page.evaluate(() => ({
      status: globalThis.everdialPage.dialer.status,
      live: globalThis.everdialPage.dialer.audio.microphoneLive,
      microphones: Number(Reflect.get(globalThis, 'microphones')),
    }));

  test('costs nothing before; then the pointer connects, and the press opens the microphone that the call takes', async () => {
    const { page, at, look, resources } = await open();
    await page.mouse.move(600, 500);
    expect([await resources(), it.lab.telnyx.logins.length]).toMatchObject([
      { sockets: 0, peerConnections: 0, audioContexts: 0 },
      0,
    ]);
    await page.mouse.move(...at);
    await expect.poll(look).toEqual({ status: 'ready', live: false, microphones: 0 });
    await page.mouse.down();
    await expect.poll(look).toEqual({ status: 'ready', live: true, microphones: 1 });
    await page.mouse.up();
    await page.evaluate(
      () =>
        new Promise<void>((resolve) => {
          globalThis.everdialPage.call.on('ringing', () => resolve());
        }),
    );
    const media = await page.evaluate(() =>
      globalThis.everdialPage.call.hangup().then((outcome) => outcome.media),
    );
    expect(media).toEqual({ released: true, tracks: 1, liveTracks: 0 });
    expect(await look()).toMatchObject({ live: false, microphones: 1 });
    await page.evaluate(() => globalThis.everdialPage.dialer.close());
    await expect.poll(() => resources()).toMatchObject(NOTHING_LEFT);
  });

  test('the microphone is closed when the press ends elsewhere', async () => {
    const { page, at, look, resources } = await open();
    await page.mouse.move(...at);
    await page.mouse.down();
    await expect.poll(look).toMatchObject({ live: true });
    await page.mouse.move(600, 500);
    await page.mouse.up();
    await expect.poll(look).toMatchObject({ live: false, microphones: 1 });
    expect(await resources()).toMatchObject({ liveTracks: 0 });
  });

  test('two seconds in view are a sign; the keyboard is one at once', async () => {
    const first = await open();
    const since = Date.now();
    await expect.poll(first.look, { timeout: 5_000 }).toMatchObject({ status: 'ready' });
    expect(Date.now() - since).toBeGreaterThan(1_500);
    const second = await open({ width: 400, height: 8 });
    await second.page.keyboard.press('Tab');
    await expect.poll(second.look).toEqual({ status: 'ready', live: false, microphones: 0 });
  });

  test('times can be read in the tools of the page', async () => {
    const { page, at } = await open();
    await page.mouse.click(...at);
    await page.evaluate(
      () =>
        new Promise<void>((resolve) => {
          globalThis.everdialPage.call.on('ringing', () => resolve());
        }),
    );
    const { timeline, entries } = await page.evaluate(() => ({
      timeline: globalThis.everdialPage.call.timeline,
      entries: performance
        .getEntriesByType('measure')
        .map(({ name, duration }) => ({ name, duration })),
    }));
    const shown = timeline.filter(({ name }) => name !== 'dial');
    for (const { name, atMs } of shown) {
      const entry = entries.find((one) => one.name === `everdial: ${name}`);
      expect([name, Math.round(entry?.duration ?? -1)]).toEqual([name, Math.round(atMs)]);
    }
    expect(shown.length).toBeGreaterThan(5);
  });
});
