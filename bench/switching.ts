import type { Bench, BenchCase } from './bench.js';
import type { CarrierId } from './page-side/bench-page-types.js';
import { RING_FIGURES, type RingCall, ringCall } from './ring-call.js';
import { openStage, type Stage } from './stage.js';

type NamedCall = readonly [name: string, call: Partial<RingCall>];

/** What is measured over a pair of carriers; everything is cold, unless its name says otherwise. */
function casesOf(stage: Stage, first: CarrierId, second: CarrierId): readonly BenchCase[] {
  const group = `${first}, then ${second}`;
  const routes = [first, second];
  const one = (
    name: string,
    call: Partial<RingCall>,
    more: Pick<BenchCase, 'against' | 'limits'> = {},
  ): BenchCase => ({
    name,
    group,
    ...more,
    measure: () => ringCall(stage, { routes, tries: [first, second], ...call }),
  });
  const closed = { tcp: 'refuse' } as const;
  const hole = { tcp: 'black-hole' } as const;
  const cold = 'healthy';
  const warm = 'healthy, warm';
  const again = `healthy over ${second}, second call`;
  return [
    one(cold, { tries: [first] }),
    ...refusals().map(([name, call]) =>
      one(name, call, { against: cold, limits: { ring: { value: 1_200 } } }),
    ),
    one('black hole', { faults: hole }, { against: cold, limits: { ring: { value: 3_500 } } }),
    ...silences(first).map(([name, call]) =>
      one(name, call, { against: cold, limits: { ring: { value: 6_000 } } }),
    ),

    one(warm, { warm: true, tries: [first] }),
    one('port closed, warm', { warm: true, faults: closed, tries: [second] }, { against: warm }),
    one('black hole, warm', { warm: true, faults: hole, tries: [second] }, { against: warm }),

    one(again, { routes: [second, first], press: 2, tries: [second] }),
    one(
      `${first} known bad, second call`,
      { faults: closed, press: 2, tries: [second] },
      { against: again, limits: { ring: { ratio: 1.1 } } },
    ),
  ];
}

/**
 * The lab's closed port answers at once, as nothing here lies between; a real one does so after a round trip, and a server
 * that answers the upgrade with an error after three.
 */
function refusals(): readonly NamedCall[] {
  const refused = { upgrade: 503 } as const;
  return [
    ['refused at once (port closed)', { faults: { tcp: 'refuse' } }],
    ['refused after one round trip', { faults: refused, handshakeRoundTrips: 1 }],
    ['refused after three (503 to the upgrade)', { faults: refused }],
  ];
}

/**
 * A call that the carrier leaves unanswered, by who proves it over. Twilio acknowledges no call and confirms no hang-up:
 * there, only an application that gives its carriers less than the standard 20 s for a sign of life can switch in time, and
 * only its server has the proof.
 */
function silences(first: CarrierId): readonly NamedCall[] {
  const faults = { invite: 'swallow' } as const;
  return first === 'telnyx'
    ? [
        ['INVITE unanswered, the hang-up confirmed', { faults: { invite: 'stall' } }],
        ['INVITE swallowed, ended by the server', { faults, endLeg: true }],
      ]
    : [
        [
          'INVITE swallowed, ended by the server (progressMs 3000)',
          { faults, endLeg: true, timeouts: { progressMs: 3_000 } },
        ],
      ];
}

/** How long it takes from the press to the ringing when the first carrier fails. */
export const switching: Bench = {
  name: 'switching',
  title: 'from the press to the ringing of the phone, the first carrier failing',
  runs: 5,
  limitsAtRttMs: 100,
  figures: RING_FIGURES,
  async open(rttMs) {
    const stage = await openStage(rttMs);
    return {
      cases: [...casesOf(stage, 'telnyx', 'twilio'), ...casesOf(stage, 'twilio', 'telnyx')],
      close: stage.close,
    };
  },
};
