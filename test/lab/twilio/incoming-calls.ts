import { randomBytes } from 'node:crypto';
import type { MediaPeer, MediaPeerFactory } from '../types.js';
import { type Frame, textField } from './frame.js';
import type { SignalSocket } from './signal-socket.js';

/** A call from the lab to the registered browsers. */
export interface IncomingCall {
  /** Twilio's id, `CA…`. */
  readonly callSid: string;
  /** The sound of this call. */
  readonly media: MediaPeer;
  /** `ringing` until one browser answers, refuses or the call is cancelled. */
  readonly state: 'ringing' | 'answered' | 'rejected' | 'over';
  /** The caller gives up, or hangs up after the answer. */
  hangup(): void;
}

interface Entry {
  readonly callSid: string;
  readonly media: MediaPeer;
  readonly rung: readonly SignalSocket[];
  state: IncomingCall['state'];
  answeredBy: SignalSocket | undefined;
}

/** The incoming direction: rings every registered browser, the first answer wins. Not connected to the phone network. */
export class IncomingCalls {
  readonly #media: MediaPeerFactory;
  readonly #entries = new Map<string, Entry>();

  constructor(media: MediaPeerFactory) {
    this.#media = media;
  }

  /** Rings the sockets. */
  async ring(
    sockets: readonly SignalSocket[],
    from: string,
    params: Readonly<Record<string, string>>,
  ): Promise<IncomingCall> {
    const media = this.#media();
    const callSid = `CA${randomBytes(16).toString('hex')}`;
    const entry: Entry = { callSid, media, rung: sockets, state: 'ringing', answeredBy: undefined };
    this.#entries.set(callSid, entry);
    const sdp = await media.offer();
    const parameters = {
      From: from,
      To: 'client:lab',
      CallSid: callSid,
      AccountSid: `AC${'0'.repeat(32)}`,
      Params: new URLSearchParams(params).toString(),
    };
    for (const socket of sockets) socket.send('invite', { callsid: callSid, sdp, parameters });
    const hangup = () => this.#hangupByLab(entry);
    return {
      callSid,
      media,
      get state() {
        return entry.state;
      },
      hangup,
    };
  }

  /** A browser took the call. */
  answer(callSid: string, payload: Frame['payload'], socket: SignalSocket): void {
    const entry = this.#entries.get(callSid);
    if (entry?.state !== 'ringing') return;
    entry.state = 'answered';
    entry.answeredBy = socket;
    for (const other of entry.rung) {
      if (other !== socket) other.send('cancel', { callsid: callSid });
    }
    entry.media.accept(textField(payload, 'sdp')).catch(() => this.#hangupByLab(entry));
  }

  /** A browser refused the call. */
  reject(callSid: string): void {
    const entry = this.#entries.get(callSid);
    if (entry?.state === 'ringing') this.#end(entry, 'rejected');
  }

  /** The browser hung up after the answer. */
  hangup(callSid: string): void {
    const entry = this.#entries.get(callSid);
    if (entry !== undefined) this.#end(entry, 'over');
  }

  /** Ends all calls without a word to the browsers. */
  close(): void {
    for (const entry of this.#entries.values()) this.#end(entry, 'over');
  }

  #hangupByLab(entry: Entry): void {
    if (entry.state === 'ringing') {
      for (const socket of entry.rung) socket.send('cancel', { callsid: entry.callSid });
    } else {
      entry.answeredBy?.send('hangup', { callsid: entry.callSid });
    }
    this.#end(entry, 'over');
  }

  #end(entry: Entry, state: 'rejected' | 'over'): void {
    entry.state = state;
    this.#entries.delete(entry.callSid);
    void entry.media.close();
  }
}
