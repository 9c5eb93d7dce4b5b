import type { Page } from 'playwright-core';
import type { Figure, Moment, Sample } from './bench.js';
import { CALLED, type CallerStage, type CallerTab } from './caller-stage.js';
import { type TrafficWatch, watchTraffic } from './page-cost-traffic.js';

/** Parts of a visit, and the whole of it. */
export const PHASES = ['page at rest', 'interest', 'call', 'altogether'] as const;

/** A part of a visit. `interest`: the pointer is over the button. `call`: from the click to the ringing. */
export type Phase = (typeof PHASES)[number];

/** What is measured of each part. */
export const COST_FIGURES = [
  { key: 'bytes', title: 'received', unit: 'kB', digits: 1, ratio: { title: 'x raw', of: 'runs' } },
  { key: 'requests', title: 'requests', unit: 'HTTP' },
  { key: 'elsewhere', title: 'to other hosts', unit: 'HTTP' },
  { key: 'iceServers', title: 'STUN and TURN', unit: 'servers' },
  { key: 'sockets', title: 'connections', unit: 'WebSockets' },
  { key: 'main', title: 'main thread', ratio: { title: 'x raw', of: 'runs' } },
  { key: 'audioContexts', title: 'made', unit: 'AudioContexts' },
  { key: 'microphones', title: 'asked for', unit: 'microphones' },
  { key: 'sounds', title: 'fetched', unit: 'sounds' },
] as const satisfies readonly Figure[];

/** A page that is visited. */
export interface VisitedPage {
  /** Where. */
  readonly url: string;
  /** What is pressed, as a selector. */
  readonly button: string;
  /** Resolves when the page is told that it rings. */
  readonly untilRinging: (page: Page) => Promise<unknown>;
}

/** How long each part is watched that has no end of its own, milliseconds. */
const WATCH_MS = 3_000;

type Costs = Readonly<Record<string, number>>;

/**
 * Visits a page: leaves it alone, points at its button, presses it. Rejects when the phone does not ring exactly once.
 * @returns what each part has cost
 */
export async function visit(
  { lab, open }: CallerStage,
  { url, button, untilRinging }: VisitedPage,
): Promise<Readonly<Record<Phase, Sample>>> {
  await lab.reset();
  let traffic: TrafficWatch | undefined;
  const tab = await open(url, async ({ devTools }) => {
    traffic = await watchTraffic(devTools, new URL(url).origin);
    // Processor time, not that of the clock: what else the machine does is not the page's fault.
    await devTools.send('Performance.enable', { timeDomain: 'threadTicks' });
  });
  const { page, close } = tab;
  if (traffic === undefined) throw new Error('nobody watches');
  try {
    const look = lookAt(tab, traffic);
    await page.waitForTimeout(WATCH_MS);
    const rest = await look();
    await page.locator(button).hover();
    await page.waitForTimeout(WATCH_MS);
    const interest = await look();
    await page.locator(button).click();
    await untilRinging(page);
    const call = await look();
    await lab.network.phone(CALLED).waitFor('ring-start');
    if (lab.network.rings(CALLED) !== 1) throw new Error('it did not ring once');
    return {
      'page at rest': between(undefined, rest),
      interest: between(rest, interest),
      call: between(interest, call),
      altogether: between(undefined, call),
    };
  } finally {
    await close();
    await lab.reset();
  }
}

/** A look at all that a page has cost so far. */
interface Look {
  readonly costs: Costs;
  readonly moments: readonly Moment[];
}

function lookAt({ page, devTools }: CallerTab, traffic: TrafficWatch): () => Promise<Look> {
  return async () => {
    const { metrics } = await devTools.send('Performance.getMetrics');
    const taskSeconds = metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0;
    const { iceServers, ...made } = await page.evaluate(() => globalThis.everdialCost.made());
    const { bytes, ...counts } = traffic.now();
    const costs = {
      ...counts,
      ...made,
      bytes: bytes / 1000,
      iceServers: iceServers.length,
      main: taskSeconds * 1000,
    };
    return { costs, moments: [...traffic.moments, ...iceServers] };
  };
}

function between(before: Look | undefined, after: Look): Sample {
  const figures = Object.fromEntries(
    Object.entries(after.costs).map(([key, value]) => [key, value - (before?.costs[key] ?? 0)]),
  );
  const seen = new Set(before?.moments.map(({ name, atMs }) => `${atMs} ${name}`));
  const timeline = after.moments
    .filter(({ name, atMs }) => !seen.has(`${atMs} ${name}`))
    .sort((one, other) => one.atMs - other.atMs);
  return { figures, timeline };
}
