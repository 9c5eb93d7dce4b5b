/** A page with a Dialer over SIP routes. */

import { type Call, Dialer, type DialerOptions, type Provider } from 'everdial';
import { sip } from 'everdial/providers/sip';
import { present } from '../../lab/browser/page-side/present.js';

/** A route; it travels as JSON. */
export interface SipRoute {
  readonly server: string;
  /** @defaultValue 'sip' */
  readonly route?: string;
  readonly login?: 'digest' | 'bearer';
  readonly register?: boolean;
  readonly digits?: 'rtp' | 'signalling';
  readonly username: string;
  /** Password, or bearer token. */
  readonly token: string;
}

/** What a page is made with; it travels as JSON. */
export interface DialerConfig {
  readonly routes: readonly SipRoute[];
  readonly options?: Pick<DialerOptions, 'timeouts' | 'codecs' | 'iceServers' | 'relayOnly'>;
}

/** How a call ended, as plain data. */
export interface Ending {
  readonly cause: string;
  readonly by: string;
  readonly confirmed: boolean;
  readonly code: string | undefined;
  readonly sipCode: number | undefined;
  readonly redialAdvice: string;
  readonly released: boolean;
  /** Route and phase of each attempt. */
  readonly attempts: readonly (readonly [string, string])[];
}

/** What tests reach in the page. */
export interface TelephonyDialerPage {
  create(config: DialerConfig): void;
  dial(to: string): void;
  /** Waits for the milestone; gives `undefined`, or the code of the error. */
  until(milestone: 'answered' | 'active'): Promise<string | undefined>;
  /** Waits for the end. */
  ending(): Promise<Ending>;
  /** Packets that the newest connection received and sent so far, and the codec received. */
  packets(): Promise<{ received: number; sent: number; codec: string }>;
  readonly dialer: Dialer;
  readonly call: Call;
  /** States, and in brackets other events, of the newest call. */
  readonly events: readonly string[];
}

declare global {
  /** Put there by this page. */
  var telephonyPage: TelephonyDialerPage;
}

let dialer: Dialer | undefined;
let call: Call | undefined;
const events: string[] = [];

function provider({ username: _, token: __, ...options }: SipRoute): Provider {
  return sip({ ...options, domain: 'lab.example' });
}

globalThis.telephonyPage = {
  create({ routes, options }) {
    dialer = new Dialer({
      ...options,
      providers: routes.map(provider),
      getToken: async ({ route }) => {
        const login = present(routes.find((one) => (one.route ?? 'sip') === route));
        return { token: login.token, username: login.username };
      },
    });
  },
  dial(to) {
    events.length = 0;
    call = present(dialer).dial(to);
    call.on('state-changed', ({ state }) => events.push(state));
    for (const type of ['switched', 'reconnecting', 'reconnected'] as const) {
      call.on(type, () => events.push(`(${type})`));
    }
  },
  until: (milestone) =>
    present(call)
      .when(milestone)
      .then(
        () => undefined,
        (error: { code: string }) => error.code,
      ),
  async ending() {
    const outcome = await present(call).when('ended');
    return {
      cause: outcome.cause,
      by: outcome.by,
      confirmed: outcome.confirmed,
      code: outcome.error?.code,
      sipCode: outcome.error?.codes.sipCode,
      redialAdvice: outcome.redialAdvice,
      released: outcome.media.released,
      attempts: outcome.attempts.map(({ route, phase }) => [route, phase]),
    };
  },
  async packets() {
    const connection = present(globalThis.everdialLab.peerConnections().at(-1));
    const all = [...(await connection.getStats()).values()] as Record<string, unknown>[];
    const one = (type: string) => all.find((stat) => stat['type'] === type) ?? {};
    const inbound = one('inbound-rtp');
    const codec = all.find(({ id }) => id === inbound['codecId']);
    return {
      received: Number(inbound['packetsReceived'] ?? 0),
      sent: Number(one('outbound-rtp')['packetsSent'] ?? 0),
      codec: String(codec?.['mimeType'] ?? ''),
    };
  },
  get dialer() {
    return present(dialer);
  },
  get call() {
    return present(call);
  },
  events,
};
