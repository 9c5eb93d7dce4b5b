import { expect, vi } from 'vitest';
import { NOTHING_LEFT, useBrowserLab } from '../../lab/browser/browser-lab.js';
import type { LabPage, OpenPageOptions } from '../../lab/browser/open-page.js';
import type { Lab } from '../../lab/start-lab.js';
import type { DialChoices, OpenChoices, SaidEvent, TwilioPage } from './twilio-page-types.js';

export { NOTHING_LEFT };

/** How long to wait for a phone on a busy computer. */
export const PATIENT = { timeoutMs: 25_000 };

/** Waits as long as a busy computer may need. */
export const eventually = <Value>(look: () => Value) => expect.poll(look, { timeout: 25_000 });

/** The page with the adapter in it. */
export interface AdapterPage extends LabPage {
  /** Runs a command of the page. */
  run<Name extends keyof TwilioPage>(
    name: Name,
    ...args: TwilioPage[Name] extends (...args: infer Args) => unknown ? Args : never
  ): Promise<TwilioPage[Name] extends (...args: never) => infer Result ? Awaited<Result> : never>;
  /** Opens a session. */
  open(choices?: OpenChoices): Promise<string>;
  /** Everything reported so far. */
  said(): Promise<readonly SaidEvent[]>;
  /** Types of everything reported so far; `connection` with its state. */
  types(): Promise<readonly string[]>;
  /** Waits until this was reported, and gives it. */
  until(type: string, nth?: number): Promise<SaidEvent>;
  /** Dials, and waits until it is answered. */
  talk(choices?: DialChoices): Promise<void>;
  /** Closes everything and expects nothing to be left. */
  expectClean(): Promise<void>;
}

/** The lab and the pages of one test file. */
export interface AdapterLab {
  readonly lab: Lab;
  page(options?: OpenPageOptions): Promise<AdapterPage>;
}

/** Starts lab and browser before the tests of a file; after each test everything is put back. */
export function useAdapterLab(args: readonly string[] = []): AdapterLab {
  const shared = useBrowserLab('test/browser/twilio/twilio-page.ts', { args });
  return {
    get lab() {
      return shared.lab;
    },
    page: async (options) => drive(await shared.openPage(options), shared.lab),
  };
}

const inShort = ({ type, state }: SaidEvent): string => (state ? `${type} ${state}` : type);

function drive(opened: LabPage, lab: Lab): AdapterPage {
  const { page, resources } = opened;
  const said = () => page.evaluate(() => [...globalThis.twilioPage.said]);
  const run: AdapterPage['run'] = (name, ...args) =>
    page.evaluate(
      ([command, values]) => {
        const method = globalThis.twilioPage[command] as (...all: unknown[]) => never;
        return method(...values);
      },
      [name, args as unknown[]] as const,
    );
  const until = async (type: string, nth = 1) => {
    const matching = async () => (await said()).filter((event) => inShort(event) === type);
    const inTime = { timeout: 25_000, interval: 20 };
    await vi
      .waitFor(async () => expect((await matching()).length).toBeGreaterThanOrEqual(nth), inTime)
      .catch(async (cause: unknown) => {
        throw new Error(`No ${type} (${nth}) among ${(await said()).map(inShort)}`, { cause });
      });
    return (await matching())[nth - 1] as SaidEvent;
  };
  return {
    ...opened,
    run,
    said,
    until,
    types: async () => (await said()).map(inShort),
    open: (choices) => run('open', { host: lab.twilio.host, ...choices }),
    async talk(choices) {
      await run('dial', { to: '+12025550100', ...choices });
      await until('answered');
    },
    async expectClean() {
      await run('close');
      await run('stopMicrophone');
      await eventually(resources).toMatchObject(NOTHING_LEFT);
      expect(opened.pageErrors).toEqual([]);
    },
  };
}
