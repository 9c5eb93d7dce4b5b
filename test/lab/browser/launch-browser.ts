import { type Browser, chromium } from 'playwright-core';
import { findChromium } from './find-chromium.js';

/** How to start the browser. */
export interface LaunchOptions {
  /**
   * Whether sound may start without a click. Set it to false to test what a page does before the first gesture.
   * @defaultValue true
   */
  readonly autoplay?: boolean | undefined;
  /** Whether there are (fake) microphones and speakers. @defaultValue true */
  readonly devices?: boolean | undefined;
  /** Whether sound reaches the speakers, to be recorded there. @defaultValue false */
  readonly audible?: boolean | undefined;
  /** Whether there is no window. @defaultValue true */
  readonly headless?: boolean | undefined;
  /** What to start instead of the Chromium that is found, such as a script around it. */
  readonly executablePath?: string | undefined;
  /** More environment variables, such as which audio server or display to use. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** More command line switches. */
  readonly args?: readonly string[] | undefined;
}

/** Switches of every Chromium of the lab: quiet, without sandbox, and able to reach 127.0.0.1 and nothing else. */
export const LAB_SWITCHES: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--allow-loopback-in-peer-connection',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
];

/** Starts Chromium with fake devices. It can reach 127.0.0.1 and nothing else. */
export async function launchBrowser(options: LaunchOptions = {}): Promise<Browser> {
  return chromium.launch({
    executablePath: options.executablePath ?? findChromium(),
    headless: options.headless ?? true,
    ...(options.audible && { ignoreDefaultArgs: ['--mute-audio'] }),
    ...(options.env && { env: { ...environment(), ...options.env } }),
    args: [
      ...LAB_SWITCHES,
      ...(options.devices === false ? [] : ['--use-fake-device-for-media-stream']),
      ...(options.autoplay === false ? [] : ['--autoplay-policy=no-user-gesture-required']),
      ...(options.args ?? []),
    ],
  });
}

/** This process's own variables. */
function environment(): Record<string, string> {
  const entries = Object.entries(process.env).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Record<string, string>;
}
