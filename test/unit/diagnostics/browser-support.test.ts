// @vitest-environment node
import { expect, it } from 'vitest';
import { browserSupport } from '../../../src/diagnostics/browser-support.js';

it('says on a server that it is none, and nothing else', () => {
  expect(browserSupport()).toMatchObject({
    ok: false,
    problems: [{ code: 'support/not-a-browser' }],
    features: { outputSelection: false, iceRestart: false },
  });
});
