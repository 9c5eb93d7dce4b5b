// @vitest-environment node
import { expect, test } from 'vitest';

test('both entries can be imported and asked on a server', async () => {
  expect(globalThis).not.toHaveProperty('document');
  const { telFromLocation } = await import('../../../src/tel-links/index.js');
  const { guessCountry, parseNumber } = await import('../../../src/numbers/index.js');
  expect(telFromLocation()).toBeUndefined();
  expect(guessCountry({ timeZone: 'Europe/Paris' })).toBe('FR');
  expect(guessCountry({ timeZone: 'UTC' })).toSatisfy(
    (country) => country === undefined || /^[A-Z]{2}$/.test(String(country)),
  );
  expect(parseNumber('+1 415 555 0123').ok).toBe(true);
});
