import { describe, expect, it } from 'vitest';
import { recordEvents } from '../../../src/testing/index.js';
import { SAYS, scripted } from '../failover/scripted-provider.js';
import { NUMBER, stage } from './dialer-stage.js';

const HEADSET = { id: 'headset', label: 'Headset', kind: 'audioinput' } as const;

async function inCall(settings: Parameters<typeof stage>[1] = {}) {
  const provider = scripted({
    onDial: (leg) => leg.say(SAYS.sent, SAYS.answered, SAYS.flows),
    onHangup: (leg) => leg.say(SAYS.confirmed),
  });
  const set = stage([provider], settings);
  const call = set.dialer.dial(NUMBER);
  await set.clock.advance(0);
  const sent: (MediaStreamTrack | null)[] = [];
  provider.leg.replaceTrack = async (track) => {
    sent.push(track);
  };
  return { ...set, call, leg: provider.leg, sent };
}

describe('devices in a call', () => {
  it('another microphone is sent, muted as the call is, and everything is released', async () => {
    const { dialer, call, media, clock, sent, expectNothingLeft } = await inCall();
    media.plugIn(HEADSET);
    call.mute();
    await clock.until(dialer.audio.selectInput('headset'));
    expect(sent.map((track) => [track?.label, track?.enabled])).toEqual([['Headset', false]]);
    call.mute(false);
    expect(sent[0]?.enabled).toBe(true);
    const { media: receipt } = await clock.until(call.hangup());
    expect(receipt).toEqual({ released: true, tracks: 2, liveTracks: 0 });
    await expectNothingLeft();
  });

  it('a leg that can not take it keeps the old one', async () => {
    const { dialer, call, media, clock, leg } = await inCall();
    media.plugIn(HEADSET);
    leg.replaceTrack = () => Promise.reject(new Error('no'));
    await expect(clock.until(dialer.audio.selectInput('headset'))).rejects.toThrow();
    expect([dialer.audio.input?.label, call.state]).toEqual(['Fake microphone', 'active']);
    await clock.until(call.hangup());
    expect(media.liveTracks).toBe(0);
  });

  it('a microphone that is pulled out is a problem for 10 s, and another one is sent', async () => {
    const { dialer, call, media, clock, sent } = await inCall();
    media.plugIn(HEADSET);
    await clock.until(dialer.audio.selectInput('headset'));
    const problems = recordEvents(call, ['problem-changed']);
    media.unplug('headset');
    await clock.advance(100);
    expect(call.problem?.code).toBe('media/device-lost');
    expect([sent.at(-1)?.label, call.state]).toEqual(['Fake microphone', 'active']);
    await clock.advance(10_000);
    expect(problems.map(([, { problem }]) => problem?.code)).toEqual([
      'media/device-lost',
      undefined,
    ]);
  });

  it('without another one the call goes on, and takes the next that is plugged in', async () => {
    const { call, media, clock, sent } = await inCall();
    media.unplug('default');
    await clock.advance(60_000);
    expect([call.state, call.problem?.code, sent]).toEqual(['active', 'media/device-lost', []]);
    media.plugIn(HEADSET);
    await clock.advance(1_000);
    expect(sent.map((track) => track?.label)).toEqual(['Headset']);
  });

  it('a permission taken away and given back', async () => {
    const { call, media, clock, sent } = await inCall();
    media.setPermission('denied');
    await clock.advance(1_000);
    expect([call.state, call.problem?.code]).toEqual(['active', 'media/device-lost']);
    media.setPermission('granted');
    await clock.advance(1_000);
    expect(sent).toHaveLength(1);
  });

  it('the sound of the far side moves to a speaker and back to the system’s', async () => {
    const { dialer, call, media, clock, leg } = await inCall();
    media.plugIn({ id: 'speaker', label: 'Speaker', kind: 'audiooutput' });
    leg.say({ type: 'remote-stream', stream: { id: 'far' } as MediaStream });
    await clock.until(dialer.audio.selectOutput('speaker'));
    expect([media.playingOn, media.playingStreams]).toEqual(['speaker', 1]);
    media.unplug('speaker');
    await clock.advance(100);
    expect([media.playingOn, media.playingStreams]).toEqual([undefined, 1]);
    await clock.until(call.hangup());
    expect(media.playingStreams).toBe(0);
  });

  it('sound that was blocked plays after an unlock, and the problem is over', async () => {
    const { dialer, call, media, clock, leg } = await inCall();
    media.setPlaybackAllowed(false);
    leg.say({ type: 'remote-stream', stream: { id: 'far' } as MediaStream });
    await clock.advance(0);
    expect(call.problem?.code).toBe('media/playback-blocked');
    expect(await dialer.audio.unlock()).toBe(false);
    media.setPlaybackAllowed(true);
    expect(await dialer.audio.unlock()).toBe(true);
    expect([call.problem, media.playingStreams]).toEqual([undefined, 1]);
  });

  it('a microphone chosen while the call is being set up is taken as soon as that is possible', async () => {
    const provider = scripted({ onDial: (leg) => leg.say(SAYS.sent) });
    const { dialer, clock, media } = stage([provider]);
    dialer.dial(NUMBER);
    await clock.advance(0);
    let refusals = 3;
    const sent: (string | undefined)[] = [];
    provider.leg.replaceTrack = async (track) => {
      refusals -= 1;
      if (refusals > 0) throw new Error('not yet');
      sent.push(track?.label);
    };
    media.plugIn(HEADSET);
    await clock.until(dialer.audio.selectInput('headset'));
    expect(sent).toEqual(['Headset']);
  });
});

describe('a call whose microphone was refused', () => {
  it('ends at once, by default', async () => {
    const { dialer, clock } = stage([scripted()], { permission: 'denied' });
    const { cause } = await clock.until(dialer.dial(NUMBER).when('ended'));
    expect([cause, clock.monotonicNow()]).toEqual(['permission-denied', 0]);
  });

  it('waits for the person, says what to do, and goes on by itself', async () => {
    const provider = scripted({ onDial: (leg) => leg.say(SAYS.sent, SAYS.answered, SAYS.flows) });
    const { dialer, clock, media } = stage([provider], {
      permission: 'denied',
      audio: { recoverMs: 60_000 },
    });
    const call = dialer.dial(NUMBER);
    await clock.advance(20_000);
    expect([call.state, call.problem?.code, provider.legs.length]).toEqual([
      'preparing',
      'media/permission-denied',
      0,
    ]);
    media.setPermission('granted');
    await clock.advance(1_000);
    expect([call.state, call.problem, provider.legs.length]).toEqual(['active', undefined, 1]);
  });

  it('waits for a microphone to be plugged in', async () => {
    const provider = scripted({ onDial: (leg) => leg.say(SAYS.sent) });
    const { dialer, clock, media } = stage([provider], { audio: { recoverMs: 60_000 } });
    media.unplug('default');
    const call = dialer.dial(NUMBER);
    await clock.advance(20_000);
    expect(call.problem?.code).toBe('media/device-not-found');
    media.plugIn(HEADSET);
    await clock.advance(1_000);
    expect([call.state, call.problem]).toEqual(['connecting', undefined]);
  });

  it('can be given up meanwhile, and ends when the time is over', async () => {
    const { dialer, clock, expectNothingLeft } = stage([scripted()], {
      permission: 'denied',
      audio: { recoverMs: 30_000 },
    });
    const first = dialer.dial(NUMBER);
    await clock.advance(1_000);
    expect((await clock.until(first.hangup())).cause).toBe('cancelled');
    const second = dialer.dial(NUMBER);
    expect((await clock.until(second.when('ended'))).error?.code).toBe('media/permission-denied');
    await expectNothingLeft();
  });
});

describe('tones of the telephone', () => {
  it('a short busy tone follows a busy callee, and none outlives the Dialer', async () => {
    const provider = scripted({ onDial: (leg) => leg.say(SAYS.sent, SAYS.busy) });
    const { dialer, clock, media, expectNothingLeft } = stage([provider]);
    dialer.dial(NUMBER);
    await clock.advance(100);
    expect(media.playingTones).toBe(1);
    await clock.advance(2_500);
    expect(media.playingTones).toBe(0);
    dialer.dial(NUMBER);
    await clock.advance(100);
    expect(media.playingTones).toBe(1);
    await expectNothingLeft();
  });

  it.each([
    [{}, 1],
    [{ digitTones: false }, 0],
  ])('each digit sounds for its length: %j', async (audio, tones) => {
    const { call, media, clock } = await inCall({ audio });
    void call.sendDigits('5');
    await clock.advance(50);
    expect(media.playingTones).toBe(tones);
    await clock.advance(200);
    expect(media.playingTones).toBe(0);
  });

  it('no busy tone where the application does not want it', async () => {
    const provider = scripted({ onDial: (leg) => leg.say(SAYS.sent, SAYS.busy) });
    const { dialer, clock, media } = stage([provider], { audio: { busyTone: false } });
    dialer.dial(NUMBER);
    await clock.advance(100);
    expect(media.playingTones).toBe(0);
  });
});
