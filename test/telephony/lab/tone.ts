/** A steady tone: mono, 16 bit. @param rate - samples in a second */
export function tone(frequency: number, seconds: number, rate = 8_000): Int16Array {
  return Int16Array.from({ length: rate * seconds }, (_, index) =>
    Math.round(16_000 * Math.sin((2 * Math.PI * frequency * index) / rate)),
  );
}
