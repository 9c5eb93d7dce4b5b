import type { RouteId } from '../core/ids.js';
import { DialerError } from '../errors/dialer-error.js';
import type { Provider } from '../providers/provider.js';

/**
 * The providers of one call that this browser supports, in the order asked for.
 * @param wanted - Names of routes; `undefined`: all.
 * @throws DialerError `config/unknown-route`; `support/no-webrtc` or what the providers say when none is supported.
 */
export function chooseProviders(
  providers: readonly Provider[],
  wanted: readonly RouteId[] | undefined,
): readonly [Provider, ...Provider[]] {
  const chosen =
    wanted?.map((name) => {
      const provider = providers.find(({ route }) => route === name);
      if (!provider) throw new DialerError('config/unknown-route', { route: name });
      return provider;
    }) ?? providers;
  const [first, ...others] = chosen.filter((provider) => !provider.unsupported?.());
  if (!first) throw chosen[0]?.unsupported?.() ?? new DialerError('config/unknown-route');
  return [first, ...others];
}
