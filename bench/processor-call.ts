import type { CDPSession } from 'playwright-core';
import type { Sample } from './bench.js';
import { ask, CALLED, type CallerStage } from './caller-stage.js';

/** What the answer itself costs is over then, milliseconds. */
const SETTLE_MS = 2_000;

/** A call that is measured. */
export interface ProcessorCall {
  /** Address of the page that makes it. */
  readonly url: string;
  readonly measuredMs: number;
  /** Whether the page is told of the quality each second. */
  readonly isMonitored: boolean;
}

/** Of the samples of the quality, so many must have come: the monitor was at work. */
const ENOUGH_SAMPLES = 0.9;

/**
 * Makes a call and measures how much processor time it takes once it is answered, in percent of one core. Rejects when it did
 * not ring exactly once, was not up to the end, or was not monitored as it should be.
 */
export async function processorOfCall(
  { lab, browser, open }: CallerStage,
  { url, measuredMs, isMonitored }: ProcessorCall,
): Promise<Sample> {
  await lab.reset();
  const devTools = await browser.newBrowserCDPSession();
  const tab = await open(url);
  try {
    await ask(tab, 'ready');
    await ask(tab, 'dial');
    lab.network.phone(CALLED).answer();
    await ask(tab, 'answered');
    await wait(SETTLE_MS);
    const before = await processorSeconds(devTools);
    const begunAt = performance.now();
    await wait(measuredMs);
    const after = await processorSeconds(devTools);
    const seconds = (performance.now() - begunAt) / 1000;
    const { network } = lab;
    if (network.rings(CALLED) !== 1 || network.answeredCount(CALLED) !== 1) {
      throw new Error('it did not ring and was not answered once');
    }
    if (network.liveCalls !== 1) throw new Error('the call was over before its time');
    const samples = await tab.page.evaluate(() => globalThis.everdialCaller.qualitySamples);
    if (isMonitored && samples < ENOUGH_SAMPLES * seconds) {
      throw new Error(`only ${samples} samples of the quality in ${seconds.toFixed(0)} s`);
    }
    const percent = (kind: keyof typeof after) => (100 * (after[kind] - before[kind])) / seconds;
    return { figures: { page: percent('pages'), rest: percent('rest') }, timeline: [] };
  } finally {
    await tab.close();
    await devTools.detach();
    await lab.reset();
  }
}

/** Waits without a timer in the page. */
const wait = (durationMs: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, durationMs);
  });

/** What the processes of the pages and all others of the browser have used since they were started. */
async function processorSeconds(
  devTools: CDPSession,
): Promise<{ readonly pages: number; readonly rest: number }> {
  const { processInfo } = await devTools.send('SystemInfo.getProcessInfo');
  const sum = (isPage: boolean): number =>
    processInfo
      .filter(({ type }) => (type === 'renderer') === isPage)
      .reduce((seconds, { cpuTime }) => seconds + cpuTime, 0);
  return { pages: sum(true), rest: sum(false) };
}
