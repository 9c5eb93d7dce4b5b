import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildPage } from '../lab/browser/build-page.js';
import { type Lab, startLab } from '../lab/start-lab.js';
import { type Display, startDisplay } from './lab/display.js';
import { openWebKit, type WebKitPage } from './lab/webkit.js';
import { reasonToSkip, suiteName } from './tools.js';

const reason = reasonToSkip('webkit', 'display');

/** WebKitGTK has microphones and no RTCPeerConnection. */
describe.skipIf(reason)(suiteName('a browser that can not call', reason), () => {
  let lab: Lab;
  let display: Display;
  let page: WebKitPage;

  beforeAll(async () => {
    [lab, display] = await Promise.all([startLab(), startDisplay()]);
    const url = lab.url(await buildPage('test/browser/dialer/dialer-page.ts'));
    const open = async () => {
      page = await openWebKit(display.env);
      await page.goto(url);
    };
    // On a busy machine its first start may be too slow for its own driver.
    await open().catch(async () => {
      await page?.close();
      await open();
    });
    await page.evaluate(`
      // The driver does not wait for modules.
      while (!globalThis.everdialPage) await new Promise((resolve) => setTimeout(resolve, 50));
      globalThis.failures = [];
      addEventListener('error', ({ message }) => failures.push(message));
      addEventListener('unhandledrejection', ({ reason }) => failures.push(String(reason)));
      everdialPage.create({ routes: ['telnyx', 'twilio'], telnyxHost: '${lab.telnyx.url}', twilioHost: '${lab.twilio.host}' });
    `);
  });
  afterAll(async () => {
    await page?.close();
    await display?.close();
    await lab?.close();
  });

  test('says so beforehand, with what to do', async () => {
    expect(
      await page.evaluate(`
        const { ok, problems, features } = everdialPage.dialer.constructor.support();
        // The sentences are fetched meanwhile.
        await new Promise((resolve) => setTimeout(resolve, 1000));
        return { ok, codes: problems.map(({ code }) => code), remedy: problems[0]?.remedy, features };
      `),
    ).toMatchObject({
      ok: false,
      codes: ['support/no-webrtc'],
      remedy: 'Use an up-to-date Chrome, Edge, Firefox or Safari.',
      features: { outputSelection: false, iceRestart: false },
    });
  });

  test('a call ends with an explanation, and the microphone is off', async () => {
    expect(
      await page.evaluate(`
        everdialPage.dial('+12025550142');
        const { cause, error, media } = await everdialPage.call.when('ended');
        return { cause, code: error?.code, media, live: everdialPage.dialer.audio.microphoneLive };
      `),
    ).toMatchObject({
      cause: 'media-failed',
      code: 'support/no-webrtc',
      media: { released: true, liveTracks: 0 },
      live: false,
    });
    expect([lab.telnyx.invites, lab.twilio.invites, lab.network.events]).toEqual([[], [], []]);
    expect([lab.telnyx.openSockets, lab.twilio.openSockets]).toEqual([0, 0]);
  });

  test('has no choice of speakers, and no error of the page', async () => {
    expect(
      await page.evaluate(`
        const { audio } = everdialPage.dialer;
        const code = await audio.selectOutput('default').then(() => 'worked', (error) => error.code);
        await everdialPage.dialer.close();
        return { canSelectOutput: audio.canSelectOutput, code, failures };
      `),
    ).toEqual({ canSelectOutput: false, code: 'media/output-unsupported', failures: [] });
  });
});
