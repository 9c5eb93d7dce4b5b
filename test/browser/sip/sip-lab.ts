import { afterEach, beforeEach, expect, vi } from 'vitest';
import { NOTHING_LEFT, useBrowserLab } from '../../lab/browser/browser-lab.js';
import type { LabPage } from '../../lab/browser/open-page.js';
import { readMessage, type SipRequest, type SipResponse } from '../../lab/sip/message.js';
import type { Lab } from '../../lab/start-lab.js';
import type { MediaPeer } from '../../lab/types.js';
import type { Action, DialConfig, OpenConfig, SipPage } from './page-side/sip-page-types.js';
import { Tap } from './tap.js';

/** Frequency in hertz of the page's microphone. */
export const MICROPHONE_HZ = 700;
/** Frequency in hertz that phones play. */
export const PHONE_HZ = 1400;
/** A phone that answers as soon as it rings. */
export const ORDINARY = '+12025550100';
/** A phone that rings until it is told. */
export const RINGS = '+12025550107';

const PATIENCE = { timeout: 12_000, interval: 20 };

type Facts =
  | 'says'
  | 'connection'
  | 'tokens'
  | 'lastError'
  | 'dialledAtMs'
  | 'isEnabled'
  | 'incoming';

/** The lab, a browser, and in it pages with the SIP provider. */
export class SipLab {
  readonly #base = useBrowserLab('test/browser/sip/page-side/sip-page.ts');
  #page: LabPage | undefined;

  constructor() {
    beforeEach(() => {
      this.lab.network.phone(ORDINARY).behaviour = { answerAfterMs: 30 };
    });
    afterEach(() => {
      this.#page = undefined;
    });
  }

  /** The lab. */
  get lab(): Lab {
    return this.#base.lab;
  }

  /** The SIP gateway. */
  get gateway(): Lab['sip'] {
    return this.lab.sip;
  }

  /** The page of this test. */
  get page(): LabPage {
    if (!this.#page) throw new Error('No page is open');
    return this.#page;
  }

  /** Opens the page without connecting. */
  async openPage(): Promise<LabPage> {
    this.#page ??= await this.#base.openPage({ microphone: { tone: MICROPHONE_HZ } });
    return this.#page;
  }

  /** Opens the page with something between it and the gateway. */
  async tap(): Promise<Tap> {
    const { page } = await this.openPage();
    const tap = new Tap();
    await page.routeWebSocket(/./, (socket) => tap.join(socket));
    await page.reload();
    return tap;
  }

  /** Opens a session in the page; gives `ready`, or the code of the error. */
  async open(settings: Partial<OpenConfig> = {}): Promise<string> {
    await this.openPage();
    return this.page.page.evaluate((config) => globalThis.sipPage.open(config), {
      server: this.gateway.url,
      ...settings,
    } as OpenConfig);
  }

  /** Opens the page and a session. */
  async ready(settings: Partial<OpenConfig> = {}): Promise<void> {
    expect(await this.open(settings)).toBe('ready');
  }

  dial(to: string, config: DialConfig = {}): Promise<void> {
    return this.page.page.evaluate(([number, more]) => globalThis.sipPage.dial(number, more), [
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

  /** Opens everything, dials an ordinary phone, and waits until each side hears the other. */
  async talk(settings: Partial<OpenConfig> = {}): Promise<void> {
    await this.ready(settings);
    await this.dial(ORDINARY);
    await this.says('answered signalling');
    await Promise.all([this.toneAtPhone(ORDINARY), this.toneInPage()]);
  }

  /** Makes the page's timers of these lengths shorter, all in milliseconds: the waits of the library and of the provider. */
  async hurry(ms: number, ...lengths: readonly number[]): Promise<void> {
    const { page } = await this.openPage();
    await page.evaluate(([short, long]) => globalThis.sipPage.hurry(short, long), [
      ms,
      lengths,
    ] as const);
  }

  hangup(): Promise<void> {
    return this.page.page.evaluate(() => globalThis.sipPage.hangup());
  }

  release(): Promise<void> {
    return this.page.page.evaluate(() => globalThis.sipPage.release());
  }

  act(what: Action): Promise<string> {
    return this.page.page.evaluate((action) => globalThis.sipPage.act(action), what);
  }

  setMuted(muted: boolean): Promise<void> {
    return this.page.page.evaluate((wanted) => globalThis.sipPage.setMuted(wanted), muted);
  }

  pretend(state: 'iceConnectionState' | 'connectionState', value: string): Promise<void> {
    return this.page.page.evaluate(([name, text]) => globalThis.sipPage.pretend(name, text), [
      state,
      value,
    ] as const);
  }

  closeSession(): Promise<void> {
    return this.page.page.evaluate(() => globalThis.sipPage.close());
  }

  /** What the page knows now. */
  fact<Name extends Facts>(name: Name): Promise<SipPage[Name]> {
    return this.page.page.evaluate((wanted) => globalThis.sipPage[wanted], name) as Promise<
      SipPage[Name]
    >;
  }

  /** Waits until the newest leg has said this. */
  async says(line: string): Promise<void> {
    await vi.waitFor(async () => expect(await this.fact('says')).toContain(line), PATIENCE);
  }

  /** Waits until the newest leg is over, and gives its last word. */
  async end(): Promise<string> {
    return vi.waitFor(async () => {
      const last = (await this.fact('says')).at(-1) ?? '';
      expect(last).toMatch(/^ended /);
      return last;
    }, PATIENCE);
  }

  /** Waits until the session has said this. */
  async connectionSays(line: string): Promise<void> {
    await vi.waitFor(async () => expect(await this.fact('connection')).toContain(line), PATIENCE);
  }

  /** Waits until this holds. */
  eventually<Value>(look: () => Value) {
    return expect.poll(look, PATIENCE);
  }

  /** Waits until the page hears this frequency. */
  async toneInPage(frequency = PHONE_HZ): Promise<void> {
    await vi.waitFor(async () => {
      const tone = await this.page.remoteTone(200);
      expect(Math.abs(tone.frequency - frequency)).toBeLessThan(10);
    }, PATIENCE);
  }

  /** Waits until the phone hears this frequency. */
  async toneAtPhone(number: string, frequency = MICROPHONE_HZ): Promise<void> {
    await vi.waitFor(() => {
      const heard = this.lab.network.phone(number).heard(200);
      expect(Math.abs(heard.frequency - frequency)).toBeLessThan(10);
    }, PATIENCE);
  }

  /** The lab's end of the sound of the newest call to this number. */
  peer(number: string): MediaPeer {
    const call = this.lab.network.phone(number).calls.at(-1);
    if (!call) throw new Error(`There is no call at ${number}`);
    return call.call.media;
  }

  /** Waits until no phone rings or talks. */
  async phonesQuiet(): Promise<void> {
    await vi.waitFor(() => expect(this.lab.network.liveCalls).toBe(0), PATIENCE);
  }

  /** Closes the session and waits until nothing is left of all this, the library's own timers included. */
  async expectClean(): Promise<void> {
    await this.closeSession();
    await vi.waitFor(async () => {
      expect(await this.page.resources()).toMatchObject({ ...NOTHING_LEFT, timeouts: 0 });
      expect(this.gateway.openSockets).toBe(0);
    }, PATIENCE);
    expect(this.page.pageErrors).toEqual([]);
  }

  /** Requests of the browser with this method, in order; a challenged one comes twice. */
  requests(method: string): readonly SipRequest[] {
    return this.#messages('browser').filter(
      (message): message is SipRequest => message.kind === 'request' && message.method === method,
    );
  }

  /** INVITEs in a call. */
  get reinvites(): readonly SipRequest[] {
    return this.requests('INVITE').filter(({ headers }) => headers.get('to').includes(';tag='));
  }

  /** Responses of the gateway to this method, such as `180`. */
  statuses(method: string): readonly number[] {
    return this.#messages('gateway')
      .filter(
        (message): message is SipResponse =>
          message.kind === 'response' && message.headers.get('cseq').endsWith(` ${method}`),
      )
      .map(({ status }) => status);
  }

  /** Lets time pass in which nothing is to happen: there is no condition to wait for. */
  quiet(durationMs: number): Promise<void> {
    return this.page.page.waitForTimeout(durationMs);
  }

  #messages(sender: 'browser' | 'gateway'): readonly (SipRequest | SipResponse)[] {
    return this.gateway.frames
      .filter(({ from }) => from === sender)
      .flatMap(({ text }) => readMessage(text) ?? []);
  }
}
