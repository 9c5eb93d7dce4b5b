import { afterEach, expect, vi } from 'vitest';
import { NOTHING_LEFT, useBrowserLab } from '../../lab/browser/browser-lab.js';
import type { LabPage } from '../../lab/browser/open-page.js';
import type { PageResources } from '../../lab/browser/page-side/probe-types.js';
import type { Lab } from '../../lab/start-lab.js';
import type { DialConfig, OpenConfig } from './page-side/adapter-page.js';

/** Frequency in hertz of the page's microphone. */
export const MICROPHONE_HZ = 700;
/** Frequency in hertz that phones play. */
export const PHONE_HZ = 1400;

const PATIENCE = { timeout: 10_000, interval: 30 };

type Settings = Omit<OpenConfig, 'host'>;

/** The lab, a browser, and in it pages with the Telnyx provider. */
export class AdapterLab {
  readonly #base = useBrowserLab('test/browser/telnyx/page-side/adapter-page.ts');
  #page: LabPage | undefined;

  constructor() {
    afterEach(() => {
      this.#page = undefined;
    });
  }

  /** The lab. */
  get lab(): Lab {
    return this.#base.lab;
  }

  /** The Telnyx gateway. */
  get gateway(): Lab['telnyx'] {
    return this.lab.telnyx;
  }

  /** The page of this test. */
  get page(): LabPage {
    if (!this.#page) throw new Error('No page is open');
    return this.#page;
  }

  /** Address of the page. */
  get url(): string {
    return this.#base.url;
  }

  /** Opens the page without connecting. */
  async openPage(): Promise<LabPage> {
    this.#page = await this.#base.openPage({ microphone: { tone: MICROPHONE_HZ } });
    return this.#page;
  }

  /** Opens a session in the page; gives `ready`, or the code of the error. */
  async open(settings: Settings = {}): Promise<string> {
    if (!this.#page) await this.openPage();
    return this.page.page.evaluate((config) => globalThis.adapterPage.open(config), {
      host: this.gateway.url,
      ...settings,
    });
  }

  /** Opens the page and a session. */
  async ready(settings: Settings = {}): Promise<void> {
    expect(await this.open(settings)).toBe('ready');
  }

  dial(to: string, config: DialConfig = {}): Promise<void> {
    return this.page.page.evaluate(([number, more]) => globalThis.adapterPage.dial(number, more), [
      to,
      config,
    ] as const);
  }

  /** Opens everything, dials, and waits until the leg has said this. */
  async call(to: string, until: string, config: DialConfig = {}): Promise<void> {
    await this.ready();
    await this.dial(to, config);
    await this.says(until);
  }

  hangup(): Promise<void> {
    return this.page.page.evaluate(() => globalThis.adapterPage.hangup());
  }

  release(): Promise<void> {
    return this.page.page.evaluate(() => globalThis.adapterPage.release());
  }

  act(what: 'hold' | 'resume' | 'digit 5' | 'token'): Promise<string> {
    return this.page.page.evaluate((action) => globalThis.adapterPage.act(action), what);
  }

  closeSession(): Promise<void> {
    return this.page.page.evaluate(() => globalThis.adapterPage.close());
  }

  /** What the newest leg has said so far. */
  said(): Promise<readonly string[]> {
    return this.page.page.evaluate(() => [...globalThis.adapterPage.says]);
  }

  /** What the session has said so far. */
  connection(): Promise<readonly string[]> {
    return this.page.page.evaluate(() => [...globalThis.adapterPage.connection]);
  }

  /** Waits until the leg has said this. */
  async says(line: string, timeoutMs = PATIENCE.timeout): Promise<void> {
    await vi.waitFor(async () => expect(await this.said()).toContain(line), {
      ...PATIENCE,
      timeout: timeoutMs,
    });
  }

  /** Waits until the session has said this. */
  async connectionSays(line: string): Promise<void> {
    await vi.waitFor(async () => expect(await this.connection()).toContain(line), PATIENCE);
  }

  /** Waits until the page hears this frequency. */
  async toneInPage(frequency = PHONE_HZ): Promise<void> {
    await vi.waitFor(async () => {
      const tone = await this.page.remoteTone(300);
      expect(Math.abs(tone.frequency - frequency)).toBeLessThan(10);
    }, PATIENCE);
  }

  /** Waits until the phone hears this frequency. */
  async toneAtPhone(number: string, frequency = MICROPHONE_HZ): Promise<void> {
    await vi.waitFor(() => {
      const heard = this.lab.network.phone(number).heard(300);
      expect(Math.abs(heard.frequency - frequency)).toBeLessThan(10);
    }, PATIENCE);
  }

  /** Waits until nothing is left of all this. */
  async nothingLeft(expected: Partial<PageResources> = NOTHING_LEFT): Promise<void> {
    await vi.waitFor(
      async () => expect(await this.page.resources()).toMatchObject(expected),
      PATIENCE,
    );
  }

  /** Waits until no phone rings or talks. */
  async phonesQuiet(timeoutMs = PATIENCE.timeout): Promise<void> {
    await vi.waitFor(() => expect(this.lab.network.liveCalls).toBe(0), {
      ...PATIENCE,
      timeout: timeoutMs,
    });
  }

  /** Texts of the browser's frames with this method. */
  sent(method: string): readonly string[] {
    return this.gateway.frames
      .filter(({ from, text }) => from === 'browser' && text.includes(`"method":"${method}"`))
      .map(({ text }) => text);
  }

  /** Lets time pass in which nothing is to happen: there is no condition to wait for. */
  quiet(durationMs: number): Promise<void> {
    return this.page.page.waitForTimeout(durationMs);
  }
}
