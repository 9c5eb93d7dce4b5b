import { existsSync } from 'node:fs';
import { installOrExplain } from '../../debian-packages.js';

const FILES = ['/usr/bin/python3', '/usr/sbin/ip'];
const PACKAGES = ['python3-minimal', 'iproute2'];

/**
 * Makes sure of what a link needs: on Debian, as root, missing packages are installed.
 * @returns why there can be no link here, in words for the name of a suite; `undefined` when there can
 */
export function reasonToSkip(): string | undefined {
  if (process.platform !== 'linux') return 'network namespaces are there on Linux only';
  if (process.getuid?.() !== 0) return 'network namespaces need root';
  if (!existsSync('/dev/net/tun')) return 'there is no /dev/net/tun';
  return installOrExplain(PACKAGES, isThere);
}

const isThere = (): boolean => FILES.every((file) => existsSync(file));
