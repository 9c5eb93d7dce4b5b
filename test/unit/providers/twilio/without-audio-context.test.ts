import { afterEach, expect, test, vi } from 'vitest';
import { withoutAudioContext } from '../../../../src/providers/twilio/without-audio-context.js';

afterEach(() => vi.unstubAllGlobals());

test('what is made finds no Web Audio, and the page has it afterwards', () => {
  const Own = class {};
  vi.stubGlobal('AudioContext', Own);
  vi.stubGlobal('webkitAudioContext', Own);
  const seen = withoutAudioContext(() => [
    typeof AudioContext,
    typeof Reflect.get(globalThis, 'webkitAudioContext'),
  ]);
  expect(seen).toEqual(['undefined', 'undefined']);
  expect([AudioContext, Reflect.get(globalThis, 'webkitAudioContext')]).toEqual([Own, Own]);
});

test('the page has it even when the making fails', () => {
  const Own = class {};
  vi.stubGlobal('AudioContext', Own);
  const fail = () =>
    withoutAudioContext(() => {
      throw new TypeError('no');
    });
  expect(fail).toThrow(TypeError);
  expect(AudioContext).toBe(Own);
});

test('a page without it gets none', () => {
  vi.stubGlobal('AudioContext', undefined);
  expect(withoutAudioContext(() => 1)).toBe(1);
  expect(Reflect.get(globalThis, 'AudioContext')).toBeUndefined();
});
