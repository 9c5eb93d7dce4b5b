import type { Page } from 'playwright-core';
import { e164, type LabDigits } from '../test/telephony/lab/numbers.js';
import { DOMAIN, LOGIN } from '../test/telephony/lab/start-telephony.js';
import type { Figure, Moment, Sample } from './bench.js';
import type { PageMoment } from './page-side/watch.js';
import type { Caller, SipStage } from './sip-stage.js';
import './page-side/sip-page-types.js';
import '../test/telephony/page/plain-jssip.js';

/** A call whose set-up is measured, in a new page of a new browser context. */
export interface SipCall {
  readonly caller: Caller;
  /** Whether the page had connected and registered before the press. */
  readonly warm: boolean;
  /** Which press of the page is measured; those before are answered and hung up. @defaultValue 1 */
  readonly press?: number;
}

const ratio = { title: 'x plain', of: 'medians' } as const;

/** What is measured of such a call, from the press unless it says otherwise. */
export const SIP_FIGURES = [
  // The first INVITE is given to the WebSocket.
  { key: 'invite', title: 'INVITE leaves' },
  // The page is told.
  { key: 'answered', title: 'answered', ratio },
  // The first packet of sound has arrived in the page.
  { key: 'packet', title: 'first packet', ratio },
  // From the opening of the WebSocket to the 200 to REGISTER, before the press.
  { key: 'register', title: 'registration' },
] as const satisfies readonly Figure[];

/** Answers at once. */
const NUMBER: LabDigits = '5550100';

const ACTIONS: Readonly<Record<Caller, CallerActions>> = {
  Dialer: {
    prepare: (page, config) => page.evaluate((made) => globalThis.sipBench.create(made), config),
    connect: (page) => page.evaluate(() => globalThis.sipBench.warmUp()),
    press: (page, to) => page.evaluate((number) => globalThis.sipBench.press(number), to),
    hangup: (page) => page.evaluate(() => globalThis.sipBench.hangup()),
  },
  'plain JsSIP': {
    prepare: async () => undefined,
    connect: (page, config) =>
      page.evaluate(async (made) => {
        const told = await globalThis.plainPage.start(made);
        if (told !== 'registered') throw new Error(`it did not register: ${told}`);
      }, config),
    press: (page, to, connectFirst) =>
      page.evaluate(
        async ({ number, config }) => {
          globalThis.sipWatch.press();
          if (config) await globalThis.plainPage.start(config);
          globalThis.plainPage.call(number);
          const failed = globalThis.plainPage.waitFor('failed').then(({ cause }) => {
            throw new Error(`it failed: ${cause}`);
          });
          return (await Promise.race([globalThis.plainPage.waitFor('confirmed'), failed])).at;
        },
        { number: to, config: connectFirst },
      ),
    hangup: async (page) => {
      await page.evaluate(() => globalThis.plainPage.hangup());
      return [];
    },
  },
};

type Config = Parameters<typeof globalThis.sipBench.create>[0];

/** How a caller does what every caller does. */
interface CallerActions {
  prepare(page: Page, config: Config): Promise<void>;
  /** Connects and registers. */
  connect(page: Page, config: Config): Promise<void>;
  /** Presses; gives when it was answered, in milliseconds since the page was opened. */
  press(page: Page, to: string, connectFirst: Config | undefined): Promise<number>;
  /** Hangs up; gives what the caller itself noted. */
  hangup(page: Page): Promise<readonly PageMoment[]>;
}

/** Places a call and measures its set-up. Rejects when it is not answered, has no sound, or did not ring once. */
export async function sipCall(stage: SipStage, call: SipCall): Promise<Sample> {
  const { telephony } = stage;
  const { caller, warm, press = 1 } = call;
  const { prepare, connect } = ACTIONS[caller];
  const { webSocket } = telephony.gateway;
  const { username, token: password } = LOGIN;
  const config = { server: webSocket, domain: DOMAIN, username, password };
  await telephony.reset();
  const { page, pageErrors, close } = await stage.openPage(caller);
  try {
    await prepare(page, config);
    if (warm) await connect(page, config);
    const before = await page.evaluate(() => [...globalThis.sipWatch.moments]);
    for (let count = 1; count < press; count += 1) await pressOnce(stage, page, call, count);
    const sample = await pressOnce(stage, page, call, press, warm ? undefined : config);
    const register = between(before, 'socket asked for', '< 200 REGISTER');
    return { ...sample, figures: { ...sample.figures, register } };
  } catch (error) {
    throw new Error([`${error}`.split('\n')[0], ...pageErrors].join('; '));
  } finally {
    await close();
  }
}

async function pressOnce(
  { telephony }: SipStage,
  page: Page,
  { caller }: SipCall,
  nth: number,
  connectFirst?: Config,
): Promise<Sample> {
  const { press, hangup } = ACTIONS[caller];
  const answeredAt = await press(page, e164(NUMBER), connectFirst);
  await page.evaluate(() => globalThis.sipWatch.firstPacket());
  const { pressedAt, origin, seen } = await page.evaluate(() => ({
    pressedAt: globalThis.sipWatch.pressedAt,
    origin: performance.timeOrigin,
    seen: [...globalThis.sipWatch.moments],
  }));
  const own = await hangup(page);
  const taken = await telephony.phone.waitFor('established', { nth });
  await telephony.phone.waitFor('closed', { nth });
  if (telephony.rings(NUMBER) !== nth) throw new Error('it did not ring once');
  const moments = [
    ...seen,
    ...own.map(({ name, at }) => ({ name: `Dialer: ${name}`, at })),
    { name: 'the page is told: answered', at: answeredAt },
    { name: 'the phone tells: established', at: taken.at - origin },
  ];
  const since = (name: string) => {
    const at = seen.find((moment) => moment.name === name)?.at;
    return at === undefined ? undefined : at - pressedAt;
  };
  const [invite, packet] = [since('> INVITE'), since('first packet')];
  if (invite === undefined || packet === undefined) throw new Error('no INVITE, or no sound');
  return {
    figures: { invite, answered: answeredAt - pressedAt, packet },
    timeline: moments
      .map(({ name, at }): Moment => ({ name, atMs: at - pressedAt }))
      .sort((one, other) => one.atMs - other.atMs),
  };
}

function between(moments: readonly PageMoment[], first: string, last: string): number | undefined {
  const at = (wanted: string) => moments.find(({ name }) => name === wanted)?.at;
  const [from, to] = [at(first), at(last)];
  return from === undefined || to === undefined ? undefined : to - from;
}
