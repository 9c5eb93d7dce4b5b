import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';

/** Processes and folders of the labs that a process has started: all of them carry its number. */
export function leftovers(pid: number): readonly string[] {
  const mark = `everdial-telephony-${pid}-`;
  const processes = execFileSync('ps', ['-eo', 'stat,pid,args'], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes(mark) && !line.startsWith('Z'));
  return [...processes, ...readdirSync(tmpdir()).filter((name) => name.includes(mark))];
}
