import { branchOf, type SipRequest, type SipResponse } from './message.js';
import type { SipSocket } from './sip-socket.js';

/** Takes a response to a request of the gateway; `undefined` when none will come any more. */
export type OnResponse = (response: SipResponse | undefined) => void;

/** Requests of the gateway that wait for their final response. Nothing is repeated: the transport is reliable. */
export class Transactions {
  readonly #waiting = new Map<
    string,
    { readonly socket: SipSocket; readonly onResponse: OnResponse }
  >();

  /** Sends a request. Without a socket it is lost at once. */
  send(socket: SipSocket | undefined, request: SipRequest, onResponse: OnResponse): void {
    if (socket === undefined) {
      onResponse(undefined);
      return;
    }
    this.#waiting.set(keyOf(request, request.method), { socket, onResponse });
    socket.send(request);
  }

  /** Takes a response; one that nobody waits for is dropped. */
  receive(response: SipResponse): void {
    const method = response.headers.get('cseq').split(/\s+/)[1] ?? '';
    const key = keyOf(response, method);
    const { onResponse } = this.#waiting.get(key) ?? {};
    if (response.status >= 200) this.#waiting.delete(key);
    onResponse?.(response);
  }

  /** A socket is closed: its responses will not come. */
  lose(socket: SipSocket): void {
    for (const [key, waiting] of [...this.#waiting]) {
      if (waiting.socket !== socket) continue;
      this.#waiting.delete(key);
      waiting.onResponse(undefined);
    }
  }
}

/** A CANCEL has the branch of its INVITE. */
function keyOf(message: SipRequest | SipResponse, method: string): string {
  return `${branchOf(message)} ${method}`;
}
