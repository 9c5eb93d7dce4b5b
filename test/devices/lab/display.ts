import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A display that nobody sees, with a window manager: the browser's own prompts appear there and can be answered. */
export interface Display {
  /** Environment variables for programs that are to use it. */
  readonly env: Readonly<Record<string, string>>;
  /** Clicks at a point of the screen. */
  click(x: number, y: number): Promise<void>;
  /** Presses a key, in xdotool's words: `Escape`. */
  press(key: string): Promise<void>;
  /** Stops it. */
  close(): Promise<void>;
}

/** Starts a {@link Display} of 1280 by 800. */
export async function startDisplay(): Promise<Display> {
  // With `-displayfd` the server takes the first free number and tells it.
  const server = spawn(
    'Xvfb',
    ['-displayfd', '3', '-screen', '0', '1280x800x24', '-nolisten', 'tcp'],
    {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    },
  );
  const number = await new Promise<string>((resolve, reject) => {
    server.once('error', reject);
    server.stdio[3]?.once('data', (chunk: Buffer) => resolve(chunk.toString().trim()));
  });
  const env = { DISPLAY: `:${number}` };
  const all = { ...process.env, ...env };
  const manager: ChildProcess = spawn('openbox', [], { stdio: 'ignore', env: all });
  return {
    env,
    async click(x, y) {
      await run('xdotool', ['mousemove', String(x), String(y), 'click', '1'], { env: all });
    },
    async press(key) {
      await run('xdotool', ['key', key], { env: all });
    },
    async close() {
      manager.kill('SIGKILL');
      server.kill('SIGKILL');
    },
  };
}
