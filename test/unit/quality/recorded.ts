import { type RawStats, readReport } from '../../../src/quality/read-stats.js';
import chromium from './fixtures/chromium.json' with { type: 'json' };

/** An entry of a report, as the browser gave it. */
export type RecordedEntry = Readonly<Record<string, unknown>> & { readonly type: string };

/** What `fixtures/record.ts` recorded in Chromium: each situation twice, a second apart. */
export type Situation =
  | 'talking'
  | 'farEndSilent'
  | 'trackDisabled'
  | 'nothingSent'
  | 'noPlayer'
  | 'farEndGone'
  | 'dtxInSilence';

/** The recorded entries. */
export const recorded = chromium as unknown as Readonly<
  Record<Situation, readonly [readonly RecordedEntry[], readonly RecordedEntry[]]>
>;

/** What the reader makes of entries. */
export const read = (entries: readonly object[]): RawStats =>
  readReport(new Map(entries.map((entry, index) => [String(index), entry])) as never);
