import type { Clock, Logger } from '../core/environment.js';
import { isDialerError } from '../errors/dialer-error.js';
import { Recent } from './recent.js';

/** One remembered line. */
export interface LogLine {
  /** Milliseconds since the epoch. */
  readonly atMs: number;
  /** Weight. */
  readonly level: 'info' | 'warn' | 'error';
  /** Text, masked. */
  readonly message: string;
}

const MOST_LINES = 500;
const MOST_CHARACTERS = 2_000;

/**
 * A logger that passes everything on and remembers the last 500 lines from `info` on, whatever `logLevel` hides. What is
 * remembered is masked when it is reported, not before.
 */
export class LogMemory implements Logger {
  readonly #inner: Logger;
  readonly #clock: Clock;
  readonly #lines = new Recent<LogLine>(MOST_LINES);

  /** @param inner - Where the lines go. */
  constructor(inner: Logger, clock: Clock) {
    this.#inner = inner;
    this.#clock = clock;
  }

  /** What is remembered, oldest first, unmasked. */
  get lines(): readonly LogLine[] {
    return this.#lines.items;
  }

  /** See `Logger`; not remembered. */
  readonly debug: Logger['debug'] = (message, data) => this.#inner.debug(message, data);
  /** See `Logger`. */
  readonly info = this.#remembering('info');
  /** See `Logger`. */
  readonly warn = this.#remembering('warn');
  /** See `Logger`. */
  readonly error = this.#remembering('error');

  #remembering(level: LogLine['level']): Logger['info'] {
    return (message, data) => {
      const text = (message + explained(data)).slice(0, MOST_CHARACTERS);
      this.#lines.add({ atMs: this.#clock.now(), level, message: text });
      this.#inner[level](message, data);
    };
  }
}

/** Of what came along only the error is told, and of a foreign error only its name: its message may hold anything. */
function explained(data: { readonly error?: unknown } | undefined): string {
  const error = data?.error;
  if (error === undefined) return '';
  return ` (${isDialerError(error) ? error.message : error instanceof Error ? error.name : typeof error})`;
}
