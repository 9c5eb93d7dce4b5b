import type { Clock } from '../core/environment.js';
import type { RouteId } from '../core/ids.js';
import { abortedError, bounded } from '../core/wait.js';
import { asDialerError } from '../errors/as-dialer-error.js';
import type { DialerErrorCode } from '../errors/codes.js';
import { DialerError } from '../errors/dialer-error.js';
import type { PreflightCheck, PreflightCheckId } from './preflight-check.js';

/** What a check found. One that throws has failed. */
export interface Finding {
  /** @defaultValue `'passed'` */
  readonly status?: PreflightCheck['status'];
  readonly error?: DialerError;
  readonly data?: PreflightCheck['data'];
}

/** How long each may take, milliseconds, and what it means when it takes longer. In the order of the result. */
const CHECKS: Readonly<Record<PreflightCheckId, readonly [ms: number, late: DialerErrorCode]>> = {
  browser: [1_000, 'internal/unexpected'],
  // The person has to answer the browser's question.
  microphone: [25_000, 'media/permission-dismissed'],
  'microphone-sound': [31_000, 'media/silent-microphone'],
  speaker: [4_000, 'media/playback-blocked'],
  token: [8_000, 'auth/token-unavailable'],
  sdk: [12_000, 'provider/sdk-not-loaded'],
  signalling: [5_000, 'provider/timeout'],
  network: [14_000, 'media/connection-failed'],
};

const ORDER = Object.keys(CHECKS) as readonly PreflightCheckId[];

/** For all together, milliseconds. */
const TOTAL_MS = 58_000;

/** What is checked by default: nothing that needs a person who speaks or listens. */
export const WITHOUT_PERSON: readonly PreflightCheckId[] = ORDER.filter(
  (id) => id !== 'microphone-sound' && id !== 'speaker',
);

/** What a {@link CheckList} needs. */
export interface CheckListOptions {
  readonly clock: Clock;
  /** Stops everything. */
  readonly signal: AbortSignal;
  readonly wanted: readonly PreflightCheckId[];
  readonly onDone: (check: PreflightCheck) => void;
}

/** Runs checks, each with its deadline, and keeps what they found. */
export class CheckList {
  readonly #options: CheckListOptions;
  readonly #startMs: number;
  readonly #done: PreflightCheck[] = [];

  constructor(options: CheckListOptions) {
    this.#options = options;
    this.#startMs = options.clock.monotonicNow();
  }

  /** Every finished check, in the order of their kinds; of one kind in the order of these routes. */
  sorted(routes: readonly RouteId[]): readonly PreflightCheck[] {
    const place = ({ id, route }: PreflightCheck) =>
      ORDER.indexOf(id) * (routes.length + 1) + (route === undefined ? 0 : routes.indexOf(route));
    return [...this.#done].sort((one, other) => place(one) - place(other));
  }

  /** Whether this check was asked for. */
  wants(id: PreflightCheckId): boolean {
    return this.#options.wanted.includes(id);
  }

  /**
   * Runs a check if it was asked for. `task` must free everything when its signal aborts.
   * @param possible - False when an earlier check made it pointless.
   * @returns Whether the next ones make sense.
   * @throws DialerError `state/aborted` when the list was stopped, and nothing else.
   */
  async run(
    id: PreflightCheckId,
    route: RouteId | undefined,
    possible: boolean,
    task: (signal: AbortSignal) => Promise<Finding>,
  ): Promise<boolean> {
    if (!this.wants(id)) return possible;
    const { clock, signal, onDone } = this.#options;
    const startMs = clock.monotonicNow();
    const [ms, late] = CHECKS[id];
    const timeoutMs = Math.min(ms, this.#startMs + TOTAL_MS - startMs);
    const onTimeout = () => new DialerError(late, { route });
    let finding: Finding = { status: 'skipped' };
    if (possible && timeoutMs > 0) {
      finding = await bounded({ clock, signal, timeoutMs, onTimeout }, task).catch((thrown) => ({
        status: 'failed',
        error: asDialerError(thrown),
      }));
    }
    if (signal.aborted) throw abortedError(signal);
    const { status = 'passed', error, data = {} } = finding;
    const durationMs = Math.round(clock.monotonicNow() - startMs);
    const check = Object.freeze({ id, route, status, error, durationMs, data });
    this.#done.push(check);
    onDone(check);
    return status === 'passed' || status === 'warning';
  }
}
