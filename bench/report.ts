import type { CaseResult, FigureResult, Limit } from './bench.js';
import { isMissed } from './limits.js';
import type { Spread } from './statistics.js';

/** The results of a bench as a table in plain text: medians, with the lowest and highest in brackets. */
export function tableOf(results: readonly CaseResult[]): string {
  const figures = results[0]?.figures ?? [];
  const compared = figures.flatMap(({ title, ratio }) => (ratio ? `${title}, ${ratio.title}` : []));
  const head = [
    '',
    ...figures.map(({ title, unit = 'ms' }) => `${title}, ${unit}`),
    ...compared,
    'limit',
  ];
  const rows: (readonly string[])[] = [head];
  let group: string | undefined;
  for (const result of results) {
    if (result.group !== group) rows.push([result.group]);
    group = result.group;
    const { name, limits, failures } = result;
    rows.push([
      `  ${name}`,
      ...result.figures.map(({ values, digits = 0 }) => cell(values, digits)),
      ...result.figures.filter(({ ratio }) => ratio).map(({ times }) => cell(times, 2)),
      limits.map(verdict).join(', '),
    ]);
    for (const failure of failures) rows.push([`    ${failure}`]);
  }
  return columns(rows);
}

/** Rows below each other: the first is the head, and one of a single cell stands over those that follow. */
export function columns(rows: readonly (readonly string[])[]): string {
  const full = rows.filter(({ length }) => length > 1);
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...full.map((row) => row[column]?.length ?? 0)),
  );
  return rows
    .map((row) =>
      row
        .map((text, column) => text.padEnd((row.length > 1 ? (widths[column] ?? 0) : 0) + 2))
        .join('')
        .trimEnd(),
    )
    .join('\n');
}

/** Where the milliseconds of a case's median sample went: each moment with its attempt and the time since the one before. */
export function timelineOf({ group, name, samples, figures }: CaseResult): string {
  const { key, values } = mainOf(figures) ?? {};
  const distance = (value: number | undefined) => Math.abs((value ?? 0) - (values?.median ?? 0));
  const [nearest] = samples
    .filter((sample) => sample !== undefined)
    .map((sample) => ({ sample, far: distance(sample.figures[key ?? '']) }))
    .sort((one, other) => one.far - other.far);
  let before = 0;
  const steps = nearest?.sample.timeline.map(({ name: what, atMs, attempt = 1 }) => {
    const tookMs = atMs - before;
    before = atMs;
    return `    ${atMs.toFixed(0).padStart(6)}  +${tookMs.toFixed(0).padEnd(5)} ${what}${attempt > 1 ? ` (attempt ${attempt})` : ''}`;
  });
  return [`  ${group}: ${name}`, ...(steps ?? [])].join('\n');
}

/** The result in one line. @param leftOut - benches that can not run here */
export function resultLine(results: readonly CaseResult[], leftOut: readonly string[]): string {
  const limits = results.flatMap((result) => result.limits);
  const met = limits.filter((limit) => limit.met).length;
  const missed = limits.filter(isMissed).length;
  const explained = limits.length - met - missed;
  const known = explained === 0 ? '' : `, ${explained} explained`;
  const failed = results.reduce((sum, { failures }) => sum + failures.length, 0);
  const absent = leftOut.map((name) => `, ${name} left out`).join('');
  return `bench: ${limits.length} limits, ${met} met, ${missed} missed${known}, ${failed} samples failed${absent}`;
}

/** The figure that stands for a case. */
const mainOf = (figures: readonly FigureResult[]): FigureResult | undefined =>
  figures.find(({ ratio }) => ratio) ?? figures[0];

function cell(spread: Spread | undefined, digits: number): string {
  if (spread === undefined) return '-';
  const { median, min, max, p95 } = spread;
  const show = (value: number) => value.toFixed(digits);
  const tail = p95 === undefined ? '' : `, p95 ${show(p95)}`;
  return `${show(median)} (${show(min)}-${show(max)}${tail})`;
}

function verdict(limit: Limit): string {
  const { figure, limit: highest, unit, met, explained } = limit;
  const missed = explained === undefined ? 'MISSED' : `missed (explained: ${explained})`;
  return `${figure} ${Number(highest.toFixed(2))} ${unit} ${met ? 'met' : missed}`;
}
