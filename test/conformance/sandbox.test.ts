import { test } from 'vitest';
import { providerSuite } from '../../src/testing/index.js';
import { sandboxHarness } from './sandbox-harness.js';

for (const { name, run } of providerSuite(sandboxHarness, { settleMs: 60 })) test(name, run);
