import type { Browser } from 'playwright-core';
import { buildPage, buildScript } from '../test/lab/browser/build-page.js';
import { type LabPage, openPage } from '../test/lab/browser/open-page.js';
import type { CarrierId } from './page-side/bench-page-types.js';
import { CALLER_BODY } from './page-side/caller-types.js';
import { openStage, type Stage } from './stage.js';

/** Who makes the call. */
export type Caller = 'raw SDK' | 'Dialer';

/** The lab, a browser, and a page with a call button for each caller. */
export interface SetupStage extends Omit<Stage, 'browser' | 'url'> {
  /** Round trip, milliseconds. */
  readonly rttMs: number;
  /**
   * Opens a page in a new browser context, watched from before its first script.
   * @param microphoneMs - how long its microphone takes to open
   */
  openPage(caller: Caller, carrier: CarrierId, microphoneMs: number): Promise<LabPage>;
}

/** Starts them. */
export async function openSetupStage(rttMs: number): Promise<SetupStage> {
  const built = (name: string) => buildPage(`bench/page-side/${name}.ts`, { body: CALLER_BODY });
  const [stage, watch, dialer, telnyx, twilio] = await Promise.all([
    openStage(rttMs),
    buildScript('bench/page-side/watch-page.ts'),
    built('setup-page'),
    built('raw-telnyx-page'),
    built('raw-twilio-page'),
  ]);
  const raw: Readonly<Record<CarrierId, string>> = { telnyx, twilio };
  const { lab, browser, reset, close } = stage;
  return {
    lab,
    rttMs,
    reset,
    close,
    openPage: (caller, carrier, microphoneMs) =>
      openWatched(browser, {
        content: `globalThis.watchedMicrophoneMs = ${microphoneMs};${watch}`,
        url: lab.url(caller === 'Dialer' ? dialer : raw[carrier]),
      }),
  };
}

async function openWatched(
  browser: Browser,
  { content, url }: { readonly content: string; readonly url: string },
): Promise<LabPage> {
  const opened = await openPage(browser);
  await opened.context.addInitScript({ content });
  await opened.page.goto(url);
  return opened;
}
