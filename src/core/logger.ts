import type { Logger, LogLevel } from './environment.js';

const ORDER = ['debug', 'info', 'warn', 'error', 'silent'] as const satisfies readonly LogLevel[];
const ignore = () => undefined;

/** A logger that passes on what weighs at least `level`. */
export function filterLogger(logger: Logger, level: LogLevel): Logger {
  const from = ORDER.indexOf(level);
  const pass = (name: Exclude<LogLevel, 'silent'>): Logger['debug'] =>
    ORDER.indexOf(name) < from
      ? ignore
      : (message, data) => logger[name](`everdial: ${message}`, ...(data ? [data] : []));
  return { debug: pass('debug'), info: pass('info'), warn: pass('warn'), error: pass('error') };
}
