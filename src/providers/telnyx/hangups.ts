import { callRequest } from './requests.js';
import type { TelnyxCall, TelnyxClient } from './vendor.js';

interface Wish {
  readonly call: TelnyxCall;
  readonly settle: (confirmed: boolean) => void;
}

/**
 * Hang-ups on their way to the gateway. The vendor would lose one that is made while the socket is down, and take the
 * call up again; here it waits until the page is logged in again, whether somebody still waits for the answer or not.
 */
export class Hangups {
  readonly #client: TelnyxClient;
  readonly #isLoggedIn: () => boolean;
  readonly #waiting = new Set<Wish>();
  readonly #asked = new Set<Promise<boolean>>();

  /** @param isLoggedIn - Whether the gateway would take a request now. */
  constructor(client: TelnyxClient, isLoggedIn: () => boolean) {
    this.#client = client;
    this.#isLoggedIn = isLoggedIn;
  }

  /**
   * Asks the gateway to end the call. Resolves with true when it has said so, with false when it refused: then the call
   * may be alive. Does not resolve without an answer.
   */
  send(call: TelnyxCall): Promise<boolean> {
    const answer = new Promise<boolean>((settle) => this.#ask({ call, settle }));
    this.#asked.add(answer);
    void answer.then(() => this.#asked.delete(answer));
    return answer;
  }

  /** The page is logged in again. */
  retry(): void {
    const wishes = [...this.#waiting];
    this.#waiting.clear();
    for (const wish of wishes) this.#ask(wish);
  }

  /** Resolves when nothing is unanswered. */
  async answered(): Promise<void> {
    await Promise.all(this.#asked);
  }

  #ask(wish: Wish): void {
    const { call, settle } = wish;
    if (!this.#isLoggedIn()) {
      this.#waiting.add(wish);
      return;
    }
    const parameters = { cause: 'NORMAL_CLEARING', causeCode: 16 };
    this.#client.execute(callRequest(this.#client, call, 'bye', parameters)).then(
      () => settle(true),
      (reason: unknown) => {
        // A refusal is the gateway's word; everything else is the vendor's, for a lost socket or a lost answer.
        if (isRefusal(reason)) settle(false);
        else this.#waiting.add(wish);
      },
    );
  }
}

function isRefusal(reason: unknown): boolean {
  return !(reason instanceof Error);
}
