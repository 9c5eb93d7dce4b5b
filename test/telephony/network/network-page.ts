import { type Call, Dialer, type DialerSettings } from 'everdial';
import { sip } from 'everdial/providers/sip';
import { CALL_EVENTS } from '../../call-events.js';
import { present } from '../../lab/browser/page-side/present.js';

/** What the page's Dialer is made with; it travels as JSON. */
export interface NetworkPageConfig {
  /** WebSocket address of the SIP server. */
  readonly server: string;
  readonly domain: string;
  readonly username: string;
  readonly password: string;
  /** ICE servers and deadlines. */
  readonly settings?: Pick<DialerSettings, 'iceServers' | 'relayOnly' | 'timeouts'> | undefined;
}

/** What tests reach in the page. */
export interface NetworkPage {
  /** Makes the Dialer and connects. */
  create(config: NetworkPageConfig): Promise<void>;
  /** Calls. */
  dial(to: string): void;
  /** The call made last. */
  readonly call: Call;
  /** Its events so far with their time, milliseconds since the epoch; `state-changed` with the state. */
  readonly events: readonly { readonly name: string; readonly atMs: number }[];
  /** What carries the sound on this side; `undefined` when nothing does. */
  path(): Promise<SoundPath | undefined>;
}

/** The browser's end of the way that sound takes. */
export interface SoundPath {
  readonly type: RTCIceCandidateType;
  readonly address: string;
  /** How the browser reaches its relay; `undefined` without one. */
  readonly relayProtocol: string | undefined;
}

declare global {
  /** Put there by this page. */
  var networkPage: NetworkPage;
}

const now = (): number => performance.timeOrigin + performance.now();

let dialer: Dialer | undefined;
let call: Call | undefined;
let events: { name: string; atMs: number }[] = [];

globalThis.networkPage = {
  async create({ server, domain, username, password, settings }) {
    dialer = new Dialer({
      ...settings,
      providers: [sip({ server, domain })],
      getToken: () => ({ token: password, username }),
    });
    await dialer.warmUp();
  },
  dial(to) {
    events = [];
    const made = present(dialer).dial(to);
    call = made;
    for (const name of CALL_EVENTS) {
      made.on(name, () => {
        events.push({ name: name === 'state-changed' ? made.state : `(${name})`, atMs: now() });
      });
    }
  },
  get call() {
    return present(call);
  },
  get events() {
    return events;
  },
  async path() {
    const [connection] = globalThis.everdialLab.peerConnections().slice(-1);
    const stats = await connection?.getStats();
    const all = [...(stats?.values() ?? [])];
    const transport = all.find(({ type }) => type === 'transport');
    const pair = stats?.get(transport?.selectedCandidatePairId);
    const local = stats?.get(pair?.localCandidateId);
    return (
      local && {
        type: local.candidateType,
        address: local.address,
        relayProtocol: local.relayProtocol,
      }
    );
  },
};
