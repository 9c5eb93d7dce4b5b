import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { startWebServer, type WebServer } from '../net/web-server.js';
import { buildPage } from './build-page.js';
import { launchBrowser } from './launch-browser.js';
import { type LabPage, openPage } from './open-page.js';

const NOTHING = {
  liveTracks: 0,
  peerConnections: 0,
  sockets: 0,
  intervals: 0,
  timeouts: 0,
  audioContexts: 0,
};

let browser: Browser;
let web: WebServer;
let page: LabPage;

beforeAll(async () => {
  [browser, web] = await Promise.all([launchBrowser(), startWebServer([])]);
});

afterEach(() => page.close());

afterAll(async () => {
  await Promise.all([browser.close(), web.close()]);
});

describe('a page of the lab', () => {
  it('counts what is open, clones too, until it is closed', async () => {
    page = await openPage(browser, { url: `${web.origin}/blank` });
    expect(await page.resources()).toEqual(NOTHING);
    await page.page.evaluate(async () => {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      const copy = stream.clone();
      const track = copy.getAudioTracks()[0]?.clone();
      const pc = new RTCPeerConnection();
      const socket = new WebSocket(location.origin.replace('http', 'ws'));
      const context = new AudioContext();
      const timers = [setInterval(() => {}, 1000), setTimeout(() => {}, 60_000)];
      Object.assign(globalThis, {
        closeAll: async () => {
          for (const one of [...stream.getTracks(), ...copy.getTracks()]) one.stop();
          track?.stop();
          pc.close();
          socket.close();
          for (const timer of timers) clearTimeout(timer);
          await context.close();
        },
        // The original alone: what a careless page stops.
        stopOriginal: () => {
          for (const one of stream.getTracks()) one.stop();
        },
      });
    });
    const open = {
      ...NOTHING,
      liveTracks: 3,
      peerConnections: 1,
      intervals: 1,
      timeouts: 1,
      audioContexts: 1,
    };
    expect(await page.resources()).toMatchObject({ ...open, sockets: expect.any(Number) });
    await page.page.evaluate('stopOriginal()');
    expect((await page.resources()).liveTracks).toBe(2);
    await page.page.evaluate('closeAll()');
    await vi.waitFor(async () => expect(await page.resources()).toEqual(NOTHING));
  });

  it('forgets a timeout that is over, and keeps constructors what they were', async () => {
    page = await openPage(browser, { url: `${web.origin}/blank` });
    const seen = await page.page.evaluate(async () => {
      const given = await new Promise((resolve) => setTimeout(resolve, 5, 'argument'));
      const pc = new RTCPeerConnection();
      const kinds = [
        pc instanceof RTCPeerConnection,
        WebSocket.CLOSED === 3,
        'generateCertificate' in RTCPeerConnection,
      ];
      pc.close();
      return [given, ...kinds];
    });
    expect(seen).toEqual(['argument', true, true, true]);
    expect((await page.resources()).timeouts).toBe(0);
  });

  it('speaks a tone instead of the microphone, with the label of the device', async () => {
    page = await openPage(browser, { url: `${web.origin}/blank`, microphone: { tone: 650 } });
    const measured = await page.page.evaluate(async () => {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      const tone = await globalThis.everdialLab.measureTone(stream, 400);
      return { tone, label: stream.getAudioTracks()[0]?.label };
    });
    expect(Math.abs(measured.tone.frequency - 650)).toBeLessThan(10);
    expect(measured.label).toMatch(/^Fake/);
    expect((await page.resources()).liveTracks).toBe(1);
  });

  it('is refused the microphone without permission, whatever the microphone gives', async () => {
    page = await openPage(browser, {
      url: `${web.origin}/blank`,
      microphone: { tone: 650 },
      permissions: [],
    });
    const name = await page.page.evaluate(() =>
      navigator.mediaDevices.getUserMedia({ audio: true }).then(
        () => 'granted',
        (error: DOMException) => error.name,
      ),
    );
    expect(name).toBe('NotAllowedError');
  });

  it('keeps errors of the console and errors nobody caught', async () => {
    page = await openPage(browser, { url: `${web.origin}/blank` });
    await page.page.evaluate(() => {
      console.error('said so');
      void Promise.reject(new Error('nobody caught it'));
    });
    await vi.waitFor(() => expect(page.pageErrors.join()).toContain('nobody caught it'));
    expect(page.consoleErrors).toEqual(['said so']);
  });

  it('reaches no host but 127.0.0.1', async () => {
    page = await openPage(browser, { url: `${web.origin}/blank` });
    const failed = await page.page.evaluate(() =>
      fetch('https://example.com').then(
        () => 'reached',
        () => 'failed',
      ),
    );
    expect(failed).toBe('failed');
  });
});

describe('a built page', () => {
  it('gets dynamic imports as chunks of their own', async () => {
    const scripts: string[] = [];
    page = await openPage(browser);
    page.page.on('request', (request) => {
      if (request.resourceType() === 'script') scripts.push(request.url());
    });
    await page.page.goto(web.origin + (await buildPage('test/lab/browser/fixtures/lazy-page.ts')));
    await vi.waitFor(async () => expect(await page.page.title()).toBe('loaded later'));
    expect(scripts.length).toBeGreaterThan(1);
    expect(scripts[0]).toContain('/page.js');
  });
});
