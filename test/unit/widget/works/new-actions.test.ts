import { testEnvironment } from 'everdial/testing';
import { expect, test } from 'vitest';
import { NewActions } from '../../../../src/widget/works/new-actions.js';

test('what comes in the place of something else ignores presses for a while, what stays does not', async () => {
  const { clock } = testEnvironment();
  const actions = new NewActions(clock);
  actions.shown(['call']);
  expect(actions.ignores('call')).toBe(false);
  actions.shown(['call', 'erase']);
  expect([actions.ignores('call'), actions.ignores('erase')]).toEqual([false, true]);
  await clock.advance(400);
  // Another change does not let it count earlier, nor later.
  actions.shown(['erase', 'close']);
  expect([actions.ignores('erase'), actions.ignores('close')]).toEqual([true, true]);
  await clock.advance(200);
  expect([actions.ignores('erase'), actions.ignores('close')]).toEqual([false, true]);
  await clock.advance(400);
  expect(actions.ignores('close')).toBe(false);
});

test('a control that is no action is never ignored', () => {
  const actions = new NewActions(testEnvironment().clock);
  actions.shown(['call']);
  actions.shown(['hangup']);
  expect([actions.ignores('hangup'), actions.ignores('mute')]).toEqual([true, false]);
});
