import type { Bench, BenchCase } from './bench.js';
import type { CarrierId } from './page-side/bench-page-types.js';
import { SETUP_FIGURES, type SetupCall, setupCall } from './setup-call.js';
import { openSetupStage, type SetupStage } from './setup-stage.js';

/** A state of the page, and what it is called. */
interface PageState {
  readonly title: string;
  readonly warm: boolean;
  readonly press: number;
}

const WARM: PageState = { title: 'warm', warm: true, press: 1 };
const AGAIN: PageState = { title: 'warm, second call of the page', warm: true, press: 2 };
const COLD: PageState = { title: 'cold', warm: false, press: 1 };

const TITLES: Readonly<Record<CarrierId, string>> = { telnyx: 'Telnyx', twilio: 'Twilio' };

/** The half round trip that real sound needs beside them is not in it: the lab's has no delay. */
const SOUND_MS = 150;

/**
 * What can not be done ahead, one after the other: the INVITE and the ringing; cold the token, the handshake's three, the
 * login, and with Telnyx the question whether it is registered.
 */
const roundTripsOf = (carrier: CarrierId, warm: boolean): number =>
  warm ? 1 : { telnyx: 7, twilio: 6 }[carrier];

/** Limits of the Dialer at a round trip of 100 ms. */
function limitsOf(carrier: CarrierId, state: PageState, microphoneMs: number): BenchCase['limits'] {
  const audio = { value: SOUND_MS };
  const isSlow = microphoneMs > 100;
  if (state === AGAIN) return { audio };
  if (state === COLD) return isSlow ? { told: { ratio: 0.7 }, audio } : { audio };
  const quick = { telnyx: 0.8, twilio: 1.05 }[carrier];
  return {
    invite: { value: 40 },
    told: { ratio: isSlow ? 0.25 : quick },
    over: { value: 60 },
    audio,
  };
}

/** A call by both, in one group. */
function pair(
  stage: SetupStage,
  carrier: CarrierId,
  state: PageState,
  { microphoneMs, quick }: { readonly microphoneMs: number; readonly quick: boolean },
): readonly BenchCase[] {
  const { title, warm, press } = state;
  const roundTrips = roundTripsOf(carrier, warm);
  const one = (caller: SetupCall['caller']): BenchCase => ({
    name: caller,
    group: `${TITLES[carrier]}, ${title}, microphone ${microphoneMs} ms`,
    roundTrips,
    quick: state !== AGAIN && (warm || microphoneMs > 100),
    measure: () =>
      setupCall(stage, {
        caller,
        carrier,
        microphoneMs,
        warm,
        press,
        roundTrips,
        answered: !quick,
      }),
  });
  const limits = limitsOf(carrier, state, microphoneMs);
  return [one('raw SDK'), { ...one('Dialer'), against: 'raw SDK', limits }];
}

/** How long it takes from the click to the ringing and to the first sound, beside the vendors' SDKs as their documentation shows them. */
export const setup: Bench = {
  name: 'setup',
  title: 'from the click to the ringing and to the first sound, the raw SDKs beside the Dialer',
  runs: 7,
  quickRuns: 3,
  limitsAtRttMs: 100,
  figures: SETUP_FIGURES,
  roundTripsOf: 'told',
  async open(rttMs, quick) {
    const stage = await openSetupStage(rttMs);
    const carriers: readonly CarrierId[] = ['telnyx', 'twilio'];
    return {
      cases: carriers.flatMap((carrier) =>
        [WARM, AGAIN, COLD].flatMap((state) =>
          [8, 600].flatMap((microphoneMs) => pair(stage, carrier, state, { microphoneMs, quick })),
        ),
      ),
      close: stage.close,
    };
  },
};
