import { describe, expect, it } from 'vitest';
import type { LegEvent } from '../../../src/providers/provider.js';
import { recordEvents } from '../../../src/testing/index.js';
import { SAYS, type Script, scripted } from '../failover/scripted-provider.js';
import { NUMBER, stage } from './dialer-stage.js';

async function setUp(settings: Parameters<typeof stage>[1] = {}, script: Script = {}) {
  const provider = scripted({ onDial: (leg) => leg.say(SAYS.sent), ...script });
  const set = stage([provider], settings);
  const call = set.dialer.dial(NUMBER);
  await set.clock.advance(0);
  return { ...set, call, leg: provider.leg };
}

const progress = (ringing: boolean, earlyMedia: boolean): LegEvent => ({
  type: 'progress',
  ringing,
  earlyMedia,
});

/** A stream that nobody looks into. */
let streams = 0;
const stream = (): MediaStream => {
  streams += 1;
  return { id: `remote ${streams}` } as MediaStream;
};

describe('the ringback', () => {
  const cases: readonly (readonly [string, number, readonly LegEvent[]])[] = [
    ['is silent until it rings', 0, [SAYS.acknowledged]],
    ['plays while it rings', 1, [SAYS.rings]],
    ['plays once, however often it is told', 1, [SAYS.rings, SAYS.rings]],
    ['is silent while the far side sends its own sound', 0, [progress(true, true)]],
    ['stops when the far side begins to send its own sound', 0, [SAYS.rings, SAYS.earlyMedia]],
    ['stays silent when the ringing is told after the sound', 0, [SAYS.earlyMedia, SAYS.rings]],
    ['stops with the answer', 0, [SAYS.rings, SAYS.answered]],
    ['does not begin in a conversation', 0, [SAYS.answered, SAYS.flows, SAYS.rings]],
    ['stops with the end', 0, [SAYS.rings, SAYS.busy]],
  ];

  it.each(cases)('%s', async (_name, tones, events) => {
    const { leg, media, clock } = await setUp({ audio: { busyTone: false } });
    leg.say(...events);
    await clock.advance(0);
    expect(media.playingTones).toBe(tones);
  });

  it('stops as soon as the person hangs up, not when that is confirmed', async () => {
    const { call, clock, leg, media } = await setUp();
    leg.say(SAYS.rings);
    void call.hangup();
    expect(media.playingTones).toBe(0);
    leg.say(SAYS.rings);
    await clock.advance(1_000);
    expect(media.playingTones).toBe(0);
  });

  it('is silent where the application does not want it', async () => {
    const { leg, media } = await setUp({ audio: { ringback: false } });
    leg.say(SAYS.rings);
    expect(media.playingTones).toBe(0);
  });
});

describe('the microphone', () => {
  it.each([
    [undefined, { echoCancellation: true, noiseSuppression: true, autoGainControl: true }],
    [
      { noiseSuppression: false },
      { echoCancellation: true, noiseSuppression: false, autoGainControl: true },
    ],
  ])('is asked for with the wishes of the application', async (audio, constraints) => {
    const asked: unknown[] = [];
    const provider = scripted();
    const { dialer, clock, media } = stage([provider], audio ? { audio } : {});
    const { getUserMedia } = media;
    media.getUserMedia = (wishes) => {
      asked.push(wishes);
      return getUserMedia(wishes);
    };
    dialer.dial(NUMBER);
    await clock.advance(0);
    expect(asked).toEqual([{ audio: constraints, video: false }]);
  });

  it('is asked for beside the connection, in no order with it', async () => {
    const provider = scripted({ login: () => new Promise(() => undefined) });
    const { dialer, clock, media } = stage([provider], { permission: 'prompt' });
    dialer.dial(NUMBER);
    await clock.advance(0);
    expect([media.openPrompts, provider.contexts.length]).toEqual([1, 1]);
  });

  it('is not asked for by a warm-up', async () => {
    const { dialer, clock, media } = stage([scripted()], { permission: 'prompt' });
    await clock.until(dialer.warmUp());
    expect([media.openPrompts, media.liveTracks, dialer.status]).toEqual([0, 0, 'ready']);
  });

  it('is nobody else than the stream of the application, which is never stopped', async () => {
    const owner = stage([scripted()]).media;
    const input = await owner.getUserMedia({ audio: true });
    const provider = scripted({ onDial: (leg) => leg.say(SAYS.sent, SAYS.answered, SAYS.flows) });
    const { dialer, clock, media, expectNothingLeft } = stage([provider], { permission: 'denied' });
    const call = dialer.dial(NUMBER, { input });
    await clock.until(call.when('active'));
    expect(provider.leg.request.stream?.getTracks()[0]?.id).not.toBe(input.getTracks()[0]?.id);
    const outcome = await clock.until(call.hangup());
    expect(outcome.media).toEqual({ released: true, tracks: 0, liveTracks: 0 });
    await expectNothingLeft();
    expect([owner.liveTracks, media.liveTracks]).toEqual([1, 0]);
  });

  it('is not asked for by someone who only listens', async () => {
    const provider = scripted();
    const { dialer, clock, media } = stage([provider], { permission: 'prompt' });
    dialer.dial(NUMBER, { input: 'none' });
    await clock.advance(0);
    expect([media.openPrompts, provider.leg.request.stream]).toEqual([0, undefined]);
  });
});

describe('the sound of the far side', () => {
  it('is played, and given to the application', async () => {
    const { call, clock, leg, media } = await setUp();
    const { play } = media;
    const played: MediaStream[] = [];
    media.play = (each, sinkId) => {
      played.push(each);
      return play(each, sinkId);
    };
    const [first, second] = [stream(), stream()];
    leg.say(SAYS.answered, { type: 'remote-stream', stream: first });
    await clock.advance(0);
    expect([call.remoteStream, media.playingStreams]).toEqual([first, 1]);
    leg.say({ type: 'remote-stream', stream: first });
    leg.say({ type: 'remote-stream', stream: second });
    await clock.advance(0);
    // Told again it is not begun again, which would be heard.
    expect(played).toEqual([first, second]);
    expect(media.playingStreams).toBe(1);
    await clock.until(call.hangup());
    expect(media.playingStreams).toBe(0);
  });

  it('is stopped even if it begins to play after the end', async () => {
    const { call, clock, leg, media } = await setUp();
    const { play } = media;
    let begin: () => void = () => undefined;
    media.play = async (...args) => {
      await new Promise<void>((resolve) => {
        begin = resolve;
      });
      return play(...args);
    };
    leg.say(SAYS.answered, { type: 'remote-stream', stream: stream() });
    leg.say(SAYS.hungUp);
    await clock.until(call.when('ended'));
    begin();
    await clock.advance(0);
    expect(media.playingStreams).toBe(0);
  });

  it('that the browser does not play is a problem, and the call goes on', async () => {
    const { call, clock, leg, media } = await setUp();
    media.setPlaybackAllowed(false);
    const events = recordEvents(call, ['problem-changed']);
    leg.say(SAYS.answered, SAYS.flows, { type: 'remote-stream', stream: stream() });
    await clock.advance(0);
    expect(call.problem).toMatchObject({ code: 'media/playback-blocked' });
    expect(events.map(([, { problem }]) => problem?.code)).toEqual(['media/playback-blocked']);
    expect(call.state).toBe('active');
  });
});

describe('a call without sound', () => {
  it('has a problem three and a half seconds after the answer, until sound comes', async () => {
    const { call, clock, leg } = await setUp();
    const events = recordEvents(call, ['problem-changed', 'active']);
    leg.say(SAYS.answered);
    await clock.advance(3_499);
    expect(call.problem).toBeUndefined();
    await clock.advance(1);
    expect(call.problem).toMatchObject({ code: 'media/not-receiving', route: 'first' });
    expect(call.state).toBe('answered');
    leg.say(SAYS.flows);
    expect(call.problem).toBeUndefined();
    expect(events.map(([type]) => type)).toEqual(['problem-changed', 'problem-changed', 'active']);
  });

  it('has none when it is over, and none when sound came in time', async () => {
    const over = await setUp();
    over.leg.say(SAYS.answered, SAYS.hungUp);
    await over.clock.advance(10_000);
    expect(over.call.problem).toBeUndefined();
    const { call, clock, leg } = await setUp();
    leg.say(SAYS.answered);
    await clock.advance(3_000);
    leg.say(SAYS.flows);
    await clock.advance(10_000);
    expect(call.problem).toBeUndefined();
  });

  it('waits as long as the application says', async () => {
    const { call, clock, leg } = await setUp({ timeouts: { mediaMs: 1_000 } });
    leg.say(SAYS.answered);
    await clock.advance(1_000);
    expect(call.problem?.code).toBe('media/not-receiving');
  });

  it('keeps the problem that its sound is not played', async () => {
    const { call, clock, leg, media } = await setUp();
    media.setPlaybackAllowed(false);
    leg.say(SAYS.answered, { type: 'remote-stream', stream: stream() });
    await clock.advance(1_000);
    leg.say(SAYS.flows);
    await clock.advance(10_000);
    expect(call.problem?.code).toBe('media/playback-blocked');
  });
});
