import type { CaseResult, Limit } from './bench.js';
import type { Spread } from './statistics.js';

const HEAD = ['', 'phone rings, ms', 'page told, ms', 'x healthy', 'limit', ''] as const;

/** The results as a table in plain text: medians, with the lowest and highest in brackets. */
export function tableOf(results: readonly CaseResult[]): string {
  const rows: (readonly string[])[] = [HEAD];
  let group: string | undefined;
  for (const result of results) {
    if (result.group !== group) rows.push([result.group]);
    group = result.group;
    const { name, ringMs, toldMs, ratio, limits, failures } = result;
    rows.push([
      `  ${name}`,
      figure(ringMs, 0),
      figure(toldMs, 0),
      figure(ratio, 2),
      limits.map(limitText).join(', '),
      verdict(limits),
    ]);
    for (const failure of failures) rows.push([`    ${failure}`]);
  }
  const full = rows.filter(({ length }) => length > 1);
  const widths = HEAD.map((_, column) => Math.max(...full.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd((widths[column] ?? 0) + 2))
        .join('')
        .trimEnd(),
    )
    .join('\n');
}

/** Where the milliseconds of a case's median sample went: each moment with its attempt and the time since the one before. */
export function timelineOf({ group, name, samples, ringMs }: CaseResult): string {
  const median = ringMs?.median ?? 0;
  const [nearest] = samples
    .filter((sample) => sample !== undefined)
    .sort((one, other) => Math.abs(one.ringMs - median) - Math.abs(other.ringMs - median));
  let before = 0;
  const steps = nearest?.timeline.map((mark) => {
    const tookMs = mark.atMs - before;
    before = mark.atMs;
    return `    ${mark.atMs.toFixed(0).padStart(6)}  +${tookMs.toFixed(0).padEnd(5)} ${mark.name}${mark.attempt > 1 ? ` (attempt ${mark.attempt})` : ''}`;
  });
  return [`  ${group}: ${name}`, ...(steps ?? [])].join('\n');
}

/** The result in one line. */
export function resultLine(results: readonly CaseResult[]): string {
  const limits = results.flatMap((result) => result.limits);
  const met = limits.filter((limit) => limit.met).length;
  const failed = results.reduce((sum, { failures }) => sum + failures.length, 0);
  return `bench: ${limits.length} limits, ${met} met, ${limits.length - met} missed, ${failed} samples failed`;
}

const figure = (spread: Spread | undefined, digits: number): string =>
  spread === undefined
    ? '-'
    : `${spread.median.toFixed(digits)} (${spread.min.toFixed(digits)}-${spread.max.toFixed(digits)})`;

const limitText = ({ unit, limit }: Limit): string => `${limit} ${unit}`;

const verdict = (limits: readonly Limit[]): string =>
  limits.length === 0 ? '' : limits.every(({ met }) => met) ? 'met' : 'MISSED';
