/** The page goes away during a call, in every way that its script hears of. The phones and the wire are the judge. */
import { describe, expect, test } from 'vitest';
import { labNow } from '../../lab/clock.js';
import { ANSWERS, CARRIERS, PATIENCE, PageLab, RINGS, type Tab } from './page-lab.js';

/** Measured are 6 to 50 ms; this is for slow machines. */
const PROMPTLY_MS = 2_000;

const it = new PageLab();

const WAYS: readonly (readonly [way: string, go: (tab: Tab) => Promise<unknown>])[] = [
  ['another page is opened', ({ page }) => page.goto('about:blank')],
  ['it is loaded anew', ({ page }) => page.reload()],
  ['the tab is closed', ({ page }) => page.close({ runBeforeUnload: true })],
];
const PHASES = [
  ['ringing', RINGS, { type: 'cancelled' }],
  ['active', ANSWERS, { type: 'hung-up', by: 'caller' }],
] as const;

describe.each(CARRIERS)('%s', (carrier) => {
  describe.each(PHASES)('%s', (state, number, ended) => {
    test.each(WAYS)('%s: the phone knows at once, by a hang-up of ours', async (_way, go) => {
      const tab = await it.tab(carrier);
      await tab.call(number, state);
      const startMs = labNow();
      const gone = go(tab);
      const end = await it.lab.network.phone(number).waitFor(ended.type);
      await gone;
      expect(end).toMatchObject(ended);
      expect(end.atMs - startMs).toBeLessThan(PROMPTLY_MS);
      // A carrier may notice the lost connection too; that may take as long as it likes.
      expect(it.hangupsOnWire(carrier)).toBe(1);
      await expect.poll(() => it.beacons, PATIENCE).toEqual([{ pageLeaving: true }]);
      expect(it.lab.network.liveCalls).toBe(0);
    });
  });
});
