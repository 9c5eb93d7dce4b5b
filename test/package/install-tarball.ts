import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../../scripts/root.js';

/** Packs the project, and installs the tarball in a new folder as npm does it, from what is on this machine. */
export function installTarball(): string {
  if (!existsSync(join(PROJECT_ROOT, 'dist/index.js'))) {
    throw new Error('There is no build to test: npm run build');
  }
  const folder = mkdtempSync(join(tmpdir(), 'everdial-installed-'));
  const npm = (...args: readonly string[]): string =>
    execFileSync('npm', [...args, '--offline', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: folder,
      encoding: 'utf8',
    });
  const tarball = npm('pack', PROJECT_ROOT, '--ignore-scripts').trim().split('\n').at(-1) ?? '';
  const manifest = {
    name: 'application',
    private: true,
    dependencies: {
      everdial: `file:${tarball}`,
      eventemitter3: `file:${join(PROJECT_ROOT, 'node_modules/eventemitter3')}`,
    },
  };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  npm('install', '--ignore-scripts', '--install-links');
  return folder;
}
