import { randomUUID } from 'node:crypto';
import type { TelnyxCall } from './telnyx-call.js';
import type { TelnyxSocket } from './telnyx-socket.js';

/** One login: lives on when its socket is lost, so that the browser can come back to its calls. */
export class TelnyxSession {
  /** `sessid` of the protocol. */
  readonly id = randomUUID();
  /** Route of the session: stored by the SDK and repeated when it connects again. */
  readonly voiceSdkId = randomUUID();
  /** Calls that are not over. */
  readonly calls = new Map<string, TelnyxCall>();
  /** Where the browser is; `undefined` while it is away. */
  socket: TelnyxSocket | undefined;
  #orphanTimer: ReturnType<typeof setTimeout> | undefined;

  /** The socket is lost. After `orphanTimeoutMs`, if it is given, the calls are hung up. */
  lose(orphanTimeoutMs: number | undefined): void {
    this.socket = undefined;
    if (orphanTimeoutMs === undefined) return;
    clearTimeout(this.#orphanTimer);
    this.#orphanTimer = setTimeout(() => this.abandonCalls(), orphanTimeoutMs);
  }

  /** The browser is here, or here again. */
  join(socket: TelnyxSocket): void {
    clearTimeout(this.#orphanTimer);
    this.socket = socket;
  }

  /** Hangs every call up. */
  abandonCalls(): void {
    clearTimeout(this.#orphanTimer);
    for (const call of [...this.calls.values()]) call.abandon();
  }
}
