import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from './root.js';

/** How far a feature is. */
export const FEATURE_STATUSES = ['works', 'partly', 'planned'] as const;

/** One line of `docs/features.tsv`. */
export interface Feature {
  /** Its number; it never changes. */
  readonly row: number;
  /** What it is. */
  readonly feature: string;
  /** How far it is. */
  readonly status: (typeof FEATURE_STATUSES)[number];
  /** The tests that show it: `path` or `path#name`, several with `; ` between; empty while it is planned. */
  readonly tests: readonly string[];
}

/** Reads `docs/features.tsv`. Throws with the line that is wrong. */
export function readFeatures(): readonly Feature[] {
  const text = readFileSync(join(PROJECT_ROOT, 'docs/features.tsv'), 'utf8');
  const [header, ...lines] = text.trimEnd().split('\n');
  if (header !== 'row\tfeature\tstatus\ttest') throw new Error(`Unknown columns: ${header}`);
  return lines.map(readLine);
}

function readLine(line: string): Feature {
  const [row = '', feature = '', status = '', test = '', ...rest] = line.split('\t');
  const known = FEATURE_STATUSES.find((name) => name === status);
  if (!/^\d+$/.test(row) || feature === '' || known === undefined || rest.length > 0) {
    throw new Error(`docs/features.tsv has a line that cannot be read: ${line}`);
  }
  const tests = test.split(';').map((name) => name.trim());
  return { row: Number(row), feature, status: known, tests: tests.filter((name) => name !== '') };
}
