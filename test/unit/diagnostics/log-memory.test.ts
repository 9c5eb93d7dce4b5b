import { expect, it } from 'vitest';
import { filterLogger } from '../../../src/core/logger.js';
import { LogMemory } from '../../../src/diagnostics/log-memory.js';
import { DialerError } from '../../../src/errors/dialer-error.js';
import { createSimulatedClock } from '../../../src/testing/simulated-clock.js';

function remember() {
  const clock = createSimulatedClock();
  const shown: string[] = [];
  const write = (message: string) => void shown.push(message);
  const target = { debug: write, info: write, warn: write, error: write };
  return { clock, shown, log: new LogMemory(filterLogger(target, 'error'), clock) };
}

it('remembers what the level hides, except debugging, and passes on what it does not', () => {
  const { log, shown, clock } = remember();
  for (const level of ['debug', 'info', 'warn', 'error'] as const) log[level](level);
  const atMs = clock.now();
  expect(log.lines).toEqual(
    (['info', 'warn', 'error'] as const).map((level) => ({ atMs, level, message: level })),
  );
  expect(shown).toEqual(['everdial: error']);
});

it('keeps the last 500', () => {
  const { log } = remember();
  for (let line = 1; line <= 600; line += 1) log.info(`line ${line}`);
  expect(log.lines).toHaveLength(500);
  expect(log.lines[0]?.message).toBe('line 101');
  expect(log.lines.at(-1)?.message).toBe('line 600');
});

it('tells the error that came along, of a foreign one the name only, and no other data', () => {
  const { log } = remember();
  log.warn('one', { error: new DialerError('call/busy', { cause: new Error('private') }) });
  log.warn('two', { error: new TypeError('private') });
  log.warn('three', { error: 'private', other: 'private' });
  log.warn('four', { other: 'private' });
  const messages = log.lines.map(({ message }) => message);
  expect(messages[0]).toContain('[call/busy]');
  expect(messages.slice(1)).toEqual(['two (TypeError)', 'three (string)', 'four']);
  expect(messages.join()).not.toContain('private');
});

it('cuts endless lines', () => {
  const { log } = remember();
  log.info('x'.repeat(9_000));
  expect(log.lines[0]?.message).toHaveLength(2_000);
});
