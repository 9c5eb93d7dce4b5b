import type { FailureKind } from '../errors/codes.js';
import type { FailoverContext, FailoverDecision, FailoverPolicy } from './failover-context.js';

/** What can be cured by calling over another route, when nothing has left the browser. */
const CURED_BY_ANOTHER_ROUTE: ReadonlySet<FailureKind> = new Set([
  'infrastructure',
  'capacity',
  'auth',
  'media',
  'unknown',
]);

/**
 * The standard policy. It replaces a route that failed before its call was handed over, and nothing else: a fault of
 * the microphone, the network of this browser or the options follows the caller to every route.
 *
 * | evidence | kind | decision |
 * |---|---|---|
 * | `never-sent` | `auth`, first time | `refresh-token` |
 * | `never-sent` | `infrastructure` `capacity` `auth` `media` `unknown` | `next` |
 * | `never-sent` | any other | `stop` |
 * | `ended` | any | `stop` |
 * | `unknown` `alive` | any | `ask` |
 * @example
 * const standard = createFailover();
 * const failover: FailoverPolicy = (context) =>
 *   context.error.codes.sipCode === 480 && context.phase === 'sent' ? { action: 'next' } : standard(context);
 */
export function createFailover(): FailoverPolicy {
  return ({ evidence, error, tokenRefreshed, candidates }: FailoverContext): FailoverDecision => {
    if (evidence === 'ended') return { action: 'stop' };
    if (evidence !== 'never-sent') return { action: 'ask' };
    if (error.kind === 'auth' && error.code !== 'auth/token-unavailable' && !tokenRefreshed) {
      return { action: 'refresh-token' };
    }
    const curable = CURED_BY_ANOTHER_ROUTE.has(error.kind) && candidates.length > 0;
    return { action: curable ? 'next' : 'stop' };
  };
}
