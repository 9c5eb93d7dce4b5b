import type { Cell } from '../cell.js';
import { always, ended, TALK_FIRST, withTelnyx, withTwilio } from '../outcomes.js';

const untold = { rings: [1, 0], answers: [1, 0] } as const;

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
      ...(refuse === 503 && { short: ['telnyx-twilio', 'twilio-telnyx'] as const }),
    }),
  ),
  {
    id: 'F08',
    name: 'ringing, then 480',
    phase: 'P4',
    phone: { refuse: 480, refuseAfterMs: 400 },
    because: 'Telnyx names the cause NO_ANSWER; Twilio says no more than that nobody was reached.',
    expect: {
      ...withTelnyx(ended('no-answer', { rings: [1, 0], redialAdvice: 'ok', confirmed: true })),
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
    act: async ({ dial, until, lab, first }) => {
      await dial();
      await until('ended');
      const last = [...lab[first].frames]
        .reverse()
        .find(
          ({ from, text }) => from === 'gateway' && /telnyx_rtc\.bye|"type":"hangup"/.test(text),
        );
      const frame = JSON.parse(last?.text ?? '{}');
      if (first === 'telnyx') lab.telnyx.send(frame.method, frame.params);
      else lab.twilio.send(frame.type, frame.payload);
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
      if (first === 'telnyx') lab.telnyx.send('telnyx_rtc.bye', { callID, ...end });
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
    act: async ({ dial, until, lab, first }) => {
      await dial();
      await until('ended');
      const of = (pattern: RegExp) =>
        JSON.parse(
          lab[first].frames.find(({ from, text }) => from === 'gateway' && pattern.test(text))
            ?.text ?? '{}',
        );
      if (first === 'telnyx') {
        lab.telnyx.send('telnyx_rtc.ringing', of(/telnyx_rtc\.ringing/).params);
      } else {
        lab.twilio.send('ringing', of(/"type":"ringing"/).payload);
      }
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
