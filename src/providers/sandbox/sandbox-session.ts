import { DialerError } from '../../errors/dialer-error.js';
import type { Leg, LegReport, LegRequest, ProviderContext, ProviderSession } from '../provider.js';
import { SandboxCall, type SandboxNetwork } from './sandbox-call.js';
import type { SandboxRecord } from './sandbox-record.js';
import type { SandboxScenario } from './scenario.js';
import type { Telephone } from './telephone.js';

/** What a {@link SandboxSession} needs of its provider. */
export interface SandboxSettings
  extends Pick<SandboxNetwork, 'route' | 'capabilities' | 'sound' | 'acknowledges'> {
  /** What happens to a call to this number. */
  scenario(to: string): SandboxScenario;
  /** Keeps what happened to a telephone. */
  record(entry: SandboxRecord): void;
}

/** One connection to the simulated provider, with a network behind it that ends when it is closed. */
export class SandboxSession implements ProviderSession {
  readonly #context: ProviderContext;
  readonly #settings: SandboxSettings;
  readonly #calls = new Set<SandboxCall>();
  readonly #timers = new Set<() => void>();
  readonly #network: SandboxNetwork;
  #newest: Telephone | undefined;
  #signallingUp = true;
  #closed = false;

  constructor(context: ProviderContext, settings: SandboxSettings) {
    const isUp = () => this.#signallingUp && !this.#closed;
    this.#context = context;
    this.#settings = settings;
    this.#network = {
      route: settings.route,
      capabilities: settings.capabilities,
      sound: settings.sound,
      acknowledges: settings.acknowledges,
      get signallingUp() {
        return isUp();
      },
      setSignalling: (up) => this.setSignalling(up),
      later: (callback, delayMs) => this.#later(callback, delayMs),
      record: ({ callId, to }, event, digit) =>
        settings.record({ callId, to, event, digit, atMs: context.clock.now() }),
    };
  }

  /** The telephone of the last call. */
  get newest(): Telephone | undefined {
    return this.#newest;
  }

  dial(request: LegRequest, report: LegReport): Leg {
    for (const old of [...this.#calls]) if (old.isOver) this.#calls.delete(old);
    const call = new SandboxCall(this.#network, request, report);
    if (this.#network.signallingUp) {
      this.#calls.add(call);
      this.#newest = call.telephone;
      call.telephone.play(this.#settings.scenario(request.to));
    }
    return call.toLeg();
  }

  /** Takes the signalling connection down or up. */
  setSignalling(up: boolean): void {
    if (this.#closed || up === this.#signallingUp) return;
    this.#signallingUp = up;
    const error = new DialerError('network/signalling-lost', { route: this.#settings.route });
    this.#context.report(
      up
        ? { type: 'connection', state: 'ready' }
        : { type: 'connection', state: 'reconnecting', error },
    );
    for (const call of [...this.#calls]) {
      if (up) call.signallingRestored();
      else call.signallingLost();
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const stop of [...this.#timers]) stop();
    for (const call of this.#calls) {
      call.release();
      call.telephone.hangUp();
    }
    this.#calls.clear();
  }

  #later(callback: () => void, delayMs: number): () => void {
    if (this.#closed) return () => undefined;
    const stopTimer = this.#context.clock.setTimer(() => {
      this.#timers.delete(stop);
      callback();
    }, delayMs);
    const stop = () => {
      this.#timers.delete(stop);
      stopTimer();
    };
    this.#timers.add(stop);
    return stop;
  }
}
