import type { Cell, Order } from './cell.js';
import { ORDERS } from './cell.js';
import { BEFORE_SENT } from './cells/before-sent.js';
import { FINAL_ANSWERS } from './cells/final-answers.js';
import { IN_A_ROW } from './cells/in-a-row.js';
import { LOST_LINE } from './cells/lost-line.js';
import { PROGRESS } from './cells/progress.js';
import { SERVER } from './cells/server.js';
import { SILENCE } from './cells/silence.js';
import { SIP } from './cells/sip.js';
import { SIP_SOCKETS } from './cells/sip-sockets.js';
import { VISITOR } from './cells/visitor.js';

/** Every cell of the fault matrix, by rows. */
export const CELLS: readonly Cell[] = [
  ...BEFORE_SENT,
  ...SERVER,
  ...SILENCE,
  ...FINAL_ANSWERS,
  ...PROGRESS,
  ...LOST_LINE,
  ...VISITOR,
  ...SIP,
  ...SIP_SOCKETS,
  ...IN_A_ROW,
].sort((one, other) => one.id.localeCompare(other.id));

/** A cell in one order of the carriers. */
export interface Run {
  readonly cell: Cell;
  readonly order: Order;
}

/** Every run, or those of the short form, in which each row comes at least once. */
export function runs(form: 'full' | 'short'): readonly Run[] {
  return CELLS.flatMap((cell) =>
    ORDERS.filter((order) =>
      form === 'full' ? order in cell.expect : cell.short?.includes(order),
    ).map((order) => ({ cell, order })),
  );
}

/** A run in one line. */
export const nameOf = ({ cell: { id, phase, name }, order }: Run): string =>
  `${id} ${phase} ${order}: ${name}`;

/** Rows and parts of rows that no cell covers, with the reason. */
export const OPEN: readonly (readonly [row: string, reason: string])[] = [
  [
    'F05 in P3, given up and proven over when the line is back',
    'whether the proof comes in time is up to a random delay in Telnyx’s SDK; F06 and F31 have the proof',
  ],
  ['F05 outbound-only and inbound-only half-open', 'the lab freezes both directions together'],
  [
    'F05 before the answer, proven over on the next socket, over SIP',
    'the answer to an INVITE goes to the socket from which it came (RFC 7118): a phone is silenced, and nobody is told',
  ],
  [
    'F06 proven over by a CANCEL in P2, over SIP',
    'there is nothing to cancel before the first provisional response (RFC 3261 9.1), and that is the acknowledgement',
  ],
  [
    'F14 promotion by sound',
    'sound before the answer may be an announcement: no proof of an answer',
  ],
  ['F17 in P2 to P4', 'in test/browser/dialer/slow-microphone.test.ts'],
  ['F17 question dismissed', 'in test/browser/dialer/bad-input.test.ts'],
  ['F18 microphone unplugged, muted or changed', 'in test/devices/hardware.test.ts'],
  ['F19 offline for 30 s', 'longer than reconnectMs: the same as a line that is lost for good'],
  [
    'F20 retry over relay, TURN refuses, DTLS fails',
    'relay rules are not built yet; a TURN server is in test/telephony',
  ],
  ['F21 one-way sound, silence', 'in test/browser/dialer/devices.test.ts'],
  ['F22 loss, jitter, round trip', 'in test/browser/dialer/devices.test.ts'],
  [
    'F24 page frozen, back/forward cache, tab duplicated',
    'headless Chromium neither freezes nor keeps pages with WebRTC',
  ],
  ['F25 wrong integrity', 'in test/package/script-tag.test.ts'],
  ['F26 vendor speaks after close()', 'in test/conformance'],
  ['F29 timers once a minute', 'as with 1 Hz, but an hour of waiting'],
  ['incoming calls', 'not built yet'],
];
