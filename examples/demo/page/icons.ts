const NAMESPACE = 'http://www.w3.org/2000/svg';

/** Strokes on a grid of 24 with their width. */
const PATHS = {
  phone: [
    ['M5 6.6C5 13.7 10.3 19 17.4 19', 3.3],
    ['M6 5.9v2.3', 5.3],
    ['M15.8 18h2.3', 5.3],
  ],
  microphone: [
    [
      'M12 3.5a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0v-5a3 3 0 0 1 3-3zM5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3',
      1.75,
    ],
  ],
  'microphone-off': [
    [
      'M15 9.6V6.5a3 3 0 0 0-5.8-1.1M9 10v1.5a3 3 0 0 0 4.6 2.5M5.5 11.5a6.5 6.5 0 0 0 10.4 5.2M18.5 11.5a6.4 6.4 0 0 1-.5 2.5M12 18v3M4 4l16 16',
      1.75,
    ],
  ],
  keypad: [['M6 5h0M12 5h0M18 5h0M6 11h0M12 11h0M18 11h0M6 17h0M12 17h0M18 17h0', 3]],
  pause: [['M9 6.5v11M15 6.5v11', 2.6]],
  play: [['M8.5 5.8v12.4l9.5-6.2z', 1.75]],
} as const;

/** A name of an icon. */
export type IconName = keyof typeof PATHS | 'hang-up';

/** Draws an icon; the words beside it carry the meaning. */
export function icon(name: IconName): SVGSVGElement {
  const svg = document.createElementNS(NAMESPACE, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', `icon icon-${name}`);
  svg.setAttribute('aria-hidden', 'true');
  // Hanging up is the same handset, lying down.
  for (const [shape, width] of PATHS[name === 'hang-up' ? 'phone' : name]) {
    const path = document.createElementNS(NAMESPACE, 'path');
    path.setAttribute('d', shape);
    path.setAttribute('stroke-width', String(width));
    svg.append(path);
  }
  return svg;
}
