import type { OwnedCount } from './soak-page-types.js';

/**
 * The file whose code is running, behind the probe itself: name of the script and line. The bundle's own lines tell afterwards
 * whose code that is.
 */
export function callerOf(stack: string | undefined): string {
  // Lines of the probe are anonymous: it is no file.
  const line = stack?.split('\n').find((text) => /\/pages\/[^ ]+\.js:\d+/.test(text));
  const [, file = '?', number = '0'] = /([^/]+\.js):(\d+):\d+/.exec(line ?? '') ?? [];
  return `${file}:${number}`;
}

/** Counts equal ones together. */
export function tally(
  entries: Iterable<{ readonly owner: string; readonly what: string }>,
): OwnedCount[] {
  const counts = new Map<string, { owner: string; what: string; count: number }>();
  for (const { owner, what } of entries) {
    const key = `${owner} ${what}`;
    const known = counts.get(key) ?? { owner, what, count: 0 };
    known.count += 1;
    counts.set(key, known);
  }
  return [...counts.values()];
}
