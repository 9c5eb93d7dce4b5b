import type { BrowserKind } from '../panel/panel-model.js';

/** Which browser it is, as far as that changes where it asks for the microphone and how a refusal is taken back. */
export function browserKind(userAgent: string, touchPoints: number): BrowserKind {
  // An iPad calls itself a Mac, which has no touch screen.
  if (/iPhone|iPad|iPod/.test(userAgent) || (/Macintosh/.test(userAgent) && touchPoints > 1)) {
    return 'ios';
  }
  if (/Android/.test(userAgent)) return 'android';
  if (/Firefox\//.test(userAgent)) return 'firefox';
  return /Safari\//.test(userAgent) && !/Chrom(e|ium)\//.test(userAgent) ? 'safari' : 'chrome';
}
