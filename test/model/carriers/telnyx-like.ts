import type { DialerError } from '../../../src/errors/dialer-error.js';
import { PageLeg } from './page-leg.js';

/** How long a hang-up waits for the gateway's word, milliseconds. */
const HANGUP_MS = 2_500;

/**
 * Acknowledges calls, confirms hang-ups on the same connection, takes calls up again after a loss. A hang-up that is made
 * meanwhile waits for the connection.
 */
export class TelnyxLikeLeg extends PageLeg {
  #asked = false;
  #leaving = false;
  #stopTimer: () => void = () => undefined;

  hangup(): void {
    if (this.over) return;
    if (this.phase === 'unsent') {
      this.end('local', false, undefined);
      return;
    }
    this.#leaving = true;
    this.#stopTimer();
    this.#stopTimer = this.line.after(HANGUP_MS, 'hangup', () =>
      this.end('local', false, undefined),
    );
    this.#ask();
  }

  override release(): void {
    if (this.released) return;
    this.#stopTimer();
    // What may live is ended, whether anybody still waits for the answer or not.
    if (this.phase !== 'unsent' && !this.#proven) this.#ask();
    super.release();
  }

  override onLost(error: DialerError): void {
    if (this.phase === 'unsent') {
      this.end('network', false, error);
    } else if (!this.interrupted) {
      this.interrupted = true;
      this.tell({ type: 'interrupted', error });
    }
  }

  override onBack(): void {
    if (this.#asked && !this.#proven) this.say('bye');
    super.onBack();
  }

  override onFailed(error: DialerError): void {
    if (this.#leaving) this.end('local', false, undefined);
    else this.end('network', false, error);
  }

  #proven = false;

  protected override onHangupResult(done: boolean): void {
    if (!done) return;
    this.#proven = true;
    this.#stopTimer();
    this.end('local', true, undefined);
  }

  protected override onFinal(code: number | undefined): void {
    this.#proven = true;
    this.#stopTimer();
    if (this.#leaving) this.end('local', true, undefined);
    else super.onFinal(code);
  }

  #ask(): void {
    this.#asked = true;
    if (this.line.connected) this.say('bye');
  }
}
