import { describe, expect, it } from 'vitest';
import { announcement } from '../../../../src/widget/panel/announce.js';
import { SCENES } from '../../../../src/widget/scene.js';
import { modelOf } from './panel-fixture.js';

describe('the announcement', () => {
  it.each([
    ['idle', ''],
    ['connecting', 'Connecting… This takes a few seconds.'],
    ['talking', 'Connected. You can talk now.'],
    ['muted', 'You are muted. They can’t hear you.'],
    ['ending', 'Hanging up…'],
    ['silent', 'We can’t hear you. Your microphone gives no sound.'],
    ['reconnecting', 'Connection lost. Getting it back. Please stay on this page.'],
    ['blocked', 'Your microphone is blocked. Three steps on the screen show how to allow it.'],
    ['ended', 'Call ended. 4 min 12 sec. Your microphone is off.'],
    [
      'busy',
      'The line is busy. They are on another call. Try again in a few minutes. Your microphone is off.',
    ],
  ] as const)('of the scene %s is %j', (scene, words) => {
    expect(announcement(modelOf(scene))).toBe(words);
  });

  it('is there for every scene but the first, without placeholders and without the time', () => {
    for (const scene of SCENES) {
      if (scene !== 'idle') expect(announcement(modelOf(scene)), scene).toMatch(/^[^{}]+[.…]$/);
      expect(announcement(modelOf(scene))).not.toContain('02:47');
    }
  });

  it('does not say that the microphone is off when that is not known, or not so', () => {
    expect(announcement(modelOf('busy', { receipt: undefined }))).not.toContain('microphone');
    expect(announcement(modelOf('busy', { receipt: 'on' }))).toContain('is still on');
  });

  it('takes the sentence of the model', () => {
    expect(announcement(modelOf('consent', { sentence: 'We record.' }))).toBe(
      'Before we connect you. We record.',
    );
  });
});
