import { contrast, painted, type Rgba } from './luminance.js';

/** The worst contrast of a pair of derived colours, and the accent it comes with. */
export interface WorstContrast {
  /** Of all accents. */
  readonly ratio: number;
  /** Such as `rgb(17,0,255)`. */
  readonly accent: string;
}

const PAIRS = {
  'text on accent': ['--_on', '--_a'],
  'text on accent, hover': ['--_on', '--_ahov'],
  'text on accent, pressed': ['--_on', '--_aprs'],
  'accent as text on the surface': ['--_ai', '--_s'],
  'accent as text on its tint': ['--_ai', '--_as'],
  'accent as text on a well': ['--_ai', '--_w'],
  'accent as text on a hovered well': ['--_ai', '--_w2'],
} as const;
const NAMES = [...new Set(Object.values(PAIRS).flat())];
/** 16 of each channel. */
const STEP = 17;

/** Gives the first element every one of 4096 accents, and tells the worst contrast of each pair. */
export function sweepAccents(theme: 'light' | 'dark'): Readonly<Record<string, WorstContrast>> {
  const host = document.querySelector<HTMLElement>('ever-dial');
  if (!host?.shadowRoot) throw new Error('no element in the gallery');
  host.setAttribute('theme', theme);
  const probes = NAMES.map((name) => {
    const probe = document.createElement('i');
    probe.style.setProperty('color', `var(${name})`);
    return probe;
  });
  host.shadowRoot.replaceChildren(...probes);
  const worst: Record<string, WorstContrast> = {};
  for (const accent of accents()) {
    host.style.setProperty('--everdial-accent', accent);
    const colours = painted(probes.map((probe) => getComputedStyle(probe).color));
    const colour = (name: string): Rgba => colours[NAMES.indexOf(name as '--_on')] ?? [0, 0, 0, 0];
    for (const [pair, [text, ground]] of Object.entries(PAIRS)) {
      const ratio = contrast(colour(text), colour(ground));
      if (ratio < (worst[pair]?.ratio ?? Number.POSITIVE_INFINITY)) worst[pair] = { ratio, accent };
    }
  }
  return worst;
}

function* accents(): Generator<string> {
  for (let red = 0; red < 256; red += STEP) {
    for (let green = 0; green < 256; green += STEP) {
      for (let blue = 0; blue < 256; blue += STEP) yield `rgb(${red},${green},${blue})`;
    }
  }
}
