let last = 0;

/** An id that no other fake has: `fake-track-1`. */
export function nextFakeId(what: 'track' | 'stream'): string {
  last += 1;
  return `fake-${what}-${last}`;
}
