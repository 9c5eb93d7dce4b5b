import type { RouteId } from '../core/ids.js';
import { DialerError } from '../errors/dialer-error.js';
import type { Provider } from '../providers/provider.js';
import { Route, type SessionRequest, WARM_UP } from './route.js';
import type { RouteSettings } from './route-settings.js';
import { type RouteStatus, rankOf } from './route-status.js';

/** The configured routes, best first. */
export class RouteList {
  readonly #routes: readonly Route[];

  constructor(providers: readonly Provider[], settings: RouteSettings) {
    this.#routes = providers.map((provider) => new Route(provider, settings));
  }

  /** How they are, in the order in which they would be tried now. */
  get statuses(): readonly RouteStatus[] {
    return byHealth(this.#routes).map((route) => route.status);
  }

  /** The routes of these providers in their order, those in bad health last. */
  choose(providers: readonly Provider[]): readonly Route[] {
    const chosen = providers.flatMap((wanted) =>
      this.#routes.filter(({ provider }) => provider === wanted),
    );
    return byHealth(chosen, (route) => this.#rankForCall(route));
  }

  /** Routes by name, in this order and then the others; a name that is not configured is passed over. */
  prefer(names: readonly RouteId[], among: readonly Route[]): readonly Route[] {
    const rank = ({ id }: Route) => (names.includes(id) ? names.indexOf(id) : names.length);
    const preferred = [...among].sort((one, other) => rank(one) - rank(other));
    return byHealth(preferred, (route) => this.#rankForCall(route));
  }

  /** These routes, those in bad health last. */
  byHealth(routes: readonly Route[]): readonly Route[] {
    return byHealth(routes);
  }

  /**
   * Closes what would disturb this route: another connection of a vendor that bears only one in a page.
   * @throws DialerError `provider/unreachable` when a call lives on that one.
   */
  async makeRoomFor(route: Route): Promise<void> {
    const rivals = this.#rivals(route);
    if (rivals.some((other) => other.inUse)) {
      // The kind keeps the route from being blamed.
      throw new DialerError('provider/unreachable', { route: route.id, kind: 'unknown' });
    }
    await Promise.all(rivals.map((other) => other.close()));
  }

  /**
   * Connects one route ahead of a call: the first in good health that can be. One whose hold-off is over is tried in its
   * place again, so that this shows whether it works.
   * @throws DialerError why the last one can not be connected; `state/aborted` when the signal aborts.
   */
  async warmUpOne(signal: AbortSignal): Promise<void> {
    // In a call, the connection that is used stays the best one.
    const probing = !this.#routes.some((route) => route.inUse);
    const rank = (route: Route) => (probing && route.health.awaitsProbe ? 0 : rankNow(route));
    const sorted = byHealth(this.#routes, rank);
    const good = sorted.filter((route) => rank(route) === 0);
    let failure: unknown;
    for (const route of good.length > 0 ? good : sorted.slice(0, 1)) {
      try {
        return await this.warmUp(route, signal);
      } catch (error) {
        failure = error;
        if (signal.aborted) break;
      }
    }
    throw failure;
  }

  /** Connects a route ahead of a call. Rejects when that fails. */
  async warmUp(route: Route, signal: AbortSignal): Promise<void> {
    await this.makeRoomFor(route);
    await route.session({ ...WARM_UP, signal });
  }

  /**
   * Connects a route beside the one that a call uses, if that disturbs nothing: to have it ready, or to see whether it
   * works again. Never rejects.
   * @returns Whether it is connected now.
   */
  async standBy(route: Route, request: SessionRequest): Promise<boolean> {
    if (this.#rivals(route).length > 0) return false;
    return route.session(request).then(
      () => true,
      () => false,
    );
  }

  /** Connects those whose hold-off is over, beside the one that a call uses, to see whether they work again. */
  async probe([used]: readonly Route[], signal: AbortSignal): Promise<void> {
    const due = this.#routes.filter((route) => route !== used && route.health.awaitsProbe);
    await Promise.all(due.map((route) => this.standBy(route, { ...WARM_UP, signal })));
  }

  /** Closes the connections that no call needs. Never rejects. */
  async closeIdle(): Promise<void> {
    const idle = this.#routes.filter((route) => !route.inUse);
    await Promise.all(idle.map((route) => route.close()));
  }

  /** Closes every connection for good. Never rejects. */
  async dispose(): Promise<void> {
    await Promise.all(this.#routes.map((route) => route.dispose()));
  }

  /** A region beside which nothing can be probed is probed by a call's own connection, before the call is sent. */
  #rankForCall(route: Route): number {
    const { id, singleSession } = route.provider;
    const alone = this.#routes.every((other) => other === route || other.provider.id !== id);
    return route.health.awaitsProbe && singleSession && !alone ? 0 : rankNow(route);
  }

  #rivals(route: Route): readonly Route[] {
    if (!route.provider.singleSession) return [];
    return this.#routes.filter(
      (other) => other !== route && other.open && other.provider.id === route.provider.id,
    );
  }
}

const rankNow = (route: Route): number => rankOf(route.status);

/** Stable: routes of equal health stay in their order. */
function byHealth(routes: readonly Route[], rank = rankNow): Route[] {
  return [...routes].sort((one, other) => rank(one) - rank(other));
}
