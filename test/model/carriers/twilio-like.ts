import type { DialerError } from '../../../src/errors/dialer-error.js';
import type { AnswerEvidence } from '../../../src/providers/provider.js';
import { PageLeg } from './page-leg.js';

/**
 * Acknowledges nothing and confirms no hang-up. A call that could not be written is kept by the vendor and written to the
 * next connection, unless the session was closed before. A connection lost before the answer ends the call for this page.
 */
export class TwilioLikeLeg extends PageLeg {
  #rang = false;
  #queued = false;

  hangup(): void {
    if (this.over) return;
    const sent = this.phase !== 'unsent';
    this.end('local', false, undefined);
    if (!sent) return;
    // During an outage none is sent, then or later, so the call could go on unseen.
    if (this.line.connected) this.say('bye');
    else this.line.abandon(this.lostError());
  }

  override release(): void {
    if (this.released) return;
    if (!this.ended && this.phase !== 'unsent' && this.line.connected) this.say('bye');
    super.release();
  }

  override onLost(error: DialerError): void {
    if (this.phase === 'answered') {
      if (this.interrupted) return;
      this.interrupted = true;
      this.tell({ type: 'interrupted', error });
    } else if (!this.over) {
      if (this.sending) this.onUnsent();
      else this.#giveUp(error);
    }
  }

  /** The vendor writes what it kept, whether anybody still wants it or not. */
  override onBack(): void {
    if (this.#queued) {
      this.#queued = false;
      this.invite();
    }
    super.onBack();
  }

  override hear(word: Parameters<PageLeg['hear']>[0]): void {
    if (word.type === 'ringing') this.#rang = true;
    super.hear(word);
  }

  protected override get evidence(): AnswerEvidence {
    return this.#rang ? 'signalling' : 'assumed';
  }

  protected override onUnsent(): void {
    this.#queued = true;
    this.#giveUp(this.lostError());
  }

  #giveUp(error: DialerError): void {
    this.end('network', false, error);
    this.line.abandon(error);
  }
}
