import { afterEach, beforeEach, expect } from 'vitest';

/** What the running test wrote to the console as error. A test that expects such a line replaces `console.error`. */
let written: unknown[][] = [];

const original = console.error;
console.error = (...args: unknown[]) => {
  written.push(args);
  original.apply(console, args);
};

beforeEach(() => {
  written = [];
});

afterEach(() => {
  expect(written, 'errors on the console').toEqual([]);
});
