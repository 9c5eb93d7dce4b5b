import { isDialerError } from 'everdial';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type TelLinksOptions, watchTelLinks } from '../../../src/tel-links/index.js';
import { whenIdle } from '../../../src/tel-links/when-idle.js';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
  document.body.replaceChildren();
});

describe('watchTelLinks', () => {
  it.each([
    ['no onCall', {}],
    ['an onCall that is no function', { onCall: 'dial' }],
    ['an ignore that is no selector', { onCall: () => {}, ignore: '((' }],
  ])('refuses %s', (_, options) => {
    let refused: unknown;
    try {
      watchTelLinks(options as unknown as TelLinksOptions);
    } catch (error) {
      refused = error;
    }
    expect(isDialerError(refused) && refused.code).toBe('config/invalid-option');
  });

  it('leaves the link to the browser when the application fails', () => {
    const link = document.createElement('a');
    link.href = 'tel:+12025550101';
    document.body.append(link);
    const stop = watchTelLinks({
      onCall: () => {
        throw new Error('application');
      },
    });
    const click = new MouseEvent('click', { bubbles: true, cancelable: true, composed: true });
    expect(() => link.dispatchEvent(click)).toThrow('application');
    expect(click.defaultPrevented).toBe(false);
    stop();
  });

  it('stops twice without harm', () => {
    const stop = watchTelLinks({ onCall: () => {}, inText: true });
    stop();
    expect(stop).not.toThrow();
  });
});

describe('whenIdle', () => {
  /** Runs one slice in which each step takes as long, and counts its steps. */
  const stepsOf = (stepMs: number): number => {
    let steps = 0;
    whenIdle((hasTime) => {
      while (hasTime()) {
        steps += 1;
        vi.advanceTimersByTime(stepMs);
      }
    });
    vi.advanceTimersByTime(50);
    return steps;
  };

  it('works in short slices where the browser tells of no idle time', () => {
    vi.stubGlobal('requestIdleCallback', undefined);
    vi.useFakeTimers();
    expect(stepsOf(1)).toBe(3);
    expect(stepsOf(0)).toBe(500);
  });

  it('works a little when the browser is never idle', () => {
    vi.useFakeTimers();
    vi.stubGlobal('requestIdleCallback', (work: IdleRequestCallback) => {
      setTimeout(() => work({ didTimeout: true, timeRemaining: () => 0 }), 50);
    });
    expect(stepsOf(1)).toBe(3);
  });

  it('does nothing when it was called off', () => {
    vi.stubGlobal('requestIdleCallback', undefined);
    vi.useFakeTimers();
    let ran = false;
    whenIdle(() => {
      ran = true;
    })();
    vi.advanceTimersByTime(100);
    expect(ran).toBe(false);
  });
});
