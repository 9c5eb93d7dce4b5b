import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** How the link treats packets of a direction. */
export interface LinkSettings {
  /** One-way delay in milliseconds (RTT = both directions together). */
  readonly delayMs: number;
  /** Standard deviation of the delay in milliseconds. Packets stay in order. */
  readonly jitterMs: number;
  /** Share of the packets that is lost, 0 to 100. */
  readonly lossPercent: number;
  /** Speed in kilobits per second, with a queue of 2 s; 0 is without limit. */
  readonly rateKbps: number;
  /** Whether every packet is lost, without a word to either side. */
  readonly cut: boolean;
  /** Whether `lossPercent` is for UDP only. */
  readonly udpOnly: boolean;
}

/** A good network: what a link is at its start. */
export const CLEAR: LinkSettings = {
  delayMs: 0,
  jitterMs: 0,
  lossPercent: 0,
  rateKbps: 0,
  cut: false,
  udpOnly: false,
};

/** One direction of the link. */
export type LinkDirection = 'from-browser' | 'to-browser';

/** What became of the packets of a direction. */
export interface DirectionStats {
  /** Packets that arrived. */
  readonly carried: number;
  /** Packets that did not. */
  readonly lost: number;
  /** Bytes that arrived, with IP headers. */
  readonly bytes: number;
  /** Packets on their way. */
  readonly waiting: number;
}

/** The network between the browser's namespace and this process's own, where the gateway is. */
export interface Link {
  /** Address of this side. Servers bind it; it is this link's alone, so that any port is free. */
  readonly gatewayAddress: string;
  /** Address of the browser's side now. */
  readonly browserAddress: string;
  /** Name of the browser's network namespace. */
  readonly namespace: string;
  /** What stands before a command to run it on the browser's side. */
  readonly exec: readonly string[];
  /** Changes settings from now on, for one direction or both; those left out stay as they are. */
  set(settings: Partial<LinkSettings>, direction?: LinkDirection): Promise<void>;
  /** Counts packets since the start. */
  stats(): Promise<Readonly<Record<LinkDirection, DirectionStats>>>;
  /**
   * What happens on the way from one network to another: the browser's side loses its address and gets another one, with
   * the default route. Gives the new address.
   */
  changeAddress(): Promise<string>;
  /** Removes the namespace. Close what runs in it first. Idempotent. */
  close(): Promise<void>;
}

interface Whereabouts {
  readonly namespace: string;
  readonly gateway: string;
  readonly browser: string;
}

/**
 * Starts a link: a new network namespace for the browser, which reaches this process's namespace over it and nothing else.
 * Needs root. It also ends with this process, however that ends.
 *
 * @param options - `seed` of jitter and loss: the same packets with the same seed meet the same fate
 */
export async function startLink(options: { readonly seed?: number } = {}): Promise<Link> {
  const program = fileURLToPath(new URL('link.py', import.meta.url));
  const child = spawn('/usr/bin/python3', [program, String(options.seed ?? 1)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const lines = createInterface({ input: child.stdout });
  const waiting: { resolve(answer: string): void; reject(error: Error): void }[] = [];
  const answer = () =>
    new Promise<string>((resolve, reject) => {
      waiting.push({ resolve, reject });
    });
  lines.on('line', (line) => waiting.shift()?.resolve(line));
  child.stdin.on('error', () => undefined); // Told by 'close'.
  lines.on('close', () => {
    for (const { reject } of waiting.splice(0)) reject(new Error('The link is closed'));
  });

  async function ask<Answer>(command: object): Promise<Answer> {
    if (child.exitCode !== null || child.stdin.writableEnded) throw new Error('The link is closed');
    child.stdin.write(`${JSON.stringify(command)}\n`);
    return JSON.parse(await answer()) as Answer;
  }

  let at = JSON.parse(await answer()) as Whereabouts;
  return {
    gatewayAddress: at.gateway,
    get browserAddress() {
      return at.browser;
    },
    namespace: at.namespace,
    exec: ['ip', 'netns', 'exec', at.namespace],
    async set(settings, direction) {
      await ask({ set: settings, ...(direction !== undefined && { directions: [direction] }) });
    },
    stats: () => ask({ stats: true }),
    async changeAddress() {
      at = await ask({ changeAddress: true });
      return at.browser;
    },
    async close() {
      child.stdin.end();
      await ended;
    },
  };
}
