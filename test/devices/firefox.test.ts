import { type Browser, firefox, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { buildPage } from '../lab/browser/build-page.js';
import { type Lab, startLab } from '../lab/start-lab.js';
import { type Pulse, startPulse } from './lab/pulse.js';
import { reasonToSkip, suiteName } from './tools.js';

const NUMBER = '+14155550100';
const reason = reasonToSkip('firefox', 'sound');

/** Quiet, on loopback, and able to play without a click. */
const PREFERENCES = {
  'media.peerconnection.ice.loopback': true,
  'media.peerconnection.ice.obfuscate_host_addresses': false,
  'media.autoplay.default': 0,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'media.gmp-manager.updateEnabled': false,
};

describe.skipIf(reason)(suiteName('Firefox', reason), () => {
  let lab: Lab;
  let pulse: Pulse;
  let url: string;
  let browser: Browser | undefined;

  beforeAll(async () => {
    [lab, pulse] = await Promise.all([startLab(), startPulse()]);
    await pulse.plugMicrophone('Mic_One');
    await pulse.plugSpeaker('Speaker_One');
    url = lab.url(await buildPage('test/browser/dialer/dialer-page.ts'));
  });
  afterEach(async () => {
    await browser?.close();
    browser = undefined;
  });
  afterAll(async () => {
    await pulse?.close();
    await lab?.close();
  });

  const open = async (preferences: Record<string, boolean | number>): Promise<Page> => {
    browser = await firefox.launch({
      executablePath: '/usr/bin/firefox-esr',
      channel: 'moz-firefox',
      firefoxUserPrefs: { ...PREFERENCES, ...preferences },
      env: { ...(process.env as Record<string, string>), ...pulse.env },
    });
    const page = await (await browser.newContext({ ignoreHTTPSErrors: true })).newPage();
    await page.goto(url);
    await page.evaluate(() => {
      globalThis.everdialPage.create({ routes: ['sandbox'], telnyxHost: '', twilioHost: '' });
      void globalThis.everdialPage.dialer.audio;
    });
    return page;
  };
  const dial = (page: Page) => page.evaluate((to) => globalThis.everdialPage.dial(to), NUMBER);
  const fake = {
    'media.navigator.streams.fake': true,
    'media.navigator.permission.disabled': true,
  };

  test('a call over the sandbox: sound, quality, security, and everything released', async () => {
    const page = await open(fake);
    await dial(page);
    const seen = await page.evaluate(async () => {
      const { call } = globalThis.everdialPage;
      await call.when('active');
      const sample = await new Promise<object>((resolve) => {
        call.on('quality-sample', (event) => resolve(event.sample), { once: true });
      });
      const security = await call.security();
      const { cause, media } = await call.hangup();
      return { sample, security, cause, media };
    });
    expect(seen.cause).toBe('completed');
    expect(seen.media).toMatchObject({ released: true, liveTracks: 0 });
    expect(Number(Reflect.get(seen.sample, 'mos'))).toBeGreaterThan(4);
    expect(seen.security.localFingerprint).toMatch(/^sha-256 /);
  });

  test('a question that nobody answers keeps the call waiting, and it can be given up', async () => {
    const page = await open({
      'media.navigator.streams.fake': true,
      'media.navigator.permission.disabled': false,
      'permissions.default.microphone': 0,
    });
    await dial(page);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(await page.evaluate(() => globalThis.everdialPage.call.state)).toBe('preparing');
    const cause = await page.evaluate(() =>
      globalThis.everdialPage.call.hangup().then((outcome) => outcome.cause),
    );
    expect(cause).toBe('cancelled');
  });

  test('a refusal ends the call and says why', async () => {
    const page = await open({
      'media.navigator.streams.fake': true,
      'media.navigator.permission.disabled': false,
      'permissions.default.microphone': 2,
    });
    await dial(page);
    const code = await page.evaluate(() =>
      globalThis.everdialPage.call.when('ended').then(({ error }) => error?.code),
    );
    expect(code).toBe('media/permission-denied');
  });

  test('a real microphone that is plugged in is told once; one that is pulled out is replaced', async () => {
    const page = await open({ 'media.navigator.permission.disabled': true });
    await dial(page);
    await page.evaluate(() => globalThis.everdialPage.call.when('active').then(() => undefined));
    await page.evaluate(() => {
      const told: string[][] = [];
      Object.assign(globalThis, { told });
      globalThis.everdialPage.dialer.on('audio-changed', ({ added }) => {
        if (added.length > 0) told.push(added.map(({ label }) => label));
      });
    });
    await pulse.plugMicrophone('Mic_Two');
    await expect
      .poll(() => page.evaluate(() => (Reflect.get(globalThis, 'told') as string[][]).flat()), {
        timeout: 8_000,
      })
      .toContain('Mic_Two');
    await new Promise((resolve) => setTimeout(resolve, 500));
    const told = await page.evaluate(() => (Reflect.get(globalThis, 'told') as string[][]).flat());
    expect(told.filter((label) => label === 'Mic_Two')).toHaveLength(1);
    await page.evaluate(async () => {
      const { audio } = globalThis.everdialPage.dialer;
      await audio.selectInput(audio.inputs.find(({ label }) => label === 'Mic_Two')?.id ?? '');
    });
    await pulse.unplug('Mic_Two');
    await expect
      .poll(() => page.evaluate(() => globalThis.everdialPage.call.problem?.code), {
        timeout: 8_000,
      })
      .toBe('media/device-lost');
    await expect
      .poll(() => page.evaluate(() => globalThis.everdialPage.dialer.audio.microphoneLive))
      .toBe(true);
    expect(await page.evaluate(() => globalThis.everdialPage.call.state)).toBe('active');
  });
});
