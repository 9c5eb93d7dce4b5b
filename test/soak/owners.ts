import { readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { PAGES_ROOT } from '../lab/root.js';

/** Where esbuild names the file that the following lines come from. */
const ORIGIN =
  /^\s*\/\/ (?:\S*\/(?=node_modules\/))?(node_modules\/(?:@[^/]+\/)?[^/]+|src|test|bench)\//;

/**
 * Tells whose code stands in a line of a built page.
 * @param path - of the page, as `buildPage` gives it
 */
export function readOwners(path: string): (line: string) => string {
  const folder = `${PAGES_ROOT}${basename(dirname(path))}`;
  const files = new Map<string, readonly string[]>();
  return (place) => {
    const [file = '', number = '0'] = place.split(':');
    if (file === '?') return 'browser';
    const lines = files.get(file) ?? readFileSync(`${folder}/${file}`, 'utf8').split('\n');
    files.set(file, lines);
    for (let index = Number(number) - 1; index >= 0; index -= 1) {
      const origin = ORIGIN.exec(lines[index] ?? '')?.[1];
      if (origin === 'src') return 'everdial';
      if (origin !== undefined) return origin.replace('node_modules/', '');
    }
    return 'unknown';
  };
}
