import type { DialerError } from '../../../src/errors/dialer-error.js';
import { PageLeg } from './page-leg.js';

/**
 * SIP over WebSocket: the answer to a CANCEL proves nothing, only the final answer to the INVITE does: 487, or a 2xx that
 * came first. No CANCEL is written before the first provisional answer.
 */
export class SipLikeLeg extends PageLeg {
  #leaving = false;
  #cancelled = false;

  hangup(): void {
    if (this.over) return;
    if (this.phase === 'unsent') {
      this.end('local', false, undefined);
      return;
    }
    this.#leaving = true;
    this.#leave();
  }

  override release(): void {
    if (this.released) return;
    if (!this.ended && this.phase !== 'unsent') this.#leave();
    super.release();
  }

  override hear(word: Parameters<PageLeg['hear']>[0]): void {
    // An answer that comes for a leg that nobody has is acknowledged and hung up.
    if (this.over && word.type === 'answered') this.say('bye');
    const provisional = this.phase === 'sent' && word.type !== 'final';
    // Whoever still wants to hang up does so again.
    if (word.type === 'answered') this.#leaving = false;
    super.hear(word);
    if (provisional && this.#leaving) this.#leave();
    else if (provisional && this.over && word.type !== 'hangup-result') this.say('cancel');
  }

  /** Without its connection the transaction is lost; only a conversation lives on. */
  override onLost(error: DialerError): void {
    if (this.phase !== 'answered') {
      this.end('network', false, error);
    } else if (!this.interrupted) {
      this.interrupted = true;
      this.tell({ type: 'interrupted', error });
    }
  }

  protected override onFinal(code: number | undefined): void {
    if (this.#leaving) this.end('local', true, undefined);
    else super.onFinal(code);
  }

  #leave(): void {
    if (this.phase === 'answered') {
      this.say('bye');
    } else if (this.phase !== 'sent' && !this.#cancelled) {
      this.#cancelled = true;
      this.say('cancel');
    }
  }
}
