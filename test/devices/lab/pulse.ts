import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { strongestFrequency } from '../../lab/media/frequency.js';

const run = promisify(execFile);
const RATE = 48_000;

/** A private PulseAudio server: real devices for a browser, without hardware. */
export interface Pulse {
  /** Environment variables for programs that are to use it. */
  readonly env: Readonly<Record<string, string>>;
  /** Adds a microphone with this name; something can be spoken into it. */
  plugMicrophone(name: string): Promise<void>;
  /** Adds a speaker with this name. */
  plugSpeaker(name: string): Promise<void>;
  /** Pulls a device out. */
  unplug(name: string): Promise<void>;
  /** Makes a device the system's choice. */
  choose(name: string): Promise<void>;
  /** Mutes a microphone as the system does. */
  mute(name: string, muted: boolean): Promise<void>;
  /** Speaks a steady tone into a microphone, in place of what was spoken before; 0 is silence. */
  speak(name: string, frequency: number): void;
  /** Strongest frequency that a speaker plays now, in hertz; 0 when there is silence. */
  hear(name: string, ms?: number): Promise<number>;
  /** How many programs have a microphone open. */
  captures(): Promise<number>;
  /** Kills the server, as a crash does. */
  crash(): Promise<void>;
  /** Stops everything. */
  close(): Promise<void>;
}

/** Starts a {@link Pulse} with no device at all. */
export async function startPulse(): Promise<Pulse> {
  const folder = mkdtempSync(join(tmpdir(), 'everdial-pulse-'));
  const env = { PULSE_SERVER: `unix:${folder}/native`, PULSE_RUNTIME_PATH: folder, HOME: folder };
  const all = { ...process.env, ...env };
  const server = spawn(
    'pulseaudio',
    [
      ...['-n', '--daemonize=no', '--use-pid-file=no', '--exit-idle-time=-1', '-L'],
      `module-native-protocol-unix socket=${folder}/native auth-anonymous=1`,
    ],
    { stdio: 'ignore', env: all },
  );
  const modules = new Map<string, string[]>();
  const voices = new Map<string, ChildProcess>();
  const pactl = async (...args: readonly string[]) =>
    (await run('pactl', args, { env: all })).stdout.trim();
  const load = async (name: string, ...args: readonly string[]) => {
    const id = await pactl('load-module', ...args);
    modules.set(name, [...(modules.get(name) ?? []), id]);
  };
  const silence = (name: string) => {
    voices.get(name)?.kill('SIGKILL');
    voices.delete(name);
  };
  await until(() => pactl('info'));

  return {
    env: { PULSE_SERVER: env.PULSE_SERVER },
    async plugMicrophone(name) {
      const bus = `sink_properties=device.description=Bus_${name}`;
      await load(name, 'module-null-sink', `sink_name=bus_${name}`, bus);
      const label = `source_properties=device.description=${name}`;
      await load(
        name,
        'module-remap-source',
        `source_name=${name}`,
        `master=bus_${name}.monitor`,
        label,
      );
    },
    async plugSpeaker(name) {
      const label = `sink_properties=device.description=${name}`;
      await load(name, 'module-null-sink', `sink_name=${name}`, label);
    },
    async unplug(name) {
      silence(name);
      for (const id of (modules.get(name) ?? []).reverse()) await pactl('unload-module', id);
      modules.delete(name);
    },
    async choose(name) {
      const isSink = (await pactl('list', 'short', 'sinks')).includes(`\t${name}\t`);
      await pactl(isSink ? 'set-default-sink' : 'set-default-source', name);
    },
    async mute(name, muted) {
      await pactl('set-source-mute', name, muted ? '1' : '0');
    },
    speak(name, frequency) {
      silence(name);
      if (frequency === 0) return;
      const format = [`--rate=${RATE}`, '--channels=1', '--format=s16le'];
      const player = ['--playback', '--raw', '--latency-msec=50', '-d', `bus_${name}`, ...format];
      const voice = spawn('pacat', player, { stdio: ['pipe', 'ignore', 'ignore'], env: all });
      voices.set(name, voice);
      const { stdin } = voice;
      if (!stdin) return;
      stdin.on('error', () => undefined);
      // A whole second of whole periods: it joins without a click.
      const second = tone(frequency);
      const feed = () => {
        while (!stdin.destroyed && stdin.write(second));
      };
      stdin.on('drain', feed);
      feed();
    },
    async hear(name, ms = 400) {
      const format = ['--rate=8000', '--channels=1', '--format=s16le'];
      const recorder = ['--raw', '--latency-msec=20', '-d', `${name}.monitor`, ...format];
      const ear = spawn('parec', recorder, { stdio: ['ignore', 'pipe', 'ignore'], env: all });
      const chunks: Buffer[] = [];
      ear.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
      await new Promise((resolve) => setTimeout(resolve, ms));
      ear.kill('SIGKILL');
      const bytes = Buffer.concat(chunks);
      const samples = new Int16Array(Math.floor(bytes.length / 2));
      for (const index of samples.keys()) samples[index] = bytes.readInt16LE(2 * index);
      return strongestFrequency(samples, 8_000);
    },
    captures: async () => {
      const lines = (await pactl('list', 'short', 'source-outputs')).split('\n');
      return lines.filter((line) => line.includes('protocol-native')).length;
    },
    async crash() {
      server.kill('SIGKILL');
      await new Promise((resolve) => server.once('exit', resolve));
    },
    async close() {
      for (const name of [...voices.keys()]) silence(name);
      server.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function tone(frequency: number): Buffer {
  const bytes = Buffer.alloc(2 * RATE);
  for (let index = 0; index < RATE; index += 1) {
    bytes.writeInt16LE(
      Math.round(12_000 * Math.sin((2 * Math.PI * frequency * index) / RATE)),
      2 * index,
    );
  }
  return bytes;
}

/** Tries until it works, for 5 s. */
async function until(attempt: () => Promise<unknown>): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    try {
      await attempt();
      return;
    } catch (error) {
      if (tries === 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
