import { DialerError } from '../../../src/errors/dialer-error.js';
import { errorFromSip } from '../../../src/errors/sip.js';
import { isFurther } from '../../../src/providers/leg-phase.js';
import type {
  AnswerEvidence,
  Leg,
  LegEvent,
  LegPhase,
  LegReport,
  LegRequest,
} from '../../../src/providers/provider.js';
import type { LegWord, Up } from './messages.js';

/** What a leg needs of its session. */
export interface LegLine {
  readonly route: string;
  /** Whether the page believes that its connection is open. */
  readonly connected: boolean;
  send(message: Up): void;
  /** Runs later, on the vendor's own timer. Returns the function that prevents it. */
  after(ms: number, what: string, act: () => void): () => void;
  /** Written down: the call leaves the browser. */
  invited(leg: PageLeg): void;
  /** Written down: what the Dialer is told. */
  reported(leg: PageLeg, event: LegEvent): void;
  /** The session is of no use any more. */
  abandon(error: DialerError): void;
}

/** The vendor gathers addresses before it sends, milliseconds. */
const GATHERING_MS = 30;

/** What the adapters of all simulated carriers share: the order of phases, and the end that comes once. */
export abstract class PageLeg implements Leg {
  readonly native = undefined;
  readonly request: LegRequest;
  protected readonly line: LegLine;
  protected phase: LegPhase = 'unsent';
  protected ended = false;
  protected released = false;
  protected interrupted = false;
  readonly #report: LegReport;
  #stopSending: () => void = () => undefined;
  #dialled = false;

  constructor(line: LegLine, request: LegRequest, report: LegReport) {
    this.line = line;
    this.request = request;
    this.#report = report;
  }

  /** Whether nobody hears of it any more. */
  get over(): boolean {
    return this.ended || this.released;
  }

  abstract hangup(): void;

  /** The connection is lost. */
  abstract onLost(error: DialerError): void;

  /** Sends the call, once its addresses are gathered. */
  dial(): void {
    if (!this.line.connected) {
      this.end('network', false, this.lostError());
      return;
    }
    this.#stopSending = this.line.after(GATHERING_MS, 'send', () => this.write());
    this.#dialled = true;
  }

  /** A word of the carrier about this leg. */
  hear(word: LegWord): void {
    switch (word.type) {
      case 'acknowledged':
        this.tell({ type: 'acknowledged' });
        this.tell({ type: 'identified', providerCallId: `id-${this.request.attempt}` });
        break;
      case 'ringing':
        this.tell({ type: 'progress', ringing: true, earlyMedia: false });
        break;
      case 'early-media':
        this.tell({ type: 'progress', ringing: false, earlyMedia: true });
        break;
      case 'answered':
        if (this.phase !== 'answered') this.tell({ type: 'answered', evidence: this.evidence });
        break;
      case 'media':
        this.tell({ type: 'media-flowing' });
        break;
      case 'final':
        this.onFinal(word.code);
        break;
      case 'hangup-result':
        this.onHangupResult(word.done);
        break;
    }
  }

  /** An adapter that breaks the contract: it tells of a leg that was released. */
  talkOn(word: LegWord): void {
    if (!this.released) return;
    if (word.type === 'answered') this.give({ type: 'answered', evidence: 'signalling' });
    else if (word.type === 'ringing')
      this.give({ type: 'progress', ringing: true, earlyMedia: false });
    else if (word.type === 'final')
      this.give({ type: 'ended', by: 'remote', final: true, error: undefined });
  }

  /** The connection is back. */
  onBack(): void {
    if (!this.interrupted) return;
    this.interrupted = false;
    this.tell({ type: 'restored' });
  }

  /** The session is gone for good. */
  onFailed(error: DialerError): void {
    this.end('network', false, error);
  }

  release(): void {
    if (this.released) return;
    this.#stopSending();
    this.released = true;
    for (const track of this.request.stream?.getTracks() ?? []) track.stop();
  }

  async replaceTrack(): Promise<void> {}

  /** How sure an answer is. */
  protected get evidence(): AnswerEvidence {
    return 'signalling';
  }

  /** What a hang-up's answer means. */
  protected onHangupResult(_done: boolean): void {}

  /** The far side says that it is over. */
  protected onFinal(code: number | undefined): void {
    // A BYE ends what was answered, whether the answer came through or not.
    if (code === undefined && this.phase !== 'answered')
      this.tell({ type: 'answered', evidence: this.evidence });
    const ringing = this.phase === 'progress';
    const failed = this.phase !== 'answered' && code !== undefined;
    const { route } = this.line;
    // What a vendor writes may hold anything.
    const detail = `the callee ${this.request.to} said ${code}`;
    this.end('remote', true, failed ? errorFromSip(code, { route, ringing, detail }) : undefined);
  }

  /** Whether the call was made and may still be written later. */
  protected get sending(): boolean {
    return this.#dialled && this.phase === 'unsent' && !this.over;
  }

  /** Writes the call to the connection. */
  protected write(): void {
    if (this.over) return;
    if (!this.line.connected) {
      this.onUnsent();
      return;
    }
    this.invite();
  }

  /** The connection was gone before the call was written. */
  protected onUnsent(): void {
    this.end('network', false, this.lostError());
  }

  protected invite(): void {
    const { callId, attempt } = this.request;
    this.line.invited(this);
    this.tell({ type: 'sent' });
    this.line.send({ type: 'invite', callId, attempt });
  }

  protected say(type: 'cancel' | 'bye'): void {
    const { callId, attempt } = this.request;
    this.line.send({ type, callId, attempt });
  }

  protected tell(event: Exclude<LegEvent, { type: 'ended' }>): void {
    if (this.over) return;
    const { type } = event;
    if (type === 'sent' || type === 'acknowledged' || type === 'progress' || type === 'answered') {
      if (isFurther(type, this.phase)) this.phase = type;
    }
    this.give(event);
  }

  protected end(
    by: 'local' | 'remote' | 'network',
    final: boolean,
    error: DialerError | undefined,
  ): void {
    if (this.over) return;
    this.#stopSending();
    this.ended = true;
    this.give({ type: 'ended', by, final, error });
  }

  protected give(event: LegEvent): void {
    this.line.reported(this, event);
    this.#report(event);
  }

  protected lostError(): DialerError {
    return new DialerError('network/signalling-lost', { route: this.line.route });
  }
}
