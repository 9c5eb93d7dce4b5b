import type { Page } from 'playwright-core';
import { labNow } from '../test/lab/clock.js';

/** How far the page's clock is ahead of the lab's, milliseconds: by the quickest of a few questions. */
export async function clockOffset(page: Page): Promise<number> {
  let best = { tookMs: Number.POSITIVE_INFINITY, offsetMs: 0 };
  for (let count = 0; count < 5; count += 1) {
    const askedAtMs = labNow();
    const there = await page.evaluate(() => performance.timeOrigin + performance.now());
    const tookMs = labNow() - askedAtMs;
    if (tookMs < best.tookMs) best = { tookMs, offsetMs: there - (askedAtMs + tookMs / 2) };
  }
  return best.offsetMs;
}
