import { describe, expect, it } from 'vitest';
import { recordEvents } from '../../../src/testing/index.js';
import { failing, never, SAYS, type ScriptedLeg } from '../failover/scripted-provider.js';
import { NUMBER, type StageOptions } from './dialer-stage.js';
import { endCall, labelsOf, REAL, SILENCE, slowStage } from './slow-microphone-stage.js';

/** Would try every other route. */
const EAGER: StageOptions = { failover: () => ({ action: 'next' }) };

/** The microphone that was waited for does not come. */
function lose({ media }: Pick<ReturnType<typeof slowStage>, 'media'>, give: () => void): void {
  media.setBusy('default', true);
  give();
}

describe('a microphone that fails after the call was sent', () => {
  it.each<[string, (leg: ScriptedLeg) => void]>([
    ['nothing was heard of', () => undefined],
    ['was sent', (leg) => leg.say(SAYS.sent)],
    ['was acknowledged', (leg) => leg.say(SAYS.sent, SAYS.acknowledged)],
    ['rings', (leg) => leg.say(SAYS.sent, SAYS.rings)],
    ['was answered', (leg) => leg.say(SAYS.sent, SAYS.answered, SAYS.flows)],
  ])('ends the call that %s, and no other route is dialled', async (_name, say) => {
    const set = slowStage({}, EAGER);
    const { call, give, leg } = await set.sentInSilence();
    say(leg);
    await set.clock.advance(1_000);
    expect(leg.hangups).toBe(0);
    lose(set, give);
    const outcome = await set.clock.until(call.when('ended'));
    expect([outcome.error?.code, outcome.cause, outcome.confirmed]).toEqual([
      'media/device-in-use',
      'no-device',
      true,
    ]);
    expect(outcome.media).toEqual({ released: true, tracks: 0, liveTracks: 0 });
    expect([leg.hangups, leg.released, set.clock.monotonicNow()]).toEqual([1, true, 1_100]);
    await set.clock.advance(10_000);
    expect([set.first.legs.length, set.second.contexts.length, set.second.legs]).toEqual([
      1,
      0,
      [],
    ]);
    await set.expectNothingLeft();
  });

  it('says nothing about the route, which is used for the next call', async () => {
    const set = slowStage({}, EAGER);
    const { call, give, leg } = await set.sentInSilence();
    leg.say(SAYS.sent, SAYS.rings);
    lose(set, give);
    await set.clock.until(call.when('ended'));
    expect(set.dialer.routes[0]).toMatchObject({ route: 'first', health: 'healthy' });
  });

  it('has a callee who answers in that moment hung up on', async () => {
    const set = slowStage(
      {
        first: {
          onHangup: (leg) => leg.say(leg.hangups === 1 ? SAYS.answered : SAYS.confirmed),
        },
      },
      EAGER,
    );
    const { call, give, leg } = await set.sentInSilence();
    const answers = recordEvents(call, ['answered']);
    leg.say(SAYS.sent, SAYS.rings);
    lose(set, give);
    const { error, confirmed } = await set.clock.until(call.when('ended'));
    expect([error?.code, confirmed, leg.hangups, answers]).toEqual([
      'media/device-in-use',
      true,
      2,
      [],
    ]);
    expect(set.second.contexts).toHaveLength(0);
    await set.expectNothingLeft();
  });

  it('waits four seconds for the proof that it is over, and leaves the rest to the person', async () => {
    const set = slowStage({ first: { onHangup: () => undefined } }, EAGER);
    const { call, give, leg } = await set.sentInSilence();
    leg.say(SAYS.sent, SAYS.rings);
    lose(set, give);
    const startMs = set.clock.monotonicNow();
    const { confirmed, redialAdvice, error } = await set.clock.until(call.when('ended'));
    expect([set.clock.monotonicNow() - startMs, confirmed, redialAdvice, error?.code]).toEqual([
      4_000,
      false,
      'ask',
      'media/device-in-use',
    ]);
    expect([leg.released, set.second.contexts.length]).toEqual([true, 0]);
    await set.expectNothingLeft();
  });

  it('ends it where the application would look for another one for a minute, too', async () => {
    const set = slowStage({}, { ...EAGER, audio: { recoverMs: 60_000 } });
    const { call, give, leg } = await set.sentInSilence();
    leg.say(SAYS.sent, SAYS.rings);
    lose(set, give);
    const { error } = await set.clock.until(call.when('ended'));
    expect([set.clock.monotonicNow(), error?.code, leg.hangups]).toEqual([
      100,
      'media/device-in-use',
      1,
    ]);
    await set.expectNothingLeft();
  });

  it('is not followed by another route that was connecting', async () => {
    const lost = { ...SAYS.lost, final: true };
    const set = slowStage({ second: { login: never } }, EAGER);
    const { call, give, leg } = await set.sentInSilence();
    leg.say(SAYS.sent, lost);
    await set.clock.advance(500);
    expect([call.route, set.second.contexts.length]).toEqual(['second', 1]);
    lose(set, give);
    const { error } = await set.clock.until(call.when('ended'));
    expect([error?.code, set.clock.monotonicNow(), set.second.legs]).toEqual([
      'media/device-in-use',
      600,
      [],
    ]);
    await set.expectNothingLeft();
  });

  it('in the very moment in which the route fails ends the call, on whatever turn', async () => {
    for (let turns = 0; turns <= 40; turns += 1) {
      const set = slowStage({}, EAGER);
      const { call, give, leg } = await set.sentInSilence();
      leg.say(SAYS.sent);
      lose(set, give);
      for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
      leg.say({ ...SAYS.lost, final: true });
      const { error, media } = await set.clock.until(call.when('ended'));
      const reasons = ['media/device-in-use', SAYS.lost.error.code];
      expect([turns, reasons.includes(`${error?.code}`), media.liveTracks]).toEqual([
        turns,
        true,
        0,
      ]);
      expect(set.second.legs.filter((one) => one.hangups === 0 || !one.released)).toEqual([]);
      await set.expectNothingLeft();
    }
  });

  it('and the person who hangs up in that moment are one end', async () => {
    const set = slowStage({ first: { onHangup: () => undefined } }, EAGER);
    const { call, give, leg } = await set.sentInSilence();
    leg.say(SAYS.sent, SAYS.rings);
    const ends = recordEvents(call, ['ended']);
    const ending = call.hangup();
    lose(set, give);
    await set.clock.advance(10);
    leg.say(SAYS.confirmed);
    await set.clock.until(ending);
    expect([ends.length, call.outcome?.cause, set.second.contexts.length]).toEqual([
      1,
      'cancelled',
      0,
    ]);
    await set.expectNothingLeft();
  });
});

describe('a microphone that fails before the call was sent', () => {
  it('ends it in that moment, over no route', async () => {
    const set = slowStage({ first: { login: never }, second: {} }, EAGER);
    const give = set.media.delayMicrophone();
    const call = set.dial();
    await set.clock.advance(50);
    lose(set, give);
    const { error } = await set.clock.until(call.when('ended'));
    expect([error?.code, set.clock.monotonicNow()]).toEqual(['media/device-in-use', 50]);
    expect([set.first.legs, set.second.contexts.length]).toEqual([[], 0]);
    await set.expectNothingLeft();
  });

  it('while the silence is being made leaves none', async () => {
    const set = slowStage({}, EAGER);
    const inner = set.media.silence;
    let begin: () => void = () => undefined;
    const begun = new Promise<void>((resolve) => {
      begin = resolve;
    });
    set.media.silence = async (until) => {
      await begun;
      return until.aborted ? undefined : inner?.(until);
    };
    const give = set.media.delayMicrophone();
    const call = set.dial();
    await set.clock.advance(200);
    lose(set, give);
    const { error } = await set.clock.until(call.when('ended'));
    begin();
    await set.clock.advance(1_000);
    expect([error?.code, set.first.legs, set.silences]).toEqual(['media/device-in-use', [], []]);
    await set.expectNothingLeft();
  });
});

describe('a person who hangs up', () => {
  it.each([
    ['before the call is sent', 50, 0],
    ['when it was sent in silence', 100, 1],
    ['while it rings', 4_000, 1],
  ])('%s leaves nothing, and a microphone that comes then is closed', async (_name, ms, legs) => {
    const set = slowStage({ first: { onDial: (leg) => leg.say(SAYS.sent, SAYS.rings) } });
    const give = set.media.delayMicrophone();
    const call = set.dial();
    await set.clock.advance(ms);
    const { cause, media } = await set.clock.until(call.hangup());
    expect([cause, media.liveTracks, set.first.legs.length, set.live()]).toEqual([
      'cancelled',
      0,
      legs,
      0,
    ]);
    give();
    await set.clock.advance(0);
    expect([set.opened.length, set.live(), set.offered]).toEqual([1, 0, []]);
    expect([set.dialer.audio.microphoneLive, set.media.liveTracks]).toEqual([false, 0]);
    await set.expectNothingLeft();
  });

  it('while the silence is being made has no call sent', async () => {
    const set = slowStage();
    set.media.silence = () => never();
    const give = set.media.delayMicrophone();
    const call = set.dial();
    await set.clock.advance(300);
    await set.clock.until(call.hangup());
    give();
    await set.clock.advance(1_000);
    expect(set.first.legs).toEqual([]);
    await set.expectNothingLeft();
  });

  it('says nothing about a microphone that failed before: the next call waits for it still', async () => {
    const set = slowStage();
    set.media.setBusy('default', true);
    await set.clock.until(set.dial().when('ended'));
    const give = set.media.delayMicrophone();
    const waiting = set.dial();
    await set.clock.advance(50);
    await set.clock.until(waiting.hangup());
    set.media.setBusy('default', false);
    const next = set.dial();
    await set.clock.advance(5_000);
    expect(set.first.legs).toEqual([]);
    give();
    await set.clock.until(next.hangup());
    await set.expectNothingLeft();
  });
});

describe('the next attempt of such a call', () => {
  const gone = { ...SAYS.lost, final: true };

  it('is sent in silence at once while the microphone is still being opened', async () => {
    const set = slowStage({}, EAGER);
    const { call, give, leg } = await set.sentInSilence();
    leg.say(SAYS.sent, gone);
    await set.clock.advance(0);
    expect([call.route, labelsOf(set.second.leg.request.stream)]).toEqual(['second', [SILENCE]]);
    expect(set.second.leg.request.stream?.getAudioTracks()[0]?.readyState).toBe('live');
    set.second.leg.say(SAYS.sent, SAYS.answered, SAYS.flows);
    give();
    await set.clock.advance(0);
    expect(set.replaced.map(({ route, track }) => [route, track.label, track.readyState])).toEqual([
      ['second', REAL, 'live'],
    ]);
    expect([set.silences.length, set.asked()]).toEqual([1, 1]);
    expect(await endCall(set, call)).toEqual([0, 0]);
    await set.expectNothingLeft();
  });

  it('is sent with the microphone that came while the next route connected', async () => {
    let open: () => void = () => undefined;
    const login = () =>
      new Promise<void>((resolve) => {
        open = resolve;
      });
    const set = slowStage({ second: { login } }, EAGER);
    const { call, give, leg } = await set.sentInSilence();
    leg.say(SAYS.sent, gone);
    await set.clock.advance(300);
    give();
    await set.clock.advance(100);
    expect(set.second.legs).toEqual([]);
    open();
    await set.clock.advance(1_000);
    expect(labelsOf(set.second.leg.request.stream)).toEqual([REAL]);
    expect(set.second.leg.request.stream?.getAudioTracks()[0]?.readyState).toBe('live');
    expect([call.problem, set.replaced]).toEqual([undefined, []]);
    expect(await endCall(set, call)).toEqual([0, 0]);
    await set.expectNothingLeft();
  });

  it('is given the microphone that the first leg did not take', async () => {
    const set = slowStage({ refusals: 1 }, EAGER);
    const { call, give, leg } = await set.sentInSilence();
    leg.say(SAYS.sent);
    give();
    await set.clock.advance(50);
    leg.say(gone);
    await set.clock.advance(1_000);
    const { second } = set;
    const last = set.replaced.at(-1)?.track ?? second.leg.request.stream?.getAudioTracks()[0];
    expect([labelsOf(second.leg.request.stream), last?.label, last?.readyState]).toEqual([
      [REAL],
      REAL,
      'live',
    ]);
    expect(await endCall(set, call)).toEqual([0, 0]);
    await set.expectNothingLeft();
  });

  it('is sent in silence when the first route could not even be reached', async () => {
    const set = slowStage({ first: { login: failing('provider/unreachable') } });
    const give = set.media.delayMicrophone();
    const call = set.dialer.dial(NUMBER);
    await set.clock.advance(100);
    expect([call.route, labelsOf(set.second.leg.request.stream)]).toEqual(['second', [SILENCE]]);
    give();
    await set.clock.advance(0);
    expect(set.replaced.map(({ track }) => track.label)).toEqual([REAL]);
    expect(await endCall(set, call)).toEqual([0, 0]);
    await set.expectNothingLeft();
  });
});
