import { describe, expect, it } from 'vitest';
import { openMicrophoneAhead } from '../../../src/media/microphone-ahead.js';
import { createFakeMedia } from '../../../src/testing/fake-media.js';
import { recordEvents } from '../../../src/testing/index.js';
import { createSimulatedClock } from '../../../src/testing/simulated-clock.js';
import { NUMBER, type StageOptions, stage } from '../dialer/dialer-stage.js';
import { answers } from '../failover/broken-route.js';
import { scripted } from '../failover/scripted-provider.js';

const HEADSET = { id: 'headset', label: 'Headset', kind: 'audioinput' } as const;
const UNUSED_MS = 10_000;

/** A Dialer over a route that works, and notes of each microphone that was asked for. */
function ahead(options: StageOptions = {}) {
  const provider = scripted(answers);
  const set = stage([provider], options);
  const { media, clock, dialer } = set;
  const { getUserMedia } = media;
  const asked: MediaTrackConstraints[] = [];
  media.getUserMedia = (constraints) => {
    asked.push(constraints.audio as MediaTrackConstraints);
    return getUserMedia(constraints);
  };
  return {
    ...set,
    provider,
    asked,
    /** As in the first half of a press. */
    press: (signal?: AbortSignal) => clock.until(dialer.warmUp({ microphone: true, signal })),
    /** What an indicator would show. */
    live: () => [dialer.audio.microphoneLive, media.liveTracks],
  };
}

describe('a microphone that is opened ahead', () => {
  it('is so only where it is asked for', async () => {
    const { dialer, clock, asked, live } = ahead();
    await clock.until(dialer.warmUp());
    expect([asked, live()]).toEqual([[], [false, 0]]);
  });

  it.each(['prompt', 'unknown', 'denied'] as const)(
    'is none where the permission is %s: nobody is asked',
    async (permission) => {
      const { press, clock, media, asked, expectNothingLeft } = ahead({ permission });
      await press();
      await clock.advance(1_000);
      expect([asked, media.openPrompts]).toEqual([[], 0]);
      await expectNothingLeft();
    },
  );

  it('is taken by the call: the browser is asked once', async () => {
    const { press, dialer, clock, asked, live, provider, expectNothingLeft } = ahead();
    await press();
    expect([asked.length, live()]).toEqual([1, [true, 1]]);
    await clock.advance(5_000);
    const call = dialer.dial(NUMBER);
    await clock.until(call.when('active'));
    expect(asked).toHaveLength(1);
    // Nothing closes it under the call.
    await clock.advance(3 * UNUSED_MS);
    expect([call.state, live()]).toEqual(['active', [true, 2]]);
    expect(provider.leg.request.stream?.getTracks()[0]?.readyState).toBe('live');
    expect((await clock.until(call.hangup())).media).toEqual({
      released: true,
      tracks: 1,
      liveTracks: 0,
    });
    expect(live()).toEqual([false, 0]);
    await expectNothingLeft();
  });

  it('is taken while it is still being opened', async () => {
    const { press, dialer, clock, media, asked, expectNothingLeft } = ahead();
    const give = media.delayMicrophone();
    await press();
    const call = dialer.dial(NUMBER);
    await clock.advance(40);
    give();
    await clock.until(call.when('active'));
    expect([asked.length, clock.monotonicNow()]).toEqual([1, 40]);
    await clock.until(call.hangup());
    await expectNothingLeft();
  });

  it('is taken by one call only', async () => {
    const { press, dialer, clock, asked, expectNothingLeft } = ahead({ maxCalls: 2 });
    await press();
    const calls = [dialer.dial(NUMBER), dialer.dial('+14155550111')];
    await clock.until(Promise.all(calls.map((call) => call.when('active'))));
    expect(asked).toHaveLength(2);
    await expectNothingLeft();
  });

  it('is closed again after ten seconds without a call', async () => {
    const { press, clock, live, asked, expectNothingLeft } = ahead();
    await press();
    await clock.advance(UNUSED_MS - 1);
    expect(live()).toEqual([true, 1]);
    await clock.advance(1);
    expect(live()).toEqual([false, 0]);
    await press();
    expect([live(), asked.length]).toEqual([[true, 1], 2]);
    await expectNothingLeft();
  });

  it('has its ten seconds anew with the next press, and is open once', async () => {
    const { press, clock, live } = ahead();
    await press();
    await clock.advance(6_000);
    await press();
    expect(live()).toEqual([true, 1]);
    await clock.advance(6_000);
    expect(live()).toEqual([true, 1]);
    await clock.advance(4_000);
    expect(live()).toEqual([false, 0]);
  });

  it('is closed when it comes after its time', async () => {
    const { press, clock, media, live, dialer, expectNothingLeft } = ahead();
    const give = media.delayMicrophone();
    await press();
    await clock.advance(UNUSED_MS);
    give();
    await clock.advance(0);
    expect(live()).toEqual([false, 0]);
    const call = dialer.dial(NUMBER);
    await clock.until(call.when('active'));
    expect(live()).toEqual([true, 2]);
    await expectNothingLeft();
  });

  it('tells whoever shows that it is open, and that it is not', async () => {
    const { press, dialer, clock } = ahead();
    await press();
    expect(dialer.audio.microphoneLive).toBe(true);
    const changes = recordEvents(dialer, ['audio-changed']);
    await clock.advance(UNUSED_MS);
    expect(changes.map(([, { audio }]) => audio.microphoneLive)).toEqual([false]);
  });

  it('is not told as closed in the moment in which a call takes it', async () => {
    const { press, dialer, clock } = ahead();
    await press();
    const changes = recordEvents(dialer, ['audio-changed']);
    const call = dialer.dial(NUMBER);
    expect(dialer.audio.microphoneLive).toBe(true);
    await clock.until(call.when('active'));
    expect(changes.map(([, { audio }]) => audio.microphoneLive)).not.toContain(false);
  });
});

describe('a microphone that was opened ahead for nothing', () => {
  it('is closed when the press ends elsewhere', async () => {
    const { press, clock, live, expectNothingLeft } = ahead();
    const pressed = new AbortController();
    await press(pressed.signal);
    expect(live()).toEqual([true, 1]);
    pressed.abort();
    await clock.advance(0);
    expect(live()).toEqual([false, 0]);
    await expectNothingLeft();
  });

  it('is closed when that happens before it is open', async () => {
    const { press, clock, live, media } = ahead();
    const give = media.delayMicrophone();
    const pressed = new AbortController();
    await press(pressed.signal);
    pressed.abort();
    give();
    await clock.advance(0);
    expect(live()).toEqual([false, 0]);
  });

  it('is not even opened when it happens at once', async () => {
    const { dialer, clock, asked } = ahead();
    const pressed = new AbortController();
    void dialer.warmUp({ microphone: true, signal: pressed.signal });
    pressed.abort();
    await clock.advance(1_000);
    expect(asked).toEqual([]);
  });

  it.each(['the press ends', 'the Dialer is closed'])(
    'is not opened when %s while the permission is being read',
    async (ending) => {
      const { dialer, clock, media, asked } = ahead();
      await clock.until(dialer.warmUp());
      let read: () => void = () => undefined;
      const reading = new Promise<void>((resolve) => {
        read = resolve;
      });
      const { microphonePermission } = media;
      media.microphonePermission = async (onChange) => {
        await reading;
        return microphonePermission(onChange);
      };
      const pressed = new AbortController();
      void dialer.warmUp({ microphone: true, signal: pressed.signal });
      await clock.advance(0);
      if (ending === 'the press ends') pressed.abort();
      else await clock.until(dialer.close());
      read();
      await clock.advance(0);
      expect([asked, media.liveTracks]).toEqual([[], 0]);
    },
  );

  it('is left to the call that has taken it, wherever the press ended', async () => {
    const { press, dialer, clock, live } = ahead();
    const pressed = new AbortController();
    await press(pressed.signal);
    const call = dialer.dial(NUMBER);
    await clock.until(call.when('active'));
    pressed.abort();
    await clock.advance(0);
    expect([call.state, live()]).toEqual(['active', [true, 2]]);
  });

  it.each(['left', 'frozen'] as const)('is closed when the page is %s', async (moment) => {
    const { press, environment, clock, live, expectNothingLeft } = ahead();
    await press();
    environment.tellPage(moment);
    await clock.advance(0);
    expect(live()).toEqual([false, 0]);
    await expectNothingLeft();
  });

  it.each([
    ['while it is open', true],
    ['while it is being opened', false],
  ])('is closed with the Dialer, %s', async (_name, isOpen) => {
    const { press, media, clock, live, expectNothingLeft } = ahead();
    const give = media.delayMicrophone();
    if (isOpen) give();
    await press();
    await expectNothingLeft();
    give();
    await clock.advance(0);
    expect(live()).toEqual([false, 0]);
  });

  it.each(['closed', 'told not to'] as const)(
    'is not opened by a Dialer that was %s',
    async (how) => {
      const { dialer, press, clock, asked } = ahead({ warmUp: how === 'closed' });
      if (how === 'closed') await clock.until(dialer.close());
      await press();
      await clock.advance(1_000);
      expect(asked).toEqual([]);
    },
  );

  it('is closed when another device was chosen, and the call opens that one', async () => {
    const { press, dialer, clock, media, asked, provider, expectNothingLeft } = ahead();
    media.plugIn(HEADSET);
    await press();
    await clock.until(dialer.audio.selectInput('headset'));
    const call = dialer.dial(NUMBER);
    await clock.until(call.when('active'));
    expect(asked.map(({ deviceId }) => deviceId)).toEqual([undefined, { exact: 'headset' }]);
    expect(provider.leg.request.stream?.getAudioTracks()[0]?.label).toBe('Headset');
    // The call's own and its copy.
    expect(media.liveTracks).toBe(2);
    await clock.until(call.hangup());
    await expectNothingLeft();
  });

  it('is closed when a call with a stream of its own came instead', async () => {
    const { press, dialer, clock, media, live } = ahead();
    const input = await media.getUserMedia({ audio: true });
    await press();
    const call = dialer.dial(NUMBER, { input });
    await clock.until(call.when('active'));
    await clock.advance(UNUSED_MS);
    await clock.until(call.hangup());
    for (const track of input.getTracks()) track.stop();
    expect(live()).toEqual([false, 0]);
  });
});

describe('no microphone is opened ahead', () => {
  it('in a call', async () => {
    const { press, dialer, clock, asked } = ahead();
    const call = dialer.dial(NUMBER);
    await clock.until(call.when('active'));
    await press();
    expect(asked).toHaveLength(1);
    await clock.until(call.hangup());
    await press();
    expect(asked).toHaveLength(2);
  });

  it('beside one that a call is opening', async () => {
    const { press, dialer, media, clock, asked, expectNothingLeft } = ahead();
    const give = media.delayMicrophone();
    const call = dialer.dial(NUMBER);
    await clock.advance(10);
    await press();
    expect(asked).toHaveLength(1);
    give();
    await clock.until(call.when('active'));
    expect(asked).toHaveLength(1);
    await expectNothingLeft();
  });

  it('and it is again after a call that was given up while its microphone opened', async () => {
    const { press, dialer, media, clock, asked, live } = ahead();
    const give = media.delayMicrophone();
    const call = dialer.dial(NUMBER);
    await clock.advance(10);
    await clock.until(call.hangup());
    give();
    await clock.advance(0);
    expect(live()).toEqual([false, 0]);
    await press();
    expect([asked.length, live()]).toEqual([2, [true, 1]]);
  });
});

describe('a microphone that could not be opened ahead', () => {
  it('is a failure of the call that takes it, and of no other', async () => {
    const { press, dialer, media, clock, asked, lines, expectNothingLeft } = ahead();
    media.setBusy('default', true);
    await press();
    expect(lines.filter(([level]) => level === 'error' || level === 'warn')).toEqual([]);
    const failed = await clock.until(dialer.dial(NUMBER).when('ended'));
    expect([failed.error?.code, asked.length]).toEqual(['media/device-in-use', 1]);
    media.setBusy('default', false);
    const call = dialer.dial(NUMBER);
    await clock.until(call.when('active'));
    expect(asked).toHaveLength(2);
    await expectNothingLeft();
  });

  it('is nobody’s when no call comes', async () => {
    const { press, dialer, media, clock, live, expectNothingLeft } = ahead();
    media.setBusy('default', true);
    await press();
    await clock.advance(UNUSED_MS);
    media.setBusy('default', false);
    expect(live()).toEqual([false, 0]);
    await clock.until(dialer.dial(NUMBER).when('active'));
    await expectNothingLeft();
  });
});

describe('openMicrophoneAhead', () => {
  const WISHES = { echoCancellation: true };
  function open() {
    const media = createFakeMedia();
    const clock = createSimulatedClock();
    const seen: boolean[] = [];
    const give = media.delayMicrophone();
    const microphone = openMicrophoneAhead({
      media,
      clock,
      constraints: WISHES,
      onChange: () => seen.push(microphone.live),
    });
    return { media, clock, microphone, seen, give };
  }

  it('gives it away once, with the moment in which it was asked for, and for these wishes only', async () => {
    const { microphone, clock, seen, give, media } = open();
    await clock.advance(300);
    give();
    await clock.advance(0);
    expect([microphone.live, seen]).toEqual([true, [true]]);
    expect(microphone.take({ echoCancellation: false })).toBeUndefined();
    expect(microphone.live).toBe(true);
    const taken = microphone.take({ echoCancellation: true });
    expect(taken?.askedAtMs).toBe(0);
    expect((await taken?.stream)?.active).toBe(true);
    expect(microphone.take(WISHES)).toBeUndefined();
    microphone.release();
    await clock.advance(UNUSED_MS);
    expect([media.liveTracks, clock.pendingTimers]).toEqual([1, 0]);
  });

  it('is told once that it was given up', async () => {
    const { microphone, clock, seen, give, media } = open();
    give();
    await clock.advance(0);
    microphone.release();
    microphone.release();
    await clock.advance(UNUSED_MS);
    expect([seen, media.liveTracks, microphone.take(WISHES)]).toEqual([
      [true, false],
      0,
      undefined,
    ]);
  });
});
