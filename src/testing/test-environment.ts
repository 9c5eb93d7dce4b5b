import type { Environment, KeyValueStorage, PageMoment } from '../core/environment.js';
import { provideRunCode } from '../dialer/load-run-code.js';
import { CallRun, RouteList } from '../dialer/run/run-code.js';
import { createFakeMedia, type FakeMedia, type FakePermission } from './fake-media.js';
import { createSimulatedClock, type SimulatedClock } from './simulated-clock.js';

/** A browser that is not there. */
export interface TestEnvironment extends Environment {
  /** Simulated. */
  readonly clock: SimulatedClock;
  /** Simulated. */
  readonly media: FakeMedia;
  /** In memory; empty at first. */
  readonly storage: KeyValueStorage;
  /** Takes the browser off the network, or brings it back. */
  setOnline(online: boolean): void;
  /** Lets something happen to the page: it is left, frozen, or back. */
  tellPage(moment: PageMoment): void;
  /** Whether the browser would ask before the page is left. */
  readonly asksBeforeLeaving: boolean;
}

/** Options of {@link testEnvironment}. */
export interface TestEnvironmentOptions {
  /**
   * Whether the microphone is allowed.
   * @defaultValue 'granted'
   */
  readonly permission?: FakePermission | undefined;
  /**
   * Whether the browser is online.
   * @defaultValue true
   */
  readonly online?: boolean | undefined;
}

/**
 * Makes a clock, a microphone, storage and a network for `new Dialer({ environment })`. Runs anywhere, without DOM.
 * Chance is the same row of numbers each time, so that a test that fails once fails always.
 * @example
 * const environment = testEnvironment();
 * const dialer = new Dialer({ providers: [sandbox()], environment });
 * const call = dialer.dial(sandboxNumbers.answers);
 * await environment.clock.until(call.when('active'));
 */
export function testEnvironment(options: TestEnvironmentOptions = {}): TestEnvironment {
  provideRunCode({ CallRun, RouteList });
  const listeners = new Set<() => void>();
  const pageListeners = new Set<(moment: PageMoment) => void>();
  const confirmations = new Set<object>();
  let online = options.online ?? true;
  return {
    clock: createSimulatedClock(),
    media: createFakeMedia(options.permission),
    storage: createMemoryStorage(),
    network: {
      get online() {
        return online;
      },
      onChange(callback) {
        const call = () => callback();
        listeners.add(call);
        return () => {
          listeners.delete(call);
        };
      },
    },
    page: {
      onMoment(callback) {
        const call = (moment: PageMoment) => callback(moment);
        pageListeners.add(call);
        return () => {
          pageListeners.delete(call);
        };
      },
      confirmLeave() {
        const wish = {};
        confirmations.add(wish);
        return () => {
          confirmations.delete(wish);
        };
      },
    },
    random: createRandom(),
    setOnline(next) {
      if (next === online) return;
      online = next;
      for (const listener of [...listeners]) listener();
    },
    tellPage(moment) {
      for (const listener of [...pageListeners]) listener(moment);
    },
    get asksBeforeLeaving() {
      return confirmations.size > 0;
    },
  };
}

function createMemoryStorage(): KeyValueStorage {
  const entries = new Map<string, string>();
  return {
    getItem: (key) => entries.get(key) ?? null,
    setItem: (key, value) => {
      entries.set(key, value);
    },
    removeItem: (key) => {
      entries.delete(key);
    },
  };
}

const MODULUS = 2 ** 31 - 1;
const MULTIPLIER = 48_271;

/** The Lehmer generator with the "minimal standard" constants (Park and Miller). */
function createRandom(): () => number {
  let state = 1;
  return () => {
    state = (state * MULTIPLIER) % MODULUS;
    return state / MODULUS;
  };
}
