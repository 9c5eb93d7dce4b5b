import type { Environment } from '../../../src/core/environment.js';
import type { TestEnvironment } from '../../../src/testing/index.js';
import type { MicrophoneQuestion } from '../observation.js';
import type { ModelClock } from './model-clock.js';

/** A page whose doors are counted. */
export interface CountedPage {
  readonly environment: Environment;
  /** Listeners that are attached now. */
  readonly listeners: { network: number; page: number };
}

/** How long a slow microphone takes to open, milliseconds. */
const SLOW_MS = 3_000;

/** The environment for a Dialer: the given one on simulated time, with its listeners and questions written down. */
export function countedPage(
  real: TestEnvironment,
  clock: ModelClock,
  { microphones, slow }: { readonly microphones: MicrophoneQuestion[]; readonly slow: boolean },
): CountedPage {
  const listeners = { network: 0, page: 0 };
  const counted = (name: keyof typeof listeners, stop: () => void) => {
    listeners[name] += 1;
    let held = true;
    return () => {
      if (held) listeners[name] -= 1;
      held = false;
      stop();
    };
  };
  return {
    listeners,
    environment: {
      clock: clock.page,
      storage: real.storage,
      random: real.random,
      media: {
        ...real.media,
        async getUserMedia(constraints) {
          const question: MicrophoneQuestion = { askedAtMs: clock.nowMs };
          microphones.push(question);
          try {
            if (slow)
              await new Promise<void>((resolve) => clock.after(SLOW_MS, 'media', 'opens', resolve));
            const stream = await real.media.getUserMedia(constraints);
            question.givenAtMs = clock.nowMs;
            return stream;
          } catch (error) {
            question.failed = true;
            throw error;
          }
        },
      },
      network: {
        get online() {
          return real.network.online;
        },
        onChange: (callback) => counted('network', real.network.onChange(callback)),
      },
      page: {
        ...real.page,
        onMoment: (callback) => counted('page', real.page.onMoment(callback)),
      },
    },
  };
}
