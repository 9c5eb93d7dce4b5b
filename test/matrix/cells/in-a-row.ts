import type { Cell, Expected, Scene } from '../cell.js';
import { TALK_SECOND } from '../outcomes.js';

const inARow = (expected: Expected): Cell['expect'] => ({ 'telnyx-sip-twilio': expected });

/** A conversation over the third carrier. */
const TALK_THIRD: Expected = {
  ...TALK_SECOND,
  invites: [0, 0, 1],
  rings: [0, 0, 1],
  answers: [0, 0, 1],
};

/** Through the first carrier only. */
const REFUSED = { rings: false, postDialDelayMs: 20, refuse: 503 } as const;
const refuseNext = ({ otherGateway }: Omit<Scene, 'page'>): void => {
  otherGateway.faults.invite = 'error';
};

/** F03, F08, F28: three carriers, and the first two are no use. */
export const IN_A_ROW: readonly Cell[] = [
  {
    id: 'F28',
    name: 'the first two are down',
    phase: 'P1',
    arrange: ({ gateway, otherGateway }) => {
      gateway.faults.tcp = 'refuse';
      otherGateway.faults.tcp = 'refuse';
    },
    expect: inARow(TALK_THIRD),
    short: ['telnyx-sip-twilio'],
  },
  {
    id: 'F28',
    name: 'the first two are silent, standard deadlines',
    phase: 'P1',
    arrange: ({ gateway, otherGateway }) => {
      gateway.faults.login = 'silent';
      otherGateway.faults.login = 'silent';
    },
    expect: inARow(TALK_THIRD),
  },
  {
    id: 'F03',
    name: 'the first two refuse every token',
    phase: 'P1',
    arrange: ({ gateway, otherGateway }) => {
      gateway.faults.login = 'reject';
      otherGateway.faults.login = 'reject';
    },
    expect: inARow({ ...TALK_THIRD, logins: 2 }),
  },
  {
    id: 'F08',
    name: 'the first one is down, the second one refuses the call',
    phase: 'P2',
    arrange: ({ gateway, otherGateway }) => {
      gateway.faults.tcp = 'refuse';
      otherGateway.faults.invite = 'error';
    },
    expect: inARow({ ...TALK_THIRD, invites: [0, 1, 1] }),
  },
  {
    id: 'F08',
    name: 'the first one refuses the call, the second one is down',
    phase: 'P2',
    phone: REFUSED,
    arrange: ({ otherGateway }) => {
      otherGateway.faults.tcp = 'refuse';
    },
    expect: inARow({ ...TALK_THIRD, invites: [1, 0, 1] }),
  },
  {
    id: 'F08',
    name: 'the first two refuse the call',
    phase: 'P2',
    page: { maxSwitches: 2 },
    phone: REFUSED,
    arrange: refuseNext,
    expect: inARow({ ...TALK_THIRD, invites: [1, 1, 1] }),
    short: ['telnyx-sip-twilio'],
  },
  {
    id: 'F08',
    name: 'the first two refuse the call, and a call moves once',
    phase: 'P2',
    phone: REFUSED,
    arrange: refuseNext,
    because: 'Each call that was sent may have reached somebody; `maxSwitches` is 1.',
    expect: inARow({
      ...TALK_THIRD,
      invites: [1, 1, 0],
      rings: [],
      answers: [],
      cause: 'provider-failed',
      code: 'failover/exhausted',
      confirmed: true,
    }),
  },
];
