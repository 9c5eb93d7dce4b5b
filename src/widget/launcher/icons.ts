/** Strokes of an icon on a grid of 24 units: the path and the width of its line. */
export type IconShape = readonly (readonly [path: string, width: number])[];

/** A handset. It stands for calling, and turned by 135° for hanging up. */
export const PHONE: IconShape = [
  ['M5 6.6C5 13.7 10.3 19 17.4 19', 3.3],
  ['M6 5.9v2.3', 5.3],
  ['M15.8 18h2.3', 5.3],
];

/** A clock: closed now, open until. */
export const CLOCK: IconShape = [
  ['M12 3.8a8.2 8.2 0 1 1 0 16.4 8.2 8.2 0 0 1 0-16.4zM12 7.8V12l3 2', 1.75],
];

/** Draws the handset. */
export const phoneIcon = (): SVGSVGElement => drawIcon('phone', PHONE);

/** Draws the clock. */
export const clockIcon = (): SVGSVGElement => drawIcon('clock', CLOCK);

/** Draws an icon, hidden from screen readers: the words beside it say what it means. */
export function drawIcon(name: string, shape: IconShape): SVGSVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', `icon i-${name}`);
  svg.setAttribute('aria-hidden', 'true');
  for (const [d, width] of shape) {
    const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    path.setAttribute('d', d);
    path.setAttribute('stroke-width', String(width));
    svg.append(path);
  }
  return svg;
}
