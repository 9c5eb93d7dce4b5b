import { bounded } from '../core/wait.js';
import { DialerError } from '../errors/dialer-error.js';
import { browserSupport } from './browser-support.js';
import { CheckList, type Finding, WITHOUT_PERSON } from './check-list.js';
import type { DiagnosticsHost } from './diagnostics-host.js';
import { checkNetwork } from './network-check.js';
import type { PreflightCheck, PreflightOptions, PreflightResult } from './preflight-check.js';
import { checkRoutes } from './route-checks.js';
import { checkMicrophone, checkSpeaker } from './sound-checks.js';

/**
 * See `Dialer.preflight`.
 * @throws DialerError `state/closed`, `state/aborted`, `state/timeout`; nothing else.
 */
export async function preflight(
  host: DiagnosticsHost,
  { checks: wanted = WITHOUT_PERSON, routes, onCheck, signal, timeoutMs }: PreflightOptions,
): Promise<PreflightResult> {
  const { clock } = host.environment;
  const names = routes ?? host.providers.map(({ route }) => route);
  const stop = new AbortController();
  const onAbort = () => stop.abort(signal?.reason);
  const outside = [host.closed, ...(signal ? [signal] : [])];
  for (const each of outside) {
    if (each.aborted) onAbort();
    each.addEventListener('abort', onAbort);
  }
  const onDone = (check: PreflightCheck) => {
    try {
      onCheck?.(check);
    } catch (error) {
      host.onListenerError(error, 'preflight');
    }
  };
  try {
    return await bounded({ clock, signal: stop.signal, timeoutMs }, async (inner) => {
      const list = new CheckList({ clock, signal: inner, wanted, onDone });
      const possible = await list.run('browser', undefined, true, checkBrowser);
      const people = async () => {
        await checkMicrophone(list, host, possible);
        await checkSpeaker(list, host, possible);
      };
      const network = async () => {
        await checkRoutes(list, host, names, possible);
        await list.run('network', undefined, possible, (end) => checkNetwork(host, end));
      };
      await Promise.all([people(), network()]);
      const checks = list.sorted(names);
      return Object.freeze({ status: verdict(checks), checks: Object.freeze(checks) });
    });
  } catch (error) {
    throw host.closed.aborted ? new DialerError('state/closed') : error;
  } finally {
    for (const each of outside) each.removeEventListener('abort', onAbort);
  }
}

async function checkBrowser(): Promise<Finding> {
  const { problems, features } = browserSupport();
  const [error] = problems;
  return error ? { status: 'failed', error, data: { ...features } } : { data: { ...features } };
}

/** Without one of these no call is possible. */
const VITAL: readonly string[] = ['browser', 'microphone', 'network'];

/** `failed` when something vital failed or no route can carry a call; `warning` when anything is not as it should be. */
export function verdict(checks: readonly PreflightCheck[]): PreflightResult['status'] {
  const failed = checks.filter(({ status }) => status === 'failed');
  const routes = new Set(checks.flatMap(({ route }) => route ?? []));
  const broken = new Set(failed.flatMap(({ route }) => route ?? []));
  const noRoute = routes.size > 0 && broken.size === routes.size;
  if (noRoute || failed.some(({ id }) => VITAL.includes(id))) return 'failed';
  const warned = failed.length > 0 || checks.some(({ status }) => status === 'warning');
  return warned ? 'warning' : 'passed';
}
