import { describe, expect, it, vi } from 'vitest';
import { recordEvents } from '../../../src/testing/index.js';
import { SAYS, type Script } from '../failover/scripted-provider.js';
import type { StageOptions } from './dialer-stage.js';
import { endCall, labelsOf, REAL, SILENCE, slowStage } from './slow-microphone-stage.js';

const RINGS: Script = { onDial: (leg) => leg.say(SAYS.sent, SAYS.rings) };

describe('a microphone that is there within 100 ms', () => {
  it.each([0, 50, 99])('after %d ms is what the call is sent with', async (ms) => {
    const set = slowStage();
    const give = set.media.delayMicrophone();
    const call = set.dial();
    await set.clock.advance(ms);
    expect(set.first.legs).toHaveLength(0);
    give();
    await set.clock.advance(0);
    expect(labelsOf(set.first.leg.request.stream)).toEqual([REAL]);
    await set.clock.advance(5_000);
    expect([set.silences, set.offered, set.asked()]).toEqual([[], [], 1]);
    expect(await endCall(set, call)).toEqual([0, 0]);
    await set.expectNothingLeft();
  });
});

describe('a microphone that takes longer', () => {
  it('does not keep the call waiting for more than 100 ms', async () => {
    const set = slowStage({ first: RINGS });
    set.media.delayMicrophone();
    const call = set.dial();
    await set.clock.advance(99);
    expect(set.first.legs).toHaveLength(0);
    await set.clock.advance(1);
    expect(labelsOf(set.first.leg.request.stream)).toEqual([SILENCE]);
    expect(set.live()).toBe(2);
    expect([call.state, call.timeline.some(({ name }) => name === 'microphone')]).toEqual([
      'ringing',
      false,
    ]);
    expect(await endCall(set, call)).toEqual([0, 0]);
    await set.expectNothingLeft();
  });

  it('joins as soon as it is there, as a copy, and the silence ends', async () => {
    const set = slowStage({ first: RINGS });
    const { call, give } = await set.sentInSilence();
    await set.clock.advance(900);
    expect(set.replaced).toEqual([]);
    give();
    await set.clock.advance(0);
    const [{ track, atMs, route } = {}, ...more] = set.replaced;
    expect([track?.label, track?.readyState, atMs, route, more]).toEqual([
      REAL,
      'live',
      1_000,
      'first',
      [],
    ]);
    const own = set.opened.flatMap((stream) => stream.getTracks());
    expect(own).toHaveLength(1);
    expect(own).not.toContain(track);
    expect(set.silences.flatMap((stream) => stream.getTracks())).toMatchObject([
      { readyState: 'ended' },
    ]);
    expect(call.timeline.find(({ name }) => name === 'microphone')?.atMs).toBe(1_000);
    const { liveTracks } = set.media;
    expect(liveTracks).toBe(3);
    const { media: receipt } = await set.clock.until(call.hangup());
    expect(receipt).toEqual({ released: true, tracks: 1, liveTracks: 0 });
    expect(track?.readyState).toBe('ended');
    await set.expectNothingLeft();
  });

  it('joins a conversation that has begun without it', async () => {
    const set = slowStage();
    const { call, give, leg } = await set.sentInSilence();
    leg.say(SAYS.sent, SAYS.answered, SAYS.flows);
    await set.clock.advance(400);
    expect([call.state, call.problem]).toEqual(['active', undefined]);
    give();
    await set.clock.advance(0);
    expect([set.replaced.map(({ track }) => track.label), call.problem]).toEqual([
      [REAL],
      undefined,
    ]);
    expect(await endCall(set, call)).toEqual([0, 0]);
  });

  it('stays muted when the person muted the call before it came', async () => {
    const set = slowStage({ first: RINGS });
    const { call, give, leg } = await set.sentInSilence();
    call.mute();
    expect(leg.request.stream?.getAudioTracks()[0]?.enabled).toBe(false);
    give();
    await set.clock.advance(0);
    const track = set.replaced[0]?.track;
    expect([track?.label, track?.enabled]).toEqual([REAL, false]);
    call.mute(false);
    expect(track?.enabled).toBe(true);
    expect(await endCall(set, call)).toEqual([0, 0]);
  });

  it('that was asked for ahead of the click is waited for from then on', async () => {
    const set = slowStage();
    const give = set.media.delayMicrophone();
    void set.dialer.warmUp({ microphone: true });
    await set.clock.advance(80);
    const call = set.dial();
    await set.clock.advance(19);
    expect(set.first.legs).toHaveLength(0);
    await set.clock.advance(1);
    expect([labelsOf(set.first.leg.request.stream), set.asked()]).toEqual([[SILENCE], 1]);
    give();
    await set.clock.advance(0);
    expect(set.replaced.map(({ track }) => track.label)).toEqual([REAL]);
    expect(await endCall(set, call)).toEqual([0, 0]);
    await set.expectNothingLeft();
  });
});

describe('a leg that can not take another track yet', () => {
  it('is offered it every 200 ms until it can', async () => {
    const set = slowStage({ first: RINGS, refusals: 3 });
    const { call, give } = await set.sentInSilence();
    const problems = recordEvents(call, ['problem-changed']);
    give();
    await set.clock.advance(2_000);
    expect([set.offered, set.replaced.length, problems]).toEqual([[100, 300, 500, 700], 1, []]);
    // As long as nothing takes its place, there is silence to send.
    expect(set.silences).toHaveLength(1);
    expect(await endCall(set, call)).toEqual([0, 0]);
    await set.expectNothingLeft();
  });

  it('is asked no more when the call is over, which is no problem of it', async () => {
    const set = slowStage({ first: RINGS, refusals: Infinity });
    const { call, give } = await set.sentInSilence();
    const problems = recordEvents(call, ['problem-changed']);
    give();
    await set.clock.advance(50);
    await set.clock.until(call.hangup());
    await set.clock.advance(5_000);
    expect([set.offered, problems]).toEqual([[100], []]);
    await set.expectNothingLeft();
  });

  it.each([
    ['has been answered before', 0, 0],
    ['is answered meanwhile', 300, 200],
  ])('is a problem once the call %s', async (_name, answeredAfterMs, leftMs) => {
    const set = slowStage({ first: RINGS, refusals: Infinity });
    const { call, give, leg } = await set.sentInSilence();
    if (answeredAfterMs === 0) leg.say(SAYS.answered, SAYS.flows);
    give();
    await set.clock.advance(answeredAfterMs);
    if (answeredAfterMs > 0) {
      expect(call.problem).toBeUndefined();
      leg.say(SAYS.answered, SAYS.flows);
    }
    await set.clock.advance(leftMs);
    expect([call.state, call.problem?.code]).toEqual(['active', 'media/not-sending']);
    const before = set.offered.length;
    await set.clock.advance(2_000);
    expect(set.offered).toHaveLength(before);
    expect(await endCall(set, call)).toEqual([0, 0]);
    await set.expectNothingLeft();
  });
});

describe('a microphone that may never come', () => {
  it.each(['prompt', 'unknown'] as const)(
    'is waited for: its permission is %s',
    async (permission) => {
      const set = slowStage({}, { permission });
      const call = set.dial();
      await set.clock.advance(30_000);
      expect([set.media.openPrompts, set.first.legs, set.silences]).toEqual([1, [], []]);
      set.media.answerPrompt('granted');
      await set.clock.advance(0);
      expect(labelsOf(set.first.leg.request.stream)).toEqual([REAL]);
      expect(await endCall(set, call)).toEqual([0, 0]);
      await set.expectNothingLeft();
    },
  );

  it.each([
    ['no device has a name', [{ deviceId: '', groupId: '', kind: 'audioinput', label: '' }]],
    ['there is no device', []],
  ] as const)('is waited for: %s', async (_name, list) => {
    const set = slowStage();
    set.media.enumerateDevices = async () => list;
    const give = set.media.delayMicrophone();
    const call = set.dial();
    await set.clock.advance(5_000);
    expect([set.first.legs, set.silences]).toEqual([[], []]);
    give();
    await set.clock.advance(0);
    expect(labelsOf(set.first.leg.request.stream)).toEqual([REAL]);
    expect(await endCall(set, call)).toEqual([0, 0]);
  });

  it('is waited for where a browser names devices, and asks each time all the same', async () => {
    const set = slowStage({}, { permission: 'prompt' });
    const device = { deviceId: 'default', groupId: '', kind: 'audioinput', label: REAL } as const;
    set.media.enumerateDevices = async () => [device];
    const call = set.dial();
    await set.clock.advance(5_000);
    expect([set.dialer.audio.inputs.length, set.first.legs, set.silences]).toEqual([1, [], []]);
    set.media.answerPrompt('granted');
    await set.clock.advance(0);
    expect(labelsOf(set.first.leg.request.stream)).toEqual([REAL]);
    expect(await endCall(set, call)).toEqual([0, 0]);
  });

  it('is waited for where it failed in the call before, and no more after that', async () => {
    const set = slowStage();
    set.media.setBusy('default', true);
    const failed = await set.clock.until(set.dial().when('ended'));
    expect(failed.error?.code).toBe('media/device-in-use');
    set.media.setBusy('default', false);
    const give = set.media.delayMicrophone();
    const call = set.dial();
    await set.clock.advance(5_000);
    expect(set.first.legs).toEqual([]);
    give();
    await set.clock.advance(0);
    expect(labelsOf(set.first.leg.request.stream)).toEqual([REAL]);
    expect(await endCall(set, call)).toEqual([0, 0]);
    const { leg, call: third } = await set.sentInSilence();
    expect(labelsOf(leg.request.stream)).toEqual([SILENCE]);
    expect(await endCall(set, third)).toEqual([0, 0]);
    await set.expectNothingLeft();
  });

  it('is waited for when it failed within those 100 ms and is looked for again', async () => {
    const set = slowStage({}, { audio: { recoverMs: 60_000 } });
    set.media.setBusy('default', true);
    const call = set.dial();
    await set.clock.advance(5_000);
    expect([call.problem?.code, set.first.legs, set.silences]).toEqual([
      'media/device-in-use',
      [],
      [],
    ]);
    await set.clock.until(call.hangup());
    await set.expectNothingLeft();
  });
});

describe('silence', () => {
  it.each<[string, (set: ReturnType<typeof slowStage>) => void]>([
    [
      'is left out by the environment',
      ({ media }) => {
        Reflect.deleteProperty(media, 'silence');
      },
    ],
    [
      'can not be made',
      ({ media }) => {
        media.silence = async () => undefined;
      },
    ],
    [
      'does not come',
      ({ media }) => {
        media.silence = () => new Promise(() => undefined);
      },
    ],
    [
      'can not be fetched as code',
      ({ media }) => {
        media.silence = async () => {
          throw new TypeError('Failed to fetch dynamically imported module');
        };
      },
    ],
  ])('that %s has the call wait for the microphone', async (_name, spoil) => {
    const set = slowStage();
    spoil(set);
    const give = set.media.delayMicrophone();
    const call = set.dial();
    await set.clock.advance(3_000);
    expect([set.first.legs, call.state]).toEqual([[], 'preparing']);
    give();
    await set.clock.advance(0);
    expect(labelsOf(set.first.leg.request.stream)).toEqual([REAL]);
    expect(await endCall(set, call)).toEqual([0, 0]);
  });

  it('that comes after the microphone is not sent', async () => {
    const set = slowStage();
    const inner = set.media.silence;
    let begin: () => void = () => undefined;
    const begun = new Promise<void>((resolve) => {
      begin = resolve;
    });
    set.media.silence = async (until) => {
      await begun;
      return inner?.(until);
    };
    const give = set.media.delayMicrophone();
    const call = set.dial();
    await set.clock.advance(500);
    give();
    await set.clock.advance(0);
    expect(labelsOf(set.first.leg.request.stream)).toEqual([REAL]);
    begin();
    await set.clock.advance(1_000);
    expect([set.offered, set.first.legs.length]).toEqual([[], 1]);
    await set.clock.until(call.hangup());
    await set.expectNothingLeft();
  });

  const ownStream = (set: ReturnType<typeof slowStage>) =>
    set.media.getUserMedia({ audio: true, video: false });
  it.each<[string, (set: ReturnType<typeof slowStage>) => Promise<MediaStream | 'none'>]>([
    ['a stream of the application', ownStream],
    ['nothing to send', async () => 'none'],
  ])('stands in for no call with %s', async (_name, make) => {
    const set = slowStage({ first: RINGS });
    const input = await make(set);
    const asked = set.asked();
    const silence = vi.spyOn(set.media, 'silence');
    const call = set.dial({ input });
    await set.clock.advance(0);
    expect(labelsOf(set.first.leg.request.stream)).toEqual(input === 'none' ? undefined : [REAL]);
    await set.clock.advance(5_000);
    expect([silence.mock.calls, set.offered, set.asked()]).toEqual([[], [], asked]);
    await set.clock.until(call.hangup());
    if (input !== 'none') for (const track of input.getTracks()) track.stop();
    await set.expectNothingLeft();
  });

  it('is sent whatever the signalling took meanwhile', async () => {
    const login: StageOptions = { timeouts: { connectMs: 5_000 } };
    let open: () => void = () => undefined;
    const set = slowStage(
      {
        first: {
          login: () =>
            new Promise<void>((resolve) => {
              open = resolve;
            }),
        },
      },
      login,
    );
    set.media.delayMicrophone();
    const call = set.dial({ routes: ['first'] });
    await set.clock.advance(700);
    expect(set.silences).toEqual([]);
    open();
    await set.clock.advance(0);
    expect(labelsOf(set.first.leg.request.stream)).toEqual([SILENCE]);
    await set.clock.until(call.hangup());
    await set.expectNothingLeft();
  });
});
