import { DialerError } from '../../errors/dialer-error.js';
import {
  type InDialogRequest,
  type JsSipSession,
  type JsSipTransaction,
  PROCEEDING,
} from './vendor.js';

/** What the library's call tells its leg. */
export interface CallOwner {
  /** Somebody ends the call through the library's object. */
  hangup(): void;
  /** The first provisional response came. */
  proceeding(): void;
  /** A request of ours in the call was refused, or is lost. */
  refused(): void;
  /** The far side does not know the call any more. */
  unknown(): void;
  /** The far side has confirmed our BYE. */
  confirmed(): void;
}

const ignore = (): void => undefined;

/**
 * The library's object of a call, tamed: by itself it ends the call at every trouble (a lost socket, a refused re-INVITE,
 * ICE), loses a BYE without a socket, and forgets a call that is cancelled, so that an answer in that moment is lost.
 */
export class LibraryCall {
  readonly #owner: CallOwner;
  readonly #over = new AbortController();
  #session: JsSipSession | undefined;
  #transaction: JsSipTransaction | undefined;
  #freed = false;
  #cancelling = false;

  constructor(owner: CallOwner) {
    this.#owner = owner;
  }

  /** The library's object. */
  get session(): JsSipSession | undefined {
    return this.#session;
  }

  /** Whether what its object tells comes of {@link LibraryCall.free}. */
  get freed(): boolean {
    return this.#freed;
  }

  /** Aborts when the library has let go of the call. */
  get over(): AbortSignal {
    return this.#over.signal;
  }

  /** Takes the library's object. */
  adopt(session: JsSipSession): void {
    this.#session = session;
    // Mute is a property of tracks that are ours; after a hold the library would switch a muted one on.
    session._toggleMuteAudio = ignore;
    session.terminate = (options) => this.#onTerminate(options?.cause);
  }

  /** The library made a transaction for the INVITE; another one after a challenge. */
  onTransaction(transaction: JsSipTransaction): void {
    this.#transaction = transaction;
    // A lost socket would end it, and with it the way to cancel the call.
    transaction.onTransportError = ignore;
    transaction.on('stateChanged', () => {
      if (transaction !== this.#transaction || transaction.state !== PROCEEDING) return;
      this.#owner.proceeding();
      if (this.#cancelling) transaction.cancel();
    });
  }

  /** CANCEL, now or after the first provisional response (RFC 3261 9.1). */
  cancel(): void {
    this.#cancelling = true;
    this.#transaction?.cancel();
  }

  /** BYE. */
  bye(): void {
    const unknown = () => this.#owner.unknown();
    this.#session?.sendRequest('BYE', {
      extraHeaders: ['Reason: Q.850;cause=16;text="Normal call clearing"'],
      eventHandlers: {
        onSuccessResponse: () => this.#owner.confirmed(),
        onErrorResponse: unknown,
        onDialogError: unknown,
      },
    });
  }

  /** Sends a request in the call. Rejects when it is refused or lost. */
  request(method: 'INFO', options: Pick<InDialogRequest, 'extraHeaders' | 'body'>): Promise<void> {
    return new Promise((resolve, reject) => {
      const refuse = () => reject(new DialerError('call/not-ready', { detail: method }));
      this.#session?.sendRequest(method, {
        ...options,
        eventHandlers: {
          onSuccessResponse: () => resolve(),
          onErrorResponse: refuse,
          onDialogError: refuse,
          onTransportError: refuse,
          onRequestTimeout: refuse,
        },
      });
    });
  }

  /**
   * Asks the far side to call another number instead (RFC 3515). Rejects when it will not. When that number has answered,
   * this call is hung up, as nobody else does it.
   */
  refer(to: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const refuse = () => reject(new DialerError('call/not-ready', { detail: 'REFER' }));
      const accepted = () => this.#owner.hangup();
      const eventHandlers = { requestSucceeded: resolve, requestFailed: refuse, accepted };
      if (this.#session?.refer(to, { eventHandlers }) === false) refuse();
    });
  }

  /** Makes the library let go: nothing is written, except the response to a call that came in. */
  free(status_code?: number): void {
    const session = this.#session;
    if (session && !this.#freed) {
      this.#freed = true;
      session.sendRequest = ignore;
      if (this.#transaction) this.#transaction.cancel = ignore;
      Reflect.deleteProperty(session, 'terminate');
      session.terminate(status_code ? { status_code } : undefined);
    }
    this.ended();
  }

  /** The library has let go. */
  ended(): void {
    this.#freed = true;
    // Back to the library's own, which stops its timers.
    if (this.#transaction) Reflect.deleteProperty(this.#transaction, 'onTransportError');
    this.#over.abort();
  }

  #onTerminate(cause: string | undefined): void {
    if (cause === undefined) this.#owner.hangup();
    else if (cause === 'Dialog Error') this.#owner.unknown();
    else this.#owner.refused();
  }
}
