import { describe, expect, test } from 'vitest';
import { freeNames } from './free-names.js';
import { projectFiles } from './project-files.js';

const MOST_LINES = 400;

/** Where code must get time, randomness and the browser handed in. */
const OUTSIDE_WORLD =
  /^(window|document|navigator|location|localStorage|sessionStorage|fetch|WebSocket|RTCPeerConnection|Audio|AudioContext|setTimeout|setInterval|clearTimeout|clearInterval|requestAnimationFrame|performance|process|Date|Date\.now|Math\.random)(\.|$)/;

const sources = projectFiles('src');
const everything = [
  ...sources,
  ...projectFiles('test'),
  ...projectFiles('scripts'),
  ...projectFiles('bench'),
];

/** Lines of each file that match, as `path:line text`. */
function linesWith(files: typeof sources, pattern: RegExp): readonly string[] {
  return files.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, index) => {
      return pattern.test(line) ? [`${path}:${index + 1} ${line.trim()}`] : [];
    }),
  );
}

test('there are sources to judge', () => {
  expect(sources.length).toBeGreaterThan(50);
});

test(`no file has more than ${MOST_LINES} lines`, () => {
  const long = everything
    .map(({ path, text }) => ({ path, lines: text.trimEnd().split('\n').length }))
    .filter(({ lines }) => lines > MOST_LINES);
  expect(long).toEqual([]);
});

test('file names are in kebab case', () => {
  const odd = everything.filter(({ path }) => {
    const name = path.split('/').at(-1) ?? '';
    return !/^[a-z0-9]+(-[a-z0-9]+)*(\.(test|test-d|bench))?\.ts$/.test(name);
  });
  expect(odd.map(({ path }) => path)).toEqual([]);
});

test('there are no default exports', () => {
  expect(linesWith(everything, /^export default\b|\bas default\s*[,}]/)).toEqual([]);
});

describe('core and errors', () => {
  const bottom = sources.filter(({ path }) => /^src\/(core|errors)\//.test(path));

  test.each(bottom.filter(({ path }) => path !== 'src/core/clock.ts'))(
    '$path touches neither the browser nor the clock',
    ({ text }) => {
      expect([...freeNames(text)].filter((name) => OUTSIDE_WORLD.test(name))).toEqual([]);
    },
  );

  test('the rule bites: the one file that may is seen by it', () => {
    const clock = bottom.find(({ path }) => path === 'src/core/clock.ts');
    const found = [...freeNames(clock?.text ?? '')].filter((name) => OUTSIDE_WORLD.test(name));
    expect(found).toEqual(expect.arrayContaining(['Date.now', 'setTimeout']));
  });
});

test('the switching policy decides at once and by its arguments alone', () => {
  const policy = sources.filter(({ path }) =>
    /^src\/failover\/(policy|decision-table|allowed-actions)\.ts$/.test(path),
  );
  expect(policy).toHaveLength(3);
  for (const { text } of policy) {
    expect([...freeNames(text)].filter((name) => OUTSIDE_WORLD.test(name))).toEqual([]);
    expect(text).not.toMatch(/\b(async|await|Promise)\b/);
  }
});

test('suppressed type errors, `any` and evaluated text do not occur in the sources', () => {
  expect(linesWith(sources, /@ts-(ignore|expect-error|nocheck)|biome-ignore/)).toEqual([]);
  expect(linesWith(sources, /(:|<|\bas) any\b/)).toEqual([]);
  const evaluating = sources.filter(({ text }) => {
    const names = freeNames(text);
    return names.has('eval') || names.has('Function');
  });
  expect(evaluating.map(({ path }) => path)).toEqual([]);
});

test('no test is skipped, alone or a promise, and none mocks our modules', () => {
  const tests = projectFiles('test', /\.test(-d)?\.ts$/);
  expect(linesWith(tests, /\b(test|it|describe)\.(skip|only|todo|fails)\b/)).toEqual([]);
  // Not written out, so that this line is not found.
  expect(linesWith(tests, new RegExp(`\\bvi\\.(${['mock', 'doMock'].join('|')})\\(`))).toEqual([]);
});
