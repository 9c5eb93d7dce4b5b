import type { RouteId } from '../../core/ids.js';
import { DialerError } from '../../errors/dialer-error.js';
import type { Capabilities, Leg, LegEvent, LegReport, LegRequest } from '../provider.js';
import { createSound, type SoundOption } from './create-sound.js';
import { explainEnd } from './explain-end.js';
import type { SandboxRecord } from './sandbox-record.js';
import type { SandboxAction } from './scenario.js';
import type { Sound } from './sound.js';
import { Telephone } from './telephone.js';

/** What a {@link SandboxCall} needs of its session. */
export interface SandboxNetwork {
  readonly route: RouteId;
  readonly capabilities: Partial<Capabilities>;
  readonly sound: SoundOption | undefined;
  /** Whether it tells that it has the call, when a scenario says that it has it. */
  readonly acknowledges: boolean;
  /** Whether the signalling connection is up. */
  readonly signallingUp: boolean;
  /** Takes the connection down or up, for every call of the session. */
  setSignalling(up: boolean): void;
  /** Calls back later, unless the session is closed first. Returns the function that prevents it. */
  later(callback: () => void, delayMs: number): () => void;
  /** Writes into the history. */
  record(request: LegRequest, event: SandboxRecord['event'], digit: string | undefined): void;
}

/** Milliseconds from our hang-up to its confirmation. A callee may answer in between. */
const HANGUP_MS = 20;

/** One call: the telephone at one end, the leg at the other, and signalling between them that may break. */
export class SandboxCall {
  /** The far side. */
  readonly telephone: Telephone;
  readonly #network: SandboxNetwork;
  readonly #request: LegRequest;
  readonly #report: LegReport;
  readonly #sound: Sound | undefined;
  /** What could not be told while the signalling connection was down. */
  readonly #untold: LegEvent[] = [];
  #over = false;
  #ringing = false;
  #earlyMedia = false;
  #answered = false;
  #soundStopped = false;
  #hangup: 'none' | 'wanted' | 'cancel' | 'bye' = 'none';

  constructor(network: SandboxNetwork, request: LegRequest, report: LegReport) {
    this.#network = network;
    this.#request = request;
    this.#report = report;
    this.telephone = new Telephone({
      get signallingUp() {
        return network.signallingUp;
      },
      later: (callback, delayMs) => network.later(callback, delayMs),
      record: (event, digit) => network.record(request, event, digit),
      happened: (action) => this.#happened(action),
    });
    if (!network.signallingUp) {
      this.#tell({ type: 'ended', by: 'network', final: false, error: this.#lost() });
      return;
    }
    this.#tell({ type: 'sent' });
    this.#tell({
      type: 'identified',
      providerCallId: `sandbox-${request.callId}-${request.attempt}`,
    });
    this.#sound = this.#createSound();
  }

  /** Whether nothing can happen any more, at either end. */
  get isOver(): boolean {
    return this.#over && this.telephone.over;
  }

  /** The page's hold on it. Methods for which the capability is missing are missing, too. */
  toLeg(): Leg {
    const { hold, digits } = this.#network.capabilities;
    return {
      native: this.telephone,
      hangup: () => this.#hangUp(),
      release: () => this.release(),
      replaceTrack: async (track) => this.#sound?.replaceTrack(track),
      ...(hold && { setHeld: (held: boolean) => this.#setHeld(held) }),
      ...(digits && { sendDigit: (digit: string) => this.#sendDigit(digit) }),
    };
  }

  /** Frees sound and tracks; nothing is reported afterwards. The telephone goes on. Idempotent. */
  release(): void {
    this.#over = true;
    this.#sound?.close();
    for (const track of this.#request.stream?.getTracks() ?? []) track.stop();
  }

  /** The signalling connection broke. */
  signallingLost(): void {
    const error = this.#lost();
    if (this.#network.capabilities.reattach) this.#tell({ type: 'interrupted', error });
    else this.#tell({ type: 'ended', by: 'network', final: false, error });
  }

  /** The signalling connection is back. */
  signallingRestored(): void {
    this.#tell({ type: 'restored' });
    for (const event of this.#untold.splice(0)) this.#tell(event);
    // Sent even if the page has let the leg go meanwhile: the telephone must not ring on.
    if (this.#hangup === 'wanted') this.#sendHangup();
  }

  #happened(action: SandboxAction): void {
    const { route, capabilities, acknowledges } = this.#network;
    const error = explainEnd(action, this.#answered, route);
    if (error !== 'no-end') {
      this.#signal({ type: 'ended', by: 'remote', final: true, error });
      return;
    }
    switch (action) {
      case 'acknowledge':
        if (acknowledges) this.#signal({ type: 'acknowledged' });
        break;
      case 'ring':
        this.#ringing = true;
        if (capabilities.ringing) this.#signalProgress();
        break;
      case 'early-media':
        if (this.#answered) return;
        this.#earlyMedia = true;
        this.#signalProgress();
        break;
      case 'answer':
        this.#answered = true;
        this.#signal({ type: 'answered', evidence: 'signalling' });
        break;
      case 'hold':
      case 'take-back':
        this.#signal({ type: 'remote-hold', held: action === 'hold' });
        break;
      case 'lose-signalling':
      case 'restore-signalling':
        this.#network.setSignalling(action === 'restore-signalling');
        break;
      case 'stop-sound':
      case 'restore-sound':
        this.#soundStopped = action === 'stop-sound';
        break;
    }
    this.#updateSound(action);
  }

  #signalProgress(): void {
    const ringing = this.#ringing && this.#network.capabilities.ringing === true;
    this.#signal({ type: 'progress', ringing, earlyMedia: this.#earlyMedia });
  }

  #updateSound(action: SandboxAction): void {
    if (!['early-media', 'answer', 'stop-sound', 'restore-sound'].includes(action)) return;
    const audible = this.#answered ? 'echo' : this.#earlyMedia ? 'tone' : 'silence';
    this.#sound?.send(this.#soundStopped ? 'silence' : audible);
  }

  #hangUp(): void {
    if (this.#over) return;
    if (this.#network.signallingUp) this.#sendHangup();
    else this.#hangup = 'wanted';
  }

  #sendHangup(): void {
    const message = this.#answered ? 'bye' : 'cancel';
    if (this.#hangup === message) return;
    this.#hangup = message;
    this.#network.later(() => {
      // A cancel that meets a call answered meanwhile does nothing (RFC 3261, 9.1): the Dialer decides about that call.
      if (this.telephone.over || (message === 'cancel' && this.telephone.answered)) return;
      this.telephone.hangUp();
      const final = this.#network.capabilities.confirmsHangup === true;
      this.#signal({ type: 'ended', by: 'local', final, error: undefined });
    }, HANGUP_MS);
  }

  async #setHeld(held: boolean): Promise<void> {
    if (!this.#network.signallingUp) throw this.#lost();
    await this.#sound?.setHeld(held);
  }

  async #sendDigit(digit: string): Promise<void> {
    if (!this.#network.signallingUp) throw this.#lost();
    this.telephone.hear(digit);
  }

  #createSound(): Sound | undefined {
    const { route, sound } = this.#network;
    const failed = (cause: unknown) => {
      this.telephone.hangUp();
      const error = new DialerError('media/negotiation-failed', { cause, route });
      this.#tell({ type: 'ended', by: 'network', final: true, error });
    };
    try {
      return createSound(sound, this.#request.stream, {
        connected: (connection) => this.#tell({ type: 'peer-connection', connection }),
        heard: (stream) => this.#tell({ type: 'remote-stream', stream }),
        flowing: () => this.#tell({ type: 'media-flowing' }),
        failed,
      });
    } catch (cause) {
      failed(cause);
      return undefined;
    }
  }

  /** What travels by signalling waits while that is down. */
  #signal(event: LegEvent): void {
    if (this.#network.signallingUp) this.#tell(event);
    else this.#untold.push(event);
  }

  #tell(event: LegEvent): void {
    if (this.#over) return;
    if (event.type === 'ended') this.#over = true;
    this.#report(event);
  }

  #lost(): DialerError {
    return new DialerError('network/signalling-lost', { route: this.#network.route });
  }
}
