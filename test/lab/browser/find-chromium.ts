import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { PROJECT_ROOT } from '../root.js';

const SYSTEM_PATHS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/opt/google/chrome/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

/**
 * Path of a Chromium for the tests: `TEST_CHROMIUM`, Playwright's own if it was downloaded, the system's; otherwise one is
 * installed (Debian's package when run as root there, else Playwright's). Throws with what to do when all of that fails.
 */
export function findChromium(): string {
  const wanted = process.env['TEST_CHROMIUM'];
  if (wanted !== undefined && wanted !== '') {
    if (existsSync(wanted)) return wanted;
    throw new Error(`TEST_CHROMIUM is ${wanted}, which does not exist`);
  }
  return present() ?? install();
}

function present(): string | undefined {
  return [chromium.executablePath(), ...SYSTEM_PATHS].find((path) => existsSync(path));
}

function install(): string {
  const attempts: (readonly [command: string, args: readonly string[]])[][] = [];
  if (existsSync('/etc/debian_version') && process.getuid?.() === 0 && !isUbuntu()) {
    // Two installers at once fail without the lock timeout, and stale lists fail without the update.
    const lock = ['-o', 'DPkg::Lock::Timeout=300'];
    attempts.push([
      ['apt-get', [...lock, 'update']],
      ['apt-get', [...lock, 'install', '-y', '--no-install-recommends', 'chromium']],
    ]);
  }
  const cli = `${PROJECT_ROOT}node_modules/playwright-core/cli.js`;
  attempts.push([[process.execPath, [cli, 'install', '--no-shell', 'chromium']]]);
  for (const commands of attempts) {
    try {
      for (const [command, args] of commands) execFileSync(command, args, { stdio: 'inherit' });
    } catch {
      continue;
    }
    const found = present();
    if (found !== undefined) return found;
  }
  throw new Error(
    'No Chromium found and none could be installed. Install Chromium or Chrome, or set TEST_CHROMIUM to its path.',
  );
}

/** Ubuntu's package of that name only points to a snap. */
function isUbuntu(): boolean {
  return existsSync('/etc/lsb-release') && existsSync('/etc/apt/sources.list.d/ubuntu.sources');
}
