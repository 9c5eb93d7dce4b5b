import type { Environment, KeyValueStorage } from '../core/environment.js';
import { provideCallRun } from '../dialer/load-call-run.js';
import { CallRun } from '../dialer/run/call-run.js';
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
  provideCallRun({ CallRun });
  const listeners = new Set<() => void>();
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
    random: createRandom(),
    setOnline(next) {
      if (next === online) return;
      online = next;
      for (const listener of [...listeners]) listener();
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
