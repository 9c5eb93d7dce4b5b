import type { Cell, Scene } from '../cell.js';
import { ASK, ASK_RANG, TALK_FIRST, withSip } from '../outcomes.js';

const RINGS_ON = { answerAfterMs: undefined } as const;

const ringing = async ({ dial, until }: Scene): Promise<void> => {
  await dial();
  await until('ringing');
};
const talking = async ({ dial, until, phone }: Scene): Promise<void> => {
  await dial();
  await until('active');
  await phone.waitFor('tone');
};

const noPong: NonNullable<Cell['arrange']> = ({ lab }) => {
  lab.sip.sipFaults.pong = 'swallow';
};

/** F05: servers that answer no pings, alive and half-open, and what becomes of calls whose socket was lost. */
export const SIP_SOCKETS: readonly Cell[] = [
  {
    id: 'F05',
    name: 'a server without pongs is not taken for a dead one',
    phase: 'P5',
    arrange: noPong,
    act: async (scene) => {
      await talking(scene);
      await scene.pause(9_000);
    },
    expect: withSip(TALK_FIRST),
  },
  {
    id: 'F05',
    name: 'no pongs, half-open after the call was sent',
    phase: 'P2',
    page: { timeouts: { acknowledgeMs: 1_000, progressMs: 2_000, proofMs: 800 } },
    phone: { postDialDelayMs: 15_000 },
    arrange: (scene) => {
      noPong(scene);
      scene.gateway.faults.invite = 'late';
    },
    act: async ({ dial, phone, gateway }) => {
      await dial();
      await phone.waitFor('arrived');
      gateway.freezeSockets();
    },
    expect: withSip({ ...ASK, confirmed: false }),
    outOfReach: true,
  },
  {
    id: 'F05',
    name: 'no pongs, half-open after the acknowledgement',
    phase: 'P3',
    page: { timeouts: { reconnectMs: 4_000 } },
    phone: { postDialDelayMs: 15_000 },
    arrange: noPong,
    act: async ({ dial, untilWire, phone, gateway }) => {
      await dial();
      await untilWire(/SIP\/2\.0 100/);
      gateway.freezeSockets();
      await phone.waitFor('cancelled', { timeoutMs: 10_000 });
    },
    because: 'It is noticed after some 6 s, and cancelled over the next socket.',
    expect: withSip({ ...ASK, confirmed: false, endedMs: [5_000, 11_000] }),
  },
  {
    id: 'F05',
    name: 'no pongs, half-open while it rings',
    phase: 'P4',
    phone: RINGS_ON,
    arrange: noPong,
    act: async (scene) => {
      await ringing(scene);
      scene.gateway.freezeSockets();
      await scene.phone.waitFor('cancelled', { timeoutMs: 10_000 });
    },
    because: 'As above.',
    expect: withSip({ ...ASK_RANG, confirmed: false, endedMs: [5_000, 11_000] }),
  },
  {
    id: 'F05',
    name: 'no pongs, half-open in the conversation',
    phase: 'P5',
    arrange: noPong,
    act: async (scene) => {
      await talking(scene);
      scene.gateway.freezeSockets();
      await scene.until('reconnected');
    },
    expect: withSip({ ...TALK_FIRST, events: ['reconnecting', 'reconnected'] }),
  },
  {
    id: 'F05',
    name: 'half-open while it rings: noticed, and the phone is silenced over the next socket',
    phase: 'P4',
    phone: RINGS_ON,
    act: async (scene) => {
      await ringing(scene);
      scene.gateway.freezeSockets();
      await scene.phone.waitFor('cancelled', { timeoutMs: 10_000 });
    },
    expect: withSip({ ...ASK_RANG, confirmed: false, endedMs: [3_000, 8_500] }),
  },
  {
    id: 'F05',
    name: 'cut while it rings, and the server knows nothing of it on the next socket',
    phase: 'P4',
    phone: RINGS_ON,
    arrange: ({ gateway }) => {
      gateway.faults.reattach = 'never';
    },
    act: async (scene) => {
      await ringing(scene);
      scene.gateway.dropSockets();
    },
    expect: withSip({ ...ASK_RANG, confirmed: false }),
    outOfReach: true,
  },
  {
    id: 'F05',
    name: 'hung up after the socket was cut, and the server knows nothing of it on the next one',
    phase: 'P5',
    arrange: ({ gateway }) => {
      gateway.faults.reattach = 'never';
    },
    act: async (scene) => {
      await talking(scene);
      scene.gateway.dropSockets();
      await scene.hangup();
    },
    because: 'Another server may answer, which does not know what the first one still holds.',
    expect: withSip({ ...TALK_FIRST, confirmed: false, redialAdvice: 'ask' }),
    outOfReach: true,
  },
  {
    id: 'F05',
    name: 'hung up after the socket was cut',
    phase: 'P5',
    act: async (scene) => {
      await talking(scene);
      scene.gateway.dropSockets();
      await scene.hangup();
    },
    expect: withSip({ ...TALK_FIRST, confirmed: true, redialAdvice: 'ok' }),
    short: ['sip'],
  },
  {
    id: 'F05',
    name: 'hung up by the callee while the socket is lost',
    phase: 'P5',
    act: async (scene) => {
      const { gateway, phone, pause } = scene;
      await talking(scene);
      gateway.faults.tcp = 'refuse';
      await gateway.settled();
      gateway.dropSockets();
      phone.hangUp();
      await pause(300);
      gateway.faults.tcp = 'ok';
      await scene.until('ended');
    },
    expect: withSip({ ...TALK_FIRST, cause: 'network', redialAdvice: 'ask', confirmed: false }),
  },
  {
    id: 'F05',
    name: 'cut in the conversation, and the re-INVITE is refused: it goes on as it was',
    phase: 'P5',
    arrange: ({ lab }) => {
      lab.sip.sipFaults.reinvite = 'refuse';
    },
    act: async (scene) => {
      await talking(scene);
      scene.gateway.dropSockets();
      await scene.until('reconnected');
      // As long as ICE would take to notice that its way is gone.
      await scene.pause(8_000);
    },
    expect: withSip({ ...TALK_FIRST, events: ['reconnecting', 'reconnected'] }),
  },
  {
    id: 'F05',
    name: 'cut in the conversation, and the re-INVITE is never answered',
    phase: 'P5',
    page: { timeouts: { reconnectMs: 3_000 } },
    arrange: ({ lab }) => {
      lab.sip.sipFaults.reinvite = 'swallow';
    },
    act: async (scene) => {
      await talking(scene);
      scene.gateway.dropSockets();
      await scene.until('ended');
    },
    expect: withSip({ ...TALK_FIRST, cause: 'network', redialAdvice: 'ok', confirmed: true }),
  },
];
