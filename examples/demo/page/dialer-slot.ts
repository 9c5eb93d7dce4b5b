import type { Dialer } from 'everdial';

/**
 * The Dialer in use. What it knows of the carriers' health lives as long as it does, as in a page that is loaded anew; an
 * application makes one Dialer and keeps it.
 */
export class DialerSlot {
  readonly #make: () => Dialer;
  readonly #onChange: () => void;
  #dialer: Dialer;

  /** @param onChange - told after each change of whichever Dialer is in use */
  constructor(make: () => Dialer, onChange: () => void) {
    this.#make = make;
    this.#onChange = onChange;
    this.#dialer = this.#fresh();
  }

  /** The Dialer. */
  get dialer(): Dialer {
    return this.#dialer;
  }

  /** Puts a fresh one in its place. */
  renew(): void {
    void this.#dialer.close();
    this.#dialer = this.#fresh();
    this.#onChange();
  }

  #fresh(): Dialer {
    const dialer = this.#make();
    dialer.subscribe(() => this.#onChange());
    return dialer;
  }
}
