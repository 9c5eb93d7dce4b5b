import type { RouteId } from '../core/ids.js';
import { DialerError } from '../errors/dialer-error.js';
import type { Provider } from '../providers/provider.js';
import { Route, type RouteSettings, WARM_UP } from './route.js';
import type { RouteStatus } from './route-status.js';

/** The configured routes, best first. */
export class RouteList {
  readonly #routes: readonly Route[];

  /** @throws DialerError `config/invalid-option` for an empty list, `config/duplicate-route` for a name used twice. */
  constructor(providers: readonly Provider[], settings: RouteSettings) {
    if (providers.length === 0) {
      throw new DialerError('config/invalid-option', { detail: 'providers is empty' });
    }
    const names = new Set<RouteId>();
    for (const { route } of providers) {
      if (names.has(route)) throw new DialerError('config/duplicate-route', { route });
      names.add(route);
    }
    this.#routes = providers.map((provider) => new Route(provider, settings));
  }

  /** How they are, in the order in which they would be tried now. */
  get statuses(): readonly RouteStatus[] {
    return this.#routes.map((route) => route.status);
  }

  /**
   * The routes of one call in order, without those that this browser does not support.
   * @param wanted - Names in order; `undefined`: all.
   * @throws DialerError `config/unknown-route`; `support/no-webrtc` or what the providers say when none is supported.
   */
  choose(wanted: readonly RouteId[] | undefined): readonly Route[] {
    const chosen = wanted?.map((name) => this.#find(name)) ?? this.#routes;
    const supported = chosen.filter((route) => route.status.health !== 'unsupported');
    if (supported.length > 0) return supported;
    throw chosen[0]?.status.error ?? new DialerError('config/unknown-route');
  }

  /**
   * Closes what would disturb this route: another connection of a vendor that bears only one in a page.
   * @throws DialerError `provider/unreachable` when a call lives on that one.
   */
  async makeRoomFor(route: Route): Promise<void> {
    if (!route.provider.singleSession) return;
    const others = this.#routes.filter(
      (other) => other !== route && other.open && other.provider.id === route.provider.id,
    );
    if (others.some((other) => other.inUse)) {
      throw new DialerError('provider/unreachable', { route: route.id });
    }
    await Promise.all(others.map((other) => other.close()));
  }

  /** Connects a route ahead of a call. Rejects when that fails. */
  async warmUp(route: Route, signal: AbortSignal): Promise<void> {
    await this.makeRoomFor(route);
    await route.session({ ...WARM_UP, signal });
  }

  /** Closes every connection for good. Never rejects. */
  async dispose(): Promise<void> {
    await Promise.all(this.#routes.map((route) => route.dispose()));
  }

  #find(name: RouteId): Route {
    const route = this.#routes.find(({ id }) => id === name);
    if (!route) throw new DialerError('config/unknown-route', { route: name });
    return route;
  }
}
