/** The page stays, or comes back: behind another tab, frozen, in the back-forward cache, beside a copy of itself. */
import { describe, expect, test } from 'vitest';
import { NOTHING_LEFT } from '../../lab/browser/browser-lab.js';
import { ANSWERS, CARRIERS, PATIENCE, PageLab, RINGS, type Tab } from './page-lab.js';

const OTHER = '+12025550144';

const it = new PageLab();

/** Puts another tab in front. */
async function hide({ page }: Tab): Promise<void> {
  const front = await it.context.newPage();
  await front.bringToFront();
  await page.waitForFunction(() => document.visibilityState === 'hidden', undefined, {
    polling: 100,
  });
}

describe.each(CARRIERS)('%s', (carrier) => {
  test('a hidden page keeps its call', async () => {
    const tab = await it.tab(carrier);
    await tab.call(ANSWERS, 'active');
    await hide(tab);
    await it.talking(tab, ANSWERS);
    expect(it.hangupsOnWire(carrier)).toBe(0);
  });

  test('a frozen page has cancelled what was not answered', async () => {
    const tab = await it.tab(carrier);
    await tab.call(RINGS, 'ringing');
    await hide(tab);
    await tab.freeze(true);
    await it.lab.network.phone(RINGS).waitFor('cancelled');
    await expect.poll(() => it.beacons, PATIENCE).toEqual([{ pageLeaving: true }]);
    await tab.freeze(false);
    const ended = { state: 'ended', cause: 'cancelled', by: 'local' };
    expect(await tab.state()).toEqual(ended);
    await expect.poll(() => tab.resources(), PATIENCE).toMatchObject(NOTHING_LEFT);
  });

  test('a frozen page keeps what was answered', async () => {
    const tab = await it.tab(carrier);
    await tab.call(ANSWERS, 'active');
    await hide(tab);
    await tab.freeze(true);
    // Long enough for the carrier to miss it.
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    expect(it.lab.network.liveCalls).toBe(1);
    await tab.freeze(false);
    // The SDK may have to connect anew.
    await it.talking(tab, ANSWERS);
    expect(it.beacons).toEqual([]);
  });

  test('a page without a call comes back from the cache, with nothing open, and can call at once', async () => {
    const tab = await it.tab(carrier);
    await tab.page.evaluate(() => globalThis.everdialPage.dialer.warmUp());
    expect(await tab.resources()).toMatchObject({ sockets: 1 });
    await tab.leave();
    expect(await tab.back()).toBe(true);
    expect(await tab.resources()).toMatchObject(NOTHING_LEFT);
    await tab.call(ANSWERS, 'active');
    await it.talking(tab, ANSWERS);
  });

  test.each(['microphone', 'none'] as const)(
    'a page that was left in a call (input: %s) comes back without it, and can call at once',
    async (input) => {
      const tab = await it.tab(carrier);
      await tab.call(ANSWERS, 'active', input);
      await tab.leave();
      await it.lab.network.phone(ANSWERS).waitFor('hung-up');
      const kept = await tab.back();
      // Twilio's SDK leaves a live track to the browser's own clean-up, and the page is loaded anew.
      expect(kept).toBe(carrier === 'telnyx');
      if (kept) {
        expect(await tab.state()).toEqual({ state: 'ended', cause: 'completed', by: 'local' });
      } else {
        await it.useTab(tab.page, carrier);
      }
      expect(await tab.resources()).toMatchObject(NOTHING_LEFT);
      await tab.call(OTHER, 'active');
      await it.talking(tab, OTHER);
      expect(it.lab.network.liveCalls).toBe(1);
    },
  );

  test('a copy of the tab does not get the call', async () => {
    const tab = await it.tab(carrier);
    await tab.call(ANSWERS, 'active');
    const opening = it.context.waitForEvent('page');
    await tab.page.evaluate(() => void open(location.href));
    const copy = await opening;
    await copy.waitForFunction(() => 'everdialPage' in globalThis);
    // What would lead the vendor back to the first tab's session came along.
    const keys = await copy.evaluate(() => Object.keys(sessionStorage));
    expect(keys.includes('telnyx-voice-sdk-id')).toBe(carrier === 'telnyx');
    const second = await it.useTab(copy, carrier);
    await second.call(OTHER, 'active');
    await it.talking(second, OTHER);
    await it.talking(tab, ANSWERS);
    expect(it.lab.network.liveCalls).toBe(2);
    await copy.evaluate(() => globalThis.everdialPage.call.hangup().then(() => {}));
    await it.lab.network.phone(OTHER).waitFor('hung-up');
    await it.talking(tab, ANSWERS);
  });
});
