import type { OwnedCount, PageCounts } from './page-side/soak-page-types.js';
import { becomesIdle, eventually } from './run-call.js';
import type { SoakStage } from './soak-stage.js';

/** What is there in the page when nothing happens, garbage collected. */
export interface Sample extends PageCounts {
  /** Calls so far. */
  readonly calls: number;
  /** JavaScript heap in use, bytes. */
  readonly heapBytes: number;
  /** Nodes of the DOM, attached or not. */
  readonly nodes: number;
  /** All listeners in the page, whoever has them and on whatever. */
  readonly eventListeners: number;
  /** Calls that ended and are still somewhere in memory. */
  readonly keptCalls: number;
  /** What was still busy after the wait for it. */
  readonly restless: readonly string[];
}

/**
 * How long what is over may take to go, milliseconds: Twilio's client has timers of 5 s that outlive it, and Chromium keeps a
 * stream that `getUserMedia` gave for 8 s, with all that listens to its tracks.
 */
const SETTLE_MS = 9_000;
/** Timers that are set for longer may stay, and are counted. */
const PASSING_MS = 6_000;

/** Waits until nothing happens, collects the garbage and counts. */
export async function takeSample(calls: number, stage: SoakStage): Promise<Sample> {
  const { page, cdp, ownerOf } = stage;
  const restless: string[] = [];
  if (!(await becomesIdle(stage))) restless.push('a connection was kept open without a call');
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  await eventually(async () => isQuiet(await readCounts(stage)), SETTLE_MS);
  for (let turn = 0; turn < 4; turn += 1) {
    await cdp.send('Runtime.discardConsoleEntries');
    await cdp.send('HeapProfiler.collectGarbage');
    // What finalizers free is free at the next turn.
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 60)));
  }
  const [counts, keptCalls, { usedSize }, { nodes, jsEventListeners }] = await Promise.all([
    readCounts(stage),
    page.evaluate(() => globalThis.everdialSoak.keptCalls()),
    cdp.send('Runtime.getHeapUsage'),
    cdp.send('Memory.getDOMCounters'),
  ]);
  return {
    ...counts,
    calls,
    heapBytes: usedSize,
    nodes,
    eventListeners: jsEventListeners,
    keptCalls,
    audioNodes: named(counts.audioNodes, ownerOf),
    timers: named(counts.timers, ownerOf),
    listeners: named(counts.listeners, ownerOf),
    restless,
  };
}

/** How many these are together; of one owner if one is named. */
export const owned = (counts: readonly OwnedCount[], owner?: string): number =>
  counts
    .filter((one) => owner === undefined || one.owner === owner)
    .reduce((sum, { count }) => sum + count, 0);

const readCounts = ({ page }: SoakStage): Promise<PageCounts> =>
  page.evaluate(() => globalThis.everdialSoakProbe.counts());

const isQuiet = ({ liveTracks, peerConnections, sockets, timers }: PageCounts): boolean =>
  liveTracks + peerConnections + sockets === 0 &&
  timers.every(({ what }) => Number(/^timeout (\d+)/.exec(what)?.[1] ?? 0) > PASSING_MS);

/** With whose code it is in the place of a line of the bundle; equal ones together. */
function named(counts: readonly OwnedCount[], ownerOf: SoakStage['ownerOf']): OwnedCount[] {
  const sums = new Map<string, OwnedCount>();
  for (const { owner: line, what, count } of counts) {
    const owner = ownerOf(line);
    const key = `${owner} ${what}`;
    sums.set(key, { owner, what, count: count + (sums.get(key)?.count ?? 0) });
  }
  return [...sums.values()];
}
