import type { TokenPurpose } from '../access/token-purpose.js';
import type { TokenSource } from '../access/token-source.js';
import { bounded } from '../core/wait.js';
import { DialerError } from '../errors/dialer-error.js';
import type { Provider, ProviderSession, SessionEvent } from '../providers/provider.js';
import type { RouteSettings } from './route-settings.js';

/** The steps of opening a route that a call's timeline shows. */
export type OpeningStep = 'token' | 'sdk-loaded' | 'signalling-open';

/** What {@link openSession} needs. */
export interface OpenSessionOptions {
  readonly provider: Provider;
  readonly settings: RouteSettings;
  /** `undefined` where the provider needs none. */
  readonly tokens: TokenSource | undefined;
  readonly purpose: TokenPurpose;
  /** Stops the opening. */
  readonly signal: AbortSignal;
  /** Told that code and token are there and the login begins. */
  readonly onLogin: () => void;
  readonly onStep: (step: OpeningStep) => void;
  /** Told that the login takes longer than a quarter of `timeouts.staggerMs`. */
  readonly onTrouble: () => void;
  /** Told that the login takes longer than `timeouts.staggerMs`, or what comes before it longer than `timeouts.connectMs`. */
  readonly onSlow: () => void;
  /** What the session reports, with the session once it exists. */
  readonly report: (session: ProviderSession | undefined, event: SessionEvent) => void;
  /** Takes a session that came although nobody waits any more. */
  readonly discard: (session: ProviderSession) => void;
}

/**
 * Opens a provider's session: code and token side by side, then the login, each with a deadline of ours.
 * @throws DialerError why that failed; `state/aborted` when the signal aborts.
 */
export async function openSession(options: OpenSessionOptions): Promise<ProviderSession> {
  const { settings, signal, onLogin, onStep, onTrouble, onSlow } = options;
  const { clock, timeouts } = settings;
  // Code and token are mostly fetched once; that may take as long as a login before it counts as slow.
  let stopTimer = clock.setTimer(onSlow, timeouts.connectMs);
  try {
    const load = loadCode(options).then(() => onStep('sdk-loaded'));
    const token = options.tokens?.get(options.purpose).then(() => onStep('token'));
    await Promise.all([load, token]);
    if (signal.aborted) throw new DialerError('state/aborted');
    onLogin();
    stopTimer();
    const troubleMs = timeouts.staggerMs / 4;
    stopTimer = clock.setTimer(() => {
      onTrouble();
      stopTimer = clock.setTimer(onSlow, timeouts.staggerMs - troubleMs);
    }, troubleMs);
    const session = await login(options);
    onStep('signalling-open');
    return session;
  } finally {
    stopTimer();
  }
}

function loadCode({
  provider,
  settings: { clock, logger, timeouts },
  signal,
}: OpenSessionOptions): Promise<void> {
  const onTimeout = () => new DialerError('provider/sdk-not-loaded', { route: provider.route });
  return bounded({ clock, signal, timeoutMs: timeouts.sdkMs, onTimeout }, (inner) =>
    provider.load({ signal: inner, logger }),
  );
}

function login({
  provider,
  settings,
  tokens,
  purpose,
  signal,
  report,
  discard,
}: OpenSessionOptions): Promise<ProviderSession> {
  const {
    clock,
    timeouts,
    logger,
    iceServers,
    relayOnly,
    codecs,
    maxBitrateKbps,
    vendorTelemetry,
  } = settings;
  const onTimeout = () => new DialerError('provider/timeout', { route: provider.route });
  return bounded({ clock, signal, timeoutMs: timeouts.connectMs, onTimeout }, async (inner) => {
    let session: ProviderSession | undefined;
    session = await provider.open({
      iceServers,
      relayOnly,
      codecs,
      maxBitrateKbps,
      vendorTelemetry,
      clock,
      logger,
      signal: inner,
      getToken: async (why) => {
        if (!tokens) throw new DialerError('auth/token-unavailable', { route: provider.route });
        if (why) tokens.invalidate();
        return tokens.get(why ? { ...purpose, reason: why } : purpose);
      },
      report: (event) => report(session, event),
    });
    if (inner.aborted) discard(session);
    return session;
  });
}
