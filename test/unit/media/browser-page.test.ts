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
});
