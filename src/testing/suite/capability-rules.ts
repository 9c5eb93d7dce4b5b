import { expectThat } from './expect-that.js';
import type { SuiteRule } from './suite-rule.js';

const DIGITS = ['1', '#', '*'];
const TONE_MS = 100;

/** What the capabilities promise, no more and no less. */
export const CAPABILITY_RULES: readonly SuiteRule[] = [
  {
    name: 'digits are sent where the capability says so, else the method is missing',
    async check(stage) {
      const { leg } = await stage.dialUntil('answered', await stage.open());
      if (!stage.can.digits) {
        expectThat(leg.sendDigit === undefined, 'sendDigit exists, but the capability does not');
        return;
      }
      expectThat(leg.sendDigit !== undefined, 'sendDigit is missing');
      for (const digit of DIGITS) await leg.sendDigit(digit, TONE_MS);
    },
  },
  {
    name: 'a call is held and taken back where the capability says so, else the method is missing',
    async check(stage) {
      const { leg, log } = await stage.dialUntil('answered', await stage.open());
      if (!stage.can.hold) {
        expectThat(leg.setHeld === undefined, 'setHeld exists, but the capability does not');
        return;
      }
      expectThat(leg.setHeld !== undefined, 'setHeld is missing');
      if (stage.can.hold !== 'native') return;
      await leg.setHeld(true);
      await leg.setHeld(false);
      expectThat(!log.has('ended'), 'the call ended when it was held');
    },
  },
  {
    name: 'the track is replaced by another one, by none, and by one again',
    async check(stage) {
      const { leg, log, original } = await stage.dialUntil('answered', await stage.open());
      const other = await stage.stream();
      try {
        await leg.replaceTrack(other.getAudioTracks()[0] ?? null);
        await leg.replaceTrack(null);
        await leg.replaceTrack(other.getAudioTracks()[0] ?? null);
        expectThat(!log.has('ended'), 'the call ended when its track was replaced');
        const isLive = original?.getTracks().every(({ readyState }) => readyState === 'live');
        expectThat(isLive === true, "the microphone's own track was stopped");
      } finally {
        for (const track of other.getTracks()) track.stop();
      }
    },
  },
  {
    name: 'calls come in only where the capability says so',
    async check(stage) {
      const session = await stage.open();
      const canRegister = session.register !== undefined;
      expectThat(
        canRegister === (stage.can.inbound === true),
        canRegister
          ? 'register exists, but capabilities.inbound does not'
          : 'capabilities.inbound is claimed, but register is missing',
      );
    },
  },
  {
    name: 'a fresh token ends no call',
    async check(stage) {
      const session = await stage.open();
      if (!session.updateToken) return;
      const { log } = await stage.dialUntil('answered', session);
      await session.updateToken(await stage.context().getToken('expiring'));
      await stage.settle();
      expectThat(!log.has('ended'), 'the call ended when the token was replaced');
    },
  },
];
