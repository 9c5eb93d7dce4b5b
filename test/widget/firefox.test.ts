import { type Browser, firefox, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Pulse, startPulse } from '../devices/lab/pulse.js';
import { reasonToSkip, suiteName } from '../devices/tools.js';
import { buildPage } from '../lab/browser/build-page.js';
import { type Lab, startLab } from '../lab/start-lab.js';
import { ANSWERS, GUARD_MS } from './element-lab.js';

const reason = reasonToSkip('firefox', 'sound');

/** Quiet, on loopback, with a made-up microphone and able to play without a click. */
const PREFERENCES = {
  'media.peerconnection.ice.loopback': true,
  'media.peerconnection.ice.obfuscate_host_addresses': false,
  'media.autoplay.default': 0,
  'media.navigator.streams.fake': true,
  'media.navigator.permission.disabled': true,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'media.gmp-manager.updateEnabled': false,
};
const ELEMENT = `<button>before</button> <ever-dial to="${ANSWERS}" name="Example Co" providers="sandbox"></ever-dial>`;

describe.skipIf(reason)(suiteName('the element in Firefox', reason), () => {
  let lab: Lab;
  // Without a speaker Firefox's audio clock stands, and nothing is measured.
  let pulse: Pulse;
  let url: string;
  let browser: Browser;
  const errors: string[] = [];

  beforeAll(async () => {
    [lab, pulse] = await Promise.all([startLab(), startPulse()]);
    await pulse.plugSpeaker('Speaker_One');
    url = lab.url(await buildPage('test/widget/pages/element-page.ts'));
    browser = await firefox.launch({
      executablePath: '/usr/bin/firefox-esr',
      channel: 'moz-firefox',
      firefoxUserPrefs: PREFERENCES,
      env: { ...(process.env as Record<string, string>), ...pulse.env },
    });
  });
  afterEach(async () => {
    errors.length = 0;
    await Promise.all(browser.contexts().map((context) => context.close()));
  });
  afterAll(async () => {
    await browser?.close();
    await pulse?.close();
    await lab?.close();
  });

  const open = async (): Promise<Page> => {
    const page = await (await browser.newContext()).newPage();
    page.on('pageerror', (error) => errors.push(error.message));
    await page.goto(`${url}?${new URLSearchParams({ html: ELEMENT })}`);
    await page.locator('html[data-ready]').waitFor();
    return page;
  };
  const until = (page: Page, scene: string): Promise<void> =>
    page.locator(`ever-dial[data-scene="${scene}"]`).waitFor({ timeout: 15_000 });
  const press = async (page: Page, act: string): Promise<void> => {
    await page.waitForTimeout(GUARD_MS);
    await page.locator(`ever-dial [data-act="${act}"]`).first().click();
  };
  const focused = (page: Page): Promise<string> =>
    page.evaluate(() => {
      let element: Element | null = document.activeElement;
      while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
      return element?.getAttribute('aria-label') ?? element?.textContent?.trim() ?? '';
    });

  test('a call is told from the press to the receipt, and the focus goes back', async () => {
    const page = await open();
    const said = () => page.locator('ever-dial [role=status]').textContent();
    await page.locator('ever-dial [part~=button]').click();
    await until(page, 'ringing');
    expect(await focused(page)).toBe('Call with Example Co');
    await until(page, 'talking');
    await expect.poll(said).toBe('Connected. You can talk now.');
    const timer = page.locator('ever-dial [part=timer]');
    await expect.poll(() => timer.textContent()).toMatch(/^00:0[1-9]$/);
    await press(page, 'hangup');
    await until(page, 'ended');
    await expect.poll(said).toMatch(/^Call ended\. \d+ sec\. Your microphone is off\.$/);
    expect(await page.locator('ever-dial [part=receipt]').textContent()).toBe(
      'Your microphone is off',
    );
    await press(page, 'close');
    await until(page, 'idle');
    expect(await focused(page)).toBe('Call us');
    expect(await page.evaluate(() => globalThis.everdialEvents)).toEqual([
      'ready',
      'before-call',
      'ringing',
      'answered',
      'active',
      'ended',
    ]);
    expect(errors).toEqual([]);
  });

  test('the keyboard alone calls, mutes, types digits, makes the panel small and hangs up', async () => {
    const page = await open();
    const { keyboard } = page;
    await page.getByText('before').focus();
    await keyboard.press('Tab');
    expect(await focused(page)).toBe('Call us');
    await keyboard.press('Enter');
    await until(page, 'talking');
    const order: string[] = [];
    for (let step = 0; step < 7; step += 1) {
      await keyboard.press('Tab');
      order.push(await focused(page));
    }
    expect(order).toEqual([
      'Call details',
      'Minimise',
      expect.stringContaining('Mute'),
      expect.stringContaining('Keypad'),
      expect.stringContaining('Audio'),
      expect.stringContaining('Hold'),
      'Hang up',
    ]);
    await keyboard.press('m');
    await until(page, 'muted');
    await keyboard.press('m');
    await until(page, 'talking');
    await keyboard.press('k');
    await keyboard.type('12#');
    await expect.poll(() => page.locator('ever-dial [part=digits]').textContent()).toBe('1 2 #');
    await keyboard.press('Escape');
    await expect.poll(() => page.locator('ever-dial [part=keypad]').count()).toBe(0);
    await keyboard.press('Escape');
    await expect.poll(() => focused(page)).toContain('Back to the call');
    await until(page, 'talking');
    await keyboard.press('Enter');
    await expect.poll(() => focused(page)).toBe('Call with Example Co');
    await page.waitForTimeout(GUARD_MS);
    await page.locator('ever-dial [data-act=hangup]').focus();
    await keyboard.press('Enter');
    await until(page, 'ended');
    expect(errors).toEqual([]);
  });

  test('the device menu shows what there is and how loud it is, and gives the focus back', async () => {
    const page = await open();
    await page.locator('ever-dial [part~=button]').click();
    await until(page, 'talking');
    await press(page, 'devices');
    const choices = page.locator('ever-dial').getByRole('radio');
    await expect.poll(() => choices.count()).toBeGreaterThan(0);
    expect(await choices.first().isChecked()).toBe(true);
    const meter = page.locator('ever-dial [part=meter]');
    await expect
      .poll(async () => Number(await meter.getAttribute('aria-valuenow')))
      .toBeGreaterThan(0);
    await page.keyboard.press('Escape');
    await expect.poll(() => meter.count()).toBe(0);
    expect(await focused(page)).toContain('Audio');
    await until(page, 'talking');
    expect(errors).toEqual([]);
  });
});
