import { DialerError } from '../../../src/errors/dialer-error.js';
import type {
  Capabilities,
  LegEvent,
  Provider,
  ProviderContext,
} from '../../../src/providers/provider.js';
import type { AccessServer } from '../world/access-server.js';
import type { Chance } from '../world/chance.js';
import type { Journal } from '../world/journal.js';
import type { ModelClock } from '../world/model-clock.js';
import type { Phone } from '../world/phone.js';
import type { WireFault } from '../world/wire.js';
import type { CarrierBehaviour, CarrierKind } from './behaviour.js';
import { Gateway } from './gateway.js';
import type { PageLeg } from './page-leg.js';
import { ModelSession } from './session.js';

/** Where a carrier stands. */
export interface World {
  readonly clock: ModelClock;
  readonly chance: Chance;
  readonly journal: Journal;
  readonly phone: Phone;
  readonly server: AccessServer;
}

/** What the sessions of one carrier share. */
export interface CarrierSite extends World {
  readonly route: string;
  readonly behaviour: CarrierBehaviour;
  readonly gateway: Gateway;
  readonly sessions: Set<ModelSession>;
  /** Whether a connection can be made now. */
  reachable: boolean;
  /** Told of everything that an adapter reports. */
  readonly watch?: ((leg: PageLeg, event: LegEvent) => void) | undefined;
}

/** A simulated carrier: its {@link Provider} for the Dialer, and what a test can do to it. */
export interface Carrier {
  readonly provider: Provider;
  readonly gateway: Gateway;
  readonly route: string;
  /** Whether a page could reach it now. */
  readonly reachable: boolean;
  /** Something happens to every connection to it; after a reset none can be made until {@link Carrier.heal}. */
  break(fault: WireFault): void;
  /** It can be reached again. */
  heal(): void;
  /** Every session is given up by the vendor. */
  failSessions(): void;
  /** Every session says that its token ends soon. */
  expireTokens(): void;
}

const CAPABILITIES: Readonly<Record<CarrierKind, Partial<Capabilities>>> = {
  telnyx: { ringing: true, acknowledges: true, confirmsHangup: true, reattach: true },
  twilio: { ringing: true, reattach: true },
  sip: { ringing: true, acknowledges: true, confirmsHangup: true },
};

const LOGIN_TRIPS = 3;

/** Makes a carrier. */
export function createCarrier(route: string, behaviour: CarrierBehaviour, world: World): Carrier {
  const { clock, chance, server } = world;
  const gateway = new Gateway({ route, behaviour, clock, chance, phone: world.phone, server });
  const site: CarrierSite = {
    ...world,
    route,
    behaviour,
    gateway,
    sessions: new Set(),
    reachable: true,
  };
  server.carriers.push(gateway);
  const pause = (ms: number, what: string) =>
    new Promise<void>((resolve) => {
      clock.after(ms, `vendor ${route}`, what, resolve);
    });
  let tokens = 0;

  return {
    route,
    gateway,
    get reachable() {
      return site.reachable;
    },
    provider: {
      id: behaviour.kind,
      route,
      token: 'required',
      capabilities: CAPABILITIES[behaviour.kind],
      singleSession: behaviour.kind === 'telnyx',
      origins: [],
      async load() {
        if (behaviour.login === 'has slow code') await pause(4_000, 'code');
        if (behaviour.login === 'lacks its code')
          throw new DialerError('provider/sdk-not-loaded', { route });
      },
      async open(context) {
        const { token } = await context.getToken();
        tokens += 1;
        await login(context, `${token} ${tokens}`);
        if (context.signal.aborted) throw new DialerError('state/aborted');
        return new ModelSession(site, context);
      },
    },
    break(fault) {
      if (fault === 'reset') site.reachable = false;
      for (const { wire } of [...site.sessions]) wire?.break(fault);
    },
    heal() {
      site.reachable = true;
    },
    failSessions() {
      for (const session of [...site.sessions]) session.fail();
    },
    expireTokens() {
      for (const session of [...site.sessions]) session.tellExpiry();
    },
  };

  async function login({ signal }: ProviderContext, token: string): Promise<void> {
    const [least, most] = behaviour.latencyMs;
    await pause(LOGIN_TRIPS * chance.between(2 * least, 2 * most), 'login');
    if (behaviour.login === 'takes 1 s') await pause(1_000, 'login');
    if (behaviour.login === 'is silent') await aborted(signal);
    if (behaviour.login === 'is refused' || !site.reachable)
      throw new DialerError('provider/unreachable', { route });
    const refused =
      behaviour.login === 'refuses every token' ||
      (behaviour.login === 'refuses the first token' && tokens === 1);
    if (refused)
      throw new DialerError('auth/token-rejected', { route, detail: `refused ${token}` });
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const stop = () => reject(new DialerError('state/aborted'));
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
  });
}
