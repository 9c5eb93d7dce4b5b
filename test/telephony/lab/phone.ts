import { mkdirSync, writeFileSync } from 'node:fs';
import { writeWav } from '../../lab/media/wav.js';
import { Child } from './child.js';
import { type BaresipEvent, ControlSocket } from './control-socket.js';
import { type LabDigits, NUMBER_LIST } from './numbers.js';
import type { LabPorts } from './ports.js';
import { type Recording, readRecordings } from './recording.js';
import { render } from './render.js';
import { tone } from './tone.js';
import type { Programs } from './tools.js';

/** What happened at the phone. */
export interface PhoneEvent {
  /**
   * `incoming`: an INVITE came; it rings, or answers by itself. `ringing`: the far side of its own call rings. `established`: answered and
   * acknowledged. `sound`: the first packet came. `closed`: over, answered or not.
   */
  readonly type: 'incoming' | 'ringing' | 'established' | 'sound' | 'digit' | 'closed';
  /** Milliseconds of `Date.now()`. */
  readonly at: number;
  /** The phone's own number. */
  readonly number: string;
  /** SIP Call-ID. */
  readonly callId: string;
  readonly digit?: string;
  /** Why it is over, in the phone's words. */
  readonly reason?: string;
}

/** How to wait for an event. */
export interface PhoneWait {
  /** Only of this number. */
  readonly number?: LabDigits;
  /** @defaultValue 1 */
  readonly nth?: number;
  /** Milliseconds. @defaultValue 5 000 */
  readonly timeoutMs?: number;
}

const TYPES: Readonly<Record<string, PhoneEvent['type']>> = {
  CALL_RINGING: 'ringing',
  CALL_ESTABLISHED: 'established',
  CALL_RTPESTAB: 'sound',
  CALL_DTMF_START: 'digit',
  CALL_CLOSED: 'closed',
};

/** baresip: one telephone with several numbers. What it tells and records is the judge. */
export class Phone {
  readonly #child: Child;
  readonly #folder: string;
  readonly #address: string;
  readonly #port: number;
  readonly #history: PhoneEvent[] = [];
  readonly #known = new Set<string>();
  readonly #watchers = new Set<() => void>();
  #control: ControlSocket | undefined;

  private constructor(child: Child, folder: string, address: string, port: number) {
    this.#child = child;
    this.#folder = folder;
    this.#address = address;
    this.#port = port;
  }

  /** Starts it. */
  static async start(
    { baresip, baresipModules }: Programs,
    { folder, address, ports }: { folder: string; address: string; ports: LabPorts },
  ): Promise<Phone> {
    const { phone: port, phoneControl } = ports;
    mkdirSync(`${folder}/recordings`, { recursive: true });
    writeFileSync(`${folder}/tone.wav`, writeWav(tone(700, 120)));
    const values = {
      address,
      folder,
      phone: port,
      phoneControl,
      modules: baresipModules,
      gateway: `${address}:${ports.gateway(0).sip}`,
    };
    const phoneMedia = ports.media.phone.join('-');
    writeFileSync(`${folder}/config`, render('baresip-config', { ...values, phoneMedia }));
    const accounts = NUMBER_LIST.flatMap(([number, { phone }]) =>
      phone ? [render('baresip-account', { ...values, number, ...phone })] : [],
    );
    writeFileSync(`${folder}/accounts`, accounts.join(''));
    const child = new Child('baresip', [baresip, '-f', folder, '-v'], folder);
    const it = new Phone(child, folder, address, port);
    try {
      await child.until(async () => {
        it.#control ??= await ControlSocket.open(address, phoneControl, (event) => it.#on(event));
        return it.#control !== undefined;
      });
    } catch (error) {
      await it.close();
      throw error;
    }
    return it;
  }

  /** What it wrote. */
  get output(): string {
    return this.#child.output;
  }

  /** What happened, in order. */
  get history(): readonly PhoneEvent[] {
    return this.#history;
  }

  /** How many calls rang at a number, or were answered there at once. */
  rings(number: LabDigits): number {
    return this.#history.filter(({ type, number: own }) => type === 'incoming' && own === number)
      .length;
  }

  /** Calls that are not over, its own too: the phone's number and the Call-ID of each. */
  get liveCalls(): readonly string[] {
    const live = new Set<string>();
    for (const { type, number, callId } of this.#history) {
      const key = `${number} ${callId}`;
      if (type === 'closed') live.delete(key);
      else live.add(key);
    }
    return [...live];
  }

  /** The digits that it heard. */
  get digits(): string {
    return this.#history.map(({ digit = '' }) => digit).join('');
  }

  /** Packets of sound that it sent and received in the call that ended last. */
  get packets(): { readonly sent: number; readonly received: number } {
    const [, sent, received] =
      [...this.output.matchAll(/^packets:\s+(\d+)\s+(\d+)/gm)].at(-1) ?? [];
    return { sent: Number(sent ?? 0), received: Number(received ?? 0) };
  }

  /** What it heard, oldest call first; of a call that was held, until then. */
  get recordings(): readonly Recording[] {
    return readRecordings(`${this.#folder}/recordings`);
  }

  /** Waits for an event of the history that is there or comes. */
  async waitFor(type: PhoneEvent['type'], wait: PhoneWait = {}): Promise<PhoneEvent> {
    const { number, nth = 1, timeoutMs = 5_000 } = wait;
    const find = () =>
      this.#history.filter(
        (event) => event.type === type && (number === undefined || event.number === number),
      )[nth - 1];
    return new Promise((resolve, reject) => {
      const done = (settle: () => void) => {
        clearTimeout(timer);
        this.#watchers.delete(look);
        settle();
      };
      const look = () => {
        const found = find();
        if (found !== undefined) done(() => resolve(found));
      };
      const timer = setTimeout(() => {
        const told = this.#history.map((event) => `${event.type} ${event.number}`).join(', ');
        done(() => reject(new Error(`The phone told no ${type} (${nth}) but: ${told}`)));
      }, timeoutMs);
      this.#watchers.add(look);
      look();
    });
  }

  /** Takes the call that rings. */
  accept(number: LabDigits): void {
    this.#command(number, 'accept');
  }

  /** Ends the call, or declines the one that rings. */
  hangup(number: LabDigits): void {
    this.#command(number, 'hangup');
  }

  /** Presses a key. */
  press(number: LabDigits, digit: string): void {
    this.#command(number, 'sndcode', digit);
  }

  /** Puts the far side on hold, or takes it back. */
  setHeld(number: LabDigits, held: boolean): void {
    this.#command(number, held ? 'hold' : 'resume');
  }

  /** Calls somebody over the first gateway: `to` is a SIP address. */
  dial(number: LabDigits, to: string): void {
    this.#command(number, 'dial', to);
  }

  /** Forgets the history; ends calls that a failed test left. */
  async reset(): Promise<void> {
    for (const call of this.liveCalls) this.#command(call.split(' ')[0] ?? '', 'hangup');
    const endsAt = Date.now() + 2_000;
    while (this.liveCalls.length > 0 && Date.now() < endsAt) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    this.#history.length = 0;
  }

  async close(): Promise<void> {
    this.#control?.close();
    await this.#child.kill();
  }

  #command(number: string, command: string, params?: string): void {
    // A command goes to the account that was chosen last, not to the one that rings.
    this.#control?.send('uafind', `sip:${number}@${this.#address}:${this.#port}`);
    this.#control?.send(command, params);
  }

  #on({ type: name, accountaor = '', direction, id = '', param = '' }: BaresipEvent): void {
    const number = /^sip:(\d+)@/.exec(accountaor)?.[1] ?? '';
    const call = `${number} ${id}`;
    // Of a call that it answers by itself it does not tell that it came; but the first thing that it tells does.
    if (direction === 'incoming' && id !== '' && !this.#known.has(call)) {
      this.#known.add(call);
      this.#tell({ type: 'incoming', at: Date.now(), number, callId: id });
    }
    const type = TYPES[name];
    if (type === undefined) return;
    this.#tell({
      type,
      at: Date.now(),
      number,
      callId: id,
      ...(type === 'digit' && { digit: param }),
      ...(type === 'closed' && { reason: param }),
    });
  }

  #tell(event: PhoneEvent): void {
    this.#history.push(event);
    for (const watch of this.#watchers) watch();
  }
}
