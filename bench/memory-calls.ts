import type { Sample } from './bench.js';
import { ask, CALLED, type CallerStage, type CallerTab } from './caller-stage.js';

/** How many calls. */
export interface CallCounts {
  /** Before the first look: what is made once and kept is there then. */
  readonly before: number;
  /** Between the looks. */
  readonly measured: number;
}

/** How long an answered call is talked, milliseconds. */
const TALK_MS = 300;
/** What ends later than the call, such as a busy tone, has ended after that many milliseconds. */
const SETTLE_MS = 3_500;
/** One collection can leave what the finalizers of the one before have let go. */
const COLLECTIONS = 4;

const MEGABYTE = 2 ** 20;

/**
 * Makes calls in one page, every other one answered, the others hung up while they ring, and looks at the memory before and after.
 * Rejects when a call did not ring exactly once.
 */
export async function memoryOfCalls(
  { lab, open }: CallerStage,
  url: string,
  { before, measured }: CallCounts,
): Promise<Sample> {
  await lab.reset();
  const tab = await open(url);
  try {
    await ask(tab, 'ready');
    let made = 0;
    const call = async (count: number): Promise<void> => {
      const last = made + count;
      while (made < last) {
        made += 1;
        await callOnce({ lab }, tab, made);
      }
    };
    await call(before);
    const first = await lookAtMemory(tab);
    await call(measured);
    const last = await lookAtMemory(tab);
    const figures = Object.fromEntries(
      Object.entries(last).map(([key, value]) => [key, value - (first[key] ?? 0)]),
    );
    return { figures: { ...figures, heap: last['growth'] }, timeline: [] };
  } finally {
    await tab.close();
    await lab.reset();
  }
}

async function callOnce(
  { lab }: Pick<CallerStage, 'lab'>,
  tab: CallerTab,
  nth: number,
): Promise<void> {
  const phone = lab.network.phone(CALLED);
  phone.behaviour = { postDialDelayMs: 5, answerAfterMs: undefined };
  await ask(tab, 'dial');
  await phone.waitFor('ring-start', { nth });
  if (nth % 2 === 0) {
    phone.answer();
    await ask(tab, 'answered');
    await tab.page.waitForTimeout(TALK_MS);
  }
  await ask(tab, 'hangup');
  if (lab.network.rings(CALLED) !== nth) throw new Error(`call ${nth} did not ring once`);
}

async function lookAtMemory({
  page,
  devTools,
}: CallerTab): Promise<Readonly<Record<string, number>>> {
  await page.waitForTimeout(SETTLE_MS);
  // What DevTools itself holds: what was written to the console.
  await devTools.send('Runtime.discardConsoleEntries');
  for (let count = 0; count < COLLECTIONS; count += 1) {
    await devTools.send('HeapProfiler.collectGarbage');
    await page.waitForTimeout(200);
  }
  const usage = await devTools.send('Runtime.getHeapUsage');
  const live = await page.evaluate(() => globalThis.everdialCost.live());
  return {
    ...live,
    growth: usage.usedSize / MEGABYTE,
    outside: (usage.embedderHeapUsedSize + usage.backingStorageSize) / MEGABYTE,
  };
}
