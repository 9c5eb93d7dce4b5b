import { bounded } from '../core/wait.js';
import { asDialerError } from '../errors/as-dialer-error.js';
import { DialerError, isDialerError } from '../errors/dialer-error.js';
import { browserSupport } from './browser-support.js';
import type * as ReportModule from './build-report.js';
import type { DiagnosticsHost } from './diagnostics-host.js';
import type * as PreflightModule from './preflight.js';
import type { PreflightOptions, PreflightResult } from './preflight-check.js';
import type { ReportOptions, SupportReport } from './support-report.js';

/** What checks and what reports: each fetched when it is asked for the first time. */
export type DiagnosticsCode = Pick<typeof PreflightModule, 'preflight'> &
  Pick<typeof ReportModule, 'buildReport'>;

/** A report is there after this time, complete or not, milliseconds. */
const REPORT_MS = 1_900;

let supplied: DiagnosticsCode | undefined;

/** Supplies the code, so that nothing is fetched: simulated time does not wait for real files. */
export function provideDiagnosticsCode(code: DiagnosticsCode): void {
  supplied = code;
}

/** See `Dialer.preflight`. Code of ours that can not be fetched is a failure like others. */
export async function loadAndPreflight(
  host: DiagnosticsHost,
  options: PreflightOptions = {},
): Promise<PreflightResult> {
  const { clock, network } = host.environment;
  if (host.closed.aborted) throw new DialerError('state/closed');
  const { signal, timeoutMs } = options;
  const load = async () => supplied ?? import('./preflight.js');
  try {
    const { preflight } = await bounded({ clock, signal, timeoutMs }, load);
    return await preflight(host, options);
  } catch (thrown) {
    if (isDialerError(thrown, 'state/closed', 'state/aborted', 'state/timeout')) throw thrown;
    const error = network.online ? asDialerError(thrown) : new DialerError('network/offline');
    const id = 'network';
    const check = {
      id,
      route: undefined,
      status: 'failed',
      error,
      durationMs: 0,
      data: {},
    } as const;
    return { status: 'failed', checks: [check] };
  }
}

/** See `Dialer.report`. Where the code that masks can not be fetched, nothing is told that would have to be masked. */
export async function loadAndReport(
  host: DiagnosticsHost,
  options: ReportOptions = {},
): Promise<SupportReport> {
  const { clock } = host.environment;
  const load = async () => supplied ?? import('./build-report.js');
  try {
    const { buildReport } = await bounded({ clock, timeoutMs: REPORT_MS }, load);
    return buildReport(host, options);
  } catch {
    const createdAtMs = clock.now();
    const message = 'the code of the report was not loaded';
    return {
      schema: 'everdial-report/1',
      createdAtMs,
      versions: {},
      browser: {},
      support: { ...browserSupport(), problems: [] },
      routes: [],
      audio: {
        ...host.audio.snapshot,
        inputs: [],
        outputs: [],
        input: undefined,
        output: undefined,
      },
      calls: [],
      log: [{ atMs: createdAtMs, level: 'error', message }],
    };
  }
}
