import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';
import { PROJECT_ROOT } from '../../scripts/root.js';

/** The packages of the carriers. */
export const VENDORS = ['@telnyx/webrtc', '@twilio/voice-sdk'] as const;

/** A folder outside the project, as an application that has installed everdial. */
export interface Application {
  /** Its folder. */
  readonly folder: string;
  /** Where everdial is in it. */
  readonly everdial: string;
  /** Runs a program there and gives what it printed; throws with both streams when it fails. */
  run(program: string, ...args: readonly string[]): string;
}

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

/**
 * Makes an application.
 * @param installed - what {@link installTarball} gave
 * @param files - path → text
 * @param vendors - which SDKs it has installed
 */
export function makeApplication(
  installed: string,
  files: Readonly<Record<string, string>>,
  vendors: readonly string[] = [],
): Application {
  const folder = mkdtempSync(join(tmpdir(), 'everdial-application-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  write('package.json', '{ "name": "application", "private": true, "type": "module" }');
  for (const [path, text] of Object.entries(files)) write(path, text);
  for (const name of ['everdial', 'eventemitter3']) {
    const path = join('node_modules', name);
    cpSync(join(installed, path), join(folder, path), { recursive: true });
  }
  for (const name of vendors) {
    const link = join(folder, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(PROJECT_ROOT, 'node_modules', name), link);
  }
  return {
    folder,
    everdial: join(folder, 'node_modules/everdial'),
    run: (program, ...args) => run(folder, program, args),
  };
}

function run(folder: string, program: string, args: readonly string[]): string {
  try {
    return execFileSync(program, args, { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    const { stdout, stderr } = error as { readonly stdout?: string; readonly stderr?: string };
    throw new Error(`${program} failed:\n${stdout ?? ''}\n${stderr ?? ''}`);
  }
}
