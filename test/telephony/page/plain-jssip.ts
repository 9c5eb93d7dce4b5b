/** A page with JsSIP alone, as its documentation shows it: what the lab does to a client that is not ours. */

import * as JsSIP from 'jssip';
import { present } from '../../lab/browser/page-side/present.js';

/** How to log in; it travels as JSON. */
export interface PlainConfig {
  readonly server: string;
  readonly username: string;
  readonly password: string;
  /** Sent as it is in `Authorization`, instead of the password. */
  readonly authorization?: string;
}

/** What the library told. */
export interface PlainEvent {
  readonly name: string;
  /** Milliseconds since the page was opened. */
  readonly at: number;
  readonly originator?: string;
  readonly cause?: string;
  /** Of the final response. */
  readonly code?: number;
  readonly reason?: string;
}

/** What tests reach in the page. */
export interface PlainPage {
  /** Connects and registers; gives `registered`, or the code of the refusal. */
  start(config: PlainConfig): Promise<string>;
  /** Calls a number. */
  call(number: string): void;
  /** Takes the next call that comes in. */
  answerNext(): void;
  sendDigits(digits: string, transportType: 'RFC2833' | 'INFO'): void;
  setHeld(held: boolean): Promise<void>;
  hangup(): void;
  stop(): void;
  /** Waits for an event of the call that is there or comes. */
  waitFor(name: string): Promise<PlainEvent>;
  /** Packets that the page received so far, and the codec of the last of them. */
  received(): Promise<{ readonly packets: number; readonly codec: string }>;
  /** Events of the newest call. */
  readonly events: readonly PlainEvent[];
}

declare global {
  /** Put there by this page. */
  var plainPage: PlainPage;
}

/** What events of a call carry, whichever it is. */
interface SessionEvent {
  readonly originator?: string;
  readonly cause?: string;
  readonly message?: { readonly status_code?: number; readonly reason_phrase?: string } | null;
}

const DOMAIN = 'lab.example';
const mediaConstraints = { audio: true, video: false };

let agent: JsSIP.UA | undefined;
let session: ReturnType<JsSIP.UA['call']> | undefined;
let answers = false;
const events: PlainEvent[] = [];
const waiting = new Set<() => void>();

function follow(next: NonNullable<typeof session>): void {
  session = next;
  events.length = 0;
  const names = ['sending', 'progress', 'accepted', 'confirmed', 'ended', 'failed'] as const;
  for (const name of names) {
    next.on(name, (event: SessionEvent) => {
      events.push({
        name,
        at: performance.now(),
        ...(event.originator !== undefined && { originator: event.originator }),
        ...(event.cause !== undefined && { cause: event.cause }),
        ...(event.message?.status_code !== undefined && { code: event.message.status_code }),
        ...(event.message?.reason_phrase !== undefined && { reason: event.message.reason_phrase }),
      });
      for (const look of waiting) look();
    });
  }
}

globalThis.plainPage = {
  start({ server, username, password, authorization }) {
    const ua = new JsSIP.UA({
      sockets: [new JsSIP.WebSocketInterface(server)],
      uri: `sip:${username}@${DOMAIN}`,
      ...(authorization ? { authorization_jwt: authorization } : { password }),
    });
    agent = ua;
    ua.on(
      'newRTCSession',
      (event: { originator: string; session: NonNullable<typeof session> }) => {
        if (event.originator === 'local') return;
        follow(event.session);
        if (answers) event.session.answer({ mediaConstraints });
      },
    );
    return new Promise((resolve) => {
      ua.on('registered', () => resolve('registered'));
      ua.on('registrationFailed', (event: { response: { status_code?: number } | null }) =>
        resolve(String(event.response?.status_code)),
      );
      ua.start();
    });
  },
  call(number) {
    follow(present(agent).call(number, { mediaConstraints }));
  },
  answerNext() {
    answers = true;
  },
  sendDigits(digits, transportType) {
    present(session).sendDTMF(digits, { transportType: transportType as never });
  },
  setHeld: (held) =>
    new Promise((resolve) => {
      const call = present(session);
      if (held) call.hold({}, resolve);
      else call.unhold({}, resolve);
    }),
  hangup: () => present(session).terminate(),
  stop: () => present(agent).stop(),
  waitFor: (name) =>
    new Promise((resolve) => {
      const look = () => {
        const found = events.find((event) => event.name === name);
        if (found === undefined) return;
        waiting.delete(look);
        resolve(found);
      };
      waiting.add(look);
      look();
    }),
  async received() {
    const stats = await present(session).connection.getStats();
    const all = [...stats.values()] as Record<string, unknown>[];
    const inbound = all.find(({ type }) => type === 'inbound-rtp');
    const codec = all.find(({ id }) => id === inbound?.['codecId']);
    return {
      packets: Number(inbound?.['packetsReceived'] ?? 0),
      codec: String(codec?.['mimeType'] ?? ''),
    };
  },
  events,
};
