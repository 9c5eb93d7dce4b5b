/** Red, green, blue and alpha, 0 to 255. */
export type Rgba = readonly [red: number, green: number, blue: number, alpha: number];

const SIZE = 16;
const canvas = new OffscreenCanvas(SIZE, 1).getContext('2d', { willReadFrequently: true });

/** What CSS colours are on the screen; at most 16. The browser does the work, so it may be any notation. */
export function painted(colours: readonly string[]): readonly Rgba[] {
  if (!canvas) throw new Error('no canvas');
  canvas.clearRect(0, 0, SIZE, 1);
  for (const [at, colour] of colours.entries()) {
    canvas.fillStyle = colour;
    canvas.fillRect(at, 0, 1, 1);
  }
  const { data } = canvas.getImageData(0, 0, colours.length, 1);
  return colours.map((_, at) => [...data.slice(at * 4, at * 4 + 4)] as unknown as Rgba);
}

/** What one CSS colour is on the screen. */
export const paintedOne = (colour: string): Rgba => painted([colour])[0] ?? [0, 0, 0, 0];

/** Relative luminance of WCAG, 0 to 1. */
export function luminance([red, green, blue]: Rgba): number {
  const linear = (value: number): number =>
    value <= 0.04045 * 255 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4;
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

/** Contrast of WCAG, 1 to 21. */
export function contrast(one: Rgba, other: Rgba): number {
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}
