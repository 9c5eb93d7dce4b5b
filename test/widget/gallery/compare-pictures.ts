import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';

/** Side of the squares in which pixels are counted and colours averaged, in pixels. */
const SQUARE = 12;
/** How far a pixel may be off, 0 to 1; edges of letters and curves are left out of the count. */
const PIXEL_THRESHOLD = 0.2;
/** So many other pixels in one square are a difference: more than the edge of a letter. */
const OTHER_PIXELS = 28;
/** So far may the mean of a channel in one square be off, of 255: less than a tint, more than a smoothed edge. */
const OTHER_MEAN = 13;
/** Where all pixels of a square are off alike no edge was smoothed: another tint, which counts from here. */
const OTHER_TINT = 2.5;
const EVEN = 3;

/** Larger squares: here smoothed edges even out, and what remains is the colour of words. */
const FIELD = 60;
const OTHER_FIELD_MEAN = 1.2;

/** What differs between two pictures. */
export interface PictureDifference {
  /** Where, in words; empty when the pictures are the same but for the smoothing of edges. */
  readonly places: readonly string[];
  /** The pictures laid over each other, what differs in red. */
  readonly diff: PNG;
}

/** Compares two pictures square by square, so that a small change in a large picture is one. */
export function comparePictures(expected: PNG, actual: PNG): PictureDifference {
  const { width, height } = expected;
  const diff = new PNG({ width, height });
  if (actual.width !== width || actual.height !== height) {
    const size = `${actual.width} x ${actual.height}, not ${width} x ${height}`;
    return { places: [`size ${size}`], diff: actual };
  }
  pixelmatch(expected.data, actual.data, diff.data, width, height, { threshold: PIXEL_THRESHOLD });
  const places: string[] = [];
  const compare = (size: number, judge: (found: SquareDifference) => string | undefined): void => {
    for (let top = 0; top < height; top += size) {
      for (let left = 0; left < width; left += size) {
        const found = judge(measureSquare({ expected, actual, diff, left, top, size }));
        if (found !== undefined) places.push(`at ${left}, ${top}: ${found}`);
      }
    }
  };
  compare(SQUARE, ({ pixels, mean, isEven }) => {
    if (pixels > OTHER_PIXELS) return `${pixels} pixels`;
    return mean > (isEven ? OTHER_TINT : OTHER_MEAN)
      ? `colour off by ${mean.toFixed(1)}`
      : undefined;
  });
  compare(FIELD, ({ mean }) =>
    mean > OTHER_FIELD_MEAN ? `colour around it off by ${mean.toFixed(1)}` : undefined,
  );
  return { places, diff };
}

interface Square {
  readonly expected: PNG;
  readonly actual: PNG;
  readonly diff: PNG;
  readonly left: number;
  readonly top: number;
  readonly size: number;
}

interface SquareDifference {
  /** How many pixels are other ones. */
  readonly pixels: number;
  /** By how much its mean colour is off, of 255. */
  readonly mean: number;
  /** Whether all its pixels are off alike. */
  readonly isEven: boolean;
}

function measureSquare({ expected, actual, diff, left, top, size }: Square): SquareDifference {
  const sums = [0, 0, 0];
  const lowest = [255, 255, 255];
  const highest = [-255, -255, -255];
  let red = 0;
  let count = 0;
  const right = Math.min(left + size, expected.width);
  const bottom = Math.min(top + size, expected.height);
  for (let y = top; y < bottom; y += 1) {
    for (let x = left; x < right; x += 1) {
      const at = (y * expected.width + x) * 4;
      count += 1;
      if (diff.data[at] === 255 && diff.data[at + 1] === 0 && diff.data[at + 2] === 0) red += 1;
      for (let channel = 0; channel < 3; channel += 1) {
        const [wanted = 0, got = 0] = [expected.data[at + channel], actual.data[at + channel]];
        const difference = got - wanted;
        sums[channel] = (sums[channel] ?? 0) + difference;
        lowest[channel] = Math.min(lowest[channel] ?? 0, difference);
        highest[channel] = Math.max(highest[channel] ?? 0, difference);
      }
    }
  }
  return {
    pixels: red,
    mean: Math.max(...sums.map((sum) => Math.abs(sum) / count)),
    isEven: highest.every((high, channel) => high - (lowest[channel] ?? 0) <= EVEN),
  };
}
