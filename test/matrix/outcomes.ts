import type { DialerErrorCode, HangupCause } from 'everdial';
import type { Expected, Order } from './cell.js';

/** A conversation over the first carrier, hung up by the visitor. */
export const TALK_FIRST: Expected = {
  invites: [1, 0],
  rings: [1, 0],
  answers: [1, 0],
  switched: false,
  cause: 'completed',
  redialAdvice: 'ok',
};

/** A conversation over the second carrier; nothing was sent over the first. */
export const TALK_SECOND: Expected = {
  invites: [0, 1],
  rings: [0, 1],
  answers: [0, 1],
  switched: true,
  cause: 'completed',
  redialAdvice: 'ok',
};

/** A conversation over the second carrier after the first one's leg was proven over. */
export const TALK_AFTER_PROOF: Expected = { ...TALK_SECOND, invites: [1, 1] };

/** Nothing was sent and nobody rang. */
export const NOTHING_SENT: Expected = {
  invites: [0, 0],
  rings: [0, 0],
  answers: [0, 0],
  switched: false,
  cause: undefined,
};

/** Nobody knows what became of the leg: the person is asked, nothing is dialled. The phone stayed silent. */
export const ASK: Expected = {
  ...NOTHING_SENT,
  invites: [1, 0],
  cause: 'unknown-outcome',
  redialAdvice: 'ask',
};

/** The same with a phone that rang. */
export const ASK_RANG: Expected = { ...ASK, rings: [1, 0] };

/** Ended over the first carrier without an answer. */
export const ended = (cause: HangupCause, more: Partial<Expected> = {}): Expected => ({
  ...NOTHING_SENT,
  invites: [1, 0],
  cause,
  ...more,
});

/** Ended before anything was sent. */
export const refused = (cause: HangupCause, code?: DialerErrorCode): Expected => ({
  ...NOTHING_SENT,
  cause,
  ...(code && { code }),
});

/** The same in every order; alone it may be otherwise. */
export const always = (pair: Expected, alone: Expected = pair) => ({
  ...withTelnyx(pair, alone),
  ...withTwilio(pair, alone),
  ...withSip(pair, alone),
});

/** With Telnyx first. */
export const withTelnyx = (
  pair: Expected,
  alone: Expected = pair,
): Partial<Record<Order, Expected>> => ({
  'telnyx-twilio': pair,
  'telnyx-sip': pair,
  telnyx: alone,
});

/** With Twilio first. */
export const withTwilio = (
  pair: Expected,
  alone: Expected = pair,
): Partial<Record<Order, Expected>> => ({ 'twilio-telnyx': pair, twilio: alone });

/** With SIP first. */
export const withSip = (
  pair: Expected,
  alone: Expected = pair,
): Partial<Record<Order, Expected>> => ({ 'sip-twilio': pair, sip: alone });
