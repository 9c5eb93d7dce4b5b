import {
  type AudioOptions,
  type Call,
  Dialer,
  type DialerOptions,
  type DialOptions,
  type Provider,
  warmUpOnIntent,
} from 'everdial';
import { sandbox } from 'everdial/providers/sandbox';
import { sip } from 'everdial/providers/sip';
import { telnyx } from 'everdial/providers/telnyx';
import { twilio } from 'everdial/providers/twilio';
import { present } from '../../lab/browser/page-side/present.js';

/** What a page is made with; it travels as JSON. */
export interface PageConfig {
  /** Routes in order. The regions are those of a gateway whose port is closed. */
  readonly routes: readonly (
    | 'telnyx'
    | 'twilio'
    | 'sip'
    | 'sandbox'
    | 'telnyx/us-east'
    | 'twilio/ashburn'
  )[];
  /** The lab's Telnyx gateway. */
  readonly telnyxHost: string;
  /** The lab's Twilio gateway. */
  readonly twilioHost: string;
  /** The lab's SIP gateway. */
  readonly sipServer?: string | undefined;
  /** Other options of the Dialer. */
  readonly options?:
    | (Partial<
        Omit<
          DialerOptions,
          'providers' | 'getToken' | 'audio' | 'environment' | 'logger' | 'failover'
        >
      > & {
        /** Functions do not come into the page. */
        readonly audio?: Omit<AudioOptions, 'processor' | 'remoteProcessor'> | undefined;
      })
    | undefined;
}

/** What tests reach in the page. */
export interface DialerPage {
  /** Makes the Dialer. */
  create(config: PageConfig): void;
  /** Calls, and keeps the call. */
  dial(to: string, options?: DialOptions): void;
  /** Puts a button at the top of the page that calls, and prepares for it; gives the function that stops the preparing. */
  offer(to: string): () => void;
  /** The Dialer. */
  readonly dialer: Dialer;
  /** The call made last. */
  readonly call: Call;
  /** Names of its events in order; `state-changed` with the state. */
  readonly events: readonly string[];
}

declare global {
  /** Put there by this page. */
  var everdialPage: DialerPage;
}

/** The discard port, on which nobody listens. */
const CLOSED = '127.0.0.1:9';

let dialer: Dialer | undefined;
let call: Call | undefined;
const events: string[] = [];

const make: Record<PageConfig['routes'][number], (config: PageConfig) => Provider> = {
  telnyx: ({ telnyxHost }) => telnyx({ sdkOptions: { host: telnyxHost } }),
  twilio: ({ twilioHost }) => twilio({ sdkOptions: { chunderw: twilioHost } }),
  sip: ({ sipServer }) => sip({ server: sipServer ?? `ws://${CLOSED}`, domain: 'lab.example' }),
  sandbox: () => sandbox(),
  'telnyx/us-east': () => telnyx({ region: 'us-east', sdkOptions: { host: `ws://${CLOSED}` } }),
  'twilio/ashburn': () => twilio({ edge: 'ashburn', sdkOptions: { chunderw: CLOSED } }),
};

globalThis.everdialPage = {
  create(config) {
    dialer = new Dialer({
      ...config.options,
      providers: config.routes.map((route) => make[route](config)),
      getToken: ({ provider, signal }) =>
        fetch(`/voice-token/${provider}`, { method: 'POST', signal }),
    });
  },
  dial(to, options) {
    call = present(dialer).dial(to, options);
    call.on('state-changed', ({ state }) => events.push(state));
    for (const type of ['switched', 'reconnecting', 'reconnected', 'problem-changed'] as const) {
      call.on(type, () => events.push(`(${type})`));
    }
  },
  offer(to) {
    const button = document.createElement('button');
    button.textContent = 'Call';
    button.style.touchAction = 'pan-y';
    button.addEventListener('click', () => globalThis.everdialPage.dial(to));
    document.body.prepend(button);
    return warmUpOnIntent(present(dialer), button);
  },
  get dialer() {
    return present(dialer);
  },
  get call() {
    return present(call);
  },
  events,
};
