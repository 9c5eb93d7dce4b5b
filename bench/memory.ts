import type { Bench, BenchCase, Figure } from './bench.js';
import { CARRIERS, type Caller, type CallerStage, openCallerStage } from './caller-stage.js';
import { memoryOfCalls } from './memory-calls.js';

const COUNTS = { before: 10, measured: 200 };

const FIGURES: readonly Figure[] = [
  { key: 'growth', title: 'heap grows', unit: 'MB', digits: 2 },
  { key: 'outside', title: 'outside it', unit: 'MB', digits: 2 },
  { key: 'heap', title: 'heap then', unit: 'MB', digits: 1 },
  { key: 'tracks', title: 'left', unit: 'tracks' },
  { key: 'peerConnections', title: 'left', unit: 'peer connections' },
  { key: 'sockets', title: 'left', unit: 'sockets' },
  { key: 'audioContexts', title: 'left', unit: 'AudioContexts' },
];

const LIMITS = {
  growth: { value: 1 },
  outside: { value: 1 },
  tracks: { value: 0 },
  peerConnections: { value: 0 },
  sockets: { value: 0 },
  audioContexts: { value: 0 },
};

/** What 200 calls leave behind in a page. */
export const memory: Bench = {
  name: 'memory',
  title: `what ${COUNTS.measured} calls leave behind in a page, after garbage collection`,
  startsAtOnce: true,
  runs: 1,
  figures: FIGURES,
  async open() {
    const stage = await openCallerStage();
    const cases = CARRIERS.flatMap(([carrier, group]) =>
      (['raw SDK', 'Dialer'] as const).map((caller) => caseOf(stage, { carrier, group, caller })),
    );
    return { cases, close: stage.close };
  },
};

function caseOf(
  stage: CallerStage,
  {
    carrier,
    group,
    caller,
  }: {
    readonly carrier: (typeof CARRIERS)[number][0];
    readonly group: string;
    readonly caller: Caller;
  },
): BenchCase {
  return {
    group,
    name: caller,
    ...(caller === 'Dialer' && { limits: LIMITS }),
    measure: async () => memoryOfCalls(stage, await stage.url(carrier, caller), COUNTS),
  };
}
