import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DialerError } from '../../../src/errors/dialer-error.js';
import type { FailoverAction } from '../../../src/failover/failover-context.js';
import type { LegEvent } from '../../../src/providers/provider.js';
import { NUMBER, stage } from '../dialer/dialer-stage.js';
import { SAYS, type ScriptedLeg, scripted } from './scripted-provider.js';

/**
 * The far side of every leg, as the callee would tell it: a telephone that may ring exists from the moment in which the
 * call is written until the far side has truly ended it, whatever the Dialer believes.
 */
class Callee {
  readonly #alive = new Set<ScriptedLeg>();
  readonly #rang = new Set<ScriptedLeg>();
  mostAlive = 0;

  saw(leg: ScriptedLeg, event: LegEvent): void {
    if (event.type === 'sent') this.#alive.add(leg);
    if (event.type === 'progress' || event.type === 'answered') this.#rang.add(leg);
    if (event.type === 'ended' && event.final) this.#alive.delete(leg);
    this.mostAlive = Math.max(this.mostAlive, this.#alive.size);
  }

  get rings(): number {
    return this.#rang.size;
  }
}

const failure = new DialerError('provider/server-error');

const EVENTS: Readonly<Record<string, LegEvent>> = {
  sent: SAYS.sent,
  acknowledged: SAYS.acknowledged,
  rings: SAYS.rings,
  earlyMedia: SAYS.earlyMedia,
  answered: SAYS.answered,
  flows: SAYS.flows,
  interrupted: { type: 'interrupted', error: failure },
  restored: { type: 'restored' },
  busy: SAYS.busy,
  failed: { type: 'ended', by: 'network', final: true, error: failure },
  lost: SAYS.lost,
  confirmed: SAYS.confirmed,
};

/**
 * What an adapter that keeps the contract may say: nothing before the call is written, nothing after the end, and no
 * call is written that was given up before.
 */
function mayStillSay(leg: ScriptedLeg, said: readonly string[], next: string): boolean {
  if (said.some((name) => EVENTS[name]?.type === 'ended')) return false;
  if (said.includes('sent')) return next !== 'sent';
  return next === 'lost' || (next === 'sent' && leg.log.length === 0);
}

const step = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...Object.keys(EVENTS)).map((says) => ({ says })) },
  { weight: 2, arbitrary: fc.constantFrom(1, 500, 3_000, 20_000).map((waits) => ({ waits })) },
  { weight: 1, arbitrary: fc.constant({ hangs: 'up' as const }) },
);

const script = fc.record({
  first: fc.array(step, { maxLength: 8 }),
  second: fc.array(step, { maxLength: 6 }),
  onHangup: fc.constantFrom('confirmed', 'lost', 'answered', 'rings', undefined),
  actions: fc.array(
    fc.constantFrom<FailoverAction>('next', 'refresh-token', 'ask', 'stop', 'wait'),
    {
      minLength: 1,
      maxLength: 4,
    },
  ),
  acknowledges: fc.boolean(),
});

it('whatever legs and policies do, no two legs are alive at once and only one telephone rings', async () => {
  let reachedSecond = 0;
  await fc.assert(
    fc.asyncProperty(script, async ({ first, second, onHangup, actions, acknowledges }) => {
      const callee = new Callee();
      const said = new Map<ScriptedLeg, string[]>();
      const say = (leg: ScriptedLeg, name: string) => {
        const before = said.get(leg) ?? [];
        const event = EVENTS[name];
        if (!event || !mayStillSay(leg, before, name)) return;
        said.set(leg, [...before, name]);
        callee.saw(leg, event);
        leg.say(event);
      };
      const route = (name: string) =>
        scripted({
          route: name,
          capabilities: { acknowledges, confirmsHangup: true },
          onHangup: (leg) => {
            if (onHangup !== undefined) say(leg, onHangup);
          },
        });
      const providers = [route('first'), route('second')] as const;
      let asked = 0;
      const { dialer, clock, expectNothingLeft } = stage(providers, {
        failover: () => {
          const action = actions[asked % actions.length] ?? 'stop';
          asked += 1;
          return action === 'wait' ? { action, forMs: 1 } : { action };
        },
      });
      const call = dialer.dial(NUMBER);
      await clock.advance(0);
      for (const [index, steps] of [first, second].entries()) {
        for (const each of steps) {
          if ('waits' in each) await clock.advance(each.waits);
          else if ('hangs' in each) void call.hangup();
          else for (const leg of providers[index]?.legs ?? []) say(leg, each.says);
          await clock.advance(0);
        }
      }
      if (providers[1].legs.length > 0) reachedSecond += 1;
      expect(callee.mostAlive).toBeLessThanOrEqual(1);
      expect(callee.rings).toBeLessThanOrEqual(1);
      await expectNothingLeft();
      expect(call.state).toBe('ended');
    }),
    { numRuns: 300 },
  );
  // Otherwise the property would hold because nothing ever happens.
  expect(reachedSecond).toBeGreaterThan(5);
}, 60_000);
