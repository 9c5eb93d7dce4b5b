import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { encodeMuLaw } from '../../lab/media/g711.js';
import { Child } from './child.js';
import { type LoggedMessage, readMessageLog } from './message-log.js';
import { type LabDigits, NUMBER_LIST } from './numbers.js';
import { isUdpBound, type LabPorts } from './ports.js';
import { render } from './render.js';
import { tone } from './tone.js';
import type { Programs } from './tools.js';

const LOG = 'messages.log';

/** sipp: phones that refuse with an exact code, and phones with early media. What they sent and received is the judge. */
export class ScriptedPhones {
  readonly #children: readonly Child[];
  readonly #folders: readonly string[];
  #since = 0;

  private constructor(children: readonly Child[], folders: readonly string[]) {
    this.#children = children;
    this.#folders = folders;
  }

  /** Starts them. */
  static async start(
    { sipp }: Programs,
    { folder, address, ports }: { folder: string; address: string; ports: LabPorts },
  ): Promise<ScriptedPhones> {
    const [firstMedia] = ports.media.sipp;
    const [firstControl, otherControl] = ports.sippControl;
    const start = (
      name: string,
      scenario: string,
      { port, media, control }: { port: number; media: number; control: number },
    ) => {
      const own = `${folder}/${name}`;
      mkdirSync(own, { recursive: true });
      writeFileSync(`${own}/scenario.xml`, scenario);
      writeFileSync(`${own}/tone.ulaw`, encodeMuLaw(tone(700, 10)));
      const where = ['-i', address, '-mi', address, '-p', `${port}`, '-mp', `${media}`];
      const log = ['-trace_msg', '-message_file', `${own}/${LOG}`, '-cp', `${control}`];
      const what = ['-sf', `${own}/scenario.xml`, '-nostdin', '-aa'];
      return new Child(`sipp (${name})`, [sipp, ...what, ...where, ...log], own);
    };
    const children = [
      start('refuses', refusals(), {
        port: ports.refuses,
        media: firstMedia,
        control: firstControl,
      }),
      start('early-media', render('sipp-early-media.xml', {}), {
        port: ports.earlyMedia,
        media: firstMedia + 50,
        control: otherControl,
      }),
    ] as const;
    const folders = [`${folder}/refuses`, `${folder}/early-media`];
    const it = new ScriptedPhones(children, folders);
    try {
      await children[0].until(() => isUdpBound(address, ports.refuses));
      await children[1].until(() => isUdpBound(address, ports.earlyMedia));
    } catch (error) {
      await it.close();
      throw error;
    }
    return it;
  }

  /** What they wrote. */
  get output(): string {
    return this.#children.map(({ output }) => output).join('\n');
  }

  /** Messages since the last reset, each once however often it was sent again. */
  get messages(): readonly LoggedMessage[] {
    return this.#folders
      .map((folder) => `${folder}/${LOG}`)
      .filter((file) => existsSync(file))
      .flatMap((file) => readMessageLog(readFileSync(file, 'latin1')))
      .filter(({ at }) => at >= this.#since)
      .sort((one, other) => one.at - other.at);
  }

  /** What the phone of a number received, in order: `INVITE`, `CANCEL`, `ACK`, `BYE`. */
  received(number: LabDigits): readonly string[] {
    return this.#of(number)
      .filter(({ direction, what }) => direction === 'received' && !/^\d/.test(what))
      .map(({ what }) => what);
  }

  /** What the phone of a number answered to its INVITE, in order. */
  responses(number: LabDigits): readonly number[] {
    return this.#of(number)
      .filter(({ direction, method }) => direction === 'sent' && method === 'INVITE')
      .map(({ what }) => Number(what));
  }

  /** How many calls came to a number. */
  rings(number: LabDigits): number {
    return this.received(number).filter((method) => method === 'INVITE').length;
  }

  /** Forgets what was. */
  reset(): void {
    this.#since = Date.now();
  }

  async close(): Promise<void> {
    await Promise.all(this.#children.map((child) => child.kill()));
  }

  #of(number: LabDigits): readonly LoggedMessage[] {
    const { messages } = this;
    const calls = messages
      .filter(({ what, to }) => what === 'INVITE' && to === number)
      .map(({ callId }) => callId);
    return messages.filter(({ callId }) => calls.includes(callId));
  }
}

/** The scenario with a branch for each code. */
function refusals(): string {
  const codes = NUMBER_LIST.flatMap(([, { refusal }]) => refusal ?? []);
  const each = (line: (code: number) => string) => codes.map(({ code }) => line(code)).join('\n');
  return render('sipp-refuses.xml', {
    tests: each(
      (code) =>
        `      <test assign_to="is${code}" variable="number" compare="equal" value="${code}"/>`,
    ),
    jumps: each((code) => `  <nop next="with${code}" test="is${code}"/>`),
    refusals: codes
      .map(({ header, ...rest }) =>
        render('sipp-refusal.xml', { ...rest, header: header ? `\n      ${header}` : '' }),
      )
      .join(''),
  });
}
