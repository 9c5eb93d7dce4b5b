import { reasonToSkip } from '../test/telephony/lab/tools.js';
import type { Bench, BenchCase } from './bench.js';
import { SIP_FIGURES, type SipCall, sipCall } from './sip-call.js';
import { openSipStage, type SipStage } from './sip-stage.js';

/** A call by both, in one group. */
function pair(
  stage: SipStage,
  group: string,
  call: Omit<SipCall, 'caller'>,
  limits: BenchCase['limits'] = {},
): readonly BenchCase[] {
  const one = (caller: SipCall['caller']) => ({
    name: caller,
    group,
    measure: () => sipCall(stage, { ...call, caller }),
  });
  return [one('plain JsSIP'), { ...one('Dialer'), against: 'plain JsSIP', limits }];
}

/** How long it takes to set a call up over a real telephone path, beside JsSIP as its documentation shows it. */
export const sip: Bench = {
  name: 'sip',
  title: 'from the press to the first sound over Kamailio, rtpengine and baresip',
  runs: 30,
  figures: SIP_FIGURES,
  reasonToSkip,
  async open() {
    const stage = await openSipStage();
    return {
      cases: [
        ...pair(
          stage,
          'warm: connected and registered',
          { warm: true },
          { invite: { value: 40 }, answered: { ratio: 0.6 }, packet: { ratio: 0.6 } },
        ),
        ...pair(stage, 'warm, second call of the page', { warm: true, press: 2 }),
        ...pair(stage, 'cold: connects after the press', { warm: false }),
      ],
      close: stage.close,
    };
  },
};
