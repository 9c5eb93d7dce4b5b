import { describe, expect, it } from 'vitest';
import { drawBar } from '../../../../src/widget/bar/draw-bar.js';
import { ALL_VIEWS, agentModel, detailsWith, drawPanel, modelOf, textOf } from './panel-fixture.js';

const HOSTILE = '"><img src=x onerror=alert(1)>{number}‮<b>';
const WORDS = { name: HOSTILE, number: HOSTILE, seconds: HOSTILE, duration: HOSTILE };

/** No element came out of the text, and the text is there as it was. */
function expectText(root: HTMLElement): void {
  expect(root.querySelector('img, .main b:not(.note b)')).toBeNull();
  expect(root.textContent).toContain(HOSTILE);
}

describe('what others wrote', () => {
  it('is text in the header, the bar and the names of both', () => {
    const model = modelOf('talking', { name: HOSTILE, number: HOSTILE, words: WORDS });
    expectText(drawPanel(model));
    expectText(drawBar(model));
    expect(drawPanel(model).getAttribute('aria-label')).toBe(`Call with ${HOSTILE}`);
  });

  it('is text in sentences', () => {
    expectText(drawPanel(modelOf('ended', { words: WORDS })));
    expectText(drawPanel(modelOf('consent', { sentence: HOSTILE })));
    expectText(drawPanel(modelOf('service', { words: WORDS })));
  });

  it('is text in the names of devices', () => {
    const devices = { inputs: [{ id: HOSTILE, label: HOSTILE, picked: true }], outputs: [] };
    const panel = drawPanel(modelOf('talking', { view: 'devices', devices }), ALL_VIEWS);
    expectText(panel);
    expect(panel.querySelector<HTMLInputElement>('[data-act=input]')?.value).toBe(HOSTILE);
  });

  it('is text in the details', () => {
    expectText(
      drawPanel(
        modelOf('talking', { view: 'details', details: detailsWith({ carrier: HOSTILE }) }),
        ALL_VIEWS,
      ),
    );
  });

  it('is text in the dial pad', () => {
    const { dialPad } = agentModel();
    if (!dialPad) throw new Error('no dial pad');
    const panel = drawPanel(
      agentModel({ dialPad: { ...dialPad, help: HOSTILE, value: HOSTILE, country: HOSTILE } }),
      ALL_VIEWS,
    );
    expectText(panel);
    expect(textOf(panel, '#help')).toBe(HOSTILE);
  });
});
