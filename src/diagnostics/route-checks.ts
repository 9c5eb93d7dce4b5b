import type { TokenPurpose } from '../access/token-purpose.js';
import type { RouteId } from '../core/ids.js';
import { DialerError } from '../errors/dialer-error.js';
import type { Route } from '../failover/route.js';
import type { RouteList } from '../failover/route-list.js';
import type { Provider } from '../providers/provider.js';
import type { CheckList, Finding } from './check-list.js';
import type { DiagnosticsHost } from './diagnostics-host.js';

// Written out: importing it would take the code that places calls into this chunk.
const WARM_UP: TokenPurpose = { reason: 'warm-up', callId: undefined, attempt: 0, to: undefined };

/** Token, vendor's code and login of each of these routes. Places no call; what is connected stays so for the idle time. */
export async function checkRoutes(
  list: CheckList,
  host: DiagnosticsHost,
  names: readonly RouteId[],
  possible: boolean,
): Promise<void> {
  const byVendor = new Map<string, RouteId[]>();
  for (const name of names) {
    const vendor = host.providers.find(({ route }) => route === name)?.id ?? '';
    // The first one comes last: where a vendor bears only one connection, that of the first is the one that stays.
    byVendor.set(vendor, [name, ...(byVendor.get(vendor) ?? [])]);
  }
  await Promise.all(
    [...byVendor.values()].map(async (routes) => {
      for (const name of routes) await checkRoute(list, host, name, possible);
    }),
  );
}

async function checkRoute(
  list: CheckList,
  host: DiagnosticsHost,
  name: RouteId,
  possible: boolean,
): Promise<void> {
  const { environment, logger, providers } = host;
  const provider = providers.find(({ route }) => route === name);

  const reachable = await list.run('token', name, possible, async () => {
    if (!environment.network.online) throw new DialerError('network/offline', { route: name });
    if (!provider) throw new DialerError('config/unknown-route', { route: name });
    const { route } = await find(host, provider);
    if (!route.tokens) return { data: { required: false } };
    const { expiresInMs } = await route.tokens.get(WARM_UP);
    return { data: { required: true, expiresInMs: Math.round(expiresInMs) } };
  });
  const mayLoad = possible && provider !== undefined && environment.network.online;
  const loaded = await list.run('sdk', name, mayLoad, async (signal) => {
    const error = provider?.unsupported?.();
    if (error) throw error;
    await provider?.load({ signal, logger });
    return {};
  });
  await list.run('signalling', name, reachable && loaded, async (signal) =>
    provider ? connect(host, provider, signal) : { status: 'skipped' },
  );
}

/** Connects and logs in. No vendor tells its round-trip time without a call, so what is told is the time of the login. */
async function connect(
  host: DiagnosticsHost,
  provider: Provider,
  signal: AbortSignal,
): Promise<Finding> {
  const { routes, route } = await find(host, provider);
  const sisters = host.providers.filter(({ id }) => id === provider.id);
  const busy = routes.choose(sisters).some((other) => other !== route && other.inUse);
  if (provider.singleSession && busy) {
    return { status: 'skipped', data: { reason: 'a call uses another route of this provider' } };
  }
  if (route.status.connection === 'ready') return { data: { alreadyConnected: true } };
  await routes.makeRoomFor(route);
  const { clock } = host.environment;
  const startMs = clock.monotonicNow();
  await route.session({ ...WARM_UP, signal });
  return { data: { loginMs: Math.round(clock.monotonicNow() - startMs) } };
}

async function find(
  host: DiagnosticsHost,
  provider: Provider,
): Promise<{ readonly routes: RouteList; readonly route: Route }> {
  const routes = await host.routes();
  const [route] = routes.choose([provider]);
  if (!route) throw new DialerError('config/unknown-route', { route: provider.route });
  return { routes, route };
}
