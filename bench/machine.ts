import { execFileSync } from 'node:child_process';
import { cpus, loadavg, platform, release, totalmem } from 'node:os';
import { findChromium } from '../test/lab/browser/find-chromium.js';

/** What was measured on. Figures of different machines can not be compared, ratios can. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly system: string;
  readonly node: string;
  readonly browser: string;
}

/** This machine. */
export function machineFacts(): Machine {
  const processors = cpus();
  return {
    cpu: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${release()}`,
    node: process.version,
    browser: execFileSync(findChromium(), ['--version'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim(),
  };
}

/** How many processes wanted a core in the last minute; above the number of cores, times are too long. */
export function machineLoad(): number {
  return Math.round((loadavg()[0] ?? 0) * 10) / 10;
}
