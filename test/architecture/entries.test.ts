import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PROJECT_ROOT } from '../../scripts/root.js';
import { projectFiles, projectJson, projectText } from './project-files.js';

interface Manifest {
  readonly exports: Readonly<Record<string, unknown>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta: Readonly<Record<string, { readonly optional: boolean }>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

const manifest = projectJson<Manifest>('package.json');
const tsconfig = projectJson<{
  readonly compilerOptions: { readonly paths: Readonly<Record<string, readonly string[]>> };
}>('tsconfig.json');
const typedoc = projectJson<{ readonly entryPoints: readonly string[] }>('typedoc.json');

/** Names of the entries as an application imports them. */
const entries = Object.keys(manifest.exports)
  .filter((key) => key !== './umd' && key !== './embed/*' && key !== './package.json')
  .map((key) => key.replace(/^\./, 'everdial'));

test('each entry has its source in tsconfig.json, and only entries have', () => {
  expect(Object.keys(tsconfig.compilerOptions.paths).sort()).toEqual([...entries].sort());
  for (const [path] of Object.values(tsconfig.compilerOptions.paths)) {
    expect(existsSync(join(PROJECT_ROOT, path ?? 'missing')), path).toBe(true);
  }
});

test('each entry is documented and built', () => {
  const sources = Object.values(tsconfig.compilerOptions.paths).map(([path]) =>
    path?.replace('./', ''),
  );
  expect([...typedoc.entryPoints].sort()).toEqual([...sources].sort());
  const build = projectText('tsup.config.ts');
  for (const source of sources) expect(build).toContain(`'${source}'`);
});

test('each entry says in its first lines what it is for', () => {
  for (const path of typedoc.entryPoints) {
    expect(projectText(path), path).toMatch(/^\/\*\*[\s\S]*?@packageDocumentation\s*\*\//);
  }
});

test('the vendors which the providers load are optional peers, in a range that the tested version fits', () => {
  const loaded = projectFiles('src/providers', /^index\.ts$/).flatMap(({ text }) =>
    [...text.matchAll(/import\('([^'.][^']*)'\)/g)].map(([, name]) => name ?? ''),
  );
  expect(loaded.length).toBeGreaterThan(0);
  expect(Object.keys(manifest.peerDependencies).sort()).toEqual([...new Set(loaded)].sort());
  for (const [name, range] of Object.entries(manifest.peerDependencies)) {
    expect(manifest.peerDependenciesMeta[name]).toEqual({ optional: true });
    const [major, minor] = (manifest.devDependencies[name] ?? '').split('.');
    const [, least = '', leastMinor = ''] = /^\^(\d+)\.(\d+)\.0$/.exec(range) ?? [];
    expect(major, name).toBe(least);
    expect(Number(minor), name).toBeGreaterThanOrEqual(Number(leastMinor));
  }
});

test('the package needs one other package at run time', () => {
  expect(Object.keys(manifest.dependencies)).toEqual(['eventemitter3']);
});

test('the lock file names no registry', () => {
  expect(projectText('package-lock.json')).not.toContain('"resolved": "http');
});
