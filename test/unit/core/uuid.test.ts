import { expect, it } from 'vitest';
import { randomUuid } from '../../../src/core/uuid.js';

it('makes version 4 UUIDs of the right variant, each another one', () => {
  const ids = Array.from({ length: 500 }, randomUuid);
  for (const id of ids) {
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  }
  expect(new Set(ids).size).toBe(ids.length);
  // Leading zeroes of a byte must not get lost.
  expect(ids.some((id) => id.startsWith('0'))).toBe(true);
});
