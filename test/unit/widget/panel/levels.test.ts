import { describe, expect, it } from 'vitest';
import { drawBar } from '../../../../src/widget/bar/draw-bar.js';
import { setLevels, setTime } from '../../../../src/widget/panel/levels.js';
import { ALL_VIEWS, drawPanel, modelOf } from './panel-fixture.js';

const heights = (root: ParentNode, selector: string): string[] =>
  [...root.querySelectorAll<HTMLElement>(selector)].map((dot) => dot.style.getPropertyValue('--l'));

describe('setLevels', () => {
  it('lets sound run from the speaker to the middle', () => {
    const panel = drawPanel(modelOf('talking'));
    setLevels(panel, 0.5, 0.9, false);
    setLevels(panel, 0.7, 0.1, false);
    expect(heights(panel, '.dots:first-child i').slice(0, 3)).toEqual(['0.7', '0.5', '0']);
    expect(heights(panel, '.dots:nth-of-type(3) i').slice(-3)).toEqual(['0', '0.9', '0.1']);
  });

  it('moves only the half that has sound', () => {
    const panel = drawPanel(modelOf('muted'));
    setLevels(panel, 1, 1, false);
    expect(heights(panel, '.dots:first-child i')[0]).toBe('');
    expect(heights(panel, '.dots:nth-of-type(3) i').at(-1)).toBe('1');
  });

  it('lets nothing travel for those who do not want motion', () => {
    const panel = drawPanel(modelOf('talking'));
    setLevels(panel, 0.5, 0, true);
    expect(new Set(heights(panel, '.dots:first-child i'))).toEqual(new Set([String(2 / 6)]));
  });

  it('moves the meter of the device view and tells its value', () => {
    const panel = drawPanel(modelOf('talking', { view: 'devices' }), ALL_VIEWS);
    setLevels(panel, 0.5, 0, false);
    expect(panel.querySelectorAll('.meter .f')).toHaveLength(16);
    expect(panel.querySelector('.meter')?.getAttribute('aria-valuenow')).toBe('50');
    setLevels(panel, 0, 0, false);
    expect(panel.querySelectorAll('.meter .f')).toHaveLength(0);
  });

  it('moves the bar with whoever is louder', () => {
    const bar = drawBar(modelOf('talking'));
    setLevels(bar, 0.2, 0.6, false);
    expect(heights(bar, '.lv i')[0]).toBe('0.6');
  });
});

describe('setTime', () => {
  it('changes the time wherever it stands', () => {
    const both = document.createElement('div');
    both.append(
      drawPanel(modelOf('talking', { view: 'keypad' })),
      drawPanel(modelOf('talking')),
      drawBar(modelOf('talking')),
    );
    setTime(both, '02:48');
    expect(both.textContent).not.toContain('02:47');
    expect(both.querySelectorAll('[data-time]')).toHaveLength(3);
  });
});
