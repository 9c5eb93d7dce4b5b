import type {
  CallEvents,
  ConnectOptions,
  DeviceEvents,
  DeviceOptions,
  VendorCall,
  VendorDevice,
} from '../../../../src/providers/twilio/vendor.js';

type Listener = (...args: never[]) => void;

/** As Node's: an `error` that nobody hears is thrown. */
class Emitter<Events extends { readonly [Name in keyof Events]: readonly unknown[] }> {
  readonly #listeners = new Map<keyof Events, Listener[]>();

  on<Name extends keyof Events>(name: Name, listener: (...args: Events[Name]) => void): void {
    this.#listeners.set(name, [
      ...(this.#listeners.get(name) ?? []),
      listener as unknown as Listener,
    ]);
  }

  removeListener<Name extends keyof Events>(
    name: Name,
    listener: (...args: Events[Name]) => void,
  ): void {
    const rest = (this.#listeners.get(name) ?? []).filter(
      (one) => one !== (listener as unknown as Listener),
    );
    this.#listeners.set(name, rest);
  }

  /** Who hears this event. */
  listeners(name: keyof Events): number {
    return this.#listeners.get(name)?.length ?? 0;
  }

  emit<Name extends keyof Events>(name: Name, ...args: Events[Name]): void {
    const listeners = this.#listeners.get(name) ?? [];
    if (name === 'error' && listeners.length === 0) throw new Error('Unhandled error event');
    for (const listener of listeners) listener(...(args as unknown as never[]));
  }
}

/** `Call`, moved by the test. */
export class FakeCall extends Emitter<CallEvents> implements VendorCall {
  readonly parameters: Partial<Record<string, string>> = {};
  readonly did: string[] = [];
  state = 'connecting';

  status(): string {
    return this.state;
  }

  disconnect(): void {
    this.did.push('disconnect');
    if (this.state === 'closed') return;
    this.state = 'closed';
    this.emit('disconnect');
  }

  ignore(): void {
    this.did.push('ignore');
  }

  mute(muted: boolean): void {
    this.did.push(muted ? 'mute' : 'unmute');
  }

  sendDigits(digits: string): void {
    this.did.push(`digits ${digits}`);
  }

  ring(hasEarlyMedia = false): void {
    this.state = 'ringing';
    this.parameters['CallSid'] = 'CA1';
    this.emit('ringing', hasEarlyMedia);
  }

  accept(): void {
    this.state = 'open';
    this.parameters['CallSid'] = 'CA1';
    this.emit('accept', this);
  }

  /** The gateway hangs up, with an error or without. */
  hangUp(code?: number, originalCode?: number): void {
    if (code !== undefined) this.emit('error', vendorError(code, originalCode));
    this.state = 'closed';
    this.emit('disconnect', this);
  }
}

/** `Device`, moved by the test. */
export class FakeDevice extends Emitter<DeviceEvents> implements VendorDevice {
  readonly token: string;
  readonly options: DeviceOptions;
  readonly did: string[] = [];
  readonly connects: ConnectOptions[] = [];
  readonly edge = null;
  state = 'unregistered';
  inputDevice: unknown = null;
  /** What the next `connect()` gives. */
  connection: Promise<VendorCall> = new Promise(() => undefined);
  readonly audio = {
    owner: this,
    get inputDevice() {
      return this.owner.inputDevice;
    },
    incoming: (on: boolean) => this.did.push(`incoming ${on}`),
    outgoing: (on: boolean) => this.did.push(`outgoing ${on}`),
    disconnect: (on: boolean) => this.did.push(`disconnect ${on}`),
    unsetInputDevice: async () => {
      this.did.push('unsetInputDevice');
    },
  };

  constructor(token: string, options: DeviceOptions) {
    super();
    this.token = token;
    this.options = options;
  }

  async register(): Promise<void> {
    this.did.push('register');
    this.state = 'registering';
    return new Promise(() => undefined);
  }

  connect(options: ConnectOptions): Promise<VendorCall> {
    this.connects.push(options);
    return this.connection;
  }

  updateToken(token: string): void {
    this.did.push(`token ${token}`);
  }

  destroy(): void {
    if (this.state === 'destroyed') return;
    this.did.push('destroy');
    this.state = 'destroyed';
    this.emit('destroyed');
  }

  /** The gateway has taken the token. */
  logIn(): void {
    this.emit('tokenWillExpire');
  }

  lose(): void {
    this.state = 'unregistered';
    this.emit('unregistered');
  }
}

/** `TwilioError`. */
export const vendorError = (code: number, originalCode?: number, more?: object) => ({
  code,
  ...(originalCode !== undefined && { originalError: { code: originalCode, ...more } }),
});
