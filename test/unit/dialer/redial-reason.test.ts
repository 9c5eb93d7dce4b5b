import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judge } from '../../../src/dialer/run/outcome.js';
import { type DialerErrorCode, ERROR_CODES } from '../../../src/errors/codes.js';
import { DialerError } from '../../../src/errors/dialer-error.js';
import type { PlacementEnd } from '../../../src/failover/controller.js';
import { SAYS, type Script, type ScriptedLeg, scripted } from '../failover/scripted-provider.js';
import { NUMBER, stage } from './dialer-stage.js';

const codes = Object.keys(ERROR_CODES) as DialerErrorCode[];

const end: fc.Arbitrary<PlacementEnd> = fc.record({
  phase: fc.constantFrom('unsent', 'sent', 'acknowledged', 'progress', 'answered'),
  evidence: fc.constantFrom('never-sent', 'ended', 'unknown'),
  by: fc.constantFrom('local', 'remote', 'network'),
  error: fc.option(
    fc.constantFrom(...codes).map((code) => new DialerError(code)),
    { nil: undefined },
  ),
  cutOff: fc.boolean(),
  action: fc.constantFrom('next', 'refresh-token', 'wait', 'ask', 'stop'),
  attempts: fc.constant([]),
});

it('there is a sentence for the person exactly when they are to be asked', () => {
  const advices = new Set<string>();
  fc.assert(
    fc.property(end, fc.boolean(), (placement, answered) => {
      const { redialAdvice, redialReason } = judge(placement, answered);
      advices.add(redialAdvice);
      expect(redialReason !== undefined).toBe(redialAdvice === 'ask');
      if (redialReason !== undefined) expect(redialReason).toMatch(/^[A-Z][^.]{10,}\.$/);
    }),
    { numRuns: 2_000 },
  );
  // Otherwise the property would hold because there is only one advice.
  expect([...advices].sort()).toEqual(['ask', 'no', 'ok']);
});

/** How a call ends whose leg does this. */
async function outcomeOf(
  script: Script,
  then: (leg: ScriptedLeg) => void = () => undefined,
  hangsUp = false,
) {
  const provider = scripted(script);
  const { dialer, clock } = stage([provider]);
  const call = dialer.dial(NUMBER);
  await clock.advance(0);
  then(provider.leg);
  if (hangsUp) void call.hangup();
  return clock.until(call.when('ended'));
}

const sends: Script = { onDial: (leg) => leg.say(SAYS.sent) };
const rings: Script = { onDial: (leg) => leg.say(SAYS.sent, SAYS.rings) };
const interrupted = { type: 'interrupted', error: SAYS.lost.error } as const;

describe('the person is told why they should think first', () => {
  it.each<[string, Script, (leg: ScriptedLeg) => void, boolean, RegExp]>([
    [
      'a leg was lost, and nobody knows whether it rings',
      sends,
      (leg) => leg.say(SAYS.lost),
      false,
      /may still be ringing, or somebody may have answered/,
    ],
    [
      'a conversation was lost',
      sends,
      (leg) => leg.say(SAYS.answered, SAYS.flows, SAYS.lost),
      false,
      /may still be on the line/,
    ],
    [
      'a conversation was hung up over a connection that was gone',
      sends,
      (leg) => leg.say(SAYS.answered, SAYS.flows, interrupted),
      true,
      /may still be on the line/,
    ],
    [
      'the callee did not want it',
      rings,
      (leg) => leg.say({ ...SAYS.busy, error: new DialerError('call/rejected') }),
      false,
      /did not take the call/,
    ],
    [
      'it had rung before the route failed',
      rings,
      (leg) => leg.say({ ...SAYS.busy, error: new DialerError('provider/server-error') }),
      false,
      /may have rung already/,
    ],
  ])('%s', async (_name, script, then, hangsUp, reason) => {
    const { redialAdvice, redialReason } = await outcomeOf(script, then, hangsUp);
    expect(redialAdvice).toBe('ask');
    expect(redialReason).toMatch(reason);
  });

  it('a policy of the application wanted them to be asked although nothing was sent', async () => {
    const { dialer, clock } = stage([scripted()], { failover: () => ({ action: 'ask' }) });
    const { redialReason } = await clock.until(dialer.dial(NUMBER).when('ended'));
    expect(redialReason).toMatch(/nobody was called again without asking you/);
  });
});

describe('nobody is asked', () => {
  it.each<[string, Script, (leg: ScriptedLeg) => void, boolean]>([
    [
      'after a conversation',
      sends,
      (leg) => leg.say(SAYS.answered, SAYS.flows, SAYS.hungUp),
      false,
    ],
    ['after their own hang-up', rings, () => undefined, true],
    ['when the line is busy', rings, (leg) => leg.say(SAYS.busy), false],
    [
      'when the number does not exist',
      sends,
      (leg) => leg.say({ ...SAYS.busy, error: new DialerError('call/invalid-number') }),
      false,
    ],
  ])('%s', async (_name, script, then, hangsUp) => {
    const { redialAdvice, redialReason } = await outcomeOf(script, then, hangsUp);
    expect([redialAdvice === 'ask', redialReason]).toEqual([false, undefined]);
  });
});
