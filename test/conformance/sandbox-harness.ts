import type { Clock } from '../../src/core/environment.js';
import type { Provider } from '../../src/providers/provider.js';
import { type SandboxAction, sandbox } from '../../src/providers/sandbox/index.js';
import type { HarnessEnd, ProviderHarness } from '../../src/testing/index.js';

const ENDS: Readonly<Record<HarnessEnd, SandboxAction>> = {
  completed: 'hang-up',
  busy: 'busy',
  rejected: 'reject',
  unavailable: 'unavailable',
  'invalid-number': 'not-found',
  'provider-failed': 'server-error',
};

const CONNECTIONS = {
  accept: 'ready',
  refuse: 'refused',
  'refuse-token': 'token-refused',
  ignore: 'silent',
} as const;

/** Where the sandbox is tested. */
export interface SandboxSurroundings {
  /** Its sound. */
  readonly sound: 'loop-back' | 'none';
  /** A live microphone; a fake one if unset. */
  readonly stream?: () => Promise<MediaStream>;
  /** Peer connections and the like that are open in the page. */
  readonly openInPage?: () => number;
}

/** The sandbox, moved by hand. Beside what is open in the page, it can leave timers and sessions open. */
export const sandboxHarness = ({
  sound,
  stream,
  openInPage = () => 0,
}: SandboxSurroundings): ProviderHarness => ({
  async create() {
    let connection: (typeof CONNECTIONS)[keyof typeof CONNECTIONS] = 'ready';
    let sentCalls = 0;
    const open = new Set<symbol>();
    const provider = sandbox({
      get connection() {
        return connection;
      },
      scenario: () => {
        sentCalls += 1;
        return [];
      },
      capabilities: { acknowledges: true },
      sound,
    });
    const counted: Provider = {
      ...provider,
      async open(context) {
        const clock = countTimers(context.clock, open);
        const session = await provider.open({ ...context, clock });
        const key = Symbol();
        open.add(key);
        return {
          dial: session.dial.bind(session),
          async close() {
            await session.close();
            open.delete(key);
          },
        };
      },
    };
    const act = async (action: SandboxAction) => provider.act(action);
    return {
      provider: counted,
      connection: async (outcome) => {
        connection = CONNECTIONS[outcome];
      },
      acknowledge: () => act('acknowledge'),
      ring: () => act('ring'),
      answer: () => act('answer'),
      end: (cause) => act(ENDS[cause]),
      dropSignalling: () => act('lose-signalling'),
      get sentCalls() {
        return sentCalls;
      },
      get openResources() {
        return open.size + openInPage();
      },
      dispose: async () => undefined,
      ...(stream && { stream }),
    };
  },
});

function countTimers(clock: Clock, timers: Set<symbol>): Clock {
  return {
    ...clock,
    setTimer(callback, delayMs) {
      const key = Symbol();
      timers.add(key);
      const stop = clock.setTimer(() => {
        timers.delete(key);
        callback();
      }, delayMs);
      return () => {
        timers.delete(key);
        stop();
      };
    },
  };
}
