import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createBrowserSound } from '../../../src/media/browser-sound.js';
import { connectNobody } from '../../../src/media/connect-nobody.js';
import { type FakeAudio, stubAudio } from './fake-audio-context.js';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('the first connection of a page', () => {
  /** Connections that note what is done with them. */
  function stubConnections(createOffer: () => Promise<unknown> = async () => ({})) {
    const logs: string[][] = [];
    vi.stubGlobal(
      'RTCPeerConnection',
      class {
        readonly #log: string[] = [];
        constructor(...settings: unknown[]) {
          logs.push(this.#log);
          if (settings.length > 0) this.#log.push('settings');
        }
        addTransceiver(kind: string) {
          this.#log.push(kind);
        }
        async createOffer() {
          this.#log.push('offer');
          await createOffer();
        }
        async setLocalDescription() {
          this.#log.push('gathers');
        }
        close() {
          this.#log.push('close');
        }
      },
    );
    return logs;
  }

  it('is made for nobody: an offer, no candidates, closed again', async () => {
    const logs = stubConnections();
    await connectNobody();
    expect(logs).toEqual([['audio', 'offer', 'close']]);
  });

  it('is closed when there is no offer either, and that is no failure', async () => {
    const logs = stubConnections(() => Promise.reject(new Error('closed')));
    await expect(connectNobody()).resolves.toBeUndefined();
    expect(logs).toEqual([['audio', 'offer', 'close']]);
  });

  it('is none where there are no connections at all', async () => {
    vi.stubGlobal('RTCPeerConnection', undefined);
    await expect(connectNobody()).resolves.toBeUndefined();
  });

  it('is made once, however often somebody comes near', async () => {
    const logs = stubConnections();
    const sound = createBrowserSound();
    await Promise.all([sound.warmUp({ sound: false }), sound.warmUp({ sound: false })]);
    await sound.warmUp({ sound: false });
    expect(logs).toHaveLength(1);
  });
});

describe('silence to send', () => {
  let audio: FakeAudio;
  const made: { readyState: MediaStreamTrackState; stop(): void }[] = [];

  beforeEach(() => {
    audio = stubAudio();
    made.length = 0;
    Object.assign(AudioContext.prototype, {
      createMediaStreamDestination() {
        const track = {
          readyState: 'live' as MediaStreamTrackState,
          stop() {
            track.readyState = 'ended';
          },
        };
        made.push(track);
        return { stream: { getTracks: () => [track] } };
      },
    });
  });

  it('comes from the one context, which runs until the signal aborts', async () => {
    vi.useFakeTimers();
    const sound = createBrowserSound();
    const until = new AbortController();
    expect(sound.silence(until.signal)?.getTracks()).toEqual(made);
    await vi.advanceTimersByTimeAsync(60_000);
    expect([audio.contexts.length, audio.newest.state]).toEqual([1, 'running']);
    until.abort();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(audio.newest.state).toBe('suspended');
    sound.close();
  });

  it('ends when the signal aborts', () => {
    const sound = createBrowserSound();
    const until = new AbortController();
    sound.silence(until.signal);
    expect(made.map(({ readyState }) => readyState)).toEqual(['live']);
    until.abort();
    expect(made.map(({ readyState }) => readyState)).toEqual(['ended']);
    sound.close();
  });

  it('is none where there is no context', () => {
    vi.stubGlobal('AudioContext', undefined);
    expect(createBrowserSound().silence(new AbortController().signal)).toBeUndefined();
  });
});
