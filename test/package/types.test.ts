import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { PROJECT_ROOT } from '../../scripts/root.js';
import { makeApplication } from './application.js';

const CODE = `
import { type Call, Dialer, type DialerErrorCode, isDialerError } from 'everdial';
import type { EverdialGlobal } from 'everdial/global';
import type { Leg, Provider } from 'everdial/providers';
import { sandbox, sandboxNumbers } from 'everdial/providers/sandbox';
import { sip } from 'everdial/providers/sip';
import { telnyx } from 'everdial/providers/telnyx';
import { twilio } from 'everdial/providers/twilio';
import { testEnvironment } from 'everdial/testing';

const dialer = new Dialer({
  providers: [telnyx({ region: 'us-west' }), twilio({ edge: 'dublin' }), sip({ server: 'wss://pbx.example.com', domain: 'pbx.example.com' }), sandbox()],
  getToken: ({ provider, signal }) => fetch(\`/voice-token/\${provider}\`, { method: 'POST', signal }),
});
export const call: Call = dialer.dial(sandboxNumbers.answers);
call.on('ended', ({ cause, error }) => {
  const code: DialerErrorCode | undefined = error?.code;
  console.log(cause, code, isDialerError(error));
});
export const provider: Provider = telnyx();
export const environment = testEnvironment();
export type { EverdialGlobal, Leg };
window.Everdial?.cmd.push((everdial) => new everdial.Dialer({ providers: [everdial.sandbox()] }));
// A provider that needs a token, and nobody to get one.
// @ts-expect-error
new Dialer({ providers: [telnyx()] });
`;

const OPTIONS = {
  target: 'ES2022',
  lib: ['ES2022', 'DOM', 'DOM.Iterable'],
  types: [],
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: false,
  noEmit: true,
};

test.each([
  ['nodenext', { module: 'nodenext', moduleResolution: 'nodenext' }],
  ['bundler', { module: 'esnext', moduleResolution: 'bundler' }],
])('an application without the SDKs compiles, libraries checked (%s)', (_name, resolution) => {
  const application = makeApplication(inject('installed'), {
    'app.ts': CODE,
    'tsconfig.json': JSON.stringify({
      compilerOptions: { ...OPTIONS, ...resolution },
      files: ['app.ts'],
    }),
  });
  const tsc = join(PROJECT_ROOT, 'node_modules/typescript/bin/tsc');
  expect(application.run('node', tsc, '-p', '.')).toBe('');
});
