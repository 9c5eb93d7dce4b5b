import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { buildPage } from '../../lab/browser/build-page.js';
import { launchBrowser } from '../../lab/browser/launch-browser.js';
import { type LabPage, openPage } from '../../lab/browser/open-page.js';
import { startWebServer, type WebServer } from '../../lab/net/web-server.js';
// For the type of `globalThis.sandboxDialer`.
import type {} from './dialer-page.js';

let server: WebServer;
let browser: Browser;
let url: string;
let opened: LabPage;

beforeAll(async () => {
  [server, browser] = await Promise.all([startWebServer([]), launchBrowser()]);
  url = server.origin + (await buildPage('test/browser/sandbox/dialer-page.ts'));
});
beforeEach(async () => {
  opened = await openPage(browser, { url, microphone: { tone: 700 } });
});
afterEach(async () => {
  await opened.close();
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

const dial = (name: keyof typeof globalThis.sandboxDialer.numbers) =>
  opened.page.evaluate((which) => {
    const { sandboxDialer } = globalThis;
    sandboxDialer.dial(sandboxDialer.numbers[which]);
  }, name);

async function expectNothingLeft() {
  await opened.page.evaluate(() => globalThis.sandboxDialer.dialer.close());
  expect(await opened.resources()).toMatchObject({
    liveTracks: 0,
    peerConnections: 0,
    audioContexts: 0,
  });
  expect(opened.consoleErrors).toEqual([]);
  expect(opened.pageErrors).toEqual([]);
}

test('a call over the sandbox in a real browser: talk, hold, digits, hang up, nothing left', async () => {
  await dial('answers');
  const { states, history, outcome } = await opened.page.evaluate(async () => {
    const { call, dialer, states, history } = globalThis.sandboxDialer;
    await call.when('active');
    await call.hold();
    await call.hold(false);
    await call.sendDigits('12#');
    const { cause, by, confirmed, media } = await call.hangup();
    await dialer.close();
    return { states: [...states], history: history(), outcome: { cause, by, confirmed, media } };
  });
  expect(states).toEqual(['connecting', 'ringing', 'answered', 'active', 'ending', 'ended']);
  expect(history).toEqual(['rang', 'answered', '1', '2', '#', 'hung-up']);
  expect(outcome).toEqual({
    cause: 'completed',
    by: 'local',
    confirmed: true,
    media: { released: true, tracks: 1, liveTracks: 0 },
  });
  await expectNothingLeft();
});

test('a busy line over the sandbox in a real browser', async () => {
  await dial('busy');
  const cause = await opened.page.evaluate(
    async () => (await globalThis.sandboxDialer.call.when('ended')).cause,
  );
  expect(cause).toBe('busy');
  await expectNothingLeft();
});
