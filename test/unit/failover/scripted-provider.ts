import { DialerError } from '../../../src/errors/dialer-error.js';
import type {
  Capabilities,
  Leg,
  LegEvent,
  LegReport,
  LegRequest,
  Provider,
  ProviderContext,
  ProviderSession,
} from '../../../src/providers/provider.js';

/** What legs report most often. */
export const SAYS = {
  sent: { type: 'sent' },
  acknowledged: { type: 'acknowledged' },
  rings: { type: 'progress', ringing: true, earlyMedia: false },
  earlyMedia: { type: 'progress', ringing: false, earlyMedia: true },
  answered: { type: 'answered', evidence: 'signalling' },
  flows: { type: 'media-flowing' },
  hungUp: { type: 'ended', by: 'remote', final: true, error: undefined },
  confirmed: { type: 'ended', by: 'local', final: true, error: undefined },
  lost: {
    type: 'ended',
    by: 'network',
    final: false,
    error: new DialerError('network/signalling-lost'),
  },
  busy: { type: 'ended', by: 'remote', final: true, error: new DialerError('call/busy') },
} as const satisfies Record<string, LegEvent>;

/** A leg that does what a test says. */
export interface ScriptedLeg extends Leg {
  readonly request: LegRequest;
  /** Reports, as the vendor's messages would. */
  say(...events: readonly LegEvent[]): void;
  /** How often it was told to hang up. */
  readonly hangups: number;
  readonly released: boolean;
  /** What was done with it, in order. */
  readonly log: readonly string[];
}

/** How a {@link ScriptedProvider} behaves; what is not said works at once. */
export interface Script {
  readonly route?: string;
  readonly id?: string;
  readonly token?: Provider['token'];
  readonly capabilities?: Partial<Capabilities>;
  readonly singleSession?: boolean;
  readonly unsupported?: Provider['unsupported'];
  readonly load?: Provider['load'];
  /** Resolves when the login has worked. */
  readonly login?: (context: ProviderContext, count: number) => Promise<unknown>;
  /** Called while the call is being sent. */
  readonly onDial?: (leg: ScriptedLeg) => void;
  readonly onHangup?: (leg: ScriptedLeg) => void;
  readonly onRelease?: (leg: ScriptedLeg) => void;
  readonly session?: Partial<Pick<ProviderSession, 'updateToken' | 'close'>>;
  readonly leg?: Partial<Pick<Leg, 'setHeld' | 'sendDigit' | 'transfer'>>;
}

/** A provider that does what a test says, and remembers what was asked of it. */
export interface ScriptedProvider extends Provider {
  /** Every call sent over it. */
  readonly legs: readonly ScriptedLeg[];
  /** The last of them. */
  readonly leg: ScriptedLeg;
  /** What each `open` was given. */
  readonly contexts: readonly ProviderContext[];
  /** Sessions that were opened and not closed. */
  readonly openSessions: number;
  readonly loads: number;
}

/** Makes a {@link ScriptedProvider}. */
export function scripted(script: Script = {}): ScriptedProvider {
  const { route = 'first', id = route.split('/')[0] ?? route, token = 'none' } = script;
  const legs: ScriptedLeg[] = [];
  const contexts: ProviderContext[] = [];
  let openSessions = 0;
  let loads = 0;
  return {
    id,
    route,
    token,
    capabilities: { ringing: true, digits: 'rtp', hold: 'native', ...script.capabilities },
    origins: [],
    ...(script.singleSession && { singleSession: true }),
    ...(script.unsupported && { unsupported: script.unsupported }),
    async load(context) {
      loads += 1;
      await script.load?.(context);
    },
    async open(context) {
      contexts.push(context);
      await script.login?.(context, contexts.length);
      openSessions += 1;
      let closed = false;
      return {
        ...(script.session?.updateToken && { updateToken: script.session.updateToken }),
        dial(request, report) {
          const leg = scriptedLeg(script, request, report);
          legs.push(leg);
          script.onDial?.(leg);
          return leg;
        },
        async close() {
          if (!closed) openSessions -= 1;
          closed = true;
          await script.session?.close?.();
        },
      };
    },
    legs,
    contexts,
    get leg() {
      const leg = legs.at(-1);
      if (!leg) throw new Error(`no call was sent over ${route}`);
      return leg;
    },
    get openSessions() {
      return openSessions;
    },
    get loads() {
      return loads;
    },
  };
}

function scriptedLeg(script: Script, request: LegRequest, report: LegReport): ScriptedLeg {
  const log: string[] = [];
  let hangups = 0;
  let released = false;
  const leg: ScriptedLeg = {
    request,
    native: { of: request.callId },
    log,
    say(...events) {
      for (const event of events) report(event);
    },
    get hangups() {
      return hangups;
    },
    get released() {
      return released;
    },
    hangup() {
      hangups += 1;
      log.push('hangup');
      script.onHangup?.(leg);
    },
    release() {
      released = true;
      log.push('release');
      for (const track of request.stream?.getTracks() ?? []) track.stop();
      script.onRelease?.(leg);
    },
    async replaceTrack() {},
    async transfer(to) {
      log.push(`transfer ${to}`);
      await script.leg?.transfer?.(to);
    },
    async setHeld(held) {
      log.push(held ? 'hold' : 'take back');
      await script.leg?.setHeld?.(held);
    },
    async sendDigit(digit, toneMs) {
      log.push(`${digit} ${toneMs}`);
      await script.leg?.sendDigit?.(digit, toneMs);
    },
  };
  return leg;
}

/** A promise that never settles. */
export const never = (): Promise<never> => new Promise(() => undefined);

/** Fails with an error of this code. */
export const failing =
  (...args: ConstructorParameters<typeof DialerError>) =>
  async (): Promise<never> => {
    throw new DialerError(...args);
  };
