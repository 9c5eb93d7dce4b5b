import type { GatewayFaults } from '../types.js';
import type { GatewayCall } from './gateway-call.js';
import type { TwilioSettings } from './settings.js';

/** What all sessions of a gateway share: faults, settings and the calls, which outlive their sockets. */
export class GatewayState {
  readonly faults: GatewayFaults;
  readonly settings: TwilioSettings;
  readonly #calls = new Set<GatewayCall>();
  /** Calls that ended while their browser was away. */
  readonly #untold = new Set<GatewayCall>();

  constructor(faults: GatewayFaults, settings: TwilioSettings) {
    this.faults = faults;
    this.settings = settings;
  }

  /** Running calls. */
  get calls(): ReadonlySet<GatewayCall> {
    return this.#calls;
  }

  /** Keeps a new call. */
  add(call: GatewayCall): void {
    this.#calls.add(call);
  }

  /** A call has ended. */
  over(call: GatewayCall, told: boolean): void {
    this.#calls.delete(call);
    if (!told) this.#untold.add(call);
  }

  /** The browser of a call knows of its end. */
  told(call: GatewayCall): void {
    this.#untold.delete(call);
  }

  /** A running call by Twilio's or the browser's id. */
  find(id: string): GatewayCall | undefined {
    for (const call of this.#calls) {
      if (call.callSid === id || call.browserCallId === id) return call;
    }
    return undefined;
  }

  /** A call by its reconnect token, also one that ended while its browser was away. */
  findByToken(token: string): GatewayCall | undefined {
    for (const call of [...this.#calls, ...this.#untold]) {
      if (call.reconnectToken === token) return call;
    }
    return undefined;
  }
}
