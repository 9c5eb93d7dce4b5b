import type { AccessHooks } from '../access/hooks.js';
import type { Environment, Logger, LogLevel } from '../core/environment.js';
import type { RouteId } from '../core/ids.js';
import type { WaitOptions } from '../core/subscribable.js';
import type { Timeouts } from '../core/timeouts.js';
import type { FailoverPolicy } from '../failover/failover-context.js';
import type { AudioOptions } from '../media/audio.js';
import type { Provider, ProviderWithoutToken } from '../providers/provider.js';
import type { TimelineBudgets } from './timeline.js';

/** Options of a {@link Dialer} that have nothing to do with providers and tokens. */
export interface DialerSettings {
  /** Caller ID for every call, E.164. Unset: the provider or the server decides. */
  readonly from?: string | undefined;
  /**
   * How many calls may exist at the same time. A further one ends at once as `blocked` (`call/limit-reached`).
   * @defaultValue 1
   */
  readonly maxCalls?: number | undefined;
  /**
   * What to do when an attempt fails.
   * @defaultValue createFailover()
   */
  readonly failover?: FailoverPolicy | undefined;
  /** Deadlines that differ from the standard. */
  readonly timeouts?: Timeouts | undefined;
  /** Microphone, speaker, tones. */
  readonly audio?: AudioOptions | undefined;
  /**
   * ICE servers for every provider.
   * @defaultValue each provider's own
   */
  readonly iceServers?: readonly RTCIceServer[] | undefined;
  /**
   * Send sound through TURN relays only, so that the far side never sees this browser's address.
   * @defaultValue false
   */
  readonly relayOnly?: boolean | undefined;
  /**
   * Codecs in order of preference.
   * @defaultValue ['opus', 'pcmu']
   */
  readonly codecs?: readonly ('opus' | 'pcmu' | 'pcma')[] | undefined;
  /**
   * Upper bound for Opus in kilobits per second, 6 to 64.
   * @defaultValue 32
   */
  readonly maxBitrateKbps?: number | undefined;
  /**
   * Let vendor SDKs send statistics to their makers.
   * @defaultValue false
   */
  readonly vendorTelemetry?: boolean | undefined;
  /**
   * Ask before the page is left during a call (`beforeunload`). The call ends in any case when the page goes. Browsers
   * also ask at a `mailto:` or `tel:` link, after which the call goes on.
   * @defaultValue false
   */
  readonly confirmPageLeave?: boolean | undefined;
  /**
   * Keep the screen on during a call, where the browser can.
   * @defaultValue true
   */
  readonly keepScreenOn?: boolean | undefined;
  /**
   * Let {@link Dialer.warmUp} and {@link warmUpOnIntent} prepare for a call before it is placed. `false`: nothing is
   * fetched, opened or asked for before `dial()`.
   * @defaultValue true
   */
  readonly warmUp?: boolean | undefined;
  /**
   * Milliseconds from `dial()` (for `first-packet`: from the answer) after which a {@link TimelineMark} is `overBudget`.
   * @defaultValue microphone 1000, token 1000, sdk-loaded 1500, signalling-open 2000, sent 2500, ringing 3000, first-packet 500
   */
  readonly budgets?: TimelineBudgets | undefined;
  /**
   * Where to log.
   * @defaultValue console
   */
  readonly logger?: Logger | undefined;
  /**
   * From which weight on.
   * @defaultValue 'warn'
   */
  readonly logLevel?: LogLevel | undefined;
  /**
   * Clock, media, storage, network: replaced in tests.
   * @defaultValue the browser's
   */
  readonly environment?: Partial<Environment> | undefined;
}

/** Options of {@link Dialer}. */
export interface DialerOptions extends DialerSettings, AccessHooks {
  /**
   * Whom to call over, best first. The same provider may stand there more than once with different regions; each entry
   * is a route.
   */
  readonly providers: readonly Provider[];
}

/**
 * Options of {@link Dialer} when no provider needs a token. If an error message names this type, `getToken` is missing.
 */
export interface DialerOptionsWithoutGetToken extends DialerSettings, Partial<AccessHooks> {
  /** Whom to call over, best first. */
  readonly providers: readonly ProviderWithoutToken[];
}

/** Options of {@link Dialer.warmUp}. */
export interface WarmUpOptions extends WaitOptions {
  /**
   * Which routes.
   * @defaultValue the first one in good health
   */
  readonly routes?: readonly RouteId[] | undefined;
  /**
   * Also open the microphone, where it is allowed already: in the first half of a press, never before. It is closed again
   * when `signal` aborts, and after 10 s without a call.
   * @defaultValue false
   */
  readonly microphone?: boolean | undefined;
}
