import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { morph } from '../../../../src/widget/dom/morph.js';
import { SCENES, type Scene } from '../../../../src/widget/scene.js';
import { ALL_VIEWS, drawPanel, modelOf } from './panel-fixture.js';

// Browsers can iterate over the names of a style; happy-dom can not.
beforeAll(() => {
  const names = CSSStyleDeclaration.prototype as { [Symbol.iterator]?: unknown };
  names[Symbol.iterator] ??= Array.prototype[Symbol.iterator];
});

afterEach(() => document.body.replaceChildren());

function show(scene: Scene): HTMLElement {
  const panel = drawPanel(modelOf(scene));
  document.body.append(panel);
  return panel;
}

const press = (panel: HTMLElement, act: string): HTMLElement => {
  const element = panel.querySelector<HTMLElement>(`[data-act=${act}]`);
  if (!element) throw new Error(`no ${act}`);
  element.focus();
  return element;
};

describe('a drawn panel that is morphed', () => {
  it('is in the end what would have been drawn, whatever it was', () => {
    // All ways of this many scenes further on: each scene is left for three others.
    for (const step of [1, 7, 25]) {
      for (const [index, from] of SCENES.entries()) {
        const to = SCENES[(index + step) % SCENES.length] ?? from;
        const [panel, wanted] = [drawPanel(modelOf(from)), drawPanel(modelOf(to))];
        const { outerHTML } = wanted;
        morph(panel, wanted);
        expect(panel.outerHTML, `${from} to ${to}`).toBe(outerHTML);
      }
    }
  });

  it('keeps the focus on the same control', () => {
    const panel = show('talking');
    const mute = press(panel, 'mute');
    morph(panel, drawPanel(modelOf('muted')));
    expect(document.activeElement).toBe(mute);
    expect(mute.className).toBe('ctl is-on');
    morph(panel, drawPanel(modelOf('silent')));
    expect(document.activeElement).toBe(mute);
  });

  it('keeps the focus on Hang up while the call gets on', () => {
    const panel = show('connecting');
    const hangup = press(panel, 'hangup');
    for (const scene of ['switching', 'ringing', 'answered', 'talking', 'held'] as const) {
      morph(panel, drawPanel(modelOf(scene)));
      expect(document.activeElement, scene).toBe(hangup);
    }
  });

  it('never turns a button in the hand into another one', () => {
    const panel = show('talking');
    const hangup = press(panel, 'hangup');
    morph(panel, drawPanel(modelOf('ended')));
    expect(hangup.isConnected).toBe(false);
    expect(hangup.getAttribute('data-act')).toBe('hangup');
  });

  it('keeps the nodes of the line, so that they change and do not jump', () => {
    const panel = show('connecting');
    const nodes = [...panel.querySelectorAll('.node')];
    morph(panel, drawPanel(modelOf('talking')));
    expect([...panel.querySelectorAll('.node')]).toEqual(nodes);
  });

  it('fades in new words, but not the time that goes on', () => {
    const panel = show('talking');
    const [timer, sentence] = [panel.querySelector('.timer'), panel.querySelector('.sub')];
    morph(panel, drawPanel(modelOf('muted')));
    expect(panel.querySelector('.timer')).toBe(timer);
    expect(panel.querySelector('.sub')).not.toBe(sentence);
  });

  it('keeps the focus on a microphone while the time goes on', () => {
    const panel = drawPanel(modelOf('talking', { view: 'devices' }), ALL_VIEWS);
    document.body.append(panel);
    const radio = panel.querySelector<HTMLElement>('[data-act=input]');
    radio?.focus();
    morph(panel, drawPanel(modelOf('talking', { view: 'devices', time: '02:48' }), ALL_VIEWS));
    expect(document.activeElement).toBe(radio);
  });
});
