import { afterAll, afterEach, beforeAll, vi } from 'vitest';
import { buildPage } from '../../lab/browser/build-page.js';
import type { LabPage } from '../../lab/browser/open-page.js';
import { strongestFrequency } from '../../lab/media/frequency.js';
import { e164, type LabDigits } from '../lab/numbers.js';
import { DOMAIN, LOGIN, startTelephony, type Telephony } from '../lab/start-telephony.js';
import { type BrowserBehind, launchBehind } from './browser-behind.js';
import { CLEAR, type Link, startLink } from './link.js';
import type { NetworkPageConfig } from './network-page.js';

/** Frequency in hertz of the page's microphone. */
const MICROPHONE_HZ = 1300;
/** Frequency in hertz that the phone plays. */
const PHONE_HZ = 700;

/** The number whose phone answers at once. */
export const ANSWERS: LabDigits = '5550100';

/** How long the sound of a side was away, milliseconds. */
export interface Gap {
  /** What the visitor hears. */
  readonly page: number;
  /** What the callee hears. */
  readonly phone: number;
}

/** The telephone path behind a bad network, and a page with a Dialer in front of it. */
export class BadNetworkLab {
  #link: Link | undefined;
  #telephony: Telephony | undefined;
  #chromium: BrowserBehind | undefined;
  #page: LabPage | undefined;
  #path = '';

  constructor() {
    beforeAll(async () => {
      this.#link = await startLink();
      [this.#telephony, this.#chromium, this.#path] = await Promise.all([
        startTelephony({ address: this.#link.gatewayAddress, turn: true }),
        launchBehind(this.#link),
        buildPage('test/telephony/network/network-page.ts'),
      ]);
    });
    afterEach(async () => {
      await this.link.set(CLEAR);
      await this.#page?.close();
      this.#page = undefined;
      await this.telephony.reset();
    });
    afterAll(async () => {
      await this.#chromium?.close();
      await this.#telephony?.close();
      await this.#link?.close();
    });
  }

  get link(): Link {
    return present(this.#link);
  }

  get telephony(): Telephony {
    return present(this.#telephony);
  }

  /** The page of this test. */
  get page(): LabPage['page'] {
    return present(this.#page).page;
  }

  /** Opens the page and connects. */
  async open(settings?: NetworkPageConfig['settings']): Promise<void> {
    this.#page = await present(this.#chromium).openPage(this.#path, {
      microphone: { tone: MICROPHONE_HZ },
    });
    await this.page.evaluate((config) => globalThis.networkPage.create(config), {
      server: this.telephony.gateway.webSocket,
      domain: DOMAIN,
      username: LOGIN.username,
      password: LOGIN.token,
      settings,
    });
  }

  /** Calls, and waits until there is sound both ways. */
  async call(): Promise<void> {
    await this.page.evaluate((to) => globalThis.networkPage.dial(to), e164(ANSWERS));
    await this.page.evaluate(() => globalThis.networkPage.call.when('active').then(() => {}));
    await this.soundBothWays();
  }

  /** Hangs up, and tells how the call ended. */
  hangup() {
    return this.page.evaluate(async () => {
      const { cause, by, confirmed } = await globalThis.networkPage.call.hangup();
      return { cause, by, confirmed };
    });
  }

  /** Waits until the phone says that every call it had is over. */
  async callOverAtPhone(timeoutMs = 5_000): Promise<void> {
    const { phone } = this.telephony;
    await phone.waitFor('closed', { nth: phone.rings(ANSWERS), timeoutMs });
  }

  /** The state of the call. */
  state(): Promise<string> {
    return this.page.evaluate(() => globalThis.networkPage.call.state);
  }

  /** How often the call told of these events. */
  async told(...names: readonly string[]): Promise<readonly number[]> {
    const events = await this.page.evaluate(() => globalThis.networkPage.events);
    return names.map((wanted) => events.filter(({ name }) => name === wanted).length);
  }

  /** What carries the sound on the browser's side. */
  soundPath() {
    return this.page.evaluate(() => globalThis.networkPage.path());
  }

  /** Whether the page hears the phone now. */
  async pageHears(): Promise<boolean> {
    const { frequency } = await present(this.#page).remoteTone(150);
    return Math.abs(frequency - PHONE_HZ) < 20;
  }

  /** Whether the phone hears the page now, by its own recording: it grows only with packets that arrive. */
  async phoneHears(): Promise<boolean> {
    const heard = () => this.telephony.phone.recordings.at(-1)?.samples ?? new Int16Array();
    const before = heard().length;
    await pause(150);
    const frequency = strongestFrequency(heard().subarray(before), 8000);
    return Math.abs(frequency - MICROPHONE_HZ) < 30;
  }

  async soundBothWays(timeoutMs = 5_000): Promise<void> {
    const within = Date.now() + timeoutMs;
    await Promise.all([
      until('the page hears the phone', () => this.pageHears(), within),
      until('the phone hears the page', () => this.phoneHears(), within),
    ]);
  }

  /** Does something that interrupts the sound, and waits until each side hears the other again. */
  async gap(interrupt: () => Promise<unknown>, longestMs = 20_000): Promise<Gap> {
    const sinceMs = Date.now();
    await interrupt();
    const away = async (side: string, hears: () => Promise<boolean>) => {
      await until(`${side} hears nothing`, async () => !(await hears()), sinceMs + 3_000);
      await until(`${side} hears again`, hears, sinceMs + longestMs);
      return Date.now() - sinceMs;
    };
    const [page, phone] = await Promise.all([
      away('the page', () => this.pageHears()),
      away('the phone', () => this.phoneHears()),
    ]);
    return { page, phone };
  }

  /** Lets time pass in which nothing is to happen: there is no condition to wait for. */
  quiet(durationMs: number): Promise<void> {
    return pause(durationMs);
  }
}

async function until(what: string, is: () => Promise<boolean>, within: number): Promise<void> {
  await vi.waitFor(
    async () => {
      if (!(await is())) throw new Error(`Not in time: ${what}`);
    },
    { timeout: Math.max(1, within - Date.now()), interval: 20 },
  );
}

function present<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('not started');
  return value;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
