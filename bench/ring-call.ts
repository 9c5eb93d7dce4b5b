import { type LabPage, openPage } from '../test/lab/browser/open-page.js';
import type { GatewayFaults } from '../test/lab/types.js';
import type { Figure, Sample } from './bench.js';
import { clockOffset } from './clock-offset.js';
import type { CarrierId, PageConfig } from './page-side/bench-page-types.js';
import type { Stage } from './stage.js';
import './page-side/bench-page-types.js';

/** A call whose way to the ringing is measured, in a new page of a new browser context. */
export interface RingCall extends Omit<PageConfig, 'hosts'> {
  /** What is broken at the first carrier. */
  readonly faults?: Partial<GatewayFaults> | undefined;
  /** How many round trips the first carrier's handshake takes. @defaultValue 3: TCP, TLS, upgrade */
  readonly handshakeRoundTrips?: number | undefined;
  /** Whether the page had prepared for the call before the press. @defaultValue false: it has done nothing yet */
  readonly warm?: boolean | undefined;
  /** Which press of the page is measured; those before are rung and hung up. @defaultValue 1 */
  readonly press?: number | undefined;
  /** What the measured call has to try. Another way to the ringing is no measurement. */
  readonly tries: readonly CarrierId[];
}

/** What is measured of such a call. */
export const RING_FIGURES = [
  // From the press to the first ring of the phone, by the phone's own clock.
  { key: 'ring', title: 'phone rings', ratio: { title: 'x healthy', of: 'runs' } },
  // From the press to the page's `ringing` event.
  { key: 'told', title: 'page told' },
] as const satisfies readonly Figure[];

/** Rings until told. */
const NUMBER = '+12025550107';
const LIMIT_MS = 20_000;

/**
 * Places a call and measures how long it takes until the phone rings. Rejects when it does not ring, rings twice, or comes
 * another way than `tries` says.
 */
export async function ringCall(stage: Stage, call: RingCall): Promise<Sample> {
  const { lab, browser, url } = stage;
  const { faults, handshakeRoundTrips = 3, warm = false, press = 1, tries, ...config } = call;
  const [first] = config.routes;
  await stage.reset();
  if (first) {
    Object.assign(lab[first].faults, faults);
    Object.assign(lab[first].settings, { handshakeRoundTrips });
  }
  await Promise.all([lab.telnyx.settled(), lab.twilio.settled()]);
  const opened = await openPage(browser, { url });
  const { page } = opened;
  try {
    const hosts = { telnyx: lab.telnyx.url, twilio: lab.twilio.host };
    const pageConfig: PageConfig = { ...config, hosts };
    await page.evaluate((made) => globalThis.everdialBench.create(made), pageConfig);
    if (warm) await page.evaluate(() => globalThis.everdialBench.warmUp());
    for (let count = 1; count < press; count += 1) await pressOnce(stage, opened);
    const { tried, ...sample } = await pressOnce(stage, opened);
    if (tried.join() !== tries.join()) throw new Error(`it tried ${tried}, not ${tries}`);
    return sample;
  } finally {
    await page.evaluate(() => globalThis.everdialBench.close()).catch(() => undefined);
    await opened.close();
  }
}

async function pressOnce(
  { lab }: Stage,
  { page }: LabPage,
): Promise<Sample & { readonly tried: readonly string[] }> {
  const offsetMs = await clockOffset(page);
  const phone = lab.network.phone(NUMBER);
  const record = await page.evaluate((to) => globalThis.everdialBench.press(to), NUMBER);
  const { callId, pressedAtMs, ringingAtMs, timeline, code } = record;
  if (ringingAtMs === undefined) throw new Error(`it did not ring: ${code}`);
  const ring = await phone.waitFor('ring-start', { callId, timeoutMs: LIMIT_MS });
  const tried = await page.evaluate(() => globalThis.everdialBench.hangup());
  await phone.waitFor('ring-end', { callId });
  if (lab.network.everRangTwice()) throw new Error('it rang twice');
  return {
    figures: {
      ring: ring.atMs - (pressedAtMs - offsetMs),
      told: ringingAtMs - pressedAtMs,
    },
    timeline,
    tried,
  };
}
