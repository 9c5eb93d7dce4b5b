import { type ProviderHarness, providerSuite } from 'everdial/testing';
import { test } from 'vitest';
import { exampleCarrier } from '../../examples/own-provider/example-carrier.js';
import { simulatedVendor } from './own-provider-vendor.js';

const CODES = {
  completed: 200,
  busy: 486,
  rejected: 603,
  unavailable: 480,
  'invalid-number': 404,
  'provider-failed': 503,
} as const;

const harness: ProviderHarness = {
  async create() {
    const vendor = simulatedVendor();
    return {
      provider: exampleCarrier({ sdk: vendor.sdk }),
      connection: (outcome) => vendor.connection(outcome),
      acknowledge: async () => undefined,
      ring: () => vendor.emit('ringing'),
      answer: () => vendor.emit('answered'),
      end: (cause) => vendor.emit('over', CODES[cause]),
      dropSignalling: () => vendor.drop(),
      get sentCalls() {
        return vendor.sentCalls;
      },
      get openResources() {
        return vendor.openResources;
      },
      dispose: () => vendor.stop(),
    };
  },
};

for (const { name, run } of providerSuite(harness, { settleMs: 30 })) test(name, run);
