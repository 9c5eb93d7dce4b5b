/** A page with the vendor's own SDK, driven from Node: it logs in, dials and writes down what the SDK says. */
import { TelnyxRTC } from '@telnyx/webrtc';

/** What the page offers to the test. */
export interface SdkPage {
  /** Connects and logs in. */
  connect(host: string, options: Readonly<Record<string, unknown>>): void;
  /** Dials. */
  dial(to: string, options: Readonly<Record<string, unknown>>): void;
  /** Calls a method of the newest call object. */
  call(method: string, ...args: unknown[]): Promise<unknown>;
  /** Calls a method of the client. */
  client(method: string): Promise<unknown>;
  /** States, errors and raw methods, in order: `state active`, `error 46001`, `raw telnyx_rtc.ringing`. */
  readonly log: string[];
  /** Cause, code and SIP response of the newest call. */
  end(): { cause: unknown; causeCode: unknown; sipCode: unknown; sipReason: unknown };
}

declare global {
  /** The page's controls. */
  var sdkPage: SdkPage;
}

/** The call object as far as the page looks into it. */
interface VendorCall {
  readonly id: string;
  readonly state: string;
  readonly [name: string]: unknown;
}

let client: TelnyxRTC;
let call: VendorCall;
const log: string[] = [];

globalThis.sdkPage = {
  log,
  connect(host, options) {
    const settings = { login_token: 'lab', host, iceServers: [], enableCallReports: false };
    client = new TelnyxRTC({ ...settings, ...options });
    client.on('telnyx.ready', () => log.push('ready'));
    client.on('telnyx.error', (event: { error: { code: number } }) => {
      log.push(`error ${event.error.code}`);
    });
    client.on('telnyx.socket.close', () => log.push('socket closed'));
    client.on('telnyx.socket.message', (message: { method?: string }) => {
      if (message.method !== undefined) log.push(`raw ${message.method}`);
    });
    client.on('telnyx.notification', (notification: { type: string; call?: VendorCall }) => {
      if (notification.type !== 'callUpdate' || notification.call === undefined) return;
      // After a re-attach it is another object with the same id.
      call = notification.call;
      log.push(`state ${call.state}`);
    });
    void client.connect();
  },
  dial(to, options) {
    const settings = { destinationNumber: to, callerNumber: '+12025550199', trickleIce: true };
    call = client.newCall({ ...settings, ...options }) as unknown as VendorCall;
  },
  async call(method, ...args) {
    const action = call[method] as (...parameters: unknown[]) => unknown;
    const result = await action.apply(call, args);
    return typeof result === 'boolean' ? result : undefined;
  },
  async client(method) {
    const action = (client as unknown as Record<string, () => unknown>)[method];
    await action?.call(client);
  },
  end: () => ({
    cause: call['cause'],
    causeCode: call['causeCode'],
    sipCode: call['sipCode'],
    sipReason: call['sipReason'],
  }),
};
