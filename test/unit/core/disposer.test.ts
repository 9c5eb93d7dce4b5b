import { expect, it } from 'vitest';
import { createDisposer } from '../../../src/core/disposer.js';

function setUp() {
  const errors: unknown[] = [];
  const done: string[] = [];
  const step = (name: string) => () => {
    done.push(name);
  };
  return { disposer: createDisposer((error) => errors.push(error)), errors, done, step };
}

it('undoes the last thing first, and everything once', () => {
  const { disposer, done, step } = setUp();
  for (const name of ['socket', 'timer', 'track']) disposer.add(step(name));
  expect(disposer.disposed).toBe(false);
  disposer.dispose();
  disposer.dispose();
  expect(done).toEqual(['track', 'timer', 'socket']);
  expect(disposer.disposed).toBe(true);
});

it('goes on when a step throws, and tells', () => {
  const { disposer, errors, done, step } = setUp();
  const thrown = new Error('stuck');
  disposer.add(step('first'));
  disposer.add(() => {
    throw thrown;
  });
  disposer.dispose();
  expect([done, errors]).toEqual([['first'], [thrown]]);
});

it('undoes at once what is added too late', () => {
  const { disposer, done, step } = setUp();
  disposer.dispose();
  const undo = disposer.add(step('late'));
  undo();
  expect(done).toEqual(['late']);
});

it('undoes a single thing early, and not again', () => {
  const { disposer, done, step } = setUp();
  disposer.add(step('stays'));
  const undo = disposer.add(step('early'));
  undo();
  undo();
  expect(done).toEqual(['early']);
  disposer.dispose();
  expect(done).toEqual(['early', 'stays']);
});

it('undoes what a step adds', () => {
  const { disposer, done, step } = setUp();
  disposer.add(() => {
    disposer.add(step('added while undoing'));
  });
  disposer.dispose();
  expect(done).toEqual(['added while undoing']);
});
