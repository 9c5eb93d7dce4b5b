import type { Cell, Expected, Scene } from '../cell.js';
import {
  always,
  ended,
  NOTHING_SENT,
  refused,
  TALK_FIRST,
  TALK_SECOND,
  withSip,
  withTelnyx,
  withTwilio,
} from '../outcomes.js';

const cancelled = ended('cancelled', { rings: [1, 0], redialAdvice: 'ok' });
const nothing = { ...NOTHING_SENT, cause: 'cancelled', redialAdvice: 'ok' } as const;

/** F11: the callee answers while the call is being given up. */
const GLARE: readonly Cell[] = [
  {
    id: 'F11',
    name: 'the visitor hangs up, the callee answers in that moment',
    phase: 'P4',
    phone: { answerAfterMs: undefined, onCancel: 'answer' },
    act: hangUpRinging,
    expect: {
      ...withTelnyx({ ...cancelled, answers: [1, 0] }),
      ...withSip({ ...cancelled, answers: [1, 0] }),
    },
    short: ['telnyx-twilio', 'sip'],
  },
  {
    id: 'F11',
    name: 'the visitor hangs up, the callee answers and is hung up by the carrier',
    phase: 'P4',
    phone: { answerAfterMs: undefined, onCancel: 'answer-then-end' },
    act: hangUpRinging,
    because:
      'On Twilio the hang-up ends the browser’s own leg, and with it the callee’s: there is no call that could be adopted.',
    expect: always({ ...cancelled, answers: [1, 0] }),
    short: ['twilio-telnyx'],
  },
  ...([0, 150, 1_500] as const).map(
    (delayMs): Cell => ({
      id: 'F11',
      name: `the answer is under way for ${delayMs} ms when the visitor hangs up`,
      phase: 'P4',
      phone: { answerAfterMs: undefined },
      act: async ({ dial, until, hangup, phone, gateway }) => {
        await dial();
        await until('ringing');
        gateway.faults.delayMs = delayMs;
        phone.answer();
        await hangup();
        await phone.waitFor('hung-up');
      },
      // With nothing under way the answer is there before the hang-up, or after it.
      expect: {
        ...always(
          delayMs === 0 ? { ...TALK_FIRST, cause: undefined } : { ...cancelled, answers: [1, 0] },
        ),
        // The answer, and then the word on the BYE: longer than anybody waits for it.
        ...(delayMs === 1_500 &&
          withSip({ ...cancelled, answers: [1, 0], confirmed: false, redialAdvice: 'ask' })),
      },
      mute: true,
      ...(delayMs === 150 && { short: ['telnyx'] as const }),
    }),
  ),
  {
    id: 'F11',
    name: 'it has rung long enough, the callee answers in that moment',
    phase: 'P4',
    page: { timeouts: { ringMs: 1_000 } },
    phone: { answerAfterMs: undefined, onCancel: 'answer' },
    expect: { ...withTelnyx(TALK_FIRST), ...withSip(TALK_FIRST) },
    short: ['telnyx'],
  },
  {
    id: 'F11',
    name: 'no progress was told, the callee answers as the call is given up',
    phase: 'P3',
    page: { timeouts: { progressMs: 1_000 } },
    phone: { answerAfterMs: undefined, onCancel: 'answer' },
    arrange: ({ gateway }) => {
      gateway.faults.ringing = 'swallow';
    },
    expect: { ...withTelnyx(TALK_FIRST), ...withSip(TALK_FIRST) },
    short: ['telnyx-twilio'],
  },
  {
    id: 'F11',
    name: 'no acknowledgement was told, the callee answers as the call is given up',
    phase: 'P2',
    page: { timeouts: { acknowledgeMs: 1_000 } },
    phone: { answerAfterMs: undefined, onCancel: 'answer' },
    arrange: ({ gateway }) => {
      gateway.faults.ringing = 'swallow';
      gateway.faults.invite = 'late';
    },
    expect: withTelnyx(TALK_FIRST),
  },
];

async function hangUpRinging({ dial, until, hangup }: Scene): Promise<void> {
  await dial();
  await until('ringing');
  await hangup();
}

/** F17: the microphone. It is open before anything is sent, so that later phases have no row of their own. */
const MICROPHONE: readonly Cell[] = [
  {
    id: 'F17',
    name: 'the microphone is denied',
    phase: 'P1',
    open: { permissions: [], microphone: 'device' },
    expect: always({ ...refused('permission-denied', 'media/permission-denied') }),
    short: ['telnyx-twilio', 'twilio-telnyx'],
  },
  ...(
    [
      ['NotFoundError', 'no-device', 'media/device-not-found'],
      ['NotReadableError', 'no-device', 'media/device-in-use'],
      ['OverconstrainedError', 'no-device', 'media/constraints-failed'],
    ] as const
  ).map(
    ([name, cause, code]): Cell => ({
      id: 'F17',
      name: `the microphone fails with ${name}`,
      phase: 'P1',
      page: { sabotage: `microphone-${name}` },
      expect: always(refused(cause, code)),
    }),
  ),
  {
    id: 'F17',
    name: 'the question for the microphone stays open',
    phase: 'P1',
    page: { sabotage: 'microphone-pending', timeouts: { permissionMs: 1_500 } },
    expect: always({ ...NOTHING_SENT, cause: 'permission-denied', endedMs: [1_450, 3_000] }),
  },
];

/** F24: the page goes away. There is no page left to tell of the outcome: the phone is the judge. */
const LEAVING: readonly Cell[] = [
  {
    id: 'F24',
    name: 'the page is left while it connects',
    phase: 'P1',
    arrange: ({ gateway }) => {
      gateway.faults.delayMs = 100;
    },
    act: async ({ dial, page, pause }) => {
      await dial();
      await page.page.goto('about:blank');
      await pause(1_500);
    },
    expect: always({ ...NOTHING_SENT }),
  },
  ...(['about:blank', 'reload'] as const).map(
    (how): Cell => ({
      id: 'F24',
      name:
        how === 'reload'
          ? 'the page is reloaded while it rings'
          : 'the page is left while it rings',
      phase: 'P4',
      phone: { answerAfterMs: undefined },
      act: async (scene) => {
        await scene.dial();
        await scene.until('ringing');
        await leave(scene, how);
      },
      expect: always({ ...ended('cancelled', { rings: [1, 0] }), cause: undefined }),
      ...(how === 'about:blank' && { short: ['telnyx-twilio', 'twilio-telnyx', 'sip'] as const }),
    }),
  ),
  {
    id: 'F24',
    name: 'the page is left before it rings',
    phase: 'P2',
    phone: { postDialDelayMs: 1_500, answerAfterMs: undefined },
    act: async (scene) => {
      await scene.dial();
      await scene.phone.waitFor('arrived');
      await leave(scene, 'about:blank');
      await scene.pause(1_500);
    },
    because:
      'What is written to a socket in `pagehide` is lost by Chromium now and then, on a busy machine in one of 20: then only the server’s `closeCall` reaches the leg.',
    expect: always({ ...ended('cancelled'), cause: undefined }),
  },
  {
    id: 'F24',
    name: 'the page is left in the conversation',
    phase: 'P5',
    act: async (scene) => {
      await scene.dial();
      await scene.until('active');
      await leave(scene, 'about:blank');
    },
    expect: always({ ...TALK_FIRST, cause: undefined }),
    short: ['telnyx'],
  },
];

async function leave({ page: { page } }: Scene, how: 'about:blank' | 'reload'): Promise<void> {
  if (how === 'reload') await page.reload();
  else await page.goto(how);
}

/** The same wherever there is another carrier to move to. */
const inPairs = (expected: Expected) => {
  const { telnyx: _telnyx, twilio: _twilio, sip: _sip, ...pairs } = always(expected);
  return pairs;
};

/** F27: presses and hang-ups at any moment. */
const PRESSES: readonly Cell[] = [
  {
    id: 'F27',
    name: 'the button is pressed twice',
    phase: 'P1',
    act: async ({ page, phone }) => {
      await page.page.evaluate((to) => {
        globalThis.everdialMatrix.dial(to);
        globalThis.everdialMatrix.dial(to);
      }, phone.number);
    },
    expect: always(TALK_FIRST),
    short: ['telnyx-twilio'],
  },
  {
    id: 'F27',
    name: 'the button is pressed again while it rings',
    phase: 'P4',
    phone: { answerAfterMs: 800 },
    act: async ({ dial, until }) => {
      await dial();
      await until('ringing');
      await dial();
    },
    expect: always(TALK_FIRST),
  },
  {
    id: 'F27',
    name: 'the button is pressed again while the call moves to the other carrier',
    phase: 'P1',
    arrange: ({ gateway }) => {
      gateway.faults.tcp = 'refuse';
    },
    act: async ({ dial, until }) => {
      await dial();
      await until('switched');
      await dial();
    },
    expect: inPairs(TALK_SECOND),
  },
  {
    id: 'F27',
    name: 'hung up while the call moves to the other carrier',
    phase: 'P1',
    arrange: ({ gateway }) => {
      gateway.faults.tcp = 'refuse';
    },
    act: async ({ page, phone, pause }) => {
      await page.page.evaluate((to) => {
        const { everdialMatrix } = globalThis;
        everdialMatrix.dial(to);
        const timer = setInterval(() => {
          if (!everdialMatrix.saw('switched')) return;
          clearInterval(timer);
          everdialMatrix.hangup();
        }, 1);
      }, phone.number);
      await pause(1_500);
    },
    expect: inPairs({ ...nothing, switched: true }),
    short: ['telnyx-twilio'],
  },
  ...([0, 10, 30, 60, 100, 150, 200, 300, 450] as const).map(
    (ms): Cell => ({
      id: 'F27',
      name: `hung up ${ms} ms after the press`,
      phase: ms < 100 ? 'P1' : 'P2',
      phone: { answerAfterMs: undefined },
      act: async ({ page, phone, pause }) => {
        await page.page.evaluate(
          ([to, after]) => {
            globalThis.everdialMatrix.dial(to);
            if (after === 0) globalThis.everdialMatrix.hangup();
            else setTimeout(() => globalThis.everdialMatrix.hangup(), after);
          },
          [phone.number, ms] as const,
        );
        await pause(ms + 500);
      },
      // How far it came by then is up to the machine: the invariants judge, and that it was cancelled.
      expect: always({ ...nothing, anyLegs: true }),
      ...(ms === 150 && { short: ['telnyx', 'twilio'] as const }),
    }),
  ),
];

/** F23, F29, F30: tokens that end, clocks that jump, pages that forbid. */
const SURROUNDINGS: readonly Cell[] = [
  {
    id: 'F23',
    name: 'the token ends in the conversation, and there is no other one',
    phase: 'P5',
    arrange: ({ lab, first }) => {
      const login =
        first === 'sip'
          ? { token: 'secret-visitor', username: 'visitor' }
          : { token: `lab-${first}-0` };
      const grant = { ...login, expiresInMs: 1_500 };
      lab.tokens.faults.body = JSON.stringify(grant);
      lab.twilio.settings.tokenTtlSeconds = 11;
    },
    act: async ({ dial, until, lab, pause }) => {
      await dial();
      await until('active');
      Object.assign(lab.tokens.faults, { status: 500, body: undefined });
      await pause(6_500);
    },
    expect: always(TALK_FIRST),
    short: ['twilio'],
  },
  ...([3_600_000, -3_600_000] as const).map(
    (ms): Cell => ({
      id: 'F29',
      name: `the clock jumps ${ms > 0 ? 'ahead' : 'back'} by an hour while the call is set up`,
      phase: 'P3',
      phone: { postDialDelayMs: 800 },
      act: async ({ dial, phone, page }) => {
        await dial();
        await phone.waitFor('arrived');
        await page.page.evaluate((by) => globalThis.everdialMatrix.shiftClock(by), ms);
      },
      expect: always(TALK_FIRST),
      ...(ms > 0 && { short: ['telnyx'] as const }),
    }),
  ),
  {
    id: 'F29',
    name: 'timers come at full seconds only',
    phase: 'P3',
    page: { sabotage: 'slow-timers' },
    phone: { postDialDelayMs: 800 },
    expect: always(TALK_FIRST),
    limitMs: 30_000,
  },
  {
    id: 'F30',
    name: 'the page has no storage',
    phase: 'P1',
    page: { sabotage: 'no-storage' },
    because:
      'Only Telnyx keeps something there. Where its SDK can not live without, the other carrier takes the call.',
    expect: { ...withTwilio(TALK_FIRST), ...withSip(TALK_FIRST) },
    short: ['twilio'],
  },
  {
    id: 'F30',
    name: 'the page has no WebRTC',
    phase: 'P1',
    page: { sabotage: 'no-webrtc' },
    expect: always({ ...refused('media-failed', 'support/no-webrtc'), logins: 0 }),
    short: ['telnyx-twilio'],
  },
  {
    id: 'F30',
    name: 'the page’s Content-Security-Policy forbids the first carrier',
    phase: 'P1',
    page: { timeouts: { connectMs: 1_000 } },
    act: async ({ page, lab, second, dial }) => {
      const allowed = second === 'twilio' ? `wss://${lab.twilio.host}` : lab[second].url;
      await page.page.evaluate((policy) => {
        const meta = document.createElement('meta');
        meta.httpEquiv = 'Content-Security-Policy';
        meta.content = policy;
        document.head.append(meta);
      }, `connect-src 'self' ${allowed}`);
      await dial();
    },
    expect: always(TALK_SECOND, { ...NOTHING_SENT, cause: 'provider-failed' }),
    short: ['telnyx-twilio'],
  },
];

/** F11, F17, F23, F24, F27, F29, F30. */
export const VISITOR: readonly Cell[] = [
  ...GLARE,
  ...MICROPHONE,
  ...LEAVING,
  ...PRESSES,
  ...SURROUNDINGS,
];
