import type { HangupCause, RedialAdvice } from 'everdial';
import type { Cell, Scene } from '../cell.js';
import {
  ASK_RANG,
  ended,
  refused,
  TALK_AFTER_PROOF,
  TALK_FIRST,
  TALK_SECOND,
  withSip,
} from '../outcomes.js';

/** Before progress: the next carrier (alone it ends with this cause), or the end with this cause. */
type Verdict = readonly ['next' | 'stop', HangupCause];

/** Final responses to an INVITE by classes, as RFC 3261 21 and the phone network have them. */
const RESPONSES: readonly (readonly [codes: readonly number[], before: Verdict])[] = [
  [
    [300, 301, 302, 305, 380],
    ['stop', 'blocked'],
  ],
  [
    [400, 405, 406, 415, 416, 420, 421, 423, 430],
    ['next', 'provider-failed'],
  ],
  [
    [481, 482, 483, 489, 491, 494],
    ['next', 'provider-failed'],
  ],
  [
    [500, 501, 502, 503, 505, 513, 580],
    ['next', 'provider-failed'],
  ],
  [[402], ['next', 'quota']],
  [[403], ['stop', 'blocked']],
  [
    [404, 410, 484, 485, 604],
    ['stop', 'invalid-number'],
  ],
  [
    [408, 504],
    ['next', 'timeout'],
  ],
  [
    [413, 414, 493],
    ['stop', 'provider-failed'],
  ],
  // The phone network says why: cause 19.
  [[480], ['stop', 'no-answer']],
  [
    [486, 600],
    ['stop', 'busy'],
  ],
  [[487], ['stop', 'cancelled']],
  [
    [488, 606],
    ['next', 'media-failed'],
  ],
  [
    [603, 607, 608, 699],
    ['stop', 'rejected'],
  ],
];

/** One of each class once more when the phone has rung: nothing is dialled, whatever it is. */
const AFTER_RINGING: readonly (readonly [number, HangupCause, RedialAdvice])[] = [
  [302, 'blocked', 'no'],
  [400, 'provider-failed', 'ask'],
  [402, 'quota', 'no'],
  [404, 'invalid-number', 'no'],
  [408, 'no-answer', 'ok'],
  [480, 'no-answer', 'ok'],
  [486, 'busy', 'ok'],
  [487, 'cancelled', 'ok'],
  [488, 'media-failed', 'ask'],
  [493, 'provider-failed', 'ok'],
  [500, 'provider-failed', 'ask'],
  // With cause 102: the network's timer ran out.
  [504, 'no-answer', 'ok'],
  [603, 'rejected', 'ask'],
];

const RINGS_ON = { answerAfterMs: undefined } as const;

const ringing = async ({ dial, until }: Scene): Promise<void> => {
  await dial();
  await until('ringing');
};

/** F08, F10, F32: what the server answers to the INVITE. */
const ANSWERS: readonly Cell[] = [
  ...RESPONSES.flatMap(([codes, [verdict, cause]]) =>
    codes.map((refuse): Cell => {
      const alone = ended(cause, { confirmed: true });
      return {
        id: 'F08',
        name: `SIP ${refuse}`,
        phase: 'P3',
        phone: { rings: false, postDialDelayMs: 20, refuse },
        expect: withSip(verdict === 'next' ? TALK_AFTER_PROOF : alone, alone),
      };
    }),
  ),
  ...AFTER_RINGING.map(
    ([refuse, cause, redialAdvice]): Cell => ({
      id: 'F10',
      name: `ringing, then SIP ${refuse}`,
      phase: 'P4',
      phone: { refuse, refuseAfterMs: 300 },
      expect: withSip(ended(cause, { rings: [1, 0], redialAdvice, confirmed: true })),
    }),
  ),
  {
    id: 'F08',
    name: 'a redirection is never followed',
    phase: 'P2',
    arrange: ({ lab }) => {
      lab.sip.sipFaults.redirect = 'sip:+12025550142@lab.example';
    },
    expect: withSip(ended('blocked', { redialAdvice: 'no', confirmed: true })),
    short: ['sip-twilio'],
  },
  {
    id: 'F32',
    name: 'the INVITE is refused, and Retry-After says when to come back',
    phase: 'P2',
    arrange: ({ lab }) => {
      Object.assign(lab.sip.sipFaults, { inviteCode: 503, retryAfter: 600 });
    },
    expect: withSip(
      { ...TALK_AFTER_PROOF, heldOffMs: [599_000, 610_000] },
      ended('provider-failed', { confirmed: true, heldOffMs: [599_000, 610_000] }),
    ),
    short: ['sip-twilio'],
  },
  {
    id: 'F08',
    name: 'the INVITE’s login is refused, with a fresh password too',
    phase: 'P2',
    arrange: ({ lab }) => {
      lab.sip.sipFaults.inviteCode = 407;
    },
    expect: withSip(
      { ...TALK_AFTER_PROOF, invites: [2, 1], logins: 2 },
      ended('unauthorized', { invites: [2, 0], redialAdvice: 'no', logins: 2 }),
    ),
  },
  {
    id: 'F06',
    name: 'no word for too long, then a refusal',
    phase: 'P2',
    page: { timeouts: { acknowledgeMs: 1_000 } },
    phone: { rings: false, postDialDelayMs: 1_500, refuse: 503 },
    arrange: ({ gateway }) => {
      gateway.faults.invite = 'late';
    },
    expect: withSip(
      { ...TALK_AFTER_PROOF, secondInviteMs: [1_450, 3_500] },
      ended('timeout', { confirmed: true, redialAdvice: 'ok' }),
    ),
  },
  {
    id: 'F07',
    name: 'the acknowledgement comes when the call was given up, which can be cancelled only now',
    phase: 'P2',
    page: { timeouts: { acknowledgeMs: 800 } },
    phone: { postDialDelayMs: 10_000 },
    arrange: ({ gateway }) => {
      gateway.faults.delayMs = 30;
    },
    act: async ({ dial, untilWire, gateway, pause }) => {
      await dial();
      await untilWire(/^INVITE [\s\S]*Proxy-Authorization/);
      gateway.faults.delayMs = 1_500;
      await pause(100);
      gateway.faults.delayMs = 0;
    },
    because: 'It was taken after all: a phone may have rung without a word of it.',
    expect: withSip(ended('timeout', { confirmed: true, redialAdvice: 'ask' })),
  },
  {
    id: 'F12',
    name: 'no word at all while the phone rings: answered when it was given up, and hung up at once',
    phase: 'P2',
    page: { timeouts: { acknowledgeMs: 800, proofMs: 800 } },
    phone: RINGS_ON,
    arrange: ({ gateway }) => {
      gateway.faults.invite = 'late';
    },
    act: async ({ dial, until, phone }) => {
      await dial();
      await until('ended');
      phone.answer();
      await phone.waitFor('hung-up');
    },
    because: 'Without a provisional response there is nothing to cancel (RFC 3261 9.1).',
    expect: withSip({ ...ASK_RANG, answers: [1, 0], confirmed: false }),
    outOfReach: true,
  },
  {
    id: 'F11',
    name: 'the CANCEL is lost, and the callee answers a call that was hung up',
    phase: 'P4',
    phone: RINGS_ON,
    arrange: ({ lab }) => {
      lab.sip.sipFaults.cancel = 'swallow';
    },
    act: async (scene) => {
      await ringing(scene);
      await scene.hangup();
      await scene.pause(300);
      scene.phone.answer();
      await scene.phone.waitFor('hung-up');
    },
    expect: withSip(
      ended('cancelled', { rings: [1, 0], answers: [1, 0], confirmed: true, redialAdvice: 'ok' }),
    ),
  },
];

/** F03, F02, F32: the registration. */
const REGISTRATION: readonly Cell[] = [
  {
    id: 'F03',
    name: 'a wrong password is challenged for ever: one fresh one, then the next carrier',
    phase: 'P1',
    arrange: ({ lab }) => {
      Object.assign(lab.tokens.faults, { body: 'bad', provider: 'sip' });
    },
    expect: withSip(
      { ...TALK_SECOND, logins: 2 },
      { ...refused('unauthorized', 'auth/token-rejected'), redialAdvice: 'no', logins: 2 },
    ),
    short: ['sip-twilio'],
  },
  {
    id: 'F03',
    name: 'the registration is forbidden',
    phase: 'P1',
    arrange: ({ lab }) => {
      lab.sip.sipFaults.registerCode = 403;
    },
    expect: withSip(
      { ...TALK_SECOND, logins: 2 },
      { ...refused('unauthorized', 'auth/token-rejected'), redialAdvice: 'no', logins: 2 },
    ),
  },
  {
    id: 'F32',
    name: 'the registration is refused, and Retry-After says when to come back',
    phase: 'P1',
    arrange: ({ lab }) => {
      Object.assign(lab.sip.sipFaults, { registerCode: 503, retryAfter: 600 });
    },
    expect: withSip(
      { ...TALK_SECOND, logins: 1, heldOffMs: [599_000, 610_000] },
      {
        ...refused('provider-failed', 'provider/server-error'),
        redialAdvice: 'ok',
        logins: 1,
        heldOffMs: [599_000, 610_000],
      },
    ),
  },
  {
    id: 'F32',
    name: 'the registration must last longer',
    phase: 'P1',
    arrange: ({ lab }) => {
      lab.sip.sipFaults.registerCode = 423;
    },
    expect: withSip(TALK_FIRST),
  },
];

/** F09: servers that say too much, or nonsense. */
const NOISE: readonly Cell[] = [
  {
    id: 'F09',
    name: 'broken frames before every message',
    phase: 'P1',
    arrange: ({ lab }) => {
      lab.sip.sipFaults.garbage = true;
    },
    expect: withSip(TALK_FIRST),
    short: ['sip'],
  },
  {
    id: 'F09',
    name: 'broken frames before every message, and the callee is busy',
    phase: 'P3',
    phone: { rings: false, refuse: 486 },
    arrange: ({ lab }) => {
      lab.sip.sipFaults.garbage = true;
    },
    expect: withSip(ended('busy', { confirmed: true })),
  },
  {
    id: 'F09',
    name: 'two branches ring, one answers',
    phase: 'P4',
    arrange: ({ lab }) => {
      lab.sip.sipFaults.fork = true;
    },
    expect: withSip(TALK_FIRST),
    short: ['sip'],
  },
  {
    id: 'F09',
    name: 'two branches ring, and the visitor hangs up',
    phase: 'P4',
    phone: RINGS_ON,
    arrange: ({ lab }) => {
      lab.sip.sipFaults.fork = true;
    },
    act: async (scene) => {
      await ringing(scene);
      await scene.hangup();
    },
    expect: withSip(ended('cancelled', { rings: [1, 0], confirmed: true, redialAdvice: 'ok' })),
  },
  {
    id: 'F09',
    name: 'two branches ring, then 503',
    phase: 'P4',
    phone: { refuse: 503, refuseAfterMs: 300 },
    arrange: ({ lab }) => {
      lab.sip.sipFaults.fork = true;
    },
    expect: withSip(
      ended('provider-failed', { rings: [1, 0], confirmed: true, redialAdvice: 'ask' }),
    ),
  },
];

/** What only SIP can do wrong, beside its sockets: rows of the other files, by their names. */
export const SIP: readonly Cell[] = [...ANSWERS, ...REGISTRATION, ...NOISE];
