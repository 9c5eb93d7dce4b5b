import type { Chance } from './chance.js';
import type { ModelClock } from './model-clock.js';

/** Who hears what at the ends of a {@link Wire}. */
export interface WireEnds<Up, Down> {
  /** The carrier gets a message. */
  onUp(message: Up): void;
  /** The page gets a message. */
  onDown(message: Down): void;
  /** The page notices that the connection is gone. */
  onPageLost(): void;
  /** The carrier notices it. */
  onCarrierLost(): void;
}

/** What can happen to a connection. */
export type WireFault =
  /** Both ends notice soon. */
  | 'reset'
  /** What the page sends is lost, nobody notices for long. */
  | 'uplink'
  /** What the carrier sends is lost, nobody notices for long. */
  | 'downlink'
  /** Both. */
  | 'silent';

/** A silent connection is noticed by its missing heartbeat, milliseconds. */
const HEARTBEAT_MS = 10_000;
/** How long a carrier takes to notice a connection that was reset, milliseconds. */
const CARRIER_NOTICES_MS = 2_000;

/**
 * One socket connection between a page and a carrier: messages take time and keep their order in each direction. What is
 * under way when it breaks may or may not arrive.
 */
export class Wire<Up extends { readonly type: string }, Down extends { readonly type: string }> {
  readonly #clock: ModelClock;
  readonly #chance: Chance;
  readonly #latencyMs: readonly [least: number, most: number];
  readonly #ends: WireEnds<Up, Down>;
  readonly #name: string;
  readonly #down = new Set<() => void>();
  #uplink = true;
  #downlink = true;
  #open = true;
  #carrierOpen = true;
  #upAtMs = 0;
  #downAtMs = 0;
  #stopHeartbeat: () => void = () => undefined;

  constructor(
    route: string,
    clock: ModelClock,
    chance: Chance,
    latencyMs: readonly [least: number, most: number],
    ends: WireEnds<Up, Down>,
  ) {
    this.#name = route;
    this.#clock = clock;
    this.#chance = chance;
    this.#latencyMs = latencyMs;
    this.#ends = ends;
  }

  /** Whether the page believes that it is connected. */
  get open(): boolean {
    return this.#open;
  }

  /** The page sends. Without a connection nothing happens. */
  send(message: Up): void {
    if (!this.#open || !this.#uplink) return;
    this.#upAtMs = this.#arrival(this.#upAtMs);
    this.#clock.after(this.#upAtMs - this.#clock.nowMs, `${this.#name} up`, message.type, () => {
      // A message that is on its way when the page loses the connection may still have left.
      if (this.#carrierOpen && (this.#uplink || this.#chance.happens(0.5)))
        this.#ends.onUp(message);
    });
  }

  /** The carrier sends. Without a connection nothing happens. */
  tell(message: Down): void {
    if (!this.#carrierOpen || !this.#downlink) return;
    this.#downAtMs = this.#arrival(this.#downAtMs);
    const stop = this.#clock.after(
      this.#downAtMs - this.#clock.nowMs,
      `${this.#name} down`,
      message.type,
      () => {
        this.#down.delete(stop);
        if (this.#open && this.#downlink) this.#ends.onDown(message);
      },
    );
    this.#down.add(stop);
  }

  /** Something happens to the connection. */
  break(fault: WireFault): void {
    if (!this.#open) return;
    if (fault === 'uplink' || fault === 'silent') this.#uplink = false;
    if (fault === 'downlink' || fault === 'silent') this.#downlink = false;
    if (fault === 'reset') {
      this.#lose();
      return;
    }
    this.#stopHeartbeat();
    this.#stopHeartbeat = this.#clock.after(
      HEARTBEAT_MS,
      `${this.#name} net`,
      'heartbeat missing',
      () => this.#lose(),
    );
  }

  /** The page closes it in order: what was sent before still arrives. */
  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#stopHeartbeat();
    const afterAll = Math.max(this.#arrival(this.#upAtMs) - this.#clock.nowMs, 0);
    this.#clock.after(afterAll, `${this.#name} up`, 'close', () => this.#loseCarrier());
  }

  #lose(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#uplink = false;
    this.#stopHeartbeat();
    for (const stop of this.#down) stop();
    this.#down.clear();
    this.#clock.after(
      this.#chance.between(0, CARRIER_NOTICES_MS),
      `${this.#name} net`,
      'carrier notices',
      () => this.#loseCarrier(),
    );
    this.#ends.onPageLost();
  }

  #loseCarrier(): void {
    if (!this.#carrierOpen) return;
    this.#carrierOpen = false;
    this.#ends.onCarrierLost();
  }

  #arrival(afterMs: number): number {
    return Math.max(afterMs, this.#clock.nowMs + this.#chance.between(...this.#latencyMs));
  }
}
