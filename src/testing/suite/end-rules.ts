import type { DialerErrorCode } from '../../errors/codes.js';
import { isDialerError } from '../../errors/dialer-error.js';
import type { HarnessEnd } from '../harness.js';
import { describe, expectThat } from './expect-that.js';
import type { Stage, StageCall } from './stage.js';
import type { SuiteRule } from './suite-rule.js';

const CODES: Readonly<
  Record<Exclude<HarnessEnd, 'completed' | 'provider-failed'>, DialerErrorCode>
> = {
  busy: 'call/busy',
  rejected: 'call/rejected',
  unavailable: 'call/unavailable',
  'invalid-number': 'call/invalid-number',
};

async function endOf(stage: Stage, call: StageCall) {
  await stage.sees(call, 'ended');
  await stage.settle();
  const ended = call.log.find('ended');
  expectThat(ended !== undefined && call.log.count('ended') === 1, `reported: ${call.log}`);
  stage.expectNoBreach();
  return ended;
}

const refusalRules = Object.entries(CODES).map(
  ([cause, code]): SuiteRule => ({
    name: `the vendor's "${cause}" ends the call once, as ${code}`,
    async check(stage) {
      const phase = cause === 'rejected' ? 'progress' : 'sent';
      const call = await stage.dialUntil(phase, await stage.open());
      await stage.subject.end(cause as keyof typeof CODES);
      const { by, final, error } = await endOf(stage, call);
      expectThat(isDialerError(error, code), `error is ${describe(error)} instead of ${code}`);
      expectThat(by === 'remote', `ended by ${by} instead of remote`);
      expectThat(final, 'final must be true: the far side has said so');
    },
  }),
);

/** Ends that come from the far side, and lost connections. */
export const END_RULES: readonly SuiteRule[] = [
  ...refusalRules,
  {
    name: 'the vendor\'s "completed" ends an answered call once, without an error',
    async check(stage) {
      const call = await stage.dialUntil('answered', await stage.open());
      await stage.subject.end('completed');
      const { by, final, error } = await endOf(stage, call);
      expectThat(error === undefined, `error is ${describe(error)} instead of undefined`);
      expectThat(by === 'remote', `ended by ${by} instead of remote`);
      expectThat(final, 'final must be true: the far side has said so');
    },
  },
  {
    name: 'the vendor\'s "provider-failed" ends the call once, as provider/…',
    async check(stage) {
      const call = await stage.dialUntil('sent', await stage.open());
      await stage.subject.end('provider-failed');
      const { by, error } = await endOf(stage, call);
      expectThat(
        isDialerError(error) && error.code.startsWith('provider/'),
        `error is ${describe(error)} instead of provider/…`,
      );
      expectThat(
        ['infrastructure', 'capacity', 'unknown'].includes(error.kind),
        `${error.kind} is no kind of failure of a provider`,
      );
      expectThat(by !== 'local', 'ended by local, and nobody here had hung up');
    },
  },
  {
    name: 'what the far side does after the end is not reported',
    async check(stage) {
      const call = await stage.dialUntil('sent', await stage.open());
      await stage.subject.end('busy');
      await stage.sees(call, 'ended');
      // The simulated vendor may refuse to do this for a call that is over.
      await stage.subject.ring().catch(() => undefined);
      await stage.subject.answer().catch(() => undefined);
      await stage.settle();
      stage.expectNoBreach();
    },
  },
  ...(['progress', 'answered'] as const).map(
    (phase): SuiteRule => ({
      name: `a signalling connection lost at "${phase}" is told, proves nothing, and nothing is dialled again`,
      async check(stage) {
        const call = await stage.dialUntil(phase, await stage.open());
        await stage.subject.dropSignalling();
        const isTold = () =>
          call.log.has('interrupted') ||
          call.log.has('ended') ||
          stage.sessionEvents.some(
            (event) => event.type === 'connection' && event.state !== 'ready',
          );
        await stage.eventually(isTold, () => 'neither the leg nor the session told of the loss');
        await stage.settle();
        const ended = call.log.find('ended');
        if (stage.can.reattach && phase === 'answered') {
          expectThat(!ended, 'the call ended, although capabilities.reattach says it survives');
        }
        expectThat(!ended?.final, 'final must be false: a lost connection proves nothing');
        const { sentCalls } = stage.subject;
        expectThat(sentCalls === 1, `the vendor saw ${sentCalls} calls instead of 1`);
      },
    }),
  ),
];
