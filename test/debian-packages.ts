import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/**
 * Makes sure of programs that Debian has: as root, what is missing is installed.
 * @param packages - that bring what is missing
 * @param isThere - whether nothing is missing; asked before and afterwards
 * @returns why there is none, in words for the name of a suite; `undefined` when all is there
 */
export function installOrExplain(
  packages: readonly string[],
  isThere: () => boolean,
): string | undefined {
  if (isThere()) return undefined;
  if (existsSync('/etc/debian_version') && process.getuid?.() === 0) {
    const apt = (...args: readonly string[]) =>
      execFileSync('apt-get', ['-o', 'DPkg::Lock::Timeout=300', ...args], {
        stdio: 'ignore',
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      });
    try {
      apt('update');
      apt('install', '-y', '--no-install-recommends', ...packages);
    } catch {
      // Told below.
    }
  }
  return isThere() ? undefined : `not installed here: ${packages.join(', ')}`;
}

/** The name of a suite, with the reason if it is skipped. */
export const suiteName = (name: string, reason: string | undefined): string =>
  reason === undefined ? name : `${name} (skipped: ${reason})`;
