import type { TokenGrant } from '../../access/hooks.js';
import type { RouteId } from '../../core/ids.js';
import { abortedError } from '../../core/wait.js';
import { DialerError } from '../../errors/dialer-error.js';
import type { Leg, LegReport, LegRequest, ProviderContext, ProviderSession } from '../provider.js';
import { deviceError, isTransport, isUndelivered } from './causes.js';
import { deviceOptions } from './device-options.js';
import { TwilioLeg } from './leg.js';
import type { TwilioOptions } from './options.js';
import type { DeviceClass, VendorDevice, VendorError } from './vendor.js';
import { withoutAudioContext } from './without-audio-context.js';

/** What a {@link TwilioSession} needs. */
export interface TwilioSettings {
  readonly options: TwilioOptions;
  readonly route: RouteId;
  readonly context: ProviderContext;
}

/** Something the gateway was asked and has not answered. */
interface Question {
  resolve(): void;
  reject(error: DialerError): void;
}

/** So many failed tries to repair the connection of an idle session are enough: some gateways drop each new socket. */
const MOST_RETRIES = 5;

const ignore = (): void => undefined;

/**
 * One `Device`, logged in. Its socket is opened by `register()`, the only public way that does not place a call; whether
 * the registration succeeds does not matter. Its promises settle too late or never, so that everything is learnt from
 * events, and `destroy()` is the only way out that leaves nothing behind.
 */
export class TwilioSession implements ProviderSession {
  readonly #settings: TwilioSettings;
  readonly #device: VendorDevice;
  #state: 'opening' | 'ready' | 'lost' | 'closed' = 'opening';
  #leg: TwilioLeg | undefined;
  #questions: Question[] = [];
  #lastError: VendorError | undefined;
  #retries = 0;

  /**
   * Connects and logs in.
   * @throws DialerError as soon as the SDK says that it failed; `state/aborted` when the signal aborts.
   */
  static async open(
    Device: DeviceClass,
    token: string,
    settings: TwilioSettings,
  ): Promise<TwilioSession> {
    const { signal } = settings.context;
    const session = new TwilioSession(Device, token, settings);
    const giveUp = () => session.#end(abortedError(signal));
    signal.addEventListener('abort', giveUp, { once: true });
    try {
      await session.#ask();
    } finally {
      signal.removeEventListener('abort', giveUp);
    }
    return session;
  }

  private constructor(Device: DeviceClass, token: string, settings: TwilioSettings) {
    const { options, route, context } = settings;
    this.#settings = settings;
    try {
      const made = deviceOptions(options, context, {
        openMicrophone: () => this.#leg?.openMicrophone() ?? Promise.reject(new Error('No call')),
        owner: () => this.#leg,
      });
      this.#device = withoutAudioContext(() => new Device(token, made));
    } catch (cause) {
      throw new DialerError('provider/unsupported', { cause, route });
    }
    this.#listen();
    // Settles late, never, or with `undefined`.
    this.#device.register().catch(ignore);
  }

  dial(request: LegRequest, report: LegReport): Leg {
    const { options, route, context } = this.#settings;
    const leg = new TwilioLeg(request, report, {
      options,
      route,
      context,
      device: this.#device,
      abandon: (error) => this.#fail(error),
    });
    if (this.#state === 'ready') {
      this.#leg = leg;
      leg.dial();
    } else {
      leg.refuse();
    }
    return leg;
  }

  async updateToken({ token }: TokenGrant): Promise<void> {
    this.#device.updateToken(token);
    await this.#ask();
  }

  async close(): Promise<void> {
    this.#leg?.release();
    this.#end(new DialerError('state/closed', { route: this.#settings.route }));
  }

  #listen(): void {
    const device = this.#device;
    // Comes after each login, see `tokenRefreshMs`. The second is for gateways that do not tell how long a token lives.
    device.on('tokenWillExpire', () => this.#onLogin());
    device.on('registered', () => this.#onLogin());
    device.on('unregistered', () => this.#onLost());
    // Stays for good: an `error` that nobody hears is thrown inside the SDK's socket handler.
    device.on('error', (error) => this.#onError(error));
    // The SDK destroys itself when the page goes away.
    device.on('destroyed', () => this.#fail(this.#lost()));
    // Nothing is sent: other pages of the same identity may take the call.
    device.on('incoming', (call) => call.ignore());
    device.audio?.incoming(false);
    device.audio?.outgoing(false);
    device.audio?.disconnect(false);
  }

  #onLogin(): void {
    if (this.#state === 'closed') return;
    // The SDK registers again by itself, except when a socket was lost before it was logged in. Without a registration
    // the next loss would not be told.
    if (this.#device.state === 'unregistered') this.#device.register().catch(ignore);
    for (const question of this.#questions.splice(0)) question.resolve();
    this.#retries = 0;
    if (this.#state === 'lost') {
      this.#settings.context.report({ type: 'connection', state: 'ready' });
    }
    this.#state = 'ready';
  }

  #onLost(): void {
    if (this.#state === 'opening') {
      this.#end(new DialerError('provider/unreachable', { route: this.#settings.route }));
    } else if (this.#state === 'ready') {
      this.#state = 'lost';
      const error = this.#lost(this.#lastError);
      this.#settings.context.report({ type: 'connection', state: 'reconnecting', error });
    }
    this.#lastError = undefined;
  }

  #onError(vendorError: VendorError): void {
    const { route, context } = this.#settings;
    if (this.#state === 'closed') return;
    const error = deviceError(vendorError, route);
    context.logger.debug(`route ${route}: the device reports ${error.codes.providerCode}`);
    if (isUndelivered(vendorError)) {
      this.#leg?.undelivered();
      return;
    }
    const isAuth = error.kind === 'auth';
    if (this.#state === 'opening') {
      this.#end(error);
    } else if (this.#state === 'lost') {
      if (isAuth || (isTransport(vendorError) && this.#isHopeless())) this.#fail(error);
    } else if (isAuth) {
      // To a fresh token; without a question the registration was refused, which nobody needs.
      for (const question of this.#questions.splice(0)) question.reject(error);
    } else if (isTransport(vendorError)) {
      this.#lastError = vendorError;
    }
  }

  /** While a call runs, the Dialer decides how long it waits for the connection. */
  #isHopeless(): boolean {
    this.#retries += 1;
    return this.#retries >= MOST_RETRIES && (this.#leg?.over ?? true);
  }

  /** Gives the device up, and tells the Dialer to open another one. */
  #fail(error: DialerError): void {
    if (this.#state === 'closed') return;
    const wasOpen = this.#state !== 'opening';
    this.#leg?.lose(error);
    this.#end(error);
    if (wasOpen) this.#settings.context.report({ type: 'connection', state: 'failed', error });
  }

  #end(error: DialerError): void {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    for (const question of this.#questions.splice(0)) question.reject(error);
    this.#device.destroy();
  }

  /** Resolves at the next login. */
  #ask(): Promise<void> {
    return new Promise((resolve, reject) => this.#questions.push({ resolve, reject }));
  }

  #lost(cause?: VendorError): DialerError {
    const { route } = this.#settings;
    return new DialerError('network/signalling-lost', { route, cause });
  }
}
