import type { RouteId } from '../core/ids.js';
import { isE164 } from '../core/phone-number.js';
import { DialerError } from '../errors/dialer-error.js';
import type { DialerOptions, DialerOptionsWithoutGetToken } from './dialer-options.js';

/**
 * Refuses options that can not work, when the Dialer is made.
 * @throws DialerError `config/invalid-option`; `config/duplicate-route` for a name used twice.
 */
export function checkOptions(options: DialerOptions | DialerOptionsWithoutGetToken): void {
  const wrong = (detail: string): never => {
    throw new DialerError('config/invalid-option', { detail });
  };
  if (!Array.isArray(options?.providers)) wrong('providers must be a list');
  if (!options.providers.every((provider) => typeof provider?.open === 'function')) {
    wrong('providers must hold what the factories return, as in [telnyx()]');
  }
  if (options.providers.length === 0) wrong('providers is empty');
  const names = new Set<RouteId>();
  for (const { route } of options.providers) {
    if (names.has(route)) throw new DialerError('config/duplicate-route', { route });
    names.add(route);
  }
  const needsToken = options.providers.some(({ token }) => token === 'required');
  if (needsToken && typeof options.getToken !== 'function') wrong('getToken is missing');
  if (options.from !== undefined && !isE164(options.from)) wrong('from must be E.164');
  const { maxCalls = 1, maxBitrateKbps = 32 } = options;
  if (!(maxCalls >= 1)) wrong('maxCalls must be 1 or more');
  if (!(maxBitrateKbps >= 6 && maxBitrateKbps <= 64)) wrong('maxBitrateKbps must be 6 to 64');
  for (const [name, ms] of Object.entries(options.timeouts ?? {})) {
    if (ms !== undefined && !(Number.isFinite(ms) && ms >= 0))
      wrong(`timeouts.${name} must be milliseconds`);
  }
}
