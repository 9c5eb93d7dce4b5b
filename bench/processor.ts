import type { Bench, BenchCase, Figure, Sample } from './bench.js';
import { CARRIERS, type Caller, type CallerStage, openCallerStage } from './caller-stage.js';
import type { CarrierId } from './page-side/bench-page-types.js';
import { processorOfCall } from './processor-call.js';

/** How long a call is measured, milliseconds. */
const MEASURED_MS = 60_000;

const FIGURES: readonly Figure[] = [
  { key: 'page', title: 'page', unit: '% of a core', digits: 1 },
  { key: 'extra', title: 'more than raw', unit: '% of a core', digits: 1 },
  { key: 'rest', title: 'rest of the browser', unit: '% of a core', digits: 1 },
  { key: 'extraRest', title: 'rest, more than raw', unit: '% of a core', digits: 1 },
];

/** What a call with quality monitoring costs the processor, all else being the same. */
export const processor: Bench = {
  name: 'processor',
  title: `the processor in ${MEASURED_MS / 1000} s of a call, with quality monitoring on`,
  startsAtOnce: true,
  runs: 3,
  figures: FIGURES,
  async open() {
    const stage = await openCallerStage();
    const cases = CARRIERS.flatMap(([carrier, group]) => casesOf(stage, carrier, group));
    return { cases, close: stage.close };
  },
};

/** The Dialer is compared with the raw SDK's call of the same run, which is measured just before it. */
function casesOf(stage: CallerStage, carrier: CarrierId, group: string): readonly BenchCase[] {
  let raw: Sample['figures'] = {};
  const measure = async (caller: Caller): Promise<Sample> =>
    processorOfCall(stage, {
      url: await stage.url(carrier, caller),
      measuredMs: MEASURED_MS,
      isMonitored: caller === 'Dialer',
    });
  return [
    {
      group,
      name: 'raw SDK',
      async measure() {
        raw = {};
        const sample = await measure('raw SDK');
        raw = sample.figures;
        return sample;
      },
    },
    {
      group,
      name: 'Dialer',
      against: 'raw SDK',
      limits: { extra: { value: 3 } },
      async measure() {
        const { figures, timeline } = await measure('Dialer');
        const more = (key: string) => difference(figures[key], raw[key]);
        return { figures: { ...figures, extra: more('page'), extraRest: more('rest') }, timeline };
      },
    },
  ];
}

const difference = (one: number | undefined, other: number | undefined): number | undefined =>
  one === undefined || other === undefined ? undefined : one - other;
