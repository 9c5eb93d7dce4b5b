import type { Page } from 'playwright-core';
import type { PhoneEvent } from '../test/lab/network/history.js';
import type { Phone } from '../test/lab/network/phone.js';
import type { Figure, Moment, Sample } from './bench.js';
import { clockOffset } from './clock-offset.js';
import type { CarrierId } from './page-side/bench-page-types.js';
import type { PageMoment } from './page-side/watch.js';
import type { Caller, SetupStage } from './setup-stage.js';
import './page-side/caller-types.js';

/** A call whose way from the click to the sound is measured, in a new page of a new browser context. */
export interface SetupCall {
  readonly caller: Caller;
  readonly carrier: CarrierId;
  /** How long the microphone takes to open, milliseconds. */
  readonly microphoneMs: number;
  /** Whether the page is prepared before the press. */
  readonly warm: boolean;
  /** Which press of the page is measured; those before are rung and hung up. @defaultValue 1 */
  readonly press?: number | undefined;
  /** How many round trips it can not do without. */
  readonly roundTrips: number;
  /** Whether the phone is answered, and the sound waited for. */
  readonly answered: boolean;
}

/** What is measured of such a call, from the click unless it says otherwise. */
export const SETUP_FIGURES = [
  // The first INVITE is given to the WebSocket.
  { key: 'invite', title: 'INVITE leaves' },
  // The phone's first ring, by the phone's own clock.
  { key: 'ring', title: 'phone rings' },
  // The page's own ringing event.
  { key: 'told', title: 'page told', ratio: { title: 'x raw', of: 'runs' } },
  // Page told, less the round trips that it can not do without and less the time that the lab's phone takes to ring.
  { key: 'over', title: 'over the limit' },
  // From the phone's answer to the first packet of sound in the page.
  { key: 'audio', title: 'answer to sound' },
] as const satisfies readonly Figure[];

/** Rings until told. */
const NUMBER = '+12025550107';
/** How long the mouse is down, milliseconds. */
const DOWN_MS = 100;
/** What the timeline shows of the time before the press, milliseconds: all since the mouse went down. */
const KEPT_MS = 2 * DOWN_MS;
/** How long the mouse rests on a button that is ready, milliseconds: warm is not "became ready in this moment". */
const REST_MS = 300;
/** How long the phone rings once the page is told, before it is answered, milliseconds: ICE and DTLS have the time they need. */
const RINGS_MS = 1_000;
const LIMIT_MS = 10_000;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Presses the button with the mouse and measures. Rejects when the phone did not ring exactly once. */
export async function setupCall(stage: SetupStage, call: SetupCall): Promise<Sample> {
  const { lab } = stage;
  const { caller, carrier, microphoneMs, warm, press = 1 } = call;
  await stage.reset();
  const phone = lab.network.phone(NUMBER);
  // With early media the answer's SDP comes during the ringing, as with carriers that play their own ringback.
  phone.behaviour = { answerAfterMs: undefined, earlyMedia: 'silence' };
  const { page, pageErrors, close } = await stage.openPage(caller, carrier, microphoneMs);
  try {
    const host = { telnyx: lab.telnyx.url, twilio: lab.twilio.host }[carrier];
    const config = { carrier, host, to: NUMBER, warm };
    await page.evaluate((made) => globalThis.caller.create(made), config);
    await page.hover('#call');
    if (warm) await page.evaluate(() => globalThis.caller.ready());
    await pause(REST_MS);
    for (let nth = 1; nth < press; nth += 1) {
      await pressOnce(stage, page, phone, { ...call, nth, answered: false });
      await pause(REST_MS);
    }
    return await pressOnce(stage, page, phone, { ...call, nth: press });
  } catch (error) {
    throw new Error([`${error}`.split('\n')[0], ...pageErrors].join('; '));
  } finally {
    await page.evaluate(() => globalThis.caller.close()).catch(() => undefined);
    await close();
  }
}

async function pressOnce(
  { lab, rttMs }: SetupStage,
  page: Page,
  phone: Phone,
  { nth, answered, roundTrips }: SetupCall & { readonly nth: number },
): Promise<Sample> {
  const offsetMs = await clockOffset(page);
  const ringing = phone.waitFor('ring-start', { nth, timeoutMs: LIMIT_MS }).then((event) => {
    // Not a packet before the answer: the first one is then the answer's.
    phone.calls.at(-1)?.call.media.block('to-browser');
    return event;
  });
  ringing.catch(() => undefined);
  await page.mouse.down();
  await pause(DOWN_MS);
  await page.mouse.up();
  const toldAt = await page.evaluate(() => globalThis.caller.told());
  const ring = await ringing;
  const taken = answered ? await answer(page, phone) : undefined;
  const own = await page.evaluate(() => globalThis.caller.hangup());
  await phone.waitFor(answered ? 'hung-up' : 'ring-end', { nth: answered ? 1 : nth });
  if (lab.network.rings(NUMBER) !== nth) throw new Error('it did not ring once');

  const { pressedAt, origin, seen } = await page.evaluate(() => ({
    pressedAt: globalThis.pageWatch.pressedAt,
    origin: performance.timeOrigin,
    seen: [...globalThis.pageWatch.moments, ...globalThis.pageWatch.fetched],
  }));
  const inPage = ({ atMs }: PhoneEvent) => atMs + offsetMs - origin;
  const invite = seen.find(({ name, at }) => name === '> INVITE' && at >= pressedAt);
  const arrived = phone.history.filter(({ type }) => type === 'arrived')[nth - 1];
  if (invite === undefined || arrived === undefined) throw new Error('no INVITE was seen');
  const packet = seen.find(({ name, at }) => name === 'first packet' && at >= pressedAt);
  if (answered && packet === undefined) throw new Error('there was no sound');
  const told = toldAt - pressedAt;
  const moments = [
    ...seen,
    ...own.map(({ name, at }) => ({ name: `Dialer: ${name}`, at })),
    { name: 'the page is told: ringing', at: toldAt },
    { name: 'the INVITE arrives', at: inPage(arrived) },
    { name: 'the phone rings', at: inPage(ring) },
    ...(taken ? [{ name: 'the phone is answered', at: inPage(taken) }] : []),
  ];
  return {
    figures: {
      invite: invite.at - pressedAt,
      ring: inPage(ring) - pressedAt,
      told,
      over: told - roundTrips * rttMs - (ring.atMs - arrived.atMs),
      audio: taken && packet && packet.at - inPage(taken),
    },
    timeline: timelineOf(moments, pressedAt),
  };
}

/** Lets it ring, and answers; gives the phone's own word for it once the page has heard the first packet. */
async function answer(page: Page, phone: Phone): Promise<PhoneEvent> {
  await pause(RINGS_MS);
  phone.answer();
  const heard = page.evaluate(() => globalThis.pageWatch.firstPacket());
  const tooLate = pause(LIMIT_MS).then(() => Promise.reject(new Error('there was no sound')));
  await Promise.race([heard, tooLate]);
  return phone.waitFor('answered');
}

function timelineOf(moments: readonly PageMoment[], pressedAt: number): readonly Moment[] {
  return moments
    .map(({ name, at }): Moment => ({ name, atMs: at - pressedAt }))
    .filter(({ atMs }) => atMs > -KEPT_MS)
    .sort((one, other) => one.atMs - other.atMs);
}
