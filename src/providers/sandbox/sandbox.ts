import type { RouteId } from '../../core/ids.js';
import { bounded, sleep } from '../../core/wait.js';
import { DialerError } from '../../errors/dialer-error.js';
import type { Capabilities, Provider, ProviderContext } from '../provider.js';
import { scenarioByNumber } from './sandbox-numbers.js';
import type { SandboxRecord } from './sandbox-record.js';
import { SandboxSession } from './sandbox-session.js';
import type { SandboxAction, SandboxScenario } from './scenario.js';

/** Options of {@link sandbox}. */
export interface SandboxOptions {
  /**
   * Name of this route; give different ones to test a switch.
   * @defaultValue 'sandbox'
   */
  readonly route?: RouteId | undefined;
  /**
   * How the signalling connection behaves; read anew each time it is opened.
   * @defaultValue 'ready'
   */
  readonly connection?: 'ready' | 'refused' | 'silent' | 'token-refused' | undefined;
  /**
   * What happens to a call, or a function of the number dialled.
   * @defaultValue by magic number, see {@link sandboxNumbers}
   */
  readonly scenario?: SandboxScenario | ((to: string) => SandboxScenario) | undefined;
  /**
   * Capabilities that differ, for example `{ hold: false }` to behave like Twilio. By default it can do everything but
   * receive calls, and `acknowledges` is true as long as there is no `scenario` (which may leave that step out).
   */
  readonly capabilities?: Partial<Capabilities> | undefined;
  /**
   * Real peer connections in a loop, or no sound at all (for tests outside a browser).
   * @defaultValue 'loop-back' where `RTCPeerConnection` exists and the microphone is a real one, else 'none'
   */
  readonly sound?: 'loop-back' | 'none' | undefined;
}

/** A simulated provider with telephones behind it. */
export interface SandboxProvider extends Provider {
  /** Needs no token. */
  readonly token: 'none';
  /** Everything that happened to its telephones: what tests judge by. */
  readonly history: readonly SandboxRecord[];
  /**
   * Does something now, beside the scenario: to the telephone of the last call, or to the signalling connection. What
   * makes no sense there, such as ringing after the answer, does nothing.
   * @throws DialerError `call/not-ready` when there is no connection, or no call yet.
   */
  act(action: SandboxAction): void;
}

/** Milliseconds until the connection stands, or fails. */
const CONNECT_MS = 50;

/**
 * A provider without account, server or cost: for development, demonstrations and tests. Real microphone, real peer
 * connections, simulated telephones.
 * @example
 * const dialer = new Dialer({ providers: [sandbox()] });
 * dialer.dial(sandboxNumbers.answers);
 */
export function sandbox(options: SandboxOptions = {}): SandboxProvider {
  const { route = 'sandbox', scenario = scenarioByNumber, sound } = options;
  const history: SandboxRecord[] = [];
  const capabilities: Partial<Capabilities> = {
    hold: 'native',
    digits: 'signalling',
    ringing: true,
    callerId: true,
    reattach: true,
    acknowledges: options.scenario === undefined,
    confirmsHangup: true,
    ...options.capabilities,
  };
  let session: SandboxSession | undefined;
  return {
    id: 'sandbox',
    route,
    token: 'none',
    capabilities,
    origins: [],
    history,
    act(action) {
      if (action === 'lose-signalling' || action === 'restore-signalling') {
        if (!session) throw new DialerError('call/not-ready', { route });
        session.setSignalling(action === 'restore-signalling');
        return;
      }
      if (!session?.newest) throw new DialerError('call/not-ready', { route });
      session.newest.act(action);
    },
    load: async () => undefined,
    async open(context) {
      await connect(options.connection ?? 'ready', context, route);
      session = new SandboxSession(context, {
        route,
        capabilities,
        sound,
        acknowledges: options.capabilities?.acknowledges !== false,
        scenario: typeof scenario === 'function' ? scenario : () => scenario,
        record: (entry) => history.push(entry),
      });
      return session;
    },
  };
}

async function connect(
  how: NonNullable<SandboxOptions['connection']>,
  { clock, signal }: ProviderContext,
  route: RouteId,
): Promise<void> {
  if (how === 'silent') await bounded({ clock, signal }, () => new Promise(() => undefined));
  await sleep(clock, CONNECT_MS, signal);
  if (how === 'refused') throw new DialerError('provider/unreachable', { route });
  if (how === 'token-refused') throw new DialerError('auth/token-rejected', { route });
}
