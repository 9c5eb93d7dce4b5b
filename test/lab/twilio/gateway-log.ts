import { labNow } from '../clock.js';
import type { Gateway } from '../types.js';
import { parseFrame, readInvite, textField } from './frame.js';
import type { WebRequest } from './web-requests.js';

/** Everything that arrived at a gateway, for the judgement of tests. Times are the lab's (`labNow`). */
export class GatewayLog {
  readonly frames: Gateway['frames'][number][] = [];
  readonly invites: Gateway['invites'][number][] = [];
  readonly logins: Gateway['logins'][number][] = [];
  readonly messages: {
    readonly atMs: number;
    readonly callSid: string;
    readonly content: unknown;
  }[] = [];
  readonly webRequests: WebRequest[] = [];

  /** A frame crossed the browser's network card. INVITEs count from here on, whatever a fault does to them later. */
  wire(from: 'browser' | 'gateway', text: string): void {
    const atMs = labNow();
    this.frames.push({ atMs, from, text });
    if (from !== 'browser') return;
    const frame = parseFrame(text);
    if (frame?.type !== 'invite' || textField(frame.payload, 'reconnect') !== '') return;
    const { to, params } = readInvite(frame.payload);
    this.invites.push({ atMs, to, params });
  }

  /** Forgets everything. */
  clear(): void {
    for (const log of [this.frames, this.invites, this.logins, this.messages, this.webRequests]) {
      log.length = 0;
    }
  }

  /** A login reached the gateway. */
  login(token: string): void {
    this.logins.push({ atMs: labNow(), token });
  }

  /** A call message of the application reached the gateway. */
  message(callSid: string, content: unknown): void {
    this.messages.push({ atMs: labNow(), callSid, content });
  }
}
