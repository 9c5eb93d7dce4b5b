import type { DialerError } from '../../errors/dialer-error.js';

/** Sends a re-INVITE and calls back when it is accepted; false when it can not now. */
export type SendReinvite = (
  options: Readonly<Record<string, unknown>>,
  done: () => void,
) => boolean;

/** The re-INVITEs of a call, one after the other: a second one beside the first is refused (RFC 3261 14.1). */
export class Reinvites {
  readonly #send: SendReinvite;
  #queue: Promise<unknown> = Promise.resolve();
  #reject: (error: DialerError) => void = () => undefined;

  constructor(send: SendReinvite) {
    this.#send = send;
  }

  /** Resolves when the far side has accepted; rejects when it refused, or when it can not be sent. */
  send(options: Readonly<Record<string, unknown>>, notReady: DialerError): Promise<void> {
    const attempt = () =>
      new Promise<void>((resolve, reject) => {
        this.#reject = reject;
        if (!this.#send(options, resolve)) reject(notReady);
      });
    const done = this.#queue.then(attempt);
    this.#queue = done.catch(() => undefined);
    return done;
  }

  /** The one under way was refused, or is lost. */
  refuse(error: DialerError): void {
    this.#reject(error);
  }
}
