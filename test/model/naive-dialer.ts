import { isFurther } from '../../src/providers/leg-phase.js';
import type { Leg, LegEvent, LegPhase, ProviderSession } from '../../src/providers/provider.js';
import { testEnvironment } from '../../src/testing/index.js';
import { type Carrier, createCarrier } from './carriers/carrier.js';
import type { CarrierAction, Script } from './script.js';
import { AccessServer } from './world/access-server.js';
import { Chance } from './world/chance.js';
import { Journal } from './world/journal.js';
import { ModelClock } from './world/model-clock.js';
import { Phone, type PhoneLeg } from './world/phone.js';

/** What a simple-minded dialer believes. */
export type NaivePolicy =
  /** Whatever fails or is silent for 3 s is tried on the next carrier. */
  | 'retries on any error'
  /** The same, unless it was told of a ringing. */
  | 'retries while it does not ring';

const SILENT_MS = 3_000;
const PATIENCE_MS = 30_000;

/**
 * Places one call over the carriers of a script as an application without this package might: it hangs the first leg up
 * and dials the next one, without waiting for proof. Only for comparison.
 * @returns What the callee had.
 */
export async function dialNaively(
  script: Script,
  policy: NaivePolicy,
): Promise<readonly PhoneLeg[]> {
  const chance = new Chance(script.seed);
  const clock = new ModelClock(chance);
  const journal = new Journal();
  const server = new AccessServer(script.fence, clock, chance, journal);
  const phone = new Phone(clock, script.taking);
  const world = { clock, chance, journal, phone, server };
  const carriers = script.carriers.map((behaviour, index) =>
    createCarrier(`${behaviour.kind}/${index + 1}`, behaviour, world),
  );
  const { media } = testEnvironment();
  const stream = await media.getUserMedia({ audio: true });
  const sessions: ProviderSession[] = [];

  const attempt = async (carrier: Carrier, number: number): Promise<'over' | 'next'> => {
    const opening = new AbortController();
    const opened = carrier.provider.load({ signal: opening.signal, logger: console }).then(() =>
      carrier.provider.open({
        signal: opening.signal,
        logger: { ...console, warn: () => undefined },
        clock: clock.page,
        getToken: async () => ({ token: 'token' }),
        report: () => undefined,
        iceServers: [],
        relayOnly: false,
        codecs: [],
        maxBitrateKbps: 32,
        vendorTelemetry: false,
      }),
    );
    const late = new Promise<undefined>((resolve) => {
      clock.after(2_500, 'naive', 'login', () => resolve(undefined));
    });
    const session = await Promise.race([opened.catch(() => undefined), late]);
    if (!session) {
      opening.abort();
      return 'next';
    }
    sessions.push(session);
    return new Promise((resolve) => {
      let phase: LegPhase = 'unsent';
      let leg: Leg | undefined;
      let decided = false;
      const decide = (next: boolean) => {
        if (decided) return;
        decided = true;
        const rings =
          policy === 'retries while it does not ring' && isFurther(phase, 'acknowledged');
        leg?.hangup();
        leg?.release();
        resolve(next && !rings ? 'next' : 'over');
      };
      const watch = () => {
        clock.after(SILENT_MS, 'naive', 'silence', () => {
          if (!isFurther(phase, 'acknowledged')) decide(true);
        });
      };
      leg = session.dial(
        {
          callId: 'naive',
          attempt: number,
          to: '+14155550142',
          from: undefined,
          params: {},
          stream: stream.clone(),
          iceServers: [],
        },
        (event: LegEvent) => {
          const { type } = event;
          if (type === 'sent') watch();
          if (type === 'interrupted') decide(true);
          if (type === 'ended') decide(phase !== 'answered');
          if (
            type === 'sent' ||
            type === 'acknowledged' ||
            type === 'progress' ||
            type === 'answered'
          )
            if (isFurther(type, phase)) phase = type;
        },
      );
      clock.after(PATIENCE_MS, 'naive', 'patience', () => decide(false));
    });
  };

  const placed = (async () => {
    for (const [index, carrier] of carriers.entries())
      if ((await attempt(carrier, index + 1)) === 'over') return;
  })();
  // What the script does to the carriers happens here too, at its times; the rest needs a Dialer.
  for (const { wait, do: action } of script.steps) {
    await clock.advance(typeof wait === 'number' ? wait : 1_000);
    if (typeof action === 'object')
      disturb(carriers[action.carrier % carriers.length], action.does);
  }
  await clock.advance(100_000);
  await placed;
  for (const session of sessions) void session.close();
  await clock.advance(30_000);
  return phone.legs;
}

function disturb(carrier: Carrier | undefined, does: CarrierAction['does']): void {
  if (does === 'break: reset') carrier?.break('reset');
  if (does === 'break: silent') carrier?.break('silent');
  if (does === 'heal') carrier?.heal();
}

/** Whether more than one leg of a press reached the callee. */
export const rangTwice = (legs: readonly PhoneLeg[]): boolean =>
  legs.filter(({ ringStartMs }) => ringStartMs !== undefined).length > 1;
