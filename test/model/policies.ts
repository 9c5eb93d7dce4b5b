import type { FailoverPolicy } from '../../src/failover/failover-context.js';
import type { Policy } from './script.js';
import type { Chance } from './world/chance.js';

const ACTIONS = ['next', 'refresh-token', 'wait', 'ask', 'stop'] as const;

/** Policies of an application that means no good: whatever they say, nobody is rung twice. */
export const POLICIES: Readonly<
  Record<Exclude<Policy, 'standard'>, (chance: Chance) => FailoverPolicy>
> = {
  'always dials on': () => () => ({ action: 'next' }),
  'always waits': () => (context) =>
    context.evidence === 'alive' ? { action: 'wait', forMs: 2_000 } : { action: 'next' },
  'changes its mind': (chance) => () => {
    const action = ACTIONS[chance.between(0, ACTIONS.length - 1)] ?? 'stop';
    return action === 'wait' ? { action, forMs: chance.between(1, 5_000) } : { action };
  },
};
