import { test } from 'vitest';
import { providerSuite } from '../../src/testing/index.js';
import { sandboxHarness } from './sandbox-harness.js';

const harness = sandboxHarness({ sound: 'none' });

for (const { name, run } of providerSuite(harness, { settleMs: 60 })) test(name, run);
