import { expect } from 'vitest';
import type { GetToken } from '../../../src/access/hooks.js';
import type { Logger } from '../../../src/core/environment.js';
import { Dialer } from '../../../src/dialer/dialer.js';
import type { DialerSettings } from '../../../src/dialer/dialer-options.js';
import type { Provider } from '../../../src/providers/provider.js';
import { type TestEnvironmentOptions, testEnvironment } from '../../../src/testing/index.js';

/** Fictional. */
export const NUMBER = '+14155550123';

/** How to set the stage. */
export interface StageOptions extends DialerSettings, TestEnvironmentOptions {
  readonly getToken?: GetToken;
}

/** A Dialer in a browser that is not there, over the providers of a test. */
export function stage(providers: readonly Provider[], options: StageOptions = {}) {
  const { permission, online, getToken = () => 'token', ...settings } = options;
  const environment = testEnvironment({ permission, online });
  const { clock, media } = environment;
  const lines: (readonly [level: keyof Logger, message: string])[] = [];
  const write = (level: keyof Logger) => (message: string) => lines.push([level, message]);
  const dialer = new Dialer({
    logLevel: 'debug',
    logger: {
      debug: write('debug'),
      info: write('info'),
      warn: write('warn'),
      error: write('error'),
    },
    ...settings,
    providers,
    getToken,
    environment,
  });

  return {
    dialer,
    environment,
    clock,
    media,
    lines,
    /** Closes the Dialer, and looks whether anything of it is left. */
    async expectNothingLeft() {
      const startMs = clock.monotonicNow();
      await clock.until(dialer.close());
      expect(clock.monotonicNow() - startMs).toBeLessThanOrEqual(5_000);
      const { liveTracks, playingStreams, playingTones } = media;
      expect({
        timers: clock.pendingTimers,
        calls: dialer.calls.length,
        liveTracks,
        playingStreams,
        playingTones,
      }).toEqual({ timers: 0, calls: 0, liveTracks: 0, playingStreams: 0, playingTones: 0 });
    },
  };
}
