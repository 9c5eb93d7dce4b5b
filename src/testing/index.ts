/**
 * `everdial/testing`: for tests of applications (with `everdial/providers/sandbox`) and for writers of providers. Needs
 * no test runner.
 * @packageDocumentation
 */
export type { FakeDevice } from './fake-devices.js';
export type { FakeMedia, FakePermission, PromptAnswer } from './fake-media.js';
export type {
  HarnessEnd,
  ProviderHarness,
  ProviderTestCase,
  ProviderUnderTest,
} from './harness.js';
export { type ProviderSuiteOptions, providerSuite } from './provider-suite.js';
export { type RecordedEvent, recordEvents } from './record-events.js';
export type { SimulatedClock } from './simulated-clock.js';
export {
  type TestEnvironment,
  type TestEnvironmentOptions,
  testEnvironment,
} from './test-environment.js';
