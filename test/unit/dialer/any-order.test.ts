import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CALL_TRANSITIONS, type CallState } from '../../../src/core/call-state.js';
import type { TransitionTable } from '../../../src/core/state-machine.js';
import {
  type SandboxAction,
  type SandboxOptions,
  type SandboxScenario,
  sandbox,
} from '../../../src/providers/sandbox/index.js';
import { recordEvents } from '../../../src/testing/index.js';
import { NUMBER, stage } from './dialer-stage.js';

const FAR: readonly SandboxAction[] = [
  'acknowledge',
  'ring',
  'early-media',
  'answer',
  'hang-up',
  'busy',
  'server-error',
  'hold',
  'take-back',
  'lose-signalling',
  'restore-signalling',
  'stop-sound',
  'restore-sound',
];

const step = fc.record({ afterMs: fc.nat({ max: 3_000 }), does: fc.constantFrom(...FAR) });

const CONVERSATION: SandboxScenario = [
  { afterMs: 300, does: 'ring' },
  { afterMs: 1_000, does: 'answer' },
];

const LOST: SandboxScenario = [...CONVERSATION, { afterMs: 500, does: 'lose-signalling' }];

const scenario = fc
  .tuple(fc.constantFrom<SandboxScenario>([], CONVERSATION, LOST), fc.array(step, { maxLength: 6 }))
  .map(([begin, more]): SandboxScenario => [...begin, ...more]);

const connection = fc.constantFrom<NonNullable<SandboxOptions['connection']>>(
  'ready',
  'ready',
  'refused',
  'silent',
  'token-refused',
);

interface SandboxRoute {
  readonly scenario: SandboxScenario;
  readonly connection: NonNullable<SandboxOptions['connection']>;
  readonly capabilities: { readonly reattach: boolean };
}

const route: fc.Arbitrary<SandboxRoute> = fc.record({
  scenario,
  connection,
  capabilities: fc.record({ reattach: fc.boolean() }),
});

const near = fc.oneof(
  fc.constantFrom(
    'hang up',
    'mute',
    'unmute',
    'hold',
    'digits',
    'dial',
    'offline',
    'online',
    'yes',
    'no',
  ),
  fc.nat({ max: 30_000 }),
  fc.integer({ min: 1, max: 800 }),
);

const situation = fc.record({
  routes: fc.tuple(route, route),
  steps: fc.array(near, { maxLength: 12 }),
  permission: fc.constantFrom('granted', 'granted', 'prompt', 'denied'),
});

/** One that comes through every state, so that the property cannot hold for want of calls. */
const LONG_CALL = {
  routes: [
    { scenario: LOST, connection: 'ready', capabilities: { reattach: true } },
    { scenario: [], connection: 'ready', capabilities: { reattach: true } },
  ] as [SandboxRoute, SandboxRoute],
  steps: [5_000, 'hang up' as const],
  permission: 'granted' as const,
};

it('whatever happens in whatever order, each call ends once, in the end, and leaves nothing', async () => {
  const reached = new Set<CallState>();
  await fc.assert(
    fc.asyncProperty(situation, async ({ routes, steps, permission }) => {
      const [first, second] = routes;
      const set = stage(
        [sandbox({ ...first, route: 'first' }), sandbox({ ...second, route: 'second' })],
        { permission },
      );
      const { dialer, clock, media, environment } = set;
      const told = recordEvents(dialer, ['call-added', 'call-ended', 'error']);
      const histories: { readonly events: readonly (readonly [string, object])[] }[] = [];
      dialer.on('call-added', ({ call }) => {
        const types = ['state-changed', 'answered', 'active', 'problem-changed', 'ended'] as const;
        histories.push({ events: recordEvents(call, types) });
      });

      let call = dialer.dial(NUMBER);
      for (const step of steps) {
        if (typeof step === 'number') await clock.advance(step);
        else if (step === 'hang up') void call.hangup();
        else if (step === 'mute' || step === 'unmute') call.mute(step === 'mute');
        else if (step === 'hold') call.hold(!call.held).catch(() => undefined);
        else if (step === 'digits') call.sendDigits('1,2').catch(() => undefined);
        else if (step === 'dial') call = dialer.dial(NUMBER);
        else if (step === 'offline' || step === 'online') environment.setOnline(step === 'online');
        else if (media.openPrompts > 0) media.answerPrompt(step === 'yes' ? 'granted' : 'denied');
      }
      await set.expectNothingLeft();

      const added = told.filter(([type]) => type === 'call-added');
      const ended = told.filter(([type]) => type === 'call-ended');
      expect([ended.length, told.length]).toEqual([added.length, 2 * added.length]);
      for (const { events } of histories) {
        const states = events.flatMap(([type, event]) =>
          type === 'state-changed' && 'state' in event ? [event.state as CallState] : [],
        );
        for (const [index, state] of states.entries()) {
          const table: TransitionTable<CallState> = CALL_TRANSITIONS;
          expect(table[states[index - 1] ?? 'preparing']).toContain(state);
          reached.add(state);
        }
        expect(states.at(-1)).toBe('ended');
        expect(events.at(-1)?.[0]).toBe('ended');
        expect(events.filter(([type]) => type === 'ended')).toHaveLength(1);
        expect(events.filter(([type]) => type === 'answered').length).toBeLessThanOrEqual(1);
        expect(events.filter(([type]) => type === 'active').length).toBeLessThanOrEqual(1);
      }
    }),
    { numRuns: 150, examples: [[LONG_CALL]] },
  );
  // Otherwise nothing much was tried.
  expect(reached).toEqual(new Set(Object.keys(CALL_TRANSITIONS).slice(1)));
}, 120_000);
