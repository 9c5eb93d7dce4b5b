import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PROJECT_ROOT } from '../../scripts/root.js';

interface Violation {
  readonly from: string;
  readonly rule: { readonly name: string };
}

/** One import for each rule that must not be, as rule, file, text of the file. */
const PLANTED: readonly (readonly [rule: string, file: string, text: string])[] = [
  [
    'no-circular',
    'src/quality/planted-a.ts',
    "import type { B } from './planted-b.js';\nexport type A = B;",
  ],
  [
    'core-is-the-bottom',
    'src/core/planted.ts',
    "export type { Leg } from '../providers/provider.js';",
  ],
  [
    'core-is-the-bottom',
    'src/errors/planted.ts',
    "export type { Leg } from '../providers/provider.js';",
  ],
  [
    'contract-and-media-stay-low',
    'src/media/planted.ts',
    "export { Dialer } from '../dialer/dialer.js';",
  ],
  [
    'contract-and-media-stay-low',
    'src/access/planted.ts',
    "export { createFailover } from '../failover/policy.js';",
  ],
  [
    'contract-and-media-stay-low',
    'src/providers/planted.ts',
    "export { sandbox } from './sandbox/sandbox.js';",
  ],
  [
    'providers-are-islands',
    'src/providers/planted/one.ts',
    "export { sandbox } from '../sandbox/sandbox.js';",
  ],
  [
    'providers-are-islands',
    'src/providers/planted/two.ts',
    "export { Dialer } from '../../dialer/dialer.js';",
  ],
  [
    'providers-are-islands',
    'src/providers/planted/three.ts',
    "export * from '../../media/microphone.js';",
  ],
  [
    'intent-knows-no-more-than-a-dialer',
    'src/intent/planted.ts',
    "export { LiveCall } from '../dialer/live-call.js';",
  ],
  [
    'widget-uses-the-public-api',
    'src/widget/planted.ts',
    "export { LiveCall } from '../dialer/live-call.js';",
  ],
  [
    'links-stand-on-the-core',
    'src/tel-links/planted-dialer.ts',
    "export { LiveCall } from '../dialer/live-call.js';",
  ],
  ['numbers-stand-on-the-core', 'src/numbers/planted.ts', "export { Dialer } from '../index.js';"],
  [
    'nothing-below-knows-the-widget',
    'src/dialer/planted-widget.ts',
    "export { EverdialElement } from '../widget/index.js';",
  ],
  [
    'plans-of-countries-in-numbers-only',
    'src/tel-links/planted.ts',
    "export { AsYouType } from 'libphonenumber-js/max';",
  ],
  [
    'failover-knows-no-provider',
    'src/failover/planted-a.ts',
    "export { Dialer } from '../dialer/dialer.js';",
  ],
  [
    'failover-knows-no-provider',
    'src/failover/planted-b.ts',
    "export const load = () => import('../providers/sandbox/sandbox.js');",
  ],
  [
    'dialer-knows-no-provider',
    'src/dialer/planted.ts',
    "export { sandbox } from '../providers/sandbox/index.js';",
  ],
  [
    'dialer-knows-no-provider',
    'src/diagnostics/planted.ts',
    "export { Dialer } from '../index.js';",
  ],
  [
    'index-knows-no-provider',
    'src/index.ts',
    "export { sandbox } from './providers/sandbox/index.js';",
  ],
  [
    'testing-knows-no-provider',
    'src/testing/planted.ts',
    "export { sandbox } from '../providers/sandbox/index.js';",
  ],
  ['embed-ships-no-tests', 'src/embed/planted.ts', "export * from '../testing/index.js';"],
  [
    'one-place-names-a-vendor',
    'src/providers/planted/adapter.ts',
    "export const load = () => import('@telnyx/webrtc');",
  ],
  [
    'one-place-names-a-vendor',
    'src/providers/planted/again.ts',
    "export { Device } from '@twilio/voice-sdk';",
  ],
  [
    'one-place-names-a-vendor',
    'src/embed/planted-b.ts',
    "export const load = () => import('@twilio/voice-sdk');",
  ],
  ['nothing-from-node', 'src/access/planted-b.ts', "export { readFileSync } from 'node:fs';"],
  ['nothing-from-the-tests', 'src/testing/planted-b.ts', "export * from '../../test/planted.js';"],
  ['only-declared-packages', 'src/quality/planted-c.ts', "export { WebSocket } from 'ws';"],
];

/** What must stay possible. */
const ALLOWED: readonly (readonly [file: string, text: string])[] = [
  [
    'src/quality/planted-b.ts',
    "import type { A } from './planted-a.js';\nexport type B = A | undefined;",
  ],
  ['src/providers/planted/index.ts', "export const load = () => import('@telnyx/webrtc');"],
  [
    'src/providers/planted/types.ts',
    "import type { TelnyxRTC } from '@telnyx/webrtc';\nexport type Sdk = TelnyxRTC;",
  ],
  ['src/embed/vendor/planted.ts', "export { Device } from '@twilio/voice-sdk';"],
  ['test/planted.ts', 'export const planted = 1;'],
];

let folder = '';
let violations: readonly Violation[] = [];

/** Runs dependency-cruiser on a copy of the sources with all of it planted. */
async function cruise(): Promise<readonly Violation[]> {
  const bin = join(PROJECT_ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = [bin, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', 'src'];
  const output = await new Promise<string>((resolve) => {
    execFile(process.execPath, args, { cwd: folder, maxBuffer: 1e8 }, (_error, stdout) => {
      resolve(stdout);
    });
  });
  const report = JSON.parse(output) as { summary: { violations: readonly Violation[] } };
  return report.summary.violations;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'everdial-boundaries-'));
  for (const name of ['src', 'package.json', 'tsconfig.json', '.dependency-cruiser.cjs']) {
    cpSync(join(PROJECT_ROOT, name), join(folder, name), { recursive: true });
  }
  symlinkSync(join(PROJECT_ROOT, 'node_modules'), join(folder, 'node_modules'));
  for (const [file, text] of [...PLANTED.map(([, ...rest]) => rest), ...ALLOWED]) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), `${text}\n`);
  }
  violations = await cruise();
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test.each(PLANTED)('%s is seen in %s', (rule, file) => {
  expect(violations.filter(({ from }) => from === file).map(({ rule }) => rule.name)).toContain(
    rule,
  );
});

test.each(ALLOWED)('%s may do what it does', (file) => {
  const rules = violations.filter(({ from }) => from === file).map(({ rule }) => rule.name);
  // The other half of the planted circle.
  expect(rules.filter((rule) => rule !== 'no-circular')).toEqual([]);
});

test('each rule has its planted violation', () => {
  const config = createRequire(import.meta.url)(join(PROJECT_ROOT, '.dependency-cruiser.cjs')) as {
    readonly forbidden: readonly { readonly name: string }[];
  };
  const planted = new Set(PLANTED.map(([rule]) => rule));
  expect(config.forbidden.map(({ name }) => name).filter((name) => !planted.has(name))).toEqual([]);
});
