import { existsSync } from 'node:fs';
import { installOrExplain } from '../../debian-packages.js';

/** Paths of what a lab runs. */
export interface Programs {
  readonly kamailio: string;
  readonly rtpengine: string;
  readonly baresip: string;
  readonly baresipModules: string;
  readonly sipp: string;
  readonly turnserver: string;
}

/** Where Debian's packages put them. */
export const PROGRAMS: Programs = {
  kamailio: '/usr/sbin/kamailio',
  rtpengine: '/usr/bin/rtpengine',
  baresip: '/usr/bin/baresip',
  baresipModules: '/usr/lib/baresip/modules',
  sipp: '/usr/bin/sipp',
  turnserver: '/usr/bin/turnserver',
};

const PACKAGES = [
  'kamailio',
  'kamailio-websocket-modules',
  'rtpengine-daemon',
  'baresip-core',
  'sip-tester',
  'coturn',
];

/**
 * Makes sure of the programs: on Debian, as root, what is missing is installed.
 * @returns why there can be no lab here, in words for the name of a suite; `undefined` when there can. Where `CI` is set
 * that is an error: a suite must not be left out there in silence.
 */
export function reasonToSkip(): string | undefined {
  const reason = installOrExplain(PACKAGES, isThere);
  if (reason === undefined) return undefined;
  if (process.env['CI']) throw new Error(`The telephone path can not be tested: ${reason}`);
  return reason;
}

const isThere = (): boolean =>
  [
    ...Object.values(PROGRAMS as Readonly<Record<keyof Programs, string>>),
    // Of a package of its own.
    '/usr/lib/x86_64-linux-gnu/kamailio/modules/websocket.so',
  ].every((file) => existsSync(file.replace('x86_64', TRIPLE)));

const TRIPLE = process.arch === 'arm64' ? 'aarch64' : 'x86_64';
