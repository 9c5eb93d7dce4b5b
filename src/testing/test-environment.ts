import type { Environment, KeyValueStorage, PageMoment } from '../core/environment.js';
import { buildReport } from '../diagnostics/build-report.js';
import { provideDiagnosticsCode } from '../diagnostics/load-diagnostics.js';
import { preflight } from '../diagnostics/preflight.js';
import { provideRunCode } from '../dialer/load-run-code.js';
import { CallRun, openMicrophoneAhead, RouteList } from '../dialer/run/run-code.js';
import { createFakeMedia, type FakeMedia, type FakePermission } from './fake-media.js';
import { createFakePage } from './fake-page.js';
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
  /** Brings the page into view again. */
  showPage(): void;
  /** Whether the screen is kept on. */
  readonly screenKeptOn: boolean;
  /** Whether the system was told that sound is a conversation. */
  readonly callAudioHinted: boolean;
  /** The call that the system shows; `undefined` when there is none. */
  readonly callControls: { readonly muted: boolean } | undefined;
  /**
   * Presses a key of the lock screen, a headset or a keyboard.
   * @throws Error when the system shows no call.
   */
  pressMediaKey(key: 'hangup' | 'togglemicrophone'): void;
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
  provideRunCode({ CallRun, RouteList, openMicrophoneAhead });
  provideDiagnosticsCode({ preflight, buildReport });
  const listeners = new Set<() => void>();
  const page = createFakePage();
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
    page: page.environment,
    random: createRandom(),
    setOnline(next) {
      if (next === online) return;
      online = next;
      for (const listener of [...listeners]) listener();
    },
    tellPage: page.tell,
    showPage: page.show,
    pressMediaKey: page.pressMediaKey,
    get asksBeforeLeaving() {
      return page.asksBeforeLeaving;
    },
    get screenKeptOn() {
      return page.screenKeptOn;
    },
    get callAudioHinted() {
      return page.callAudioHinted;
    },
    get callControls() {
      return page.callControls;
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
