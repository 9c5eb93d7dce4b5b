import type { Cell } from '../cell.js';
import {
  ASK,
  ASK_RANG,
  always,
  ended,
  TALK_AFTER_PROOF,
  TALK_FIRST,
  withSip,
  withTelnyx,
  withTwilio,
} from '../outcomes.js';

const QUICK = { acknowledgeMs: 1_000, progressMs: 1_500, proofMs: 800 };

const silentForLong = { ...ASK, cause: 'timeout', confirmed: true } as const;

/** F06, F07, F12: nothing comes back for a call that was sent, or nothing for a hang-up. */
export const SILENCE: readonly Cell[] = [
  {
    id: 'F06',
    name: 'the call is taken and stays silent, standard deadlines',
    phase: 'P2',
    arrange: ({ gateway }) => {
      gateway.faults.invite = 'stall';
    },
    because:
      'Twilio acknowledges no call and confirms no hang-up; see the next one. On SIP the acknowledgement is the proof that it was taken, and without one it can not be cancelled.',
    expect: withTelnyx(
      { ...TALK_AFTER_PROOF, secondInviteMs: [2_950, 5_500] },
      ended('timeout', { code: 'provider/timeout', confirmed: true, redialAdvice: 'ok' }),
    ),
    short: ['telnyx-twilio'],
  },
  {
    id: 'F06',
    name: 'the call is swallowed, and the carrier knows of none when it is hung up',
    phase: 'P2',
    page: { timeouts: QUICK },
    arrange: ({ gateway }) => {
      gateway.faults.invite = 'swallow';
    },
    because:
      'That a call is not known is no proof: a call may be on its way to the place that would know it. Twilio says nothing at all.',
    expect: always({ ...ASK, code: 'call/unknown-outcome', confirmed: false }),
    short: ['telnyx', 'twilio-telnyx', 'sip-twilio'],
  },
  {
    id: 'F06',
    name: 'the call is swallowed, standard deadlines',
    phase: 'P2',
    arrange: ({ gateway }) => {
      gateway.faults.invite = 'swallow';
    },
    because:
      'Where no acknowledgement is to be expected only 20 s without any progress say that something is wrong.',
    expect: {
      ...withTwilio({ ...ASK, endedMs: [19_900, 23_500] }),
      ...withSip({ ...ASK, endedMs: [4_900, 7_500] }),
    },
  },
  ...([2_000, 6_000, 12_000] as const).map(
    (postDialDelayMs): Cell => ({
      id: 'F07',
      name: `the phone rings ${postDialDelayMs / 1000} s after the acknowledgement`,
      phase: 'P3',
      phone: { postDialDelayMs },
      expect: always(TALK_FIRST),
      ...(postDialDelayMs === 2_000 && { short: ['twilio-telnyx'] as const }),
    }),
  ),
  {
    id: 'F07',
    name: 'the phone would ring after 25 s, standard deadlines',
    phase: 'P3',
    phone: { postDialDelayMs: 25_000 },
    because:
      'Where the hang-up is confirmed nobody has rung, which the cause says; the person is asked all the same.',
    expect: {
      ...withTelnyx({ ...silentForLong, endedMs: [19_900, 23_500] }),
      ...withSip({ ...silentForLong, endedMs: [19_900, 23_500] }),
      ...withTwilio({ ...ASK, endedMs: [19_900, 23_500] }),
    },
    limitMs: 26_000,
  },
  {
    id: 'F07',
    name: 'no progress before the deadline',
    phase: 'P3',
    page: { timeouts: QUICK },
    phone: { postDialDelayMs: 10_000 },
    expect: {
      ...withTelnyx(silentForLong),
      ...withSip(silentForLong),
      ...withTwilio({ ...ASK, confirmed: false }),
    },
    short: ['telnyx-twilio', 'sip-twilio'],
  },
  {
    id: 'F12',
    name: 'the hang-up of a silent call is never confirmed',
    phase: 'P2',
    page: { timeouts: QUICK },
    phone: { postDialDelayMs: 10_000 },
    arrange: ({ gateway }) => {
      gateway.faults.invite = 'swallow';
      gateway.faults.bye = 'swallow';
    },
    expect: always({ ...ASK, confirmed: false }),
    outOfReach: true,
    short: ['telnyx'],
  },
  {
    id: 'F12',
    name: 'the hang-up of a call without progress is never confirmed',
    phase: 'P3',
    page: { timeouts: QUICK },
    phone: { postDialDelayMs: 10_000 },
    arrange: ({ gateway }) => {
      gateway.faults.bye = 'swallow';
    },
    expect: always({ ...ASK, confirmed: false }),
    outOfReach: true,
  },
  {
    id: 'F12',
    name: 'the phone rings too long, and the hang-up is never confirmed',
    phase: 'P4',
    page: { timeouts: { ringMs: 800 } },
    phone: { answerAfterMs: undefined },
    arrange: ({ gateway }) => {
      gateway.faults.bye = 'swallow';
    },
    expect: always({ ...ASK_RANG, cause: 'no-answer', confirmed: false }),
    outOfReach: true,
  },
  {
    id: 'F12',
    name: 'the visitor hangs up while it rings, never confirmed',
    phase: 'P4',
    phone: { answerAfterMs: undefined },
    arrange: ({ gateway }) => {
      gateway.faults.bye = 'swallow';
    },
    act: async ({ dial, until, hangup }) => {
      await dial();
      await until('ringing');
      await hangup();
    },
    because: 'Twilio never confirms, so that nobody could tell this from an ordinary hang-up.',
    expect: {
      ...withTelnyx(ended('cancelled', { rings: [1, 0], confirmed: false, redialAdvice: 'ask' })),
      ...withSip(ended('cancelled', { rings: [1, 0], confirmed: false, redialAdvice: 'ask' })),
    },
    outOfReach: true,
    short: ['telnyx-twilio'],
  },
  {
    id: 'F12',
    name: 'the visitor hangs up while it rings, and only the server reaches the leg',
    phase: 'P4',
    page: { hooks: ['endLeg'] },
    phone: { answerAfterMs: undefined },
    arrange: ({ gateway }) => {
      gateway.faults.bye = 'swallow';
    },
    act: async ({ dial, until, hangup }) => {
      await dial();
      await until('ringing');
      await hangup();
    },
    because:
      'Twilio never confirms: whether a hang-up has arrived is not known, and no reason to trouble the server.',
    expect: {
      ...withTelnyx(ended('cancelled', { rings: [1, 0], confirmed: true })),
      ...withSip(ended('cancelled', { rings: [1, 0], confirmed: true })),
    },
    short: ['telnyx'],
  },
  {
    id: 'F12',
    name: 'the hang-up of a conversation is never confirmed',
    phase: 'P5',
    arrange: ({ gateway }) => {
      gateway.faults.bye = 'swallow';
    },
    because:
      'Twilio confirms no hang-up at all, so that a missing one says nothing; on Telnyx and SIP it does.',
    expect: {
      ...withTwilio({ ...TALK_FIRST, confirmed: false, redialAdvice: 'ok' }),
      ...withTelnyx({ ...TALK_FIRST, confirmed: false, redialAdvice: 'ask' }),
      ...withSip({ ...TALK_FIRST, confirmed: false, redialAdvice: 'ask' }),
    },
    outOfReach: true,
  },
];
