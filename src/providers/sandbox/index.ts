/**
 * `everdial/providers/sandbox`: a provider without account, server or cost, with simulated telephones behind it.
 * @packageDocumentation
 */
export { type SandboxOptions, type SandboxProvider, sandbox } from './sandbox.js';
export { sandboxNumbers } from './sandbox-numbers.js';
export type { SandboxRecord } from './sandbox-record.js';
export type { SandboxAction, SandboxScenario, SandboxStep } from './scenario.js';
