import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';
import { PROJECT_ROOT } from '../../scripts/root.js';

/** The packages of the carriers. */
export const VENDORS = ['@telnyx/webrtc', '@twilio/voice-sdk', 'jssip'] as const;

/** A folder outside the project, as an application that has installed everdial. */
export interface Application {
  /** Its folder. */
  readonly folder: string;
  /** Where everdial is in it. */
  readonly everdial: string;
  /** Runs a program there and gives what it printed; throws with both streams when it fails. */
  run(program: string, ...args: readonly string[]): string;
}

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/**
 * Makes an application, for as long as the tests of the file run.
 * @param installed - where the packed project is installed
 * @param files - path → text
 * @param vendors - which SDKs it has installed
 */
export function makeApplication(
  installed: string,
  files: Readonly<Record<string, string>>,
  vendors: readonly string[] = [],
): Application {
  const folder = mkdtempSync(join(tmpdir(), 'everdial-application-'));
  folders.push(folder);
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
