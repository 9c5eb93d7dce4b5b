import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { buildPage } from '../../lab/browser/build-page.js';
import { launchBrowser } from '../../lab/browser/launch-browser.js';
import { type LabPage, openPage } from '../../lab/browser/open-page.js';
import { startWebServer, type WebServer } from '../../lab/net/web-server.js';
// For the type of `globalThis.sandboxPage`.
import type {} from './sandbox-page.js';

const MICROPHONE_HZ = 700;
const TONE_HZ = 440;

let server: WebServer;
let browser: Browser;
let url: string;
let opened: LabPage;

beforeAll(async () => {
  [server, browser] = await Promise.all([startWebServer([]), launchBrowser()]);
  url = server.origin + (await buildPage('test/browser/sandbox/sandbox-page.ts'));
});
beforeEach(async () => {
  opened = await openPage(browser, { url, microphone: { tone: MICROPHONE_HZ } });
});
afterEach(async () => {
  await opened.close();
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

const act = (action: Parameters<typeof globalThis.sandboxPage.act>[0]) =>
  opened.page.evaluate((what) => globalThis.sandboxPage.act(what), action);
const reported = () => opened.page.evaluate(() => globalThis.sandboxPage.reported());
const packets = () => opened.page.evaluate(() => globalThis.sandboxPage.packetsReceived());
const heardHz = () => opened.page.evaluate(() => globalThis.sandboxPage.heardHz());
const untilReported = (type: string) =>
  vi.waitFor(async () => expect(await reported()).toContain(type), { timeout: 10_000 });
const untilHeard = (hz: number) =>
  vi.waitFor(async () => expect(Math.abs((await heardHz()) - hz)).toBeLessThan(25), {
    timeout: 15_000,
  });
const untilPackets = () =>
  vi.waitFor(async () => expect(await packets()).toBeGreaterThan(0), { timeout: 10_000 });

/** Whether packets have stopped: equal counts over a while that would bring more than ten. */
async function expectNoMorePackets() {
  await vi.waitFor(
    async () => {
      const before = await packets();
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(await packets()).toBe(before);
    },
    { timeout: 10_000 },
  );
}

describe('the sound of the sandbox in a real browser', () => {
  test('the far side is silent until it answers, then it echoes', async () => {
    await opened.page.evaluate(() => globalThis.sandboxPage.dial());
    await untilReported('remote-stream');
    expect((await reported()).slice(0, 3)).toEqual(['sent', 'identified', 'peer-connection']);
    await act('ring');
    await expectNoMorePackets();
    expect(await packets()).toBe(0);
    await act('answer');
    await untilPackets();
    await untilHeard(MICROPHONE_HZ);
    expect(await reported()).not.toContain('media-flowing');
  });

  test('an announcement before the answer is a tone', async () => {
    await opened.page.evaluate(() => globalThis.sandboxPage.dial());
    await act('early-media');
    await untilReported('remote-stream');
    await untilHeard(TONE_HZ);
    await act('answer');
    await untilHeard(MICROPHONE_HZ);
  });

  test('who only listens hears a tone', async () => {
    await opened.page.evaluate(() => globalThis.sandboxPage.dial(true));
    await act('answer');
    await untilReported('remote-stream');
    await untilHeard(TONE_HZ);
  });

  test('sound stops and comes back: by the far side, and on hold', async () => {
    await opened.page.evaluate(() => globalThis.sandboxPage.dial());
    await act('answer');
    await untilPackets();
    await act('stop-sound');
    await expectNoMorePackets();
    await act('restore-sound');
    await untilHeard(MICROPHONE_HZ);
    await opened.page.evaluate(() => globalThis.sandboxPage.setHeld(true));
    await expectNoMorePackets();
    await opened.page.evaluate(() => globalThis.sandboxPage.setHeld(false));
    await untilHeard(MICROPHONE_HZ);
  });

  test('another microphone is heard instead', async () => {
    await opened.page.evaluate(() => globalThis.sandboxPage.dial());
    await act('answer');
    await untilReported('remote-stream');
    await untilHeard(MICROPHONE_HZ);
    await opened.setMicrophone({ tone: 1_000 });
    await opened.page.evaluate(() => globalThis.sandboxPage.replaceTrack('microphone'));
    await untilHeard(1_000);
  });

  test('nothing is left after release and close', async () => {
    await opened.page.evaluate(() => globalThis.sandboxPage.dial());
    await act('early-media');
    await untilReported('remote-stream');
    await untilHeard(TONE_HZ);
    await opened.page.evaluate(() => globalThis.sandboxPage.close());
    expect(await opened.resources()).toMatchObject({
      liveTracks: 0,
      peerConnections: 0,
      audioContexts: 0,
    });
    expect(opened.consoleErrors).toEqual([]);
    expect(opened.pageErrors).toEqual([]);
  });
});

test('the conformance suite holds with real sound', async () => {
  const names = await opened.page.evaluate(() => globalThis.sandboxPage.cases);
  const failed: Record<string, string> = {};
  for (const name of names) {
    const why = await opened.page.evaluate((which) => globalThis.sandboxPage.run(which), name);
    if (why !== undefined) failed[name] = why;
  }
  expect(names.length).toBeGreaterThan(40);
  expect(failed).toEqual({});
  expect(opened.consoleErrors).toEqual([]);
  expect(opened.pageErrors).toEqual([]);
});
