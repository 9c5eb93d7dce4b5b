import { describe, expect, it } from 'vitest';
import type { Logger, LogLevel } from '../../../src/core/environment.js';
import { filterLogger } from '../../../src/core/logger.js';

function setUp(level: LogLevel) {
  const lines: unknown[][] = [];
  const write =
    (name: string) =>
    (...args: unknown[]) => {
      lines.push([name, ...args]);
    };
  const target: Logger = {
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
  };
  return { lines, logger: filterLogger(target, level) };
}

describe('a filtered logger', () => {
  it.each([
    ['debug', ['debug', 'info', 'warn', 'error']],
    ['info', ['info', 'warn', 'error']],
    ['warn', ['warn', 'error']],
    ['error', ['error']],
    ['silent', []],
  ] as const)('passes on from %s', (level, expected) => {
    const { lines, logger } = setUp(level);
    for (const name of ['debug', 'info', 'warn', 'error'] as const) logger[name]('text');
    expect(lines.map(([name]) => name)).toEqual(expected);
  });

  it('says whose line it is, and adds data only where there is some', () => {
    const { lines, logger } = setUp('info');
    logger.info('plain');
    logger.warn('with data', { route: 'telnyx' });
    expect(lines).toEqual([
      ['info', 'everdial: plain'],
      ['warn', 'everdial: with data', { route: 'telnyx' }],
    ]);
  });

  it('calls the methods of the target on the target', () => {
    class Counting {
      count = 0;
      debug() {}
      info() {}
      warn() {
        this.count += 1;
      }
      error() {}
    }
    const target = new Counting();
    filterLogger(target, 'warn').warn('counted');
    expect(target.count).toBe(1);
  });
});
