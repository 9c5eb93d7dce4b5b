import { countLeak, KNOWN_LEAKS } from './known-leaks.js';
import type { OwnedCount } from './page-side/soak-page-types.js';
import { owned, type Sample } from './sample.js';

/** One figure that must be back where it was. */
export interface SoakLimit {
  /** What, in words. */
  readonly name: string;
  readonly unit: 'MB' | 'count';
  readonly value: number;
  /** The highest value that is right. */
  readonly limit: number;
  readonly met: boolean;
  /** Why it is not back where it was, where that is known. */
  readonly because?: string;
}

/** Growth of the heap that is right, megabytes in a thousand calls. */
const HEAP_MB = 2;
/** Entries of `performance.measure` that a page may hold, whatever the number of calls. */
const MEASURES = 500;
/**
 * Calls that may still be in memory: the errors of the last ten are kept for `dialer.report()`, and V8 keeps with an error what
 * was on the stack; Chromium keeps some closed peer connections for a while.
 */
const KEPT_CALLS = 12;
/** Listeners and nodes that such a call has; an `<audio>` element alone has 132 nodes inside. */
const LISTENERS_PER_CALL = 20;
const NODES_PER_CALL = 140;

const EVERDIAL = 'everdial';

const megabytes = (bytes: number): number => Math.round((bytes / 2 ** 20) * 100) / 100;

/** Compares the page after all calls with the page after the first ones, and with nothing at all once it is closed. */
export function limitsOf(samples: readonly Sample[], closed: Sample): readonly SoakLimit[] {
  const [base, last] = [samples[0], samples.at(-1)];
  if (base === undefined || last === undefined || base === last) return [];
  const calls = last.calls - base.calls;
  const back = (name: string, count: (sample: Sample) => number, spread = 0): SoakLimit =>
    limit(name, count(last), count(base) + spread);
  const each = (
    kind: 'timers' | 'listeners' | 'audioNodes',
    name: string,
  ): readonly SoakLimit[] => [
    back(`${name} of everdial`, (sample) => owned(sample[kind], EVERDIAL)),
    back(`${name} of the vendors`, (sample) => ofVendors(kind, sample)),
  ];
  return [
    {
      ...limit('heap, growth', megabytes(last.heapBytes - base.heapBytes), heapLimit(calls)),
      unit: 'MB',
    },
    limit('calls in memory', last.keptCalls, KEPT_CALLS),
    back('live tracks', ({ liveTracks }) => liveTracks),
    back('peer connections', ({ peerConnections }) => peerConnections),
    back('sockets', ({ sockets }) => sockets),
    back('AudioContexts', ({ audioContexts }) => audioContexts),
    ...each('audioNodes', 'nodes of Web Audio'),
    ...each('timers', 'timers'),
    ...each('listeners', 'listeners on the page'),
    back(
      'listeners in all',
      ({ eventListeners }) => eventListeners,
      KEPT_CALLS * LISTENERS_PER_CALL + grown(base, last),
    ),
    back('nodes of the DOM', ({ nodes }) => nodes, KEPT_CALLS * NODES_PER_CALL),
    limit('performance measures', last.measures, MEASURES),
    limit('performance marks of everdial', owned(last.marks, EVERDIAL), 0),
    limit('closed: live tracks', closed.liveTracks, 0),
    limit('closed: peer connections', closed.peerConnections, 0),
    limit('closed: sockets', closed.sockets, 0),
    limit('closed: timers of everdial', owned(closed.timers, EVERDIAL), 0),
    limit('closed: listeners of everdial', owned(closed.listeners, EVERDIAL), 0),
    limit('closed: AudioContexts', closed.audioContexts, 0),
    ...KNOWN_LEAKS.map((leak) => ({
      ...limit(
        `known, ${leak.owner}: ${leak.name}`,
        countLeak(leak, last) - countLeak(leak, base),
        Math.ceil(leak.perCall * calls),
      ),
      because: leak.because,
    })),
  ];
}

const heapLimit = (calls: number): number => HEAP_MB * Math.max(1, calls / 1_000);

const limit = (name: string, value: number, most: number): SoakLimit => ({
  name,
  unit: 'count',
  value,
  limit: most,
  met: value <= most,
});

/** What vendors have of a kind, without what is known. */
function ofVendors(kind: 'timers' | 'listeners' | 'audioNodes', sample: Sample): number {
  const known = KNOWN_LEAKS.filter((leak) => leak.in === kind);
  const counts: readonly OwnedCount[] = sample[kind];
  return (
    owned(counts) -
    owned(counts, EVERDIAL) -
    known.reduce((sum, leak) => sum + countLeak(leak, sample), 0)
  );
}

/** Listeners that are known to have grown; they are among all others. */
const grown = (base: Sample, last: Sample): number =>
  KNOWN_LEAKS.filter((leak) => leak.in === 'listeners').reduce(
    (sum, leak) => sum + countLeak(leak, last) - countLeak(leak, base),
    0,
  );

/** Least squares of the heap over the calls, megabytes in a hundred of them; `undefined` of fewer than three samples. */
export function heapSlope(samples: readonly Sample[]): number | undefined {
  if (samples.length < 3) return undefined;
  const mean = (of: (sample: Sample) => number): number =>
    samples.reduce((sum, sample) => sum + of(sample), 0) / samples.length;
  const [calls, bytes] = [mean((sample) => sample.calls), mean((sample) => sample.heapBytes)];
  const over = mean((sample) => (sample.calls - calls) * (sample.heapBytes - bytes));
  return megabytes((over / mean((sample) => (sample.calls - calls) ** 2)) * 100);
}

/** One line for a sample. */
export function lineOf(sample: Sample): string {
  const { calls, heapBytes, eventListeners, nodes, keptCalls, timers } = sample;
  return [
    `${calls} calls`.padEnd(11),
    `heap ${megabytes(heapBytes).toFixed(2)} MB`,
    `${keptCalls} kept`,
    `${owned(timers)} timers`,
    `${eventListeners} listeners`,
    `${nodes} nodes`,
  ].join('  ');
}

/** The limits as a table in plain text, and below what is left of whom. */
export function tableOf(limits: readonly SoakLimit[], closed: Sample): string {
  const rows = limits.flatMap(({ name, value, limit: most, unit, met, because }) => {
    const row = [name.padEnd(44), String(value).padStart(7), `≤ ${most} ${unit}`.padEnd(14)];
    const lines = [[...row, met ? '' : 'MISSED'].join('  ').trimEnd()];
    return because === undefined ? lines : [...lines, `    because ${because}`];
  });
  const left = [...closed.timers, ...closed.listeners].map(
    ({ owner, what, count }) => `left after close(): ${count} x ${what}, of ${owner}`,
  );
  return [...rows, ...left].join('\n');
}
