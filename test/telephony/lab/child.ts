import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';

/**
 * Leads a process group of its own and ends it, itself included, when its standard input does: that is when it is told so,
 * or when the process that started it is gone, however that happened. It does so too when the program ends by itself:
 * Kamailio's children would go on without it and keep its ports.
 */
const LEADER = `
exec 3<&0
(read -r _ <&3; kill -KILL 0) &
"$@" </dev/null 3<&-
echo "ended with $?" >&2
kill -KILL 0
`;

const KEPT = 400_000;
const START_MS = 15_000;

/** A program that runs as long as this process does, at most. */
export class Child {
  readonly name: string;
  /** Settles when no process of its group is left. */
  readonly gone: Promise<void>;
  readonly #leader: ChildProcessByStdio<Writable, Readable, Readable>;
  #output = '';
  #isGone = false;

  /** @param command - program and arguments */
  constructor(name: string, command: readonly string[], folder: string) {
    this.name = name;
    this.#leader = spawn('/bin/sh', ['-c', LEADER, 'leader', ...command], {
      cwd: folder,
      detached: true,
      stdio: 'pipe',
      env: { PATH: process.env['PATH'], HOME: folder, LC_ALL: 'C' },
    });
    this.#leader.stdin.on('error', () => undefined); // Told by 'close'.
    for (const stream of [this.#leader.stdout, this.#leader.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.#output = (this.#output + text).slice(-KEPT);
      });
    }
    // Not 'exit': its streams close when the last process of the group is gone.
    this.gone = new Promise((resolve) => {
      this.#leader.once('close', () => {
        this.#isGone = true;
        resolve();
      });
    });
  }

  /** Whether it is over. */
  get isGone(): boolean {
    return this.#isGone;
  }

  /** What it wrote, both streams; the end of it if that is much. */
  get output(): string {
    return this.#output;
  }

  /** Waits until it is up. Rejects with its output when it ends before that, or after 15 s. */
  async until(isUp: () => boolean | Promise<boolean>): Promise<void> {
    const endsAt = Date.now() + START_MS;
    while (!(await isUp())) {
      const isLate = Date.now() > endsAt;
      if (this.#isGone || isLate) {
        const what = this.#isGone ? 'ended at once' : 'did not start in 15 s';
        throw new Error(`${this.name} ${what}:\n${this.#output.slice(-4_000)}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** Kills the whole group. Idempotent. */
  async kill(): Promise<void> {
    this.#leader.stdin.end();
    await this.gone;
  }
}
