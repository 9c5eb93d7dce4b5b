import type { Cell } from '../cell.js';
import {
  ASK,
  ASK_RANG,
  always,
  ended,
  refused,
  TALK_AFTER_PROOF,
  TALK_FIRST,
  TALK_SECOND,
  withSip,
  withTelnyx,
  withTwilio,
} from '../outcomes.js';

const QUICK = { tokenMs: 600 };
const noToken = { ...refused('unauthorized', 'auth/token-unavailable'), logins: 0 } as const;

/** F04: the application's token server. */
const TOKENS: readonly Cell[] = [
  {
    id: 'F04',
    name: 'the token server fails once',
    phase: 'P1',
    arrange: ({ lab }) => Object.assign(lab.tokens.faults, { status: 503, times: 1 }),
    expect: always(TALK_FIRST),
    short: ['telnyx'],
  },
  {
    id: 'F04',
    name: 'the token server answers 500',
    phase: 'P1',
    arrange: ({ lab }) => Object.assign(lab.tokens.faults, { status: 500 }),
    expect: always({ ...noToken, switched: true, endedMs: [0, 8_000] }, noToken),
    short: ['telnyx-twilio'],
  },
  {
    id: 'F04',
    name: 'the token server never answers',
    phase: 'P1',
    page: { timeouts: QUICK },
    arrange: ({ lab }) => Object.assign(lab.tokens.faults, { delayMs: 60_000 }),
    expect: always({ ...noToken, switched: true, endedMs: [0, 8_000] }, noToken),
  },
  {
    id: 'F04',
    name: 'the token server cuts the connection',
    phase: 'P1',
    arrange: ({ lab }) => Object.assign(lab.tokens.faults, { drop: true }),
    expect: always({ ...noToken, switched: true, endedMs: [0, 8_000] }, noToken),
  },
  {
    id: 'F04',
    name: 'the token server answers with nothing',
    phase: 'P1',
    arrange: ({ lab }) => Object.assign(lab.tokens.faults, { body: ' ' }),
    expect: always({ ...noToken, switched: true, endedMs: [0, 8_000] }, noToken),
  },
  {
    id: 'F04',
    name: 'the token server answers with a web page',
    phase: 'P1',
    arrange: ({ lab }) =>
      Object.assign(lab.tokens.faults, { body: '<!doctype html><title>Sign in</title>' }),
    expect: always({ ...noToken, switched: true, endedMs: [0, 8_000] }, noToken),
  },
  {
    id: 'F04',
    name: 'the token server answers 429',
    phase: 'P1',
    arrange: ({ lab }) => Object.assign(lab.tokens.faults, { status: 429, retryAfter: '60' }),
    expect: always({ ...noToken, switched: true, endedMs: [0, 8_000] }, noToken),
  },
  {
    id: 'F04',
    name: 'only tokens of the first carrier fail',
    phase: 'P1',
    arrange: ({ lab, first }) => Object.assign(lab.tokens.faults, { status: 500, provider: first }),
    expect: always(TALK_SECOND, noToken),
    short: ['twilio-telnyx'],
  },
];

const SILENT = {
  timeouts: { acknowledgeMs: 800, progressMs: 1_500, proofMs: 800 },
  hooks: ['endLeg'],
} as const;

/** F31: the server's word on a leg that fell silent. */
const FENCE: readonly Cell[] = [
  {
    id: 'F31',
    name: 'the server has ended a swallowed call',
    phase: 'P2',
    page: SILENT,
    arrange: ({ gateway }) => {
      gateway.faults.invite = 'swallow';
    },
    expect: {
      ...withTelnyx(TALK_AFTER_PROOF, ended('timeout')),
      ...withSip(TALK_AFTER_PROOF, ended('timeout')),
    },
    short: ['telnyx-twilio'],
  },
  {
    id: 'F31',
    name: 'the server has ended a call whose socket was lost',
    phase: 'P2',
    page: SILENT,
    phone: { postDialDelayMs: 3_000 },
    arrange: ({ gateway }) => {
      gateway.faults.invite = 'drop-after-placing';
    },
    because: 'Telnyx comes back to its call by itself and needs no server.',
    expect: {
      ...withTwilio(TALK_AFTER_PROOF, ended('network', { confirmed: true })),
      ...withSip(TALK_AFTER_PROOF, ended('timeout', { confirmed: true })),
    },
    short: ['twilio-telnyx'],
  },
  ...(['ringing', 'answered', 'unknown'] as const).map(
    (fate): Cell => ({
      id: 'F31',
      name: `the server says ${fate}`,
      phase: 'P2',
      page: SILENT,
      phone: { postDialDelayMs: 10_000 },
      arrange: ({ gateway, lab }) => {
        gateway.faults.invite = gateway.carrier === 'twilio' ? 'drop-after-placing' : 'swallow';
        lab.calls.faults.fate = fate;
      },
      expect: always({ ...ASK, confirmed: false }),
      outOfReach: true,
      ...(fate === 'ringing' && { short: ['telnyx-twilio', 'twilio'] as const }),
    }),
  ),
  {
    id: 'F31',
    name: 'the server is down',
    phase: 'P2',
    page: SILENT,
    phone: { postDialDelayMs: 10_000 },
    arrange: ({ gateway, lab }) => {
      gateway.faults.invite = gateway.carrier === 'twilio' ? 'drop-after-placing' : 'swallow';
      lab.calls.faults.drop = true;
    },
    expect: always({ ...ASK, confirmed: false }),
    outOfReach: true,
  },
  {
    id: 'F31',
    name: 'the server does not answer in time',
    phase: 'P2',
    page: SILENT,
    phone: { postDialDelayMs: 10_000 },
    arrange: ({ gateway, lab }) => {
      gateway.faults.invite = gateway.carrier === 'twilio' ? 'drop-after-placing' : 'swallow';
      lab.calls.faults.delayMs = 30_000;
    },
    expect: always({ ...ASK, confirmed: false }),
    outOfReach: true,
  },
  {
    id: 'F31',
    name: 'the phone rang before the server ended it',
    phase: 'P2',
    page: SILENT,
    phone: { answerAfterMs: undefined },
    arrange: ({ gateway }) => {
      gateway.faults.ringing = 'swallow';
    },
    act: async ({ dial, phone, gateway }) => {
      await dial();
      await phone.waitFor('ring-start');
      gateway.dropSockets();
    },
    because: 'Telnyx comes back to its call by itself and needs no server.',
    expect: {
      ...withTwilio({ ...ASK_RANG, confirmed: false }),
      ...withSip({ ...ASK_RANG, confirmed: false }),
    },
  },
];

/** F04 and F31. */
export const SERVER: readonly Cell[] = [...TOKENS, ...FENCE];
