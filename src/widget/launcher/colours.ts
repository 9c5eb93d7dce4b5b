// Colour arithmetic in CSS. The Y of xyz-d65 is the luminance that WCAG contrast is made of, so these are exact, not estimates.

function pick(colour: string, isDark: boolean): string {
  const k = isDark ? 'clamp(0,(y - .1791)*1e9,1)' : 'clamp(0,(.1791 - y)*1e9,1)';
  return `color(from ${colour} xyz-d65 calc(.9505*${k}) calc(${k}) calc(1.089*${k}))`;
}

/** CSS: black or white, whichever reads better on a colour; at least 4.58 : 1 for every colour there is. */
export const on = (colour: string): string => pick(colour, false);

/** CSS: the opposite of {@link on}: mixing the colour towards it can only raise that contrast. */
export const away = (colour: string): string => pick(colour, true);

/** CSS: the colour, moved just as far as needed to be readable as text on the surface of the current theme. */
export function ink(colour: string): string {
  const f = 'min(1,.125/y)';
  const m = 'max(0,(.36 - y)/(1 - y))';
  const light = `color(from ${colour} xyz-d65 calc(x*${f}) calc(y*${f}) calc(z*${f}))`;
  const dark = `color(from ${colour} xyz-d65 calc(x + (.9505 - x)*${m}) calc(y + (1 - y)*${m}) calc(z + (1.089 - z)*${m}))`;
  return `light-dark(${light},${dark})`;
}
