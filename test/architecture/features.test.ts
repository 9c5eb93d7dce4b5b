import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Feature, readFeatures } from '../../scripts/features.js';
import { PROJECT_ROOT } from '../../scripts/root.js';
import { projectText } from './project-files.js';

const features = readFeatures();

function missingTests({ row, tests }: Feature): readonly string[] {
  return tests.flatMap((test) => {
    const [path = '', name] = test.split('#');
    if (!existsSync(join(PROJECT_ROOT, path))) return [`row ${row}: no file ${path}`];
    if (name !== undefined && !projectText(path).includes(name)) {
      return [`row ${row}: no test "${name}" in ${path}`];
    }
    return [];
  });
}

test('each test that is named beside a feature exists', () => {
  expect(features.flatMap(missingTests)).toEqual([]);
});

test('what works names its test, what is planned names none', () => {
  const odd = features.filter(
    ({ status, tests }) => (status === 'planned') !== (tests.length === 0),
  );
  expect(odd.map(({ row, status }) => `${row} ${status}`)).toEqual([]);
});

test('rows are unique and in order', () => {
  const rows = features.map(({ row }) => row);
  expect(rows).toEqual([...new Set(rows)].sort((a, b) => a - b));
});
