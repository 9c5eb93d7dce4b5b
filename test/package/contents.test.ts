import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, inject, test } from 'vitest';
import { PROJECT_ROOT } from '../../scripts/root.js';

type Target = string | { readonly types: string; readonly default: string };

const root = join(inject('installed'), 'node_modules/everdial');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const manifest = JSON.parse(read('package.json')) as {
  readonly exports: Readonly<Record<string, Target>>;
  readonly unpkg: string;
  readonly jsdelivr: string;
  readonly types: string;
};
const files = readdirSync(root, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => relative(root, join(entry.parentPath, entry.name)));

test('the package holds the build and what everybody expects beside it, nothing else', () => {
  const outside = files.filter((path) => !path.startsWith('dist/'));
  expect(outside).toEqual(expect.arrayContaining(['LICENSE', 'package.json']));
  const known = ['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json'];
  expect(outside.filter((path) => !known.includes(path))).toEqual([]);
});

test('each path of the manifest is there', () => {
  const targets = Object.values(manifest.exports).flatMap((target) =>
    typeof target === 'string' ? [target] : [target.types, target.default],
  );
  const paths = [...targets, manifest.unpkg, manifest.jsdelivr, manifest.types];
  expect(paths.filter((path) => !path.includes('*') && !existsSync(join(root, path)))).toEqual([]);
});

test('each built entry can be imported', () => {
  const exported = Object.values(manifest.exports).map((target) =>
    typeof target === 'string' ? target : target.default,
  );
  // Chunks, named by their hash, are the entries' own business, and the SDKs are fetched by the script.
  const entries = files
    .filter((path) => /^dist\/.*\.js$/.test(path) && !path.startsWith('dist/umd/vendor/'))
    // The loader's own files have one pattern for all.
    .filter((path) => !path.startsWith('dist/embed/') && !/-[A-Z0-9]{8}\.js$/.test(path));
  expect(entries.length).toBeGreaterThan(5);
  expect(entries.filter((path) => !exported.includes(`./${path}`))).toEqual([]);
});

test('each file has its source map, which holds the source and no path of the machine that built it', () => {
  const scripts = files.filter((path) => /^dist\/.*\.js$/.test(path) && !path.includes('/vendor/'));
  for (const path of scripts) {
    const map = JSON.parse(read(`${path}.map`)) as {
      readonly sources: readonly string[];
      readonly sourcesContent?: readonly string[];
    };
    expect(map.sourcesContent?.length ?? 0, path).toBe(map.sources.length);
    expect(map.sources.filter((source) => source.startsWith('/'))).toEqual([]);
  }
  for (const path of files.filter((name) => /\.(js|map|ts|json)$/.test(name))) {
    expect(read(path).includes(PROJECT_ROOT), path).toBe(false);
  }
});

/** A declaration file with all that it imports from its own package. */
function declarations(path: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(path)) return seen;
  seen.add(path);
  for (const [, from = ''] of read(path).matchAll(/from ['"](\.[^'"]+)\.js['"]/g)) {
    declarations(join(dirname(path), `${from}.d.ts`), seen);
  }
  return seen;
}

test.each([
  'dist/index.d.ts',
  'dist/providers/index.d.ts',
  'dist/testing.d.ts',
  'dist/providers/sandbox.d.ts',
  'dist/providers/sip.d.ts',
])('the types of %s name no vendor', (path) => {
  for (const file of declarations(path)) {
    const code = read(file).replace(/\/\*[\s\S]*?\*\//g, '');
    expect(code, file).not.toMatch(/['"](@(telnyx|twilio)\/|jssip)/);
  }
});

test('the core names no vendor', () => {
  expect(read('dist/index.js')).not.toMatch(/@(telnyx|twilio)\/|jssip/);
});

test.each(files.filter((path) => /^dist\/umd\/.*\.js$/.test(path)))(
  '%s stands alone: it imports and requires nothing by name, and evaluates no text',
  (path) => {
    const text = read(path);
    expect(text).not.toMatch(/\bimport\(?\s*["'`]/);
    expect(text).not.toMatch(/(?<!["'])\bfrom\s*["'][^"']+["']/);
    expect(text).not.toMatch(/(?<![\w$.])require\(\s*["'`]/);
    expect(text).not.toMatch(/(?<![\w$.])eval\(|new Function\(/);
  },
);

test('the script tag folder is CommonJS, the rest is not', () => {
  expect(JSON.parse(read('dist/umd/package.json'))).toEqual({ type: 'commonjs' });
  expect(JSON.parse(read('package.json'))).toMatchObject({ type: 'module' });
});
