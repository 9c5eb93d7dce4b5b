import type { Cell, Scene } from '../cell.js';
import {
  ASK,
  ASK_RANG,
  always,
  ended,
  TALK_FIRST,
  TALK_SECOND,
  withSip,
  withTelnyx,
  withTwilio,
} from '../outcomes.js';

/** Ways in which a socket is lost: cut (1006), or closed with a code. */
const LOSSES: readonly (number | undefined)[] = [undefined, 1000, 1001, 1011];
const called = (code: number | undefined) => (code === undefined ? 'cut' : `closed with ${code}`);

const ringing = async ({ dial, until }: Scene): Promise<void> => {
  await dial();
  await until('ringing');
};
const talking = async ({ dial, until, phone }: Scene): Promise<void> => {
  await dial();
  await until('active');
  await phone.waitFor('tone');
};
/** Hung up in vain while the line was cut: the callee took the call before it was back. */
const tooLate = ended('cancelled', { rings: [1, 0], answers: [1, 0], redialAdvice: 'ask' });
/** Nobody gets through to the carrier any more. */
const cutOff = async ({ gateway }: Scene): Promise<void> => {
  gateway.faults.tcp = 'refuse';
  await gateway.settled();
  gateway.dropSockets();
};

/** F05, F13, F16, F19, F20: the line to the carrier is lost, or sound does not come. */
export const LOST_LINE: readonly Cell[] = [
  {
    id: 'F05',
    name: 'the socket is cut before the call reached the network',
    phase: 'P2',
    page: { timeouts: { acknowledgeMs: 1_500, proofMs: 1_000 } },
    arrange: ({ gateway }) => {
      gateway.faults.invite = 'drop';
    },
    expect: always({ ...ASK, confirmed: false }),
    short: ['telnyx-twilio', 'twilio'],
  },
  ...LOSSES.map(
    (code): Cell => ({
      id: 'F05',
      name: `the socket is ${called(code)} after the call was sent`,
      phase: 'P2',
      phone: { postDialDelayMs: 5_000 },
      act: async ({ dial, phone, gateway }) => {
        await dial();
        await phone.waitFor('arrived');
        gateway.dropSockets(code);
      },
      because: 'Twilio has no way back to a call that was not answered.',
      expect: withTwilio({ ...ASK, confirmed: false }),
      outOfReach: true,
      ...(code === undefined && { short: ['twilio-telnyx'] as const }),
    }),
  ),
  ...LOSSES.map(
    (code): Cell => ({
      id: 'F05',
      name: `the socket is ${called(code)} after the acknowledgement`,
      phase: 'P3',
      // Its SDK waits for 1 to 3 s before it comes back.
      page: { timeouts: { acknowledgeMs: 8_000 } },
      phone: { postDialDelayMs: 5_000 },
      act: async ({ dial, untilWire, gateway }) => {
        await dial();
        await untilWire(/CALL CREATED|SIP\/2\.0 100/);
        gateway.dropSockets(code);
      },
      because:
        'Telnyx comes back to its calls, and its own word on this one is proof. SIP’s answers to an INVITE go where it came from: it is cancelled over the new socket, and no word of that comes.',
      expect: { ...withTelnyx(TALK_FIRST), ...withSip({ ...ASK, confirmed: false }) },
      ...(code === 1011 && { short: ['telnyx-twilio'] as const }),
    }),
  ),
  ...LOSSES.flatMap((code): Cell[] => [
    {
      id: 'F05',
      name: `the socket is ${called(code)} while it rings, with a way back`,
      phase: 'P4',
      phone: { answerAfterMs: 5_000 },
      act: async (scene) => {
        await ringing(scene);
        scene.gateway.dropSockets(code);
      },
      expect: withTelnyx(TALK_FIRST),
    },
    {
      id: 'F05',
      name: `the socket is ${called(code)} while it rings: the phone is silenced over the next one`,
      phase: 'P4',
      phone: { answerAfterMs: undefined },
      act: async (scene) => {
        await ringing(scene);
        scene.gateway.dropSockets(code);
        await scene.phone.waitFor('cancelled');
      },
      because: 'As above: the answer to the INVITE, 487, can not reach the browser any more.',
      expect: withSip({ ...ASK_RANG, confirmed: false, endedMs: [0, 10_000] }),
      ...(code === undefined && { short: ['sip-twilio'] as const }),
    },
    {
      id: 'F16',
      name: `the socket is ${called(code)} while it rings: nothing but transportClose`,
      phase: 'P4',
      phone: { answerAfterMs: undefined },
      act: async (scene) => {
        await ringing(scene);
        scene.gateway.dropSockets(code);
      },
      expect: withTwilio({ ...ASK_RANG, confirmed: false, endedMs: [0, 10_000] }),
      outOfReach: true,
      ...(code === undefined && { short: ['twilio'] as const }),
    },
    {
      id: 'F05',
      name: `the socket is ${called(code)} in the conversation, with a way back`,
      phase: 'P5',
      act: async (scene) => {
        await talking(scene);
        scene.gateway.dropSockets(code);
        await scene.until('reconnected');
      },
      expect: always({ ...TALK_FIRST, events: ['reconnecting', 'reconnected'] }),
      ...(code === undefined && { short: ['telnyx-twilio', 'twilio-telnyx', 'sip'] as const }),
    },
  ]),
  {
    id: 'F05',
    name: 'the line is lost for good while it rings',
    phase: 'P4',
    page: { timeouts: { reconnectMs: 2_000 } },
    phone: { answerAfterMs: undefined },
    act: async (scene) => {
      await ringing(scene);
      await cutOff(scene);
    },
    expect: always({ ...ASK_RANG, confirmed: false }),
    outOfReach: true,
    short: ['telnyx-twilio'],
  },
  {
    id: 'F05',
    name: 'the line is lost for good in the conversation',
    phase: 'P5',
    page: { timeouts: { reconnectMs: 2_000 } },
    act: async (scene) => {
      await talking(scene);
      await cutOff(scene);
      await scene.until('ended');
    },
    expect: always({ ...TALK_FIRST, cause: 'network', redialAdvice: 'ask', confirmed: false }),
    outOfReach: true,
    short: ['twilio'],
  },
  {
    id: 'F05',
    name: 'the way back is refused',
    phase: 'P5',
    page: { timeouts: { reconnectMs: 4_000 } },
    arrange: ({ gateway }) => {
      gateway.faults.reattach = 'never';
    },
    act: async (scene) => {
      await talking(scene);
      scene.gateway.dropSockets();
      await scene.until('ended');
    },
    expect: always({ ...TALK_FIRST, cause: 'network', redialAdvice: 'ask', confirmed: false }),
    outOfReach: true,
  },
  {
    id: 'F05',
    name: 'the connection is half-open after the call was sent',
    phase: 'P2',
    page: { timeouts: { acknowledgeMs: 1_000, progressMs: 2_000, proofMs: 800 } },
    phone: { postDialDelayMs: 15_000 },
    act: async ({ dial, phone, gateway }) => {
      await dial();
      await phone.waitFor('arrived');
      gateway.freezeSockets();
    },
    expect: always({ ...ASK, confirmed: false }),
    outOfReach: true,
  },
  {
    id: 'F05',
    name: 'the connection is half-open while it rings',
    phase: 'P4',
    page: { timeouts: { ringMs: 2_000 } },
    phone: { answerAfterMs: undefined },
    act: async (scene) => {
      await ringing(scene);
      scene.gateway.freezeSockets();
    },
    expect: always({ ...ASK_RANG, cause: 'no-answer', confirmed: false }),
    outOfReach: true,
  },
  {
    id: 'F05',
    name: 'the connection is half-open in the conversation',
    phase: 'P5',
    act: async (scene) => {
      await talking(scene);
      scene.gateway.freezeSockets();
      for (let second = 0; second < 30; second += 1) {
        await scene.pause(1_000);
        if (await scene.page.page.evaluate(() => globalThis.everdialMatrix.saw('reconnected')))
          return;
      }
    },
    because: 'Noticed by the vendors’ SDKs only after 13 to 20 s; over SIP we ask ourselves.',
    expect: always({ ...TALK_FIRST, events: ['reconnecting', 'reconnected'] }),
  },
  {
    id: 'F16',
    name: 'the socket is cut in a conversation without a way back',
    phase: 'P5',
    arrange: ({ lab }) => {
      lab.twilio.settings.reconnectTokens = false;
    },
    act: async (scene) => {
      await talking(scene);
      scene.gateway.dropSockets();
      await scene.until('ended');
    },
    expect: withTwilio({ ...TALK_FIRST, cause: 'network', redialAdvice: 'ask', confirmed: false }),
    outOfReach: true,
  },
  {
    id: 'F13',
    name: 'a call that waits in the SDK is not sent when the line is back',
    phase: 'P1',
    page: { sabotage: 'held-offer' },
    phone: { answerAfterMs: undefined },
    act: async (scene) => {
      const { dial, gateway, page, pause } = scene;
      await dial();
      await scene.untilWire(/"type":"connected"|SIP\/2\.0 200 [\s\S]*CSeq: \d+ REGISTER/);
      await pause(500);
      await cutOff(scene);
      await pause(300);
      await page.page.evaluate(() => globalThis.everdialMatrix.releaseOffer());
      await pause(500);
      gateway.faults.tcp = 'ok';
      await pause(2_500);
    },
    because:
      'Telnyx’s SDK loses what it could not send; that it is not sent later is told by its own tests.',
    expect: {
      ...withTwilio(TALK_SECOND, { ...ended('network'), invites: [0, 0] }),
      ...withSip(TALK_SECOND, { ...ended('network'), invites: [0, 0] }),
    },
    short: ['twilio'],
  },
  {
    id: 'F13',
    name: 'a call that was given up is not taken up again when the line is back',
    phase: 'P4',
    phone: { answerAfterMs: undefined },
    act: async (scene) => {
      const { gateway, hangup, until, pause, phone } = scene;
      await ringing(scene);
      await cutOff(scene);
      await hangup();
      await until('ended');
      gateway.faults.tcp = 'ok';
      await pause(100);
      phone.answer();
      await pause(5_000);
    },
    because: 'Twilio sends no hang-up after an outage; nothing in a page can end that leg.',
    expect: { ...withTelnyx(tooLate), ...withSip(tooLate) },
    outOfReach: true,
  },
  ...([500, 5_000] as const).map(
    (ms): Cell => ({
      id: 'F19',
      name: `offline for ${ms / 1000} s in the conversation`,
      phase: 'P5',
      act: async (scene) => {
        await talking(scene);
        await scene.page.context.setOffline(true);
        scene.gateway.faults.tcp = 'refuse';
        await scene.gateway.settled();
        scene.gateway.dropSockets();
        await scene.pause(ms);
        scene.gateway.faults.tcp = 'ok';
        await scene.page.context.setOffline(false);
        await scene.until('reconnected');
      },
      expect: always({ ...TALK_FIRST, events: ['reconnecting', 'reconnected'] }),
      ...(ms === 500 && { short: ['telnyx'] as const }),
    }),
  ),
  {
    id: 'F19',
    name: 'offline when the button is pressed',
    phase: 'P1',
    act: async ({ page, dial }) => {
      await page.context.setOffline(true);
      await dial();
    },
    expect: always({ ...ended('network', { code: 'network/offline' }), invites: [0, 0] }),
    short: ['telnyx-twilio'],
  },
  {
    id: 'F19',
    name: 'offline after the call was sent',
    phase: 'P2',
    page: {
      timeouts: { acknowledgeMs: 1_000, progressMs: 2_000, proofMs: 800, reconnectMs: 3_000 },
    },
    phone: { postDialDelayMs: 15_000 },
    act: async (scene) => {
      await scene.dial();
      await scene.phone.waitFor('arrived');
      await scene.page.context.setOffline(true);
      await cutOff(scene);
    },
    expect: always({ ...ASK, confirmed: false }),
    outOfReach: true,
  },
  ...(['none', 'unreachable'] as const).map(
    (mode): Cell => ({
      id: 'F20',
      name: `media can not be reached (${mode})`,
      phase: 'P5',
      page: { timeouts: { mediaMs: 1_500 } },
      arrange: ({ gateway }) => {
        gateway.settings.candidates = mode;
      },
      because: 'The callee is there: the person is told, and decides.',
      expect: always({ ...TALK_FIRST, problem: 'media/not-receiving' }),
      ...(mode === 'unreachable' && { short: ['twilio-telnyx'] as const }),
    }),
  ),
];
