import type { CarrierId, Cell, Scene } from '../cell.js';
import { always, ended, TALK_FIRST, withSip, withTelnyx, withTwilio } from '../outcomes.js';

const untold = { rings: [1, 0], answers: [1, 0] } as const;

const END: Readonly<Record<CarrierId, RegExp>> = {
  telnyx: /telnyx_rtc\.bye/,
  twilio: /"type":"hangup"/,
  sip: /^SIP\/2\.0 486/,
};
const RINGING: Readonly<Record<CarrierId, RegExp>> = {
  telnyx: /telnyx_rtc\.ringing/,
  twilio: /"type":"ringing"/,
  sip: /^SIP\/2\.0 180/,
};

/** The first carrier says once more what it has said. */
function repeat({ lab, first }: Scene, what: Readonly<Record<CarrierId, RegExp>>): void {
  const said = lab[first].frames.find(
    ({ from, text }) => from === 'gateway' && what[first].test(text),
  );
  if (said === undefined) throw new Error(`${first} never said ${what[first]}`);
  if (first === 'sip') {
    lab.sip.send(said.text);
    return;
  }
  const frame = JSON.parse(said.text);
  if (first === 'telnyx') lab.telnyx.send(frame.method, frame.params);
  else lab.twilio.send(frame.type, frame.payload);
}

/** A BYE in a dialog that the browser does not know. */
const FOREIGN_BYE = [
  'BYE sip:visitor@lab.example SIP/2.0',
  'Via: SIP/2.0/WS lab.example;branch=z9hG4bK0000000000000000',
  'Max-Forwards: 70',
  'From: <sip:+12025550142@lab.example>;tag=0000000000000000',
  'To: <sip:visitor@lab.example>;tag=0000000000',
  'Call-ID: 0000000000000000000000',
  'CSeq: 1 BYE',
  'Content-Length: 0',
  '\r\n',
].join('\r\n');

/** F08 to F10, F14, F15: what comes after progress, twice, out of order, or not at all. */
export const PROGRESS: readonly Cell[] = [
  ...(
    [
      [500, 'provider-failed'],
      [503, 'provider-failed'],
      [488, 'media-failed'],
    ] as const
  ).map(
    ([refuse, cause]): Cell => ({
      id: 'F10',
      name: `ringing, then ${refuse}`,
      phase: 'P4',
      phone: { refuse, refuseAfterMs: 400 },
      because: 'A phone has rung: the person is offered another call, nothing is dialled.',
      expect: always(ended(cause, { rings: [1, 0], redialAdvice: 'ask', confirmed: true })),
      ...(refuse === 503 && { short: ['telnyx-twilio', 'twilio-telnyx', 'sip-twilio'] as const }),
    }),
  ),
  {
    id: 'F08',
    name: 'ringing, then 480',
    phase: 'P4',
    phone: { refuse: 480, refuseAfterMs: 400 },
    because:
      'Telnyx names the cause NO_ANSWER, SIP its number; Twilio says no more than that nobody was reached.',
    expect: {
      ...withTelnyx(ended('no-answer', { rings: [1, 0], redialAdvice: 'ok', confirmed: true })),
      ...withSip(ended('no-answer', { rings: [1, 0], redialAdvice: 'ok', confirmed: true })),
      ...withTwilio(ended('unavailable', { rings: [1, 0], redialAdvice: 'ok', confirmed: true })),
    },
  },
  ...(
    [
      [486, 'busy', 'ok'],
      [603, 'rejected', 'ask'],
    ] as const
  ).map(
    ([refuse, cause, redialAdvice]): Cell => ({
      id: 'F08',
      name: `ringing, then ${refuse}`,
      phase: 'P4',
      phone: { refuse, refuseAfterMs: 400 },
      expect: always(ended(cause, { rings: [1, 0], redialAdvice, confirmed: true })),
      ...(refuse === 603 && { short: ['twilio-telnyx'] as const }),
    }),
  ),
  {
    id: 'F08',
    name: 'an announcement, then 404',
    phase: 'P4',
    phone: { rings: false, earlyMedia: { tone: 620 }, refuse: 404, refuseAfterMs: 600 },
    expect: always(ended('invalid-number', { redialAdvice: 'no' })),
  },
  {
    id: 'F10',
    name: 'an announcement, then 503',
    phase: 'P4',
    phone: { rings: false, earlyMedia: { tone: 620 }, refuse: 503, refuseAfterMs: 600 },
    expect: always(ended('provider-failed', { redialAdvice: 'ask' })),
    short: ['telnyx-twilio'],
  },
  {
    id: 'F09',
    name: 'the end is told twice',
    phase: 'P3',
    phone: { rings: false, postDialDelayMs: 20, refuse: 486 },
    act: async (scene) => {
      await scene.dial();
      await scene.until('ended');
      repeat(scene, END);
    },
    expect: always(ended('busy')),
    short: ['telnyx-twilio'],
  },
  {
    id: 'F09',
    name: 'the end of another call is told',
    phase: 'P4',
    phone: { answerAfterMs: 1_200 },
    act: async ({ dial, until, lab, first }) => {
      await dial();
      await until('ringing');
      const callID = '00000000-0000-4000-8000-000000000000';
      const end = { cause: 'NORMAL_TEMPORARY_FAILURE', causeCode: 41, sipCode: 503 };
      if (first === 'sip') lab.sip.send(FOREIGN_BYE);
      else if (first === 'telnyx') lab.telnyx.send('telnyx_rtc.bye', { callID, ...end });
      else lab.twilio.send('hangup', { callsid: `CA${'0'.repeat(32)}`, error: { code: 31503 } });
    },
    expect: always(TALK_FIRST),
    short: ['twilio-telnyx'],
  },
  {
    id: 'F09',
    name: 'ringing is told after the answer',
    phase: 'P5',
    arrange: ({ gateway }) => {
      gateway.faults.invite = 'late';
    },
    expect: always(TALK_FIRST),
  },
  {
    id: 'F09',
    name: 'the end of an answered call is told, and then that it rings',
    phase: 'P5',
    phone: { hangUpAfterMs: 800 },
    act: async (scene) => {
      await scene.dial();
      await scene.until('ended');
      repeat(scene, RINGING);
    },
    expect: always({ ...TALK_FIRST, confirmed: true }),
  },
  {
    id: 'F14',
    name: 'the answer is never told',
    phase: 'P4',
    page: { timeouts: { ringMs: 2_500 } },
    because:
      'Without the answer there is no description of the far side, so no sound could flow that would tell of it: the call ends when it has rung long enough, and the phone is let go.',
    arrange: ({ gateway }) => {
      gateway.faults.answer = 'swallow';
    },
    expect: {
      ...withTelnyx(ended('no-answer', { ...untold, redialAdvice: 'ok' })),
      ...withSip(ended('no-answer', { ...untold, redialAdvice: 'ok' })),
      // Nobody confirms that the phone was let go.
      ...withTwilio(ended('no-answer', { ...untold, redialAdvice: 'ask' })),
    },
    short: ['telnyx'],
  },
  {
    id: 'F14',
    name: 'the answer is never told, but sound flows since before it',
    phase: 'P4',
    page: { timeouts: { ringMs: 2_500 } },
    phone: { earlyMedia: { tone: 620 }, answerAfterMs: 400 },
    because:
      'Sound from before the answer may be an announcement, so sound alone can not prove an answer: as above.',
    arrange: ({ gateway }) => {
      gateway.faults.answer = 'swallow';
    },
    expect: {
      ...withTelnyx(ended('no-answer', { ...untold, redialAdvice: 'ok' })),
      ...withSip(ended('no-answer', { ...untold, redialAdvice: 'ok' })),
      // Nobody confirms that the phone was let go.
      ...withTwilio(ended('no-answer', { ...untold, redialAdvice: 'ask' })),
    },
  },
  {
    id: 'F14',
    name: 'ringing is never told, and the call is answered',
    phase: 'P4',
    arrange: ({ gateway }) => {
      gateway.faults.ringing = 'swallow';
    },
    expect: always(TALK_FIRST),
    short: ['twilio'],
  },
  {
    id: 'F15',
    name: 'answered without ringing',
    phase: 'P3',
    phone: { rings: false, answerAfterMs: 0 },
    expect: {
      ...withTelnyx({ ...TALK_FIRST, rings: [0, 0] }),
      ...withSip({ ...TALK_FIRST, rings: [0, 0] }),
      ...withTwilio({ ...TALK_FIRST, rings: [0, 0], warned: 'answerOnBridge' }),
    },
    short: ['twilio-telnyx'],
  },
  {
    id: 'F15',
    name: 'TwiML without answerOnBridge',
    phase: 'P3',
    arrange: ({ lab }) => {
      lab.twilio.settings.answersAtOnce = true;
    },
    act: async ({ dial, phone }) => {
      await dial();
      await phone.waitFor('answered');
    },
    expect: withTwilio({ ...TALK_FIRST, warned: 'answerOnBridge' }),
  },
];
