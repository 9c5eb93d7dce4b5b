import { testEnvironment } from 'everdial/testing';
import { describe, expect, test } from 'vitest';
import type { Scene } from '../../../../src/widget/scene.js';
import { SettledScene } from '../../../../src/widget/works/settled-scene.js';

function settle(first: Scene) {
  const { clock } = testEnvironment();
  const told: Scene[] = [];
  const scene = new SettledScene(clock, first, (next) => told.push(next));
  return { clock, told, scene };
}

describe('SettledScene', () => {
  test('shows most scenes at once, and tells each once', () => {
    const { scene, told } = settle('idle');
    expect(scene.shown).toBe('idle');
    for (const next of ['idle', 'connecting', 'connecting', 'ringing', 'talking'] as const) {
      scene.set(next);
      expect(scene.shown).toBe(next);
    }
    expect(told).toEqual(['connecting', 'ringing', 'talking']);
  });

  test.each([
    ['asking', 150],
    ['ending', 300],
    ['answered', 400],
  ] as const)('%s is shown after %i ms, not before', async (wanted, ms) => {
    const { clock, scene, told } = settle('ringing');
    scene.set(wanted);
    await clock.advance(ms - 1);
    scene.set(wanted);
    expect(scene.shown).toBe('ringing');
    await clock.advance(1);
    expect(scene.shown).toBe(wanted);
    expect(told).toEqual([wanted]);
  });

  test('what passes in a moment is never shown', async () => {
    const { clock, scene, told } = settle('ringing');
    scene.set('answered');
    await clock.advance(200);
    scene.set('talking');
    expect(scene.shown).toBe('talking');
    await clock.advance(1_000);
    expect(told).toEqual(['talking']);
  });

  test('back to what is shown in time: nothing happens', async () => {
    const { clock, scene, told } = settle('connecting');
    scene.set('asking');
    await clock.advance(100);
    scene.set('connecting');
    await clock.advance(1_000);
    expect(told).toEqual([]);
    expect(clock.pendingTimers).toBe(0);
  });

  test('a scene that comes again waits from the start', async () => {
    const { clock, scene } = settle('connecting');
    scene.set('asking');
    await clock.advance(100);
    scene.set('connecting');
    scene.set('asking');
    await clock.advance(100);
    expect(scene.shown).toBe('connecting');
    await clock.advance(50);
    expect(scene.shown).toBe('asking');
  });

  test('one delayed scene takes the place of another', async () => {
    const { clock, scene, told } = settle('ringing');
    scene.set('answered');
    scene.set('ending');
    await clock.advance(1_000);
    expect(told).toEqual(['ending']);
  });

  test('stop ends its timer', async () => {
    const { clock, scene, told } = settle('connecting');
    scene.set('asking');
    scene.stop();
    expect(clock.pendingTimers).toBe(0);
    await clock.advance(1_000);
    expect(told).toEqual([]);
  });
});
