import { writeFileSync } from 'node:fs';
import { Child } from './child.js';
import { FORK, NUMBER_LIST } from './numbers.js';
import { answersTcp, type LabPorts } from './ports.js';
import { render } from './render.js';
import type { Programs } from './tools.js';

/** Accepted in `Authorization` instead of a digest. */
export const BEARER_TOKEN = 'lab-token';

/**
 * What can be broken while it runs. `register`, `invite` and `ws` (the WebSocket's handshake) are refused with this code;
 * `drop` swallows every request, also those that hang up.
 */
export type GatewayFault = 'register' | 'invite' | 'ws' | 'drop';

/** Where a gateway is. */
export interface GatewayPlace {
  readonly folder: string;
  readonly address: string;
  readonly ports: LabPorts;
  /** Which one of the lab's. */
  readonly index: number;
}

/** Kamailio: the SIP server with the WebSocket. */
export class Gateway {
  /** For `sip({ server })`. */
  readonly webSocket: string;
  readonly #place: GatewayPlace;
  readonly #command: readonly string[];
  #child: Child;
  #earlier = '';
  #forgotten = 0;

  private constructor(place: GatewayPlace, command: readonly string[], child: Child) {
    const { address, ports, index } = place;
    this.webSocket = `ws://${address}:${ports.gateway(index).webSocket}`;
    this.#place = place;
    this.#command = command;
    this.#child = child;
  }

  /** Starts it. rtpengine must be up: who is not found at once is left alone for a minute. */
  static async start({ kamailio }: Programs, place: GatewayPlace): Promise<Gateway> {
    const { folder, address, ports, index } = place;
    const file = `${folder}/kamailio-${index}.cfg`;
    const [forkOne, forkOther] = FORK.phones;
    writeFileSync(
      file,
      render('kamailio.cfg', {
        address,
        ...ports.gateway(index),
        relay: ports.relay,
        phone: ports.phone,
        token: BEARER_TOKEN,
        phones: phonesOf(address, ports),
        forking: FORK.number,
        forkOne,
        forkOther,
      }),
    );
    const memory = ['-m', '32', '-M', '4'];
    const command = [kamailio, '-f', file, '-DD', '-E', ...memory, '-w', folder, '-Y', folder];
    const child = new Child('Kamailio', command, folder);
    const it = new Gateway(place, command, child);
    await it.#untilUp();
    return it;
  }

  /** What it wrote. */
  get output(): string {
    return this.#earlier + this.#child.output;
  }

  /** The calls that it passed on, logged in or not needing to be: number and Call-ID, since the last reset. */
  get invites(): readonly { readonly number: string; readonly callId: string }[] {
    return this.#invites().slice(this.#forgotten);
  }

  /** Breaks something, or mends it with 0. */
  async fault(name: GatewayFault, value: number): Promise<void> {
    await this.#rpc('htable.seti', ['fault', name, value]);
  }

  /** Mends everything and forgets its calls. */
  async reset(): Promise<void> {
    if (this.#child.isGone) await this.restart();
    for (const name of ['register', 'invite', 'ws', 'drop'] as const) await this.fault(name, 0);
    this.#forgotten = this.#invites().length;
  }

  /** Closes the WebSockets that are open, and tells how many there were. */
  async closeSockets(): Promise<number> {
    const { connections = [] } = (await this.#rpc('ws.dump', [])) as {
      connections?: readonly string[];
    };
    const ids = connections.map((line) => Number(/^(\d+)/.exec(line)?.[1]));
    for (const id of ids) await this.#rpc('ws.close', [id]);
    return ids.length;
  }

  /** Dies at once, as in a crash. The sound of calls goes on: rtpengine lives. */
  async kill(): Promise<void> {
    await this.#child.kill();
  }

  /** Starts again after {@link Gateway.kill}: it knows no registration and no fault. */
  async restart(): Promise<void> {
    await this.kill();
    this.#earlier = this.output;
    this.#child = new Child('Kamailio', this.#command, this.#place.folder);
    await this.#untilUp();
  }

  async #untilUp(): Promise<void> {
    const { address, ports, index } = this.#place;
    try {
      await this.#child.until(() => answersTcp(address, ports.gateway(index).webSocket));
    } catch (error) {
      await this.kill();
      throw error;
    }
  }

  #invites(): { number: string; callId: string }[] {
    return [...this.output.matchAll(/INVITE number=(\S*) call=(\S+)/g)].map(
      ([, number = '', callId = '']) => ({ number, callId }),
    );
  }

  async #rpc(method: string, params: readonly unknown[]): Promise<unknown> {
    const response = await fetch(`${this.webSocket.replace('ws:', 'http:')}/RPC`, {
      method: 'POST',
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
    });
    const { result, error } = (await response.json()) as { result?: unknown; error?: unknown };
    if (error !== undefined) throw new Error(`Kamailio, ${method}: ${JSON.stringify(error)}`);
    return result;
  }
}

/** Where the phone of each number listens. */
function phonesOf(address: string, ports: LabPorts): string {
  const port = {
    baresip: ports.phone,
    'sipp refuses': ports.refuses,
    'sipp early media': ports.earlyMedia,
    nobody: ports.nobody,
  };
  return NUMBER_LIST.filter(([number]) => number !== FORK.number)
    .map(([number, { callee }]) => `    $sht(phone=>${number}) = "sip:${address}:${port[callee]}";`)
    .join('\n');
}
