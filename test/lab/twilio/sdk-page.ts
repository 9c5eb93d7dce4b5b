import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { buildScript } from '../browser/build-page.js';
import { type LabPage, openPage } from '../browser/open-page.js';
import type { PageMicrophone } from '../browser/page-side/probe-types.js';
import type { SdkEvent, SdkOptions, TwilioDriver } from './page-side/sdk-driver-types.js';

/** A page with the vendor's SDK in it. */
export interface SdkPage extends LabPage {
  /** Every request that left for another host than 127.0.0.1. */
  readonly foreignRequests: readonly string[];
  /** Runs a command of the driver. */
  run<Name extends keyof TwilioDriver>(
    name: Name,
    ...args: TwilioDriver[Name] extends (...args: infer Args) => unknown ? Args : never
  ): Promise<unknown>;
  /** Everything that the SDK said so far. */
  events(): Promise<readonly SdkEvent[]>;
  /** Waits until the SDK has said this so many times. */
  until(name: string, times?: number, timeoutMs?: number): Promise<SdkEvent>;
}

/** SDK options and settings of the page. */
export type SdkPageOptions = SdkOptions & {
  /** @defaultValue 'good' */
  readonly token?: string;
  /** @defaultValue the browser's fake device */
  readonly microphone?: PageMicrophone;
  /**
   * Whether the microphone was opened before in this page and the SDK knows the devices. If not, it may take the list that comes after
   * `getUserMedia` for a change of devices, open the microphone again and leave that one open.
   * @defaultValue true
   */
  readonly microphoneUsedBefore?: boolean;
  /** Slows `enumerateDevices()` down. @defaultValue 0 */
  readonly deviceListDelayMs?: number;
  /** @defaultValue the microphone is allowed */
  readonly permissions?: readonly string[];
};

/** Opens pages with the SDK in them, on a blank page of a loopback server. */
export interface SdkPages {
  /** Opens a page with a device for this gateway. */
  open(gatewayHost: string | readonly string[], options?: SdkPageOptions): Promise<SdkPage>;
  /** Stops the server. */
  close(): void;
}

/** Starts the server of the blank page. */
export async function startSdkPages(browser: Browser): Promise<SdkPages> {
  const script = await buildScript('test/lab/twilio/page-side/sdk-driver.ts');
  const server: Server = createServer((_request, response) => {
    response.setHeader('Content-Type', 'text/html');
    response.end('<!doctype html><link rel="icon" href="data:,"><title>Twilio</title>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    async open(gatewayHost, given = {}) {
      const {
        token = 'good',
        microphone,
        permissions,
        microphoneUsedBefore = permissions === undefined,
        deviceListDelayMs = 0,
        ...options
      } = given;
      const lab = await openPage(browser, { microphone, permissions });
      const { page } = lab;
      const foreignRequests: string[] = [];
      page.on('request', (request) => {
        const { hostname } = new URL(request.url());
        if (hostname !== '127.0.0.1' && hostname !== '') foreignRequests.push(request.url());
      });
      await page.goto(`http://127.0.0.1:${port}/`);
      await page.addScriptTag({ content: script });
      if (microphoneUsedBefore) await page.evaluate(useMicrophone);
      if (deviceListDelayMs > 0) await page.evaluate(slowDeviceList, deviceListDelayMs);
      const hosts = typeof gatewayHost === 'string' ? gatewayHost : [...gatewayHost];
      const all: SdkOptions = {
        publishEvents: false,
        enableImprovedSignalingErrorPrecision: true,
        ...options,
        ...(hosts.length > 0 ? { chunderw: hosts } : {}),
      };
      await page.evaluate(([text, wanted]) => globalThis.twilioDriver.create(text, wanted), [
        token,
        all,
      ] as const);
      if (microphoneUsedBefore) {
        await page.waitForFunction(() => globalThis.twilioDriver.knowsDevices(), undefined, {
          polling: 20,
        });
      }
      const events = () => page.evaluate(() => [...globalThis.twilioDriver.events]);
      return {
        ...lab,
        foreignRequests,
        events,
        run: (name, ...args) =>
          page.evaluate(
            ([command, values]) => {
              const method = globalThis.twilioDriver[command] as (...all: unknown[]) => unknown;
              return method(...values);
            },
            [name, args as unknown[]] as const,
          ),
        async until(name, times = 1, timeoutMs = 10_000) {
          await page
            .waitForFunction(
              ([wanted, count]) =>
                globalThis.twilioDriver.events.filter((event) => event.name === wanted).length >=
                count,
              [name, times] as const,
              { timeout: timeoutMs, polling: 20 },
            )
            .catch(async (error: unknown) => {
              const seen = (await events()).map((event) => event.name).join(' ');
              throw new Error(`No ${name} (${times}) after: ${seen}`, { cause: error });
            });
          const found = (await events()).filter((event) => event.name === name)[times - 1];
          if (found === undefined) throw new Error(`No ${name}`);
          return found;
        },
      };
    },
    close: () => server.close(),
  };
}

async function useMicrophone(): Promise<void> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  for (const track of stream.getTracks()) track.stop();
}

function slowDeviceList(delayMs: number): void {
  const devices = navigator.mediaDevices;
  const enumerate = devices.enumerateDevices.bind(devices);
  devices.enumerateDevices = async () => {
    const list = await enumerate();
    await new Promise((resolve) => setTimeout(resolve, delayMs));
    return list;
  };
}
