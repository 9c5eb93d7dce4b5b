import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ERRORS_PAGE, renderErrorsPage } from '../../../scripts/docs-errors.js';
import { type DialerErrorCode, ERROR_CODES } from '../../../src/errors/codes.js';
import { ERROR_TEXTS } from '../../../src/errors/texts.js';

const codes = Object.keys(ERROR_CODES) as DialerErrorCode[];

it('has texts for every code, in the order of the registry, and for no other', () => {
  expect(Object.keys(ERROR_TEXTS)).toEqual(codes);
});

it.each(codes)(
  '%s: each text is a full sentence, those for the person at the page are one',
  (code) => {
    const { summary, remedy, developer } = ERROR_TEXTS[code];
    for (const text of [summary, remedy]) {
      expect(text).toMatch(/^[A-Z][^.!?]+\.$/);
      expect(text.length).toBeLessThan(100);
    }
    expect(developer).toMatch(/^[A-Z`'].+\.$/);
  },
);

it('docs/errors.md is current (tsx scripts/docs-errors.ts)', () => {
  expect(readFileSync(ERRORS_PAGE, 'utf8')).toBe(renderErrorsPage());
});
