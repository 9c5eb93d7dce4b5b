import { existsSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { findChromium } from './find-chromium.js';

const before = process.env['TEST_CHROMIUM'];

afterEach(() => {
  if (before === undefined) delete process.env['TEST_CHROMIUM'];
  else process.env['TEST_CHROMIUM'] = before;
});

describe('findChromium', () => {
  it('takes the one that is named', () => {
    process.env['TEST_CHROMIUM'] = process.execPath;
    expect(findChromium()).toBe(process.execPath);
  });

  it('says so when the one that is named is not there', () => {
    process.env['TEST_CHROMIUM'] = '/nowhere/chromium';
    expect(() => findChromium()).toThrow(
      'TEST_CHROMIUM is /nowhere/chromium, which does not exist',
    );
  });

  it('finds one otherwise', () => {
    delete process.env['TEST_CHROMIUM'];
    expect(existsSync(findChromium())).toBe(true);
  });
});
