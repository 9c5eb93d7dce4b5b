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
  let why = '';
  if (existsSync('/etc/debian_version') && process.getuid?.() === 0) {
    const run = (program: string, ...args: readonly string[]) =>
      execFileSync(program, args, {
        encoding: 'utf8',
        stdio: ['ignore', 'ignore', 'pipe'],
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      });
    const apt = (...args: readonly string[]) =>
      run('apt-get', '-o', 'DPkg::Lock::Timeout=300', ...args);
    const install = () => apt('install', '-y', '--no-install-recommends', ...packages);
    try {
      apt('update');
      try {
        install();
      } catch {
        // After an installation that was cut off nothing else can be installed.
        run('dpkg', '--configure', '-a');
        install();
      }
    } catch (error) {
      why = `; ${lastLine((error as { stderr?: string }).stderr ?? String(error))}`;
    }
  }
  return isThere() ? undefined : `not installed here: ${packages.join(', ')}${why}`;
}

const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? '';

/** The name of a suite, with the reason if it is skipped. */
export const suiteName = (name: string, reason: string | undefined): string =>
  reason === undefined ? name : `${name} (skipped: ${reason})`;
