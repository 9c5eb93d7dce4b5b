import { crc32, deflateSync } from 'node:zlib';
import type { PNG } from 'pngjs';

const COLOURS = 256;
/** The most frequent ones are kept as they are: surfaces, texts and buttons. */
const EXACT = 112;
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/**
 * Encodes a picture with 256 colours: a fifth of the bytes. Surfaces and words keep their colours; those of smoothed edges
 * become the nearest.
 */
export function encodeSmall({ width, height, data }: PNG): Buffer {
  const pixels = Uint32Array.from({ length: width * height }, (_, at) =>
    data.readUIntBE(at * 4, 3),
  );
  const counts = new Map<number, number>();
  for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
  const { palette, places } = choosePalette(counts);
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      rows[y * (width + 1) + x + 1] = places.get(pixels[y * width + x] ?? 0) ?? 0;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // 8 bits for each pixel, which are places in the palette.
  header.set([8, 3], 8);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flatMap((colour) => channels(colour)))),
    chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** The most frequent colours, then always the one that is farthest from those there are. */
function choosePalette(counts: ReadonlyMap<number, number>): {
  readonly palette: readonly number[];
  readonly places: ReadonlyMap<number, number>;
} {
  const colours = [...counts.keys()].sort(
    (a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0) || a - b,
  );
  const palette: number[] = [];
  const places = new Map<number, number>();
  const far = new Map(colours.map((colour) => [colour, Number.POSITIVE_INFINITY]));
  const add = (chosen: number): void => {
    for (const colour of colours) {
      const distance = apart(colour, chosen);
      if (distance >= (far.get(colour) ?? 0)) continue;
      far.set(colour, distance);
      places.set(colour, palette.length);
    }
    palette.push(chosen);
  };
  for (const colour of colours.slice(0, EXACT)) add(colour);
  while (palette.length < Math.min(COLOURS, colours.length)) {
    const farthest = colours.reduce((a, b) => ((far.get(b) ?? 0) > (far.get(a) ?? 0) ? b : a));
    if (far.get(farthest) === 0) break;
    add(farthest);
  }
  return { palette, places };
}

const channels = (colour: number): readonly number[] => [
  colour >> 16,
  (colour >> 8) & 255,
  colour & 255,
];

const apart = (one: number, other: number): number =>
  Math.abs((one >> 16) - (other >> 16)) +
  Math.abs(((one >> 8) & 255) - ((other >> 8) & 255)) +
  Math.abs((one & 255) - (other & 255));

function chunk(type: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}
