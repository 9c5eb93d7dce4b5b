// `npx tsx bench/chart.ts FILE.json docs/performance.svg`: draws what the bench `setup` measured.
import { readFile, writeFile } from 'node:fs/promises';
import type { CaseResult } from './bench.js';

/** One pair of bars. */
interface Row {
  readonly label: string;
  readonly raw: Bar;
  readonly dialer: Bar;
  /** What physics asks for, milliseconds. */
  readonly limitMs: number;
  /** How many times the raw SDK's. */
  readonly ratio: number;
}

/** A median with its lowest and highest, milliseconds. */
interface Bar {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

const WIDTH = 860;
const LEFT = 250;
const RIGHT = 110;
const TOP = 76;
const ROW = 52;
const BAR = 15;
const RTT_MS = 100;

const STYLE = `
text{font:13px system-ui,sans-serif;fill:#1d2421}
.title{font-weight:600;font-size:16px}.small{font-size:12px;fill:#5a655f}
.raw{fill:#a5aea9}.dialer{fill:#0c6a50}.grid{stroke:#d9dfdc}.limit{stroke:#b3261e;stroke-width:2}.spread{stroke:#1d2421;stroke-width:1}
@media(prefers-color-scheme:dark){text{fill:#e6ebe8}.small{fill:#a9b4ae}.raw{fill:#69746e}.dialer{fill:#46bd90}.grid{stroke:#39423d}.limit{stroke:#ff8a80}.spread{stroke:#e6ebe8}}
`.trim();

/** The rows of the chart: both carriers, warm and cold, a fast and a slow microphone. */
function rowsOf(results: readonly CaseResult[]): readonly Row[] {
  const own = results.filter(
    ({ bench, rttMs, group }) =>
      bench === 'setup' && rttMs === RTT_MS && !group.includes('second call'),
  );
  const groups = [...new Set(own.map(({ group }) => group))];
  return groups.flatMap((group) => {
    const figure = (name: string, key: string) =>
      own
        .find((result) => result.group === group && result.name === name)
        ?.figures.find((one) => one.key === key);
    const raw = figure('raw SDK', 'told')?.values;
    const dialer = figure('Dialer', 'told');
    const over = figure('Dialer', 'over')?.values;
    const ratio = dialer?.times?.median;
    if (!raw || !dialer?.values || !over || ratio === undefined) return [];
    const limitMs = dialer.values.median - over.median;
    return [{ label: group, raw, dialer: dialer.values, limitMs, ratio }];
  });
}

function draw(rows: readonly Row[], machine: string): string {
  const most = Math.max(...rows.map(({ raw, dialer }) => Math.max(raw.max, dialer.max)));
  const end = Math.ceil(most / 500) * 500;
  const height = TOP + rows.length * ROW + 58;
  const x = (ms: number) => LEFT + (ms / end) * (WIDTH - LEFT - RIGHT);
  const at = (ms: number) => x(ms).toFixed(1);
  const ticks = Array.from({ length: end / 500 + 1 }, (_, index) => index * 500);
  const bar = (kind: 'raw' | 'dialer', { median, min, max }: Bar, y: number) => {
    const middle = y + BAR / 2;
    return [
      `<rect class="${kind}" x="${LEFT}" y="${y}" width="${(x(median) - LEFT).toFixed(1)}" height="${BAR}" rx="2"/>`,
      `<path class="spread" d="M${at(min)} ${middle}H${at(max)}M${at(min)} ${middle - 3}v6M${at(max)} ${middle - 3}v6"/>`,
    ].join('\n');
  };
  const bottom = TOP + rows.length * ROW;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="title desc">
<title id="title">From the click until the page is told that the phone rings</title>
<desc id="desc">${rows.map(({ label, raw, dialer, limitMs }) => `${label}: raw SDK ${raw.median.toFixed(0)} ms, Dialer ${dialer.median.toFixed(0)} ms, limit ${limitMs.toFixed(0)} ms`).join('. ')}.</desc>
<style>${STYLE}</style>
<text class="title" x="16" y="28">From the click until the page is told that the phone rings, milliseconds</text>
<rect class="raw" x="16" y="42" width="14" height="14" rx="2"/><text x="36" y="54">raw SDK, as its quickstart shows it</text>
<rect class="dialer" x="280" y="42" width="14" height="14" rx="2"/><text x="300" y="54">Dialer</text>
<path class="limit" d="M372 42v14"/><text x="382" y="54">round trips that nobody can save, and the phone's own 50 ms</text>
${ticks.map((ms) => `<path class="grid" d="M${at(ms)} ${TOP - 4}V${bottom}"/><text class="small" x="${at(ms)}" y="${bottom + 18}" text-anchor="middle">${ms}</text>`).join('\n')}
${rows
  .map(({ label, raw, dialer, limitMs, ratio }, index) => {
    const y = TOP + index * ROW;
    const end = Math.max(x(dialer.max), x(limitMs)) + 8;
    return [
      `<text x="${LEFT - 10}" y="${y + 24}" text-anchor="end">${label}</text>`,
      bar('raw', raw, y + 4),
      `<text class="small" x="${(x(raw.max) + 8).toFixed(1)}" y="${y + 16}">${raw.median.toFixed(0)}</text>`,
      bar('dialer', dialer, y + 22),
      `<text x="${end.toFixed(1)}" y="${y + 34}">${dialer.median.toFixed(0)} · ${ratio.toFixed(2)} ×</text>`,
      `<path class="limit" d="M${at(limitMs)} ${y + 20}v${BAR + 4}"/>`,
    ].join('\n');
  })
  .join('\n')}
<text class="small" x="16" y="${height - 14}">Round trip ${RTT_MS} ms; medians, lowest to highest. ${machine}</text>
</svg>
`;
}

async function main([from, to]: readonly string[]): Promise<number> {
  if (from === undefined || to === undefined) {
    console.error('chart: use npx tsx bench/chart.ts FILE.json FILE.svg');
    return 2;
  }
  const { results, machine } = JSON.parse(await readFile(from, 'utf8')) as {
    results: readonly CaseResult[];
    machine: Readonly<Record<string, string | number>>;
  };
  const rows = rowsOf(results);
  if (rows.length === 0) {
    console.error(`chart: ${from} has nothing of the bench setup at ${RTT_MS} ms`);
    return 1;
  }
  const { cpu, cores, browser } = machine;
  await writeFile(to, draw(rows, `${cores} cores of ${cpu}, ${browser}`));
  console.log(`chart: ${rows.length} rows in ${to}`);
  return 0;
}

process.exitCode = await main(process.argv.slice(2));
