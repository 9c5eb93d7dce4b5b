import { expect, vi } from 'vitest';
import { useBrowserLab } from '../browser/browser-lab.js';
import type { LabPage } from '../browser/open-page.js';
import type { Lab } from '../start-lab.js';
import './page-side/jssip-page.js';

/** Frequency in hertz that the page's microphone gives. */
export const MICROPHONE_HZ = 700;

/** Patience with everything that is waited for. */
const PATIENCE = { timeout: 15_000, interval: 20 };

type Options = Readonly<Record<string, unknown>>;

/** The lab, a browser, and in it a page with JsSIP as it is. */
export interface JssipLab {
  readonly lab: Lab;
  /** The page of this test. */
  readonly page: LabPage;
  /** Opens a page and connects. */
  connect(options?: Options): Promise<void>;
  /** Opens a page, connects and waits until it is registered. */
  logIn(options?: Options): Promise<void>;
  /** Dials as the call `call-1`. */
  dial(to: string, options?: Options): Promise<void>;
  /** Registers, dials and waits until the call is up. */
  talk(to: string): Promise<void>;
  /** Calls a method of the newest call. */
  call(method: string, ...args: unknown[]): Promise<unknown>;
  /** Calls a method of the user agent. */
  agent(method: string, ...args: unknown[]): Promise<void>;
  /** What the library said so far. */
  log(): Promise<readonly string[]>;
  /** Waits until the library has said these lines, in this order, other lines between them or not. */
  logged(...lines: string[]): Promise<void>;
  /** Waits until the page hears this frequency, or silence for 0. */
  toneInPage(frequency: number): Promise<void>;
  /** Waits until the phone hears this frequency, or silence for 0. */
  toneAtPhone(number: string, frequency: number): Promise<void>;
  /** Requests with this method that left the browser. */
  requests(method: string): readonly string[];
  /** Lets time pass in which nothing is to happen: there is no condition to wait for. */
  quiet(durationMs: number): Promise<void>;
}

/** Registers the hooks of a test file. */
export function useJssipLab(): JssipLab {
  const browser = useBrowserLab('test/lab/sip/page-side/jssip-page.ts');
  let opened: LabPage | undefined;

  const it: JssipLab = {
    get lab() {
      return browser.lab;
    },
    get page() {
      if (opened === undefined) throw new Error('No page is open');
      return opened;
    },
    async connect(options = {}) {
      opened = await browser.openPage();
      await opened.page.evaluate(([url, more]) => globalThis.jssipPage.connect(url, more), [
        browser.lab.sip.url,
        options,
      ] as const);
    },
    async logIn(options) {
      await it.connect(options);
      await it.logged('registered');
    },
    async dial(to, options = {}) {
      await it.page.page.evaluate(([number, more]) => globalThis.jssipPage.dial(number, more), [
        to,
        options,
      ] as const);
    },
    async talk(to) {
      await it.logIn();
      await it.dial(to);
      await it.logged('confirmed');
    },
    call: (method, ...args) =>
      it.page.page.evaluate(([name, given]) => globalThis.jssipPage.call(name, ...given), [
        method,
        args,
      ] as const),
    agent: (method, ...args) =>
      it.page.page.evaluate(([name, given]) => globalThis.jssipPage.agent(name, ...given), [
        method,
        args,
      ] as const),
    log: () => it.page.page.evaluate(() => globalThis.jssipPage.log),
    async logged(...lines) {
      await vi.waitFor(async () => {
        const log = await it.log();
        let at = 0;
        for (const line of log) if (line === lines[at]) at += 1;
        if (at < lines.length) throw new Error(`No ${lines[at]} in: ${log.join(', ')}`);
      }, PATIENCE);
    },
    async toneInPage(frequency) {
      await vi.waitFor(async () => {
        const tone = await it.page.remoteTone(300);
        expect(Math.abs(tone.frequency - frequency)).toBeLessThan(10);
        if (frequency > 0) expect(tone.decibels).toBeGreaterThan(-40);
      }, PATIENCE);
    },
    async toneAtPhone(number, frequency) {
      await vi.waitFor(() => {
        const heard = browser.lab.network.phone(number).heard(300);
        expect(Math.abs(heard.frequency - frequency)).toBeLessThan(10);
      }, PATIENCE);
    },
    requests: (method) =>
      browser.lab.sip.frames
        .filter(({ from, text }) => from === 'browser' && text.startsWith(`${method} `))
        .map(({ text }) => text),
    quiet: (durationMs) => it.page.page.waitForTimeout(durationMs),
  };
  return it;
}
