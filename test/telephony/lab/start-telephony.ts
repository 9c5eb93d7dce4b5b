import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Child } from './child.js';
import { Gateway } from './gateway.js';
import { startMediaRelay } from './media-relay.js';
import type { LabDigits } from './numbers.js';
import { Phone } from './phone.js';
import { takePorts } from './ports.js';
import { ScriptedPhones } from './scripted-phones.js';
import { PROGRAMS, type Programs } from './tools.js';
import { startTurnServer, TURN_LOGIN } from './turn-server.js';

/** The SIP domain of the lab. */
export const DOMAIN = 'lab.example';

/** Who logs in. Any other user has the password `secret-` and its name. */
export const LOGIN = { username: 'visitor', token: 'secret-visitor' } as const;

/** How to start a {@link Telephony}. */
export interface TelephonyOptions {
  /** IPv4 address of this machine to listen on. @defaultValue '127.0.0.1' */
  readonly address?: string;
  /**
   * IPv4 address of this machine that takes sound. An ordinary browser offers no 127.0.0.1 to WebRTC, those of the tests do.
   * @defaultValue `address`
   */
  readonly mediaAddress?: string;
  /** Whether there is a TURN server. @defaultValue false */
  readonly turn?: boolean;
  /** How many Kamailios share the phones. @defaultValue 1 */
  readonly gateways?: 1 | 2;
  /** Other programs than Debian's, to see what becomes of a start that fails. */
  readonly programs?: Partial<Programs>;
}

/** The telephone path: Kamailio, rtpengine, and the phones behind them. */
export interface Telephony {
  /** Where everything listens. */
  readonly address: string;
  /** The first gateway. */
  readonly gateway: Gateway;
  /** All gateways. */
  readonly gateways: readonly Gateway[];
  /** The phone (baresip) of the numbers that are answered or ring. */
  readonly phone: Phone;
  /** The phones (sipp) of the numbers that refuse or have early media. */
  readonly scripted: ScriptedPhones;
  /** The TURN server, over UDP and TCP; none unless asked for. */
  readonly iceServers: readonly RTCIceServer[];
  /** How often a number rang, by what its phone says. */
  rings(number: LabDigits): number;
  /** Mends what is broken, ends calls that are left, forgets what was. */
  reset(): Promise<void>;
  /** What the programs wrote, for a message. */
  output(): string;
  /** Stops everything and removes the work folder. Idempotent. */
  close(): Promise<void>;
}

/**
 * Starts the telephone path on ports that are free; two at a time do not meet. Everything ends with this process, however
 * that ends. Rejects with the output of what did not start, and leaves nothing running.
 */
export async function startTelephony(options: TelephonyOptions = {}): Promise<Telephony> {
  const { address = '127.0.0.1', turn = false, gateways: count = 1 } = options;
  const programs: Programs = { ...PROGRAMS, ...options.programs };
  const { ports, release } = await takePorts(address);
  const folder = mkdtempSync(join(tmpdir(), `everdial-telephony-${process.pid}-`));
  const removed = removeWithThisProcess(folder);
  const place = (name: string) => {
    mkdirSync(join(folder, name), { recursive: true });
    return { folder: join(folder, name), address, ports };
  };
  const running: { close(): Promise<void> }[] = [];
  const keep = <Part>(part: Part, close: () => Promise<void>): Part => {
    running.push({ close });
    return part;
  };
  const keepChild = (child: Child) => keep(child, () => child.kill());
  const keepGateway = (gateway: Gateway) => keep(gateway, () => gateway.kill());
  const keepPhone = <Part extends { close(): Promise<void> }>(part: Part) =>
    keep(part, () => part.close());

  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= (async () => {
      await Promise.all(running.map((part) => part.close()));
      await removed();
      await release();
    })();
    return closing;
  };

  // All settled, not the first failure: what starts beside it must be there to be stopped.
  const [path, phone, scripted, relay] = await Promise.allSettled([
    startMediaRelay(programs, place('rtpengine'), options.mediaAddress ?? address).then(
      async (child) => {
        keepChild(child);
        const at = place('kamailio');
        const indexes = count === 2 ? [0, 1] : [0];
        const gateways: Gateway[] = [];
        for (const index of indexes) {
          gateways.push(keepGateway(await Gateway.start(programs, { ...at, index })));
        }
        return gateways;
      },
    ),
    Phone.start(programs, place('baresip')).then(keepPhone),
    ScriptedPhones.start(programs, place('sipp')).then(keepPhone),
    turn ? startTurnServer(programs, place('coturn')).then(keepChild) : undefined,
  ]);
  const gateways = fulfilled(path);
  const [gateway] = gateways ?? [];
  const [phones, scripts] = [fulfilled(phone), fulfilled(scripted)];
  const failed = [path, phone, scripted, relay].find(({ status }) => status === 'rejected');
  if (!gateways || !gateway || !phones || !scripts || failed) {
    await close();
    throw failed?.status === 'rejected' ? failed.reason : new Error('No gateway');
  }

  const turnAt = `turn:${address}:${ports.turn}?transport=`;
  return {
    address,
    gateway,
    gateways,
    phone: phones,
    scripted: scripts,
    iceServers: turn ? [{ urls: [`${turnAt}udp`, `${turnAt}tcp`], ...TURN_LOGIN }] : [],
    rings: (number) => phones.rings(number) + scripts.rings(number),
    async reset() {
      await Promise.all([phones.reset(), ...gateways.map((one) => one.reset())]);
      scripts.reset();
    },
    output: () => [...gateways, phones, scripts].map(({ output }) => output).join('\n'),
    close,
  };
}

const fulfilled = <Value>(result: PromiseSettledResult<Value>): Value | undefined =>
  result.status === 'fulfilled' ? result.value : undefined;

/** Removes a folder when it is told to, or when this process is gone. */
function removeWithThisProcess(folder: string): () => Promise<void> {
  // Those who write into it end at the same signal.
  const script = 'read -r _; sleep 0.2; rm -rf -- "$1"';
  const broom = spawn('/bin/sh', ['-c', script, 'broom', folder], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  broom.stdin.on('error', () => undefined);
  const gone = new Promise<void>((resolve) => broom.once('exit', () => resolve()));
  return async () => {
    broom.stdin.end();
    await gone;
  };
}
