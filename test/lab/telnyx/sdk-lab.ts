import type { Browser } from 'playwright-core';
import { expect, vi } from 'vitest';
import { buildPage } from '../browser/build-page.js';
import { launchBrowser } from '../browser/launch-browser.js';
import { type LabPage, openPage } from '../browser/open-page.js';
import { type Lab, startLab } from '../start-lab.js';
import './page-side/sdk-page.js';

/** Frequency in hertz that the page's microphone gives. */
export const MICROPHONE_HZ = 700;

/** Patience with everything that is waited for. */
const PATIENCE = { timeout: 8000, interval: 30 };

type Options = Readonly<Record<string, unknown>>;

/** The lab, a browser, and in it a page with the unmodified Telnyx SDK. */
export class SdkLab {
  readonly lab: Lab;
  readonly #browser: Browser;
  readonly #path: string;
  #page: LabPage | undefined;

  private constructor(lab: Lab, browser: Browser, path: string) {
    this.lab = lab;
    this.#browser = browser;
    this.#path = path;
  }

  /** Starts all of it. */
  static async start(): Promise<SdkLab> {
    const [lab, browser, path] = await Promise.all([
      startLab(),
      launchBrowser(),
      buildPage('test/lab/telnyx/page-side/sdk-page.ts'),
    ]);
    return new SdkLab(lab, browser, path);
  }

  /** The page of this test. */
  get page(): LabPage {
    if (this.#page === undefined) throw new Error('No page is open');
    return this.#page;
  }

  /** Opens a page and connects. */
  async connect(options: Options = {}): Promise<void> {
    this.#page = await openPage(this.#browser, {
      url: this.lab.url(this.#path),
      microphone: { tone: MICROPHONE_HZ },
    });
    await this.#page.page.evaluate(([host, more]) => globalThis.sdkPage.connect(host, more), [
      this.lab.telnyx.url,
      options,
    ] as const);
  }

  /** Opens a page, connects and waits until the SDK is ready. */
  async logIn(options: Options = {}): Promise<void> {
    await this.connect(options);
    await this.logged('ready');
  }

  /** Dials as the call `call-1`. */
  async dial(to: string, options: Options = {}): Promise<void> {
    const headers = { customHeaders: [{ name: 'X-everdial-call-id', value: 'call-1' }] };
    await this.page.page.evaluate(([number, more]) => globalThis.sdkPage.dial(number, more), [
      to,
      { ...headers, ...options },
    ] as const);
  }

  /** Calls a method of the newest call object. */
  call(method: string, ...args: unknown[]): Promise<unknown> {
    return this.page.page.evaluate(
      ([name, parameters]) => globalThis.sdkPage.call(name, ...parameters),
      [method, args] as const,
    );
  }

  /** What the SDK said so far. */
  log(): Promise<readonly string[]> {
    return this.page.page.evaluate(() => globalThis.sdkPage.log);
  }

  /** Cause, code and SIP response of the newest call. */
  end(): Promise<object> {
    return this.page.page.evaluate(() => globalThis.sdkPage.end());
  }

  /** Waits until the SDK has said these lines, in this order, other lines between them or not. */
  async logged(...lines: string[]): Promise<void> {
    await vi.waitFor(async () => {
      const log = await this.log();
      let at = 0;
      for (const line of log) if (line === lines[at]) at += 1;
      if (at < lines.length) throw new Error(`No ${lines[at]} in: ${log.join(', ')}`);
    }, PATIENCE);
  }

  /** Waits until the page hears this frequency, or silence for 0. */
  async toneInPage(frequency: number): Promise<void> {
    await vi.waitFor(async () => {
      const tone = await this.page.remoteTone(300);
      expect(Math.abs(tone.frequency - frequency)).toBeLessThan(10);
      if (frequency > 0) expect(tone.decibels).toBeGreaterThan(-40);
    }, PATIENCE);
  }

  /** Waits until the phone hears this frequency, or silence for 0. */
  async toneAtPhone(number: string, frequency: number): Promise<void> {
    await vi.waitFor(() => {
      const heard = this.lab.network.phone(number).heard(300);
      expect(Math.abs(heard.frequency - frequency)).toBeLessThan(10);
    }, PATIENCE);
  }

  /** Lets time pass in which nothing is to happen: there is no condition to wait for. */
  quiet(durationMs: number): Promise<void> {
    return this.page.page.waitForTimeout(durationMs);
  }

  /** Closes the page and puts the lab back. */
  async reset(): Promise<void> {
    await this.#page?.close();
    this.#page = undefined;
    await this.lab.reset();
  }

  /** Stops all of it. */
  async close(): Promise<void> {
    await Promise.all([this.#browser.close(), this.lab.close()]);
  }
}
