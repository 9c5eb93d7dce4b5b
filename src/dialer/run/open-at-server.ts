import { askServer } from '../../access/ask-server.js';
import type { CallGrant } from '../../access/hooks.js';
import { DialerError } from '../../errors/dialer-error.js';
import type { Route } from '../../failover/route.js';
import type { RouteList } from '../../failover/route-list.js';
import type { CallPlan } from '../call-plan.js';
import type { CallShell } from '../call-shell.js';

/** A call as the application's server wants it placed. */
export interface GrantedCall
  extends Pick<CallPlan, 'from' | 'params'>,
    Pick<CallGrant, 'maxDurationMs'> {
  /** Where to send it. */
  readonly to: string;
  /** In the order in which to try them. */
  readonly routes: readonly Route[];
}

/**
 * Asks the application's server about a call, where there is one that wants to know.
 * @throws DialerError whatever the server refuses with; `auth/token-unavailable` when it fails.
 */
export async function askToOpen({ plan, host, over }: CallShell): Promise<CallGrant> {
  const { openCall } = host.hooks;
  if (!openCall) return {};
  const { id: callId, number: to, params } = plan;
  const grant = await askServer(
    { clock: host.environment.clock, timeoutMs: host.timeouts.tokenMs, signal: over },
    (signal) => openCall({ callId, to, params, signal }),
  );
  // Plain JavaScript may return nothing where nothing is to be changed.
  return grant ?? {};
}

/**
 * Puts what the server decided about a call in the place of what the application asked for, and hands its tokens to the
 * routes.
 * @throws DialerError `config/no-access-server` when the server does not know where a `ref:` leads,
 * `config/invalid-option` for a token that is none.
 */
export function applyGrant(
  grant: CallGrant,
  plan: CallPlan,
  routes: readonly Route[],
  list: RouteList,
): GrantedCall {
  const { from = plan.from, maxDurationMs, tokens = {}, to = plan.number } = grant;
  if (to.startsWith('ref:')) {
    throw new DialerError('config/no-access-server', { detail: 'openCall gave no destination' });
  }
  for (const { provider, tokens: source } of routes) {
    const token = tokens[provider.id];
    if (token) source?.put(token);
  }
  return {
    to,
    from,
    params: { ...plan.params, ...grant.params },
    routes: list.prefer(grant.routes ?? [], routes),
    maxDurationMs,
  };
}
