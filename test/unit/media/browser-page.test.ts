import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PageMoment } from '../../../src/core/environment.js';
import { browserPage } from '../../../src/media/browser-page.js';

const pageEvent = (type: string, persisted: boolean): Event =>
  Object.assign(new Event(type), { persisted });

describe("the page's life as the browser tells it", () => {
  const moments: PageMoment[] = [];
  let stop: () => void;
  beforeEach(() => {
    moments.length = 0;
    stop = browserPage().onMoment((moment) => moments.push(moment));
  });
  afterEach(() => stop());

  it.each([
    ['left for good', () => globalThis.dispatchEvent(pageEvent('pagehide', false)), ['left']],
    ['left and kept', () => globalThis.dispatchEvent(pageEvent('pagehide', true)), ['left']],
    ['shown again', () => globalThis.dispatchEvent(pageEvent('pageshow', true)), ['back']],
    ['shown first', () => globalThis.dispatchEvent(pageEvent('pageshow', false)), []],
    ['frozen', () => document.dispatchEvent(new Event('freeze')), ['frozen']],
    ['running again', () => document.dispatchEvent(new Event('resume')), ['back']],
    ['hidden', () => document.dispatchEvent(new Event('visibilitychange')), []],
    ['about to be left', () => globalThis.dispatchEvent(new Event('beforeunload')), []],
    ['unloaded', () => globalThis.dispatchEvent(new Event('unload')), []],
  ] as const)('%s', (_name, happen, told) => {
    happen();
    expect(moments).toEqual(told);
    stop();
    happen();
    expect(moments).toEqual(told);
  });
});

describe('asking before the page is left', () => {
  const leave = () => {
    const event = new Event('beforeunload', { cancelable: true });
    globalThis.dispatchEvent(event);
    return { asks: event.defaultPrevented, inOldChrome: Reflect.get(event, 'returnValue') };
  };

  it('is done until it is stopped', () => {
    const page = browserPage();
    expect(leave().asks).toBe(false);
    const stop = page.confirmLeave();
    expect(leave()).toEqual({ asks: true, inOldChrome: true });
    stop();
    expect(leave().asks).toBe(false);
  });
});

describe('on a server', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('nothing happens to the page, and nothing throws', () => {
    for (const name of ['addEventListener', 'removeEventListener', 'document']) {
      vi.stubGlobal(name, undefined);
    }
    const page = browserPage();
    expect(() => {
      page.onMoment(() => undefined)();
      page.confirmLeave()();
    }).not.toThrow();
  });

  it.each([
    ['on a server', undefined],
    ['in a browser without any of it', {}],
    [
      'where the browser refuses',
      {
        wakeLock: { request: () => Promise.reject(new DOMException('no', 'NotAllowedError')) },
        mediaSession: {
          metadata: null,
          setActionHandler: () => {
            throw new TypeError('unknown action');
          },
          setMicrophoneActive: () => Promise.reject(new DOMException('no', 'InvalidStateError')),
        },
      },
    ],
  ])('a call is as it was %s', async (_name, navigator) => {
    vi.stubGlobal('navigator', navigator);
    const page = browserPage();
    const stopScreen = page.keepScreenOn();
    const stopHint = page.hintCallAudio();
    const controls = page.offerCallControls({ hangup() {}, toggleMute() {}, muted: false });
    controls.update(true);
    await Promise.resolve();
    for (const stop of [stopScreen, stopHint, controls.stop]) stop();
  });
});

describe('a page that comes into view', () => {
  it('is told each time, until it is stopped', () => {
    let told = 0;
    const stop = browserPage().onVisible(() => {
      told += 1;
    });
    document.dispatchEvent(new Event('visibilitychange'));
    document.dispatchEvent(new Event('visibilitychange'));
    stop();
    document.dispatchEvent(new Event('visibilitychange'));
    expect(told).toBe(2);
  });
});

describe('the screen', () => {
  afterEach(() => vi.unstubAllGlobals());

  /** A browser whose locks are counted; each answer can be held back. */
  function screen() {
    const locks = new Set<{ released: boolean; release(): Promise<void> }>();
    const answers: (() => void)[] = [];
    vi.stubGlobal('navigator', {
      wakeLock: {
        request: () =>
          new Promise((resolve) => {
            answers.push(() => {
              const lock = {
                released: false,
                async release() {
                  lock.released = true;
                  locks.delete(lock);
                },
              };
              locks.add(lock);
              resolve(lock);
            });
          }),
      },
    });
    return {
      locks,
      async answer() {
        for (const give of answers.splice(0)) give();
        for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
      },
    };
  }
  const show = () => document.dispatchEvent(new Event('visibilitychange'));

  it('is kept on, taken back when the page was away, and let go', async () => {
    const { locks, answer } = screen();
    const stop = browserPage().keepScreenOn();
    await answer();
    expect(locks.size).toBe(1);
    for (const lock of locks) await lock.release();
    show();
    await answer();
    expect(locks.size).toBe(1);
    show();
    await answer();
    expect(locks.size).toBe(1);
    stop();
    await answer();
    expect(locks.size).toBe(0);
    show();
    await answer();
    expect(locks.size).toBe(0);
  });

  it('is not asked for in a frame that may not keep it on', async () => {
    const { locks, answer } = screen();
    const asked: string[] = [];
    const allowsFeature = (name: string): boolean => {
      asked.push(name);
      return false;
    };
    Object.defineProperty(document, 'featurePolicy', {
      value: { allowsFeature },
      configurable: true,
    });
    const stop = browserPage().keepScreenOn();
    await answer();
    stop();
    Reflect.deleteProperty(document, 'featurePolicy');
    expect([locks.size, asked]).toEqual([0, ['screen-wake-lock']]);
  });

  it('is not kept on by an answer that comes too late', async () => {
    const { locks, answer } = screen();
    browserPage().keepScreenOn()();
    await answer();
    expect(locks.size).toBe(0);
  });

  it('is kept on once when it was asked for twice', async () => {
    const { locks, answer } = screen();
    const stop = browserPage().keepScreenOn();
    show();
    await answer();
    expect(locks.size).toBe(1);
    stop();
    await answer();
    expect(locks.size).toBe(0);
  });
});

describe('what the system knows of a call', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('is its kind of sound, and afterwards what it was', () => {
    const audioSession = { type: 'auto' };
    vi.stubGlobal('navigator', { audioSession });
    const stop = browserPage().hintCallAudio();
    expect(audioSession.type).toBe('play-and-record');
    stop();
    expect(audioSession.type).toBe('auto');
  });

  it('is how to hang up and mute it, and no number; afterwards nothing', () => {
    const handlers: Record<string, (() => void) | null> = {};
    const microphone: boolean[] = [];
    const ours = { title: 'Music' };
    const mediaSession = {
      metadata: ours as { title: string } | null,
      setActionHandler: (action: string, handler: (() => void) | null) => {
        handlers[action] = handler;
      },
      setMicrophoneActive: (active: boolean) => microphone.push(active),
    };
    vi.stubGlobal('navigator', { mediaSession });
    vi.stubGlobal(
      'MediaMetadata',
      class {
        title: string;
        constructor({ title }: { title: string }) {
          this.title = title;
        }
      },
    );
    const pressed: string[] = [];
    const controls = browserPage().offerCallControls({
      hangup: () => pressed.push('hangup'),
      toggleMute: () => pressed.push('mute'),
      muted: false,
    });
    handlers['hangup']?.();
    handlers['togglemicrophone']?.();
    expect(pressed).toEqual(['hangup', 'mute']);
    expect(mediaSession.metadata?.title).toBe('Call');
    controls.update(true);
    expect(microphone).toEqual([true, false]);
    controls.stop();
    expect(handlers).toEqual({ hangup: null, togglemicrophone: null });
    expect(microphone.at(-1)).toBe(false);
    expect(mediaSession.metadata).toBe(ours);
  });
});
