import { describe, expect, it } from 'vitest';
import { completeEnvironment } from '../../../src/media/browser-environment.js';
import { testEnvironment } from '../../../src/testing/index.js';

describe("the browser's environment", () => {
  it('is what the application puts in its place, and the browser for the rest', () => {
    const { clock, media } = testEnvironment();
    const environment = completeEnvironment({ clock, media });
    expect(environment.clock).toBe(clock);
    expect(environment.media).toBe(media);
    expect(environment.network.online).toBe(navigator.onLine);
    expect(environment.random()).toBeLessThan(1);
  });

  it('tells of the network, until it is stopped', () => {
    const { network } = completeEnvironment();
    let changes = 0;
    const stop = network.onChange(() => {
      changes += 1;
    });
    globalThis.dispatchEvent(new Event('offline'));
    globalThis.dispatchEvent(new Event('online'));
    stop();
    globalThis.dispatchEvent(new Event('offline'));
    expect(changes).toBe(2);
  });

  it('has no storage where the page may not use it', () => {
    const before = Object.getOwnPropertyDescriptor(globalThis, 'localStorage');
    Object.defineProperty(globalThis, 'localStorage', {
      configurable: true,
      get() {
        throw new DOMException('sandboxed', 'SecurityError');
      },
    });
    try {
      expect(completeEnvironment().storage).toBeUndefined();
    } finally {
      if (before) Object.defineProperty(globalThis, 'localStorage', before);
      else Reflect.deleteProperty(globalThis, 'localStorage');
    }
  });
});
