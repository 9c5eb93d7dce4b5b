import { type Child, h, spoken } from '../dom/h.js';
import { icon } from './icons.js';
import type { PanelModel } from './panel-model.js';
import { type DotsLook, SCENE_LOOKS, type Stop, type StopLook } from './scenes.js';

/** Units by which the dots of the second way leave the straight one. */
const DETOUR = [0, 5, 8.5, 10.5, 11, 10.5, 8.5, 5, 0];

const STEPS: Partial<Record<StopLook, 'waiting' | 'now' | 'done' | 'failed'>> = {
  wait: 'waiting',
  now: 'now',
  done: 'done',
  bad: 'failed',
};

/**
 * The line between two people: you, the carrier, them. Every state of a call is a state of this drawing; its nodes stay the
 * same, so that it changes and does not jump.
 */
export function drawLine(model: PanelModel): HTMLElement {
  const look = SCENE_LOOKS[model.scene];
  const [you, first, carrier, second, them] = look.line;
  const steps = look.labels === 'steps';
  const labels = labelsOf(model);
  const label = (words: Child, [state]: Stop): Child => {
    const step = steps && STEPS[state];
    return words && h('span', { class: 'lab' }, words, step && spoken(`, ${model.texts[step]}`));
  };
  // Without labels there is nothing in it that the headline does not say.
  const says = steps || look.timer;
  return h(
    'ol',
    {
      class: 'line',
      part: 'line',
      'aria-label': says && model.texts.progress,
      'aria-hidden': !says && 'true',
    },
    h('li', { class: 'stop', 'data-is': you[0] }, node(you), label(labels[0], you)),
    h(
      'li',
      { class: 'stop mid', 'data-is': carrier[0] },
      dots(first),
      node(carrier),
      dots(second),
      label(labels[1], carrier),
    ),
    h(
      'li',
      { class: look.rings ? 'stop ring' : 'stop', 'data-is': them[0] },
      node(them),
      label(labels[2], them),
    ),
  );
}

function labelsOf({ scene, texts, quality }: PanelModel): readonly [Child, Child, Child] {
  const { labels, line, timer } = SCENE_LOOKS[scene];
  if (labels === 'steps') return [texts.stepMicrophone, texts.stepLine, texts.stepRing];
  if (labels === undefined) return [false, false, false];
  const [[you], , [carrier]] = line;
  const words = quality && [texts.weak, texts.fair, texts.good][quality - 1];
  return [
    you === 'off' ? texts.muted : texts.you,
    timer && carrier === 'done' && quality && [qualityBars(quality), words],
    texts.them,
  ];
}

const node = ([, glyph, badge]: Stop): HTMLElement =>
  h('span', { class: 'node' }, icon(glyph), badge && h('span', { class: 'badge' }, icon(badge)));

function dots(look: DotsLook): HTMLElement {
  const detour = look.startsWith('detour');
  return h(
    'span',
    { class: `dots ${look}`.trim(), 'aria-hidden': 'true' },
    DETOUR.map((y, index) => h('i', { vars: { '--i': index, ...(detour && { '--y': y }) } })),
  );
}

const qualityBars = (quality: number): HTMLElement =>
  h(
    'span',
    { class: 'bars', 'aria-hidden': 'true' },
    [1, 2, 3].map((bar) => h('i', { class: bar <= quality && 'f' })),
  );
