import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ERROR_TEXTS } from '../../src/errors/texts.js';

const rows = readFileSync('docs/guide/devices.md', 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .filter((cells) => cells.length === 6);

const faults = rows.flatMap(([, fault, code = '', shown, action]) => {
  const name = /^`(\w+\/[\w-]+)`$/.exec(code)?.[1];
  return name ? [{ fault, name, shown, action }] : [];
});

test.each(faults)(
  'what the guide says of $name is what the person sees',
  ({ name, shown, action }) => {
    expect(shown).toBe(Reflect.get(ERROR_TEXTS, name)?.remedy);
    expect(action).not.toBe('');
  },
);

test('the guide has every fault of media in a call', () => {
  const told = new Set(faults.map(({ name }) => name));
  const missing = Object.keys(ERROR_TEXTS).filter(
    (code) => code.startsWith('media/') && !told.has(code),
  );
  // Offer and answer that do not fit end the call: no device is at fault.
  expect(missing).toEqual(['media/negotiation-failed']);
});
