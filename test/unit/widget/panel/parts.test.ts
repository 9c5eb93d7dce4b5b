import { describe, expect, it } from 'vitest';
import { drawBar } from '../../../../src/widget/bar/draw-bar.js';
import { SCENES } from '../../../../src/widget/scene.js';
import { ALL_VIEWS, agentModel, drawPanel, modelOf } from './panel-fixture.js';

const EVERYTHING = [
  ...SCENES.flatMap((scene) => [drawPanel(modelOf(scene)), drawBar(modelOf(scene))]),
  ...(['keypad', 'devices', 'details'] as const).map((view) =>
    drawPanel(modelOf('talking', { view }), ALL_VIEWS),
  ),
  drawPanel(agentModel(), ALL_VIEWS),
  drawPanel(agentModel({ view: 'country' }), ALL_VIEWS),
];

/** What pages style with `::part()`: a promise. `button` is the start button's. */
const PARTS =
  'panel status timer keypad key mute hold hangup devices error bar header name number body line hint consent receipt ' +
  'notice steps rating digits meter details country number-input controls control keypad-button devices-button actions ' +
  'action call again cancel close retry agree phone-link details-button minimise-button';

describe('the parts', () => {
  it.each(PARTS.split(' '))('have %s among them', (part) => {
    expect(
      EVERYTHING.some(
        (root) => root.matches(`[part~="${part}"]`) || root.querySelector(`[part~="${part}"]`),
      ),
    ).toBe(true);
  });

  it('name every action and every control', () => {
    for (const root of EVERYTHING) {
      for (const button of root.querySelectorAll('.acts .btn')) {
        expect(button.getAttribute('part')).toMatch(/\baction\b/);
      }
      for (const button of root.querySelectorAll('.ctl')) {
        expect(button.getAttribute('part')).toMatch(/\bcontrol\b/);
      }
    }
  });
});

describe('the slots', () => {
  const slots = (scene: (typeof SCENES)[number]): string[] =>
    [...drawPanel(modelOf(scene)).querySelectorAll('slot')].map(({ name }) => name);

  it('stand where they mean something', () => {
    expect(slots('idle')).toEqual(['header', 'footer']);
    expect(slots('consent')).toEqual(['header', 'consent', 'footer']);
    expect(slots('talking')).toEqual(['header']);
    expect(slots('busy')).toEqual(['header', 'other']);
  });
});

describe('what is drawn', () => {
  it('has an id only once', () => {
    for (const root of EVERYTHING) {
      const ids = [...root.querySelectorAll('[id]')].map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
    }
  });

  it('has no style attribute but for custom properties, which a strict policy allows when scripts set them', () => {
    for (const root of EVERYTHING) {
      for (const element of root.querySelectorAll('[style]')) {
        expect(element.getAttribute('style')).toMatch(/^(--[a-z]+: [\d.]+;? ?)+$/);
      }
    }
  });

  it('has buttons that submit no form', () => {
    for (const root of EVERYTHING) {
      expect(root.querySelector('button:not([type=button])')).toBeNull();
    }
  });

  it('has a name on every button and field', () => {
    for (const root of EVERYTHING) {
      for (const element of root.querySelectorAll('button, a, input')) {
        const name =
          element.getAttribute('aria-label') ?? (element.closest('label') ?? element).textContent;
        expect(name, element.outerHTML).toMatch(/\S/);
      }
    }
  });
});
