import { describe, expect, it } from 'vitest';
import { drawBar } from '../../../../src/widget/bar/draw-bar.js';
import { SCENES } from '../../../../src/widget/scene.js';
import { actsOf, modelOf, textOf } from './panel-fixture.js';

describe.each(SCENES)('the bar in the scene %s', (scene) => {
  it('opens the panel, says where things stand, and fills nothing twice', () => {
    const bar = drawBar(modelOf(scene));
    expect(actsOf(bar)[0]).toBe('expand');
    expect(textOf(bar, '.t')).toMatch(/\S/);
    expect(bar.querySelectorAll('.primary, .danger').length).toBeLessThan(2);
    for (const button of bar.querySelectorAll('button')) {
      expect(`${button.getAttribute('aria-label') ?? ''}${button.textContent}`).toMatch(/\S/);
    }
  });
});

describe('the bar', () => {
  it.each([
    ['idle', ['expand', 'call'], 'wait'],
    ['consent', ['expand'], 'wait'],
    ['asking', ['expand', 'cancel'], 'now'],
    ['ringing', ['expand', 'mute', 'hangup'], 'now'],
    ['talking', ['expand', 'mute', 'hangup'], 'live'],
    ['muted', ['expand', 'mute', 'hangup'], 'off'],
    ['held', ['expand', 'mute', 'hangup'], 'rest'],
    ['ended', ['expand', 'again', 'close'], 'rest'],
    ['busy', ['expand', 'again', 'close'], 'said'],
    ['blocked', ['expand', 'retry', 'close'], 'bad'],
    ['service', ['expand'], 'bad'],
  ] as const)('in the scene %s offers %j', (scene, acts, look) => {
    const bar = drawBar(modelOf(scene));
    expect(actsOf(bar)).toEqual(acts);
    expect(bar.querySelector('[data-is]')?.getAttribute('data-is')).toBe(look);
  });

  it('has the time beside a few words', () => {
    expect(textOf(drawBar(modelOf('muted')), '.t')).toBe('02:47 · You are muted');
    expect(textOf(drawBar(modelOf('poor')), '.t')).toBe('02:47 · Weak connection');
  });

  it('moves with the sound only while there is sound both ways', () => {
    expect(drawBar(modelOf('talking')).querySelectorAll('.lv i')).toHaveLength(5);
    expect(drawBar(modelOf('answered')).querySelector('.lv')).toBeNull();
  });

  it('has no mute where the site left it out', () => {
    expect(actsOf(drawBar(modelOf('talking', { controls: [] })))).toEqual(['expand', 'hangup']);
  });

  it('does not hang up twice', () => {
    expect(
      drawBar(modelOf('ending')).querySelector('[data-act=hangup]')?.getAttribute('aria-disabled'),
    ).toBe('true');
  });
});
