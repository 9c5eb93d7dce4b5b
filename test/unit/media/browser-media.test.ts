import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { browserSupport } from '../../../src/diagnostics/browser-support.js';
import { browserMedia, microphoneObstacle } from '../../../src/media/browser-media.js';

const saved: (readonly [object, string, PropertyDescriptor | undefined])[] = [];

/** Puts something in the place of a part of the browser, until the test is over. */
function replace(target: object, name: string, value: unknown): void {
  saved.push([target, name, Object.getOwnPropertyDescriptor(target, name)]);
  Object.defineProperty(target, name, { value, configurable: true, writable: true });
}

beforeEach(() => {
  replace(globalThis, 'isSecureContext', true);
  replace(globalThis, 'RTCPeerConnection', class {});
  replace(navigator, 'mediaDevices', Object.assign(new EventTarget(), mediaDevices));
  replace(document, 'featurePolicy', undefined);
});

afterEach(() => {
  for (const [target, name, descriptor] of saved.splice(0).reverse()) {
    if (descriptor) Object.defineProperty(target, name, descriptor);
    else Reflect.deleteProperty(target, name);
  }
});

const mediaDevices = {
  getUserMedia: async (constraints: unknown) => ({ constraints }),
  enumerateDevices: async () => [{ kind: 'audioinput' }],
};

const forbidding = { allowsFeature: (name: string) => name !== 'microphone' };

describe('what keeps a page from asking for the microphone', () => {
  it('is nothing on a page that may', () => {
    expect(microphoneObstacle()).toBeUndefined();
    expect(browserSupport()).toMatchObject({ ok: true, problems: [] });
  });

  it.each([
    ['an insecure page', globalThis, 'isSecureContext', false, 'media/insecure-context'],
    ['a browser without it', navigator, 'mediaDevices', undefined, 'support/no-webrtc'],
    ['a frame without allow', document, 'featurePolicy', forbidding, 'media/blocked-by-page'],
  ] as const)('is %s', async (_name, target, name, value, code) => {
    replace(target, name, value);
    expect(microphoneObstacle()?.code).toBe(code);
    await expect(browserMedia().getUserMedia({ audio: true })).rejects.toMatchObject({ code });
    const { ok, problems } = browserSupport();
    expect([ok, problems.map((problem) => problem.code)]).toEqual([false, [code]]);
  });

  it('is told once, however many things are missing', () => {
    replace(globalThis, 'RTCPeerConnection', undefined);
    replace(navigator, 'mediaDevices', undefined);
    expect(browserSupport().problems.map(({ code }) => code)).toEqual(['support/no-webrtc']);
  });
});

describe("the browser's own media", () => {
  it('asks the browser for what it is asked for', async () => {
    const wishes = { audio: { echoCancellation: true }, video: false };
    expect(await browserMedia().getUserMedia(wishes)).toEqual({ constraints: wishes });
    expect(await browserMedia().enumerateDevices()).toEqual([{ kind: 'audioinput' }]);
  });

  it('tells of devices that come and go, until it is stopped', () => {
    let changes = 0;
    const stop = browserMedia().onDeviceChange(() => {
      changes += 1;
    });
    navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
    stop();
    navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
    expect(changes).toBe(1);
  });

  it('has no devices where the browser has none', async () => {
    replace(navigator, 'mediaDevices', undefined);
    const media = browserMedia();
    expect(await media.enumerateDevices()).toEqual([]);
    media.onDeviceChange(() => undefined)();
  });

  it.each([
    [
      'the state',
      { query: async () => Object.assign(new EventTarget(), { state: 'prompt' }) },
      'prompt',
    ],
    [
      'nothing where the browser refuses',
      { query: () => Promise.reject(new TypeError()) },
      'unknown',
    ],
    ['nothing where the browser cannot', undefined, 'unknown'],
  ])('tells of the permission %s', async (_name, permissions, state) => {
    replace(navigator, 'permissions', permissions);
    expect(await browserMedia().microphonePermission(() => undefined)).toBe(state);
  });
});

describe('playing', () => {
  const log: string[] = [];
  let refuse: DOMException | undefined;
  let elements = 0;

  beforeEach(() => {
    log.length = 0;
    refuse = undefined;
    class FakeAudio extends HTMLElement {
      muted = false;
      #source: unknown = null;
      get srcObject() {
        return this.#source;
      }
      set srcObject(source: unknown) {
        this.#source = source;
        log.push(source ? 'source' : 'no source');
      }
      async setSinkId(id: string) {
        log.push(`sink ${id}`);
      }
      async play() {
        log.push('play');
        if (refuse) throw refuse;
      }
      pause() {
        log.push('pause');
      }
    }
    elements += 1;
    customElements.define(`fake-audio-${elements}`, FakeAudio);
    replace(globalThis, 'Audio', FakeAudio);
  });

  const stream = {} as MediaStream;

  it('starts, on the speaker that is named, and stops', async () => {
    const stop = await browserMedia().play(stream, 'headset');
    stop();
    expect(log).toEqual(['source', 'sink headset', 'play', 'pause', 'no source']);
  });

  it('stands in the page meanwhile, as phones ask for, and not after it', async () => {
    const stop = await browserMedia().play(stream, undefined);
    const [element] = document.body.children;
    expect([element?.hasAttribute('playsinline'), (element as HTMLElement).hidden]).toEqual([
      true,
      true,
    ]);
    stop();
    expect(document.body.children).toHaveLength(0);
  });

  it('leaves the speaker alone where none is named', async () => {
    await browserMedia().play(stream, undefined);
    expect(log).toEqual(['source', 'play']);
  });

  it('rejects as the browser does, and lets the stream go', async () => {
    refuse = new DOMException('no gesture', 'NotAllowedError');
    await expect(browserMedia().play(stream, undefined)).rejects.toBe(refuse);
    expect(log).toEqual(['source', 'play', 'pause', 'no source']);
  });
});
