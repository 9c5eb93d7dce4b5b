import { expect } from 'vitest';
import { NOTHING_LEFT } from '../lab/browser/browser-lab.js';
import type { LabPage } from '../lab/browser/open-page.js';
import { e164, type LabDigits } from './lab/numbers.js';
import { LOGIN, type Telephony } from './lab/start-telephony.js';
import type { DialerConfig, Ending, SipRoute, TelephonyDialerPage } from './page/dialer.js';
import type { TelephonyPage } from './telephony-page.js';

/** A Dialer in a page, driven from here. */
export interface DrivenDialer {
  readonly page: LabPage;
  /** Calls a number of the lab. */
  dial(number: LabDigits): Promise<void>;
  /** Waits for the milestone; gives `undefined`, or the code of the error. */
  until(milestone: 'answered' | 'active'): Promise<string | undefined>;
  hangup(): Promise<Ending>;
  /** Waits for the end. */
  ending(): Promise<Ending>;
  hold(held: boolean): Promise<void>;
  sendDigits(digits: string): Promise<void>;
  state(): Promise<string>;
  /** States of the call, and other events in brackets. */
  events(): Promise<readonly string[]>;
  packets(): ReturnType<TelephonyDialerPage['packets']>;
  /** Strongest frequency that the page hears now, in hertz; 0 when there is silence. */
  hears(ms?: number): Promise<number>;
  /** Closes the Dialer and sees that nothing of it is left. */
  close(): Promise<void>;
}

/** A route over the first gateway of a lab. */
export const routeOver = ({ gateway }: Telephony, route: Partial<SipRoute> = {}): SipRoute => ({
  server: gateway.webSocket,
  ...LOGIN,
  ...route,
});

/** Opens the page and makes a Dialer with these routes; one over the first gateway if none is given. */
export async function openDialer(
  it: TelephonyPage,
  routes: readonly Partial<SipRoute>[] = [{}],
  options: DialerConfig['options'] = {},
): Promise<DrivenDialer> {
  const page = await it.openPage();
  const evaluate = page.page.evaluate.bind(page.page);
  await evaluate((config: DialerConfig) => globalThis.telephonyPage.create(config), {
    routes: routes.map((route) => routeOver(it.lab, route)),
    options,
  });
  const ending = () => evaluate(() => globalThis.telephonyPage.ending());
  return {
    page,
    dial: (number) => evaluate((to: string) => globalThis.telephonyPage.dial(to), e164(number)),
    until: (milestone) =>
      evaluate(
        (wanted: 'answered' | 'active') => globalThis.telephonyPage.until(wanted),
        milestone,
      ),
    async hangup() {
      await evaluate(() => void globalThis.telephonyPage.call.hangup());
      return ending();
    },
    ending,
    hold: (held) => evaluate((on: boolean) => globalThis.telephonyPage.call.hold(on), held),
    sendDigits: (digits) =>
      evaluate((keys: string) => globalThis.telephonyPage.call.sendDigits(keys), digits),
    state: () => evaluate(() => globalThis.telephonyPage.call.state),
    events: () => evaluate(() => [...globalThis.telephonyPage.events]),
    packets: () => evaluate(() => globalThis.telephonyPage.packets()),
    hears: async (ms = 500) => (await page.remoteTone(ms)).frequency,
    async close() {
      await evaluate(() => globalThis.telephonyPage.dialer.close());
      await expect.poll(() => page.resources(), { timeout: 5_000 }).toMatchObject(NOTHING_LEFT);
      expect(page.pageErrors).toEqual([]);
    },
  };
}
