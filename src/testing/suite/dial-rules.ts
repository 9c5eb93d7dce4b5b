import { expectThat } from './expect-that.js';
import type { SuiteRule } from './suite-rule.js';

/** Sending a call and bringing it to the answer. */
export const DIAL_RULES: readonly SuiteRule[] = [
  {
    name: 'dial() sends one call and reports sent, once, before anything that comes back',
    async check(stage) {
      const call = await stage.dialUntil('sent', await stage.open());
      await stage.settle();
      const { sentCalls } = stage.subject;
      expectThat(sentCalls === 1, `the vendor saw ${sentCalls} calls instead of 1`);
      expectThat(call.log.count('sent') === 1, `reported: ${call.log}`);
      expectThat(!call.log.has('answered'), 'answered was reported, and nobody had answered');
      expectThat(!call.log.has('progress'), 'progress was reported, and nothing had rung');
    },
  },
  {
    name: 'a call goes from sent over acknowledged and progress to answered, and never back',
    async check(stage) {
      const call = await stage.dialUntil('answered', await stage.open());
      await stage.settle();
      if (stage.can.ringing) {
        expectThat(call.log.find('progress')?.ringing === true, 'progress without ringing');
      }
      expectThat(call.log.count('answered') === 1, `reported: ${call.log}`);
      expectThat(!call.log.has('ended'), 'ended was reported, and nobody had hung up');
      stage.expectNoBreach();
    },
  },
  {
    name: 'a call may be answered without ringing before',
    async check(stage) {
      const call = await stage.dialUntil('sent', await stage.open());
      if (stage.can.acknowledges) await stage.subject.acknowledge();
      await stage.subject.answer();
      await stage.sees(call, 'answered');
    },
  },
  {
    name: 'a call without a microphone is sent, too',
    async check(stage) {
      const call = await stage.dial(await stage.open(), true);
      await stage.sees(call, 'sent');
      await stage.eventually(
        () => stage.subject.sentCalls === 1,
        () => 'the call did not reach the vendor',
      );
    },
  },
  {
    name: 'a second call over the same session is a call of its own',
    async check(stage) {
      const session = await stage.open();
      const first = await stage.dialUntil('answered', session);
      await stage.subject.end('completed');
      await stage.sees(first, 'ended');
      first.release();
      const second = await stage.dial(session);
      await stage.eventually(
        () => stage.subject.sentCalls === 2,
        () => 'the second call did not reach the vendor',
      );
      await stage.subject.answer();
      await stage.sees(second, 'answered');
    },
  },
  {
    name: 'dial() without a signalling connection does not throw',
    async check(stage) {
      const session = await stage.open();
      await stage.subject.dropSignalling();
      const call = await stage.dial(session);
      await stage.settle();
      call.hangup();
      await stage.settle();
    },
  },
];
