import { createEarlyToken, type EarlyToken } from '../access/early-token.js';
import { NO_CALL, type TokenPurpose } from '../access/token-purpose.js';
import { createChangeSignal } from '../core/change-signal.js';
import { Emitter } from '../core/emitter.js';
import type { Environment, Logger } from '../core/environment.js';
import { filterLogger } from '../core/logger.js';
import type { SnapshotSource, Subscribable } from '../core/subscribable.js';
import { bounded } from '../core/wait.js';
import { type BrowserSupport, browserSupport } from '../diagnostics/browser-support.js';
import type { DiagnosticsHost } from '../diagnostics/diagnostics-host.js';
import { loadAndPreflight, loadAndReport } from '../diagnostics/load-diagnostics.js';
import { LogMemory } from '../diagnostics/log-memory.js';
import type { PreflightOptions, PreflightResult } from '../diagnostics/preflight-check.js';
import { Recent } from '../diagnostics/recent.js';
import type { ReportOptions, SupportReport } from '../diagnostics/support-report.js';
import { asDialerError } from '../errors/as-dialer-error.js';
import { DialerError } from '../errors/dialer-error.js';
import { loadErrorTexts } from '../errors/load-texts.js';
import type { RouteList } from '../failover/route-list.js';
import type { RouteSettings } from '../failover/route-settings.js';
import { initialStatus, type RouteStatus, rankOf } from '../failover/route-status.js';
import type { DialerAudio } from '../media/audio.js';
import { completeEnvironment } from '../media/browser-environment.js';
import { LiveAudio } from '../media/live-audio.js';
import type { Provider } from '../providers/provider.js';
import type { Call, CallSnapshot } from './call.js';
import type { CallHost, CallPlan } from './call-plan.js';
import { checkOptions } from './check-options.js';
import { chooseProviders } from './choose-providers.js';
import { DEFAULT_TIMEOUTS } from './defaults.js';
import type { DialOptions } from './dial-options.js';
import type {
  DialerOptions,
  DialerOptionsWithoutGetToken,
  WarmUpOptions,
} from './dialer-options.js';
import type { DialerEvents, DialerSnapshot, DialerStatus } from './dialer-state.js';
import { dialerStatus } from './dialer-status.js';
import { LiveCall } from './live-call.js';
import { type LoadedRunCode, loadRunCode } from './load-run-code.js';
import { type PageLife, watchPage } from './page-life.js';
import { planCall } from './plan-call.js';
import { routeSettingsOf } from './route-settings-of.js';

/** How long `close()` waits for calls to end. Their connections are given less than a second after that. */
const CLOSE_CALLS_MS = 4_000;
/** How many calls a report holds. */
const REPORTED_CALLS = 10;

/**
 * Calls telephone numbers from a web page, over the first of its providers that works.
 *
 * Making one touches neither the browser nor the network, so a module may do it at its top level, on a server too.
 * Make one for each page and keep it.
 * @example
 * const dialer = new Dialer({ providers: [telnyx(), twilio()], getToken });
 * button.onclick = () => dialer.dial('+14155550123');
 */
export class Dialer
  implements DialerSnapshot, Subscribable<DialerEvents>, SnapshotSource<DialerSnapshot>
{
  readonly #options: DialerOptions | DialerOptionsWithoutGetToken;
  readonly #environment: Environment;
  readonly #logger: Logger;
  readonly #emitter: Emitter<DialerEvents>;
  readonly #signal = createChangeSignal((error) => this.#onListenerError(error, 'subscribe'));
  readonly #earlyToken: EarlyToken | undefined;
  readonly #routeSettings: RouteSettings;
  #routes: RouteList | undefined;
  readonly #host: CallHost;
  readonly #audio: LiveAudio;
  readonly #calls: LiveCall[] = [];
  readonly #ended = new Recent<CallSnapshot>(REPORTED_CALLS);
  readonly #diagnostics: DiagnosticsHost;
  #snapshot: DialerSnapshot | undefined;
  #status: DialerStatus = 'idle';
  #stopNetwork: (() => void) | undefined;
  #pageLife: PageLife | undefined;
  #closed = false;
  readonly #stop = new AbortController();
  #closing: Promise<void> | undefined;

  /** @throws DialerError `config/…` for options that can not work. Nothing else throws synchronously. */
  constructor(options: DialerOptions | DialerOptionsWithoutGetToken) {
    checkOptions(options);
    this.#options = options;
    this.#environment = completeEnvironment(options.environment);
    const shown = filterLogger(options.logger ?? console, options.logLevel ?? 'warn');
    const log = new LogMemory(shown, this.#environment.clock);
    this.#logger = log;
    this.#emitter = new Emitter((error, type) => this.#onListenerError(error, type));
    const timeouts = { ...DEFAULT_TIMEOUTS, ...defined(options.timeouts ?? {}) };
    this.#earlyToken = options.getToken && createEarlyToken(options.getToken);
    this.#routeSettings = routeSettingsOf(options, {
      environment: this.#environment,
      logger: this.#logger,
      timeouts,
      getToken: this.#earlyToken?.getToken,
      onChange: (route) => this.#onRouteChanged(route),
    });
    const audioOptions = options.audio ?? {};
    this.#audio = new LiveAudio({
      environment: this.#environment,
      options: audioOptions,
      logger: this.#logger,
      onChange: (change) => {
        this.#changed();
        this.#emitter.emit('audio-changed', change);
      },
    });
    this.#host = {
      environment: this.#environment,
      logger: this.#logger,
      timeouts,
      policy: options.failover,
      hooks: options,
      audio: this.#audio,
      audioOptions,
      keepScreenOn: options.keepScreenOn ?? true,
      budgets: options.budgets,
      closed: this.#stop.signal,
      iceServers: options.iceServers ?? [],
      redial: (to, again) => this.dial(to, again),
      onListenerError: (error, type) => this.#onListenerError(error, type),
    };
    this.#diagnostics = {
      ...this.#host,
      providers: options.providers,
      relayOnly: this.#routeSettings.relayOnly,
      routes: async () => (await this.#runCode()).routes,
      statuses: () => this.#statuses,
      calls: () => {
        const running = this.#calls.map((call) => call.getSnapshot());
        return [...this.#ended.items, ...running].slice(-REPORTED_CALLS);
      },
      log,
    };
  }

  /**
   * What this browser and this page allow, and why not. Synchronous, no prompt; on a server it says
   * `support/not-a-browser`.
   */
  static support(): BrowserSupport {
    return browserSupport();
  }

  /** The Dialer in one word. */
  get status(): DialerStatus {
    return this.#status;
  }
  /** Calls that have not ended, oldest first. */
  get calls(): readonly Call[] {
    return this.getSnapshot().calls;
  }
  /** The configured routes in the order in which they would be tried now. */
  get routes(): readonly RouteStatus[] {
    return this.getSnapshot().routes;
  }

  /** Microphone, speaker and their permission. From the first look at it on, it follows the devices. */
  get audio(): DialerAudio {
    this.#audio.watch();
    return this.#audio;
  }

  /** The current state as one frozen object. Bound, like every method here. */
  readonly getSnapshot = (): DialerSnapshot => {
    this.#snapshot ??= Object.freeze({
      status: this.#status,
      calls: Object.freeze([...this.#calls]),
      routes: Object.freeze(this.#statuses),
      audio: this.#audio.snapshot,
    });
    return this.#snapshot;
  };

  /** Calls back after each change of the snapshot. */
  readonly subscribe: SnapshotSource<DialerSnapshot>['subscribe'] = (onChange) =>
    this.#signal.subscribe(onChange);

  /**
   * Calls `listener` with one readonly object for each event of this type; see {@link DialerEvents}. Returns the
   * function that removes it.
   */
  readonly on: Subscribable<DialerEvents>['on'] = (type, listener, options) => {
    if (type === 'audio-changed') this.#audio.watch();
    return this.#emitter.on(type, listener, options);
  };

  /**
   * Calls a number. Call it in the handler of a click. Returns at once and never throws: whatever happens later arrives
   * as events. None is fired before the calling code has run to its end, so listeners attached right after `dial()`
   * hear everything.
   *
   * While a call to the same `to` is still being set up, that call is returned (with its own options), so a double
   * click rings once.
   * @param to - E.164 (`+14155550123`; spaces, dots, dashes and brackets are ignored), optionally with digits to send
   * after the answer (`+14155550123,,42#`).
   */
  readonly dial = (to: string, options: DialOptions = {}): Call => {
    const same = this.#calls.find((call) => call.to === to && call.answeredAtMs === undefined);
    if (same && same.state !== 'ending') return same;
    const { plan, error } = planCall(to, options, this.#options, this.#host.timeouts.ringMs);
    const call = new LiveCall(plan, this.#host, () => this.#runCode());
    call.on('ended', (event) => this.#onCallEnded(call, event));
    const obstacle = error ?? this.#obstacle();
    if (!obstacle) {
      this.#calls.push(call);
      this.#snapshot = undefined;
      call.subscribe(() => this.#changed());
    }
    queueMicrotask(() => this.#begin(call, plan, obstacle));
    return call;
  };

  /**
   * Prepares for a call: code, token, signalling. The microphone only if that is asked for, and never with a prompt. Never
   * rejects; `status` tells how it went. Connections are closed again after 60 s without a call or another warm-up. Safe to
   * call often. {@link warmUpOnIntent} calls it when somebody comes near a button.
   */
  readonly warmUp = async ({
    routes: wanted,
    microphone = false,
    signal,
    timeoutMs,
  }: WarmUpOptions = {}): Promise<void> => {
    if (this.#closed || this.#options.warmUp === false) return;
    this.#watchBrowser();
    const { clock, media } = this.#environment;
    try {
      const providers = chooseProviders(this.#options.providers, wanted);
      this.#preload(providers, { reason: 'warm-up', ...NO_CALL });
      await bounded({ clock, signal, timeoutMs }, async (inner) => {
        const { routes, openMicrophoneAhead } = await this.#runCode();
        if (microphone) void this.#audio.openAhead(openMicrophoneAhead, signal);
        media.warmUp?.({ sound: microphone }).catch(() => undefined);
        if (!wanted) return routes.warmUpOne(inner);
        await Promise.all(routes.choose(providers).map((route) => routes.warmUp(route, inner)));
      });
    } catch (error) {
      this.#logger.info('warming up did not succeed', { error });
    }
  };

  /**
   * Checks browser, microphone, tokens, signalling and network. Places no call. Failures resolve too; rejects only for
   * `state/…`. Within 60 s.
   */
  readonly preflight = (options?: PreflightOptions): Promise<PreflightResult> =>
    loadAndPreflight(this.#diagnostics, options);

  /** Everything a support ticket needs, as plain JSON. Never rejects; within 2 s. */
  readonly report = (options?: ReportOptions): Promise<SupportReport> =>
    loadAndReport(this.#diagnostics, options);

  /**
   * Ends all calls and frees everything. Final: later calls end at once with `state/closed`. Never rejects; resolves
   * within 5 s.
   */
  readonly close = async (): Promise<void> => {
    // First of all, because listeners of what ends now may dial.
    this.#closed = true;
    this.#stop.abort();
    this.#closing ??= this.#close();
    await this.#closing;
  };

  async #close(): Promise<void> {
    const { clock } = this.#environment;
    const running = this.#calls.map((call) => call.hangup());
    await bounded({ clock, timeoutMs: CLOSE_CALLS_MS }, () => Promise.all(running)).catch(
      () => undefined,
    );
    await this.#routes?.dispose();
    this.#stopNetwork?.();
    this.#pageLife?.stop();
    this.#audio.close();
    this.#changed();
    this.#emitter.clear();
  }

  #begin(call: LiveCall, plan: CallPlan, obstacle: DialerError | undefined): void {
    if (!this.#closed) this.#watchBrowser();
    this.#emitter.emit('call-added', { call });
    this.#changed();
    try {
      if (obstacle) throw obstacle;
      const providers = chooseProviders(this.#options.providers, plan.options.routes);
      call.start(providers);
      if (call.state !== 'preparing') return;
      const { id: callId, number: to } = plan;
      // A server that opens calls may choose another route, and bring the token along.
      const purpose = { reason: 'dial', callId, attempt: 1, to } as const;
      this.#preload(providers, this.#options.openCall ? undefined : purpose);
    } catch (error) {
      void loadErrorTexts();
      call.refuse(asDialerError(error, 'config/invalid-option'));
    }
  }

  /** The routes, and the code that places calls over them. */
  async #runCode(): Promise<LoadedRunCode> {
    const loading = loadRunCode();
    void loadErrorTexts();
    const code = await loading;
    if (this.#closed) throw new DialerError('state/closed');
    this.#routes ??= new code.RouteList(this.#options.providers, this.#routeSettings);
    return { ...code, routes: this.#routes };
  }

  /** The first time, gets token and vendor's code beside ours. Whoever needs them then is told why they can not be had. */
  #preload(providers: readonly Provider[], purpose: TokenPurpose | undefined): void {
    const provider = providers.find((one) => initialStatus(one).health !== 'unsupported');
    if (this.#routes || !provider) return;
    const { id, route, token } = provider;
    const { signal } = this.#stop;
    if (purpose && token === 'required') {
      this.#earlyToken?.ask({ provider: id, route, ...purpose, signal });
    }
    provider.load({ signal, logger: this.#logger }).catch(() => undefined);
  }

  get #statuses(): readonly RouteStatus[] {
    const initial = () => this.#options.providers.map(initialStatus);
    return this.#routes?.statuses ?? initial().sort((one, other) => rankOf(one) - rankOf(other));
  }

  /** Why no call can be made now, whatever the number. */
  #obstacle(): DialerError | undefined {
    if (this.#closed) return new DialerError('state/closed');
    // A call that is being hung up does not stand in the way of the next one.
    const running = this.#calls.filter(({ state }) => state !== 'ending');
    if (running.length >= (this.#options.maxCalls ?? 1)) {
      return new DialerError('call/limit-reached');
    }
    return this.#environment.network.online ? undefined : new DialerError('network/offline');
  }

  #onCallEnded(call: LiveCall, event: DialerEvents['call-ended']): void {
    const index = this.#calls.indexOf(call);
    if (index >= 0) this.#calls.splice(index, 1);
    this.#ended.add(call.getSnapshot());
    this.#changed();
    this.#emitter.emit('call-ended', event);
  }

  #changed(): void {
    this.#snapshot = undefined;
    const previous = this.#status;
    this.#status = dialerStatus({
      closed: this.#closed,
      online: this.#environment.network.online,
      routes: this.#statuses,
      first: this.#options.providers[0]?.route,
    });
    this.#pageLife?.update();
    this.#signal.notify();
    if (this.#status !== previous) {
      this.#emitter.emit('status-changed', { status: this.#status, previous });
    }
  }

  #onRouteChanged(route: RouteStatus): void {
    this.#changed();
    this.#emitter.emit('route-changed', { route });
  }

  /** From the first use on: a Dialer that is only made must not touch the browser. */
  #watchBrowser(): void {
    const { network, page } = this.#environment;
    this.#stopNetwork ??= network.onChange(() => this.#changed());
    this.#pageLife ??= watchPage({
      page,
      calls: this.#calls,
      closeIdle: async () => {
        this.#audio.releaseAhead();
        await this.#routes?.closeIdle();
      },
      confirm: this.#options.confirmPageLeave,
    });
  }

  #onListenerError(thrown: unknown, type: string): void {
    this.#logger.error(`a listener of ${type} threw`, { error: thrown });
    if (type !== 'error') {
      const error = new DialerError('internal/listener-threw', { cause: thrown, detail: type });
      this.#emitter.emit('error', { error });
    }
  }
}

/** Without the options that are there but `undefined`, which would hide the defaults. */
function defined<Options extends object>(
  options: Options,
): { [Name in keyof Options]-?: NonNullable<Options[Name]> } {
  const entries = Object.entries(options).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [Name in keyof Options]-?: NonNullable<Options[Name]> };
}
