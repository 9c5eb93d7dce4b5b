import { describe, expectThat } from './expect-that.js';
import type { Stage, StageCall } from './stage.js';
import type { SuiteRule } from './suite-rule.js';

async function expectOwnEnd(stage: Stage, call: StageCall): Promise<void> {
  await stage.sees(call, 'ended');
  await stage.settle();
  const ended = call.log.find('ended');
  expectThat(ended !== undefined && call.log.count('ended') === 1, `reported: ${call.log}`);
  expectThat(ended.by === 'local', `ended by ${ended.by} instead of local`);
  expectThat(
    ended.error === undefined,
    `error is ${describe(ended.error)} instead of undefined: it was our own hang-up`,
  );
  stage.expectNoBreach();
}

/** Hanging up, and letting go. */
export const HANGUP_RULES: readonly SuiteRule[] = [
  {
    name: 'hangup() right after dial() ends the call once, by local',
    async check(stage) {
      const call = await stage.dial(await stage.open());
      call.hangup();
      await expectOwnEnd(stage, call);
      const { sentCalls } = stage.subject;
      expectThat(sentCalls <= 1, `the vendor saw ${sentCalls} calls instead of 1`);
    },
  },
  ...(['sent', 'progress', 'answered'] as const).map(
    (phase): SuiteRule => ({
      name: `hangup() at "${phase}" ends the call once, by local`,
      async check(stage) {
        const call = await stage.dialUntil(phase, await stage.open());
        call.hangup();
        await expectOwnEnd(stage, call);
        if (stage.can.confirmsHangup) {
          expectThat(
            call.log.find('ended')?.final === true,
            'final is false, although capabilities.confirmsHangup says that it is confirmed',
          );
        }
      },
    }),
  ),
  {
    name: 'hangup() twice, and after the end, does no harm',
    async check(stage) {
      const call = await stage.dialUntil('progress', await stage.open());
      call.hangup();
      call.hangup();
      await expectOwnEnd(stage, call);
      call.hangup();
      await stage.settle();
      stage.expectNoBreach();
    },
  },
  {
    name: 'release() twice does no harm, and nothing is reported afterwards',
    async check(stage) {
      const call = await stage.dialUntil('answered', await stage.open());
      call.release();
      call.release();
      await stage.subject.end('completed').catch(() => undefined);
      await stage.settle();
      stage.expectNoBreach();
    },
  },
  {
    name: 'release() right after dial() leaves nothing behind',
    async check(stage) {
      const call = await stage.dial(await stage.open());
      call.hangup();
      call.release();
      await stage.settle();
      stage.expectNoBreach();
    },
  },
  {
    name: "after release() the leg's own tracks have ended and the microphone is still alive",
    async check(stage) {
      const call = await stage.dialUntil('answered', await stage.open());
      const alive = (stream: MediaStream | undefined) =>
        stream?.getTracks().filter(({ readyState }) => readyState === 'live').length ?? 0;
      expectThat(alive(call.copies) === 1, "the leg's track ended during the call");
      call.hangup();
      await stage.sees(call, 'ended');
      call.release();
      await stage.eventually(
        () => alive(call.copies) === 0,
        () => "the leg's track is still live",
      );
      expectThat(alive(call.original) === 1, "the microphone's own track was stopped");
    },
  },
  {
    name: 'after release() the peer connection is closed',
    async check(stage) {
      const call = await stage.dialUntil('answered', await stage.open());
      call.hangup();
      await stage.sees(call, 'ended');
      call.release();
      for (const event of call.log.events) {
        if (event.type !== 'peer-connection') continue;
        await stage.eventually(
          () => event.connection.signalingState === 'closed',
          () => 'a peer connection is still open',
        );
      }
    },
  },
];
