import type { CarrierId, Cell, Scene } from '../cell.js';
import {
  always,
  NOTHING_SENT,
  refused,
  TALK_FIRST,
  TALK_SECOND,
  withSip,
  withTelnyx,
  withTwilio,
} from '../outcomes.js';

const CONNECT_MS = 1_000;
const QUICK = { timeouts: { connectMs: CONNECT_MS } };

/** What the first carrier's port or login does, before anything was sent. */
const UNREACHABLE: readonly (readonly [
  name: string,
  fault: Partial<Scene['gateway']['faults']>,
])[] = [
  ['the port is closed', { tcp: 'refuse' }],
  ['connections are reset', { tcp: 'reset' }],
  ['connections vanish', { tcp: 'black-hole' }],
  ['the upgrade is never answered', { upgrade: 'hold' }],
  ['the upgrade is answered with 403', { upgrade: 403 }],
  ['the upgrade is answered with 503', { upgrade: 503 }],
];

const noRoute = refused('provider-failed', 'provider/unreachable');
const inVain = { ...NOTHING_SENT, cause: 'provider-failed', redialAdvice: 'ok' } as const;
const inTime = { ...NOTHING_SENT, cause: 'timeout', redialAdvice: 'ok' } as const;

/** F01, F02, F03, F25, F28, F32: the carrier is no use before the call was handed over. */
export const BEFORE_SENT: readonly Cell[] = [
  ...UNREACHABLE.map(([name, fault], index): Cell => {
    const silent = fault.tcp === 'black-hole' || fault.upgrade === 'hold';
    return {
      id: 'F01',
      name,
      phase: 'P1',
      page: QUICK,
      arrange: ({ gateway }) => Object.assign(gateway.faults, fault),
      expect: always(TALK_SECOND, silent ? inTime : inVain),
      ...(index === 0 && { short: ['telnyx-twilio', 'twilio-telnyx'] }),
    };
  }),
  {
    id: 'F01',
    name: 'the name can not be resolved',
    phase: 'P1',
    page: QUICK,
    host: (_lab, first) => (first === 'twilio' ? 'nowhere.invalid' : 'wss://nowhere.invalid'),
    expect: always(TALK_SECOND, inVain),
  },
  {
    id: 'F01',
    name: 'TLS fails',
    phase: 'P1',
    page: QUICK,
    host: (lab, first) =>
      first === 'twilio' ? lab.twilio.plainHost : lab[first].url.replace('ws:', 'wss:'),
    expect: always(TALK_SECOND, inVain),
  },
  {
    id: 'F02',
    name: 'the login is never answered, standard deadline',
    phase: 'P1',
    arrange: ({ gateway }) => {
      gateway.faults.login = 'silent';
    },
    expect: always(
      { ...TALK_SECOND, secondInviteMs: [2_450, 4_000] },
      { ...inTime, endedMs: [2_450, 4_000] },
    ),
    short: ['telnyx-twilio'],
  },
  {
    id: 'F03',
    name: 'the first token is refused, a fresh one is good',
    phase: 'P1',
    arrange: ({ lab, first }) => {
      Object.assign(lab.tokens.faults, { body: 'bad', times: 1, provider: first });
    },
    expect: always({ ...TALK_FIRST, logins: 2 }),
    short: ['twilio'],
  },
  {
    id: 'F03',
    name: 'the token has expired, a fresh one is good',
    phase: 'P1',
    arrange: ({ lab, first }) => {
      Object.assign(lab.tokens.faults, { body: 'bad-expired', times: 1, provider: first });
    },
    expect: withTwilio({ ...TALK_FIRST, logins: 2 }),
  },
  {
    id: 'F03',
    name: 'every token is refused',
    phase: 'P1',
    arrange: ({ gateway }) => {
      gateway.faults.login = 'reject';
    },
    expect: always(
      { ...TALK_SECOND, logins: 2 },
      { ...refused('unauthorized', 'auth/token-rejected'), redialAdvice: 'no', logins: 2 },
    ),
    short: ['telnyx-twilio'],
  },
  {
    id: 'F05',
    name: 'the socket is cut in the login',
    phase: 'P1',
    page: QUICK,
    arrange: ({ gateway }) => {
      gateway.faults.login = 'drop';
    },
    because: 'Alone, cause and code depend on whether the SDK tells of the loss or tries for ever.',
    expect: withTelnyx(TALK_SECOND, inVain),
    short: ['telnyx-twilio'],
  },
  {
    id: 'F05',
    name: 'the socket is cut in the login',
    phase: 'P1',
    page: QUICK,
    arrange: ({ gateway }) => {
      gateway.faults.login = 'drop';
    },
    expect: { ...withTwilio(TALK_SECOND, inVain), ...withSip(TALK_SECOND, inVain) },
  },
  {
    id: 'F25',
    name: 'the code of the SDK does not load',
    phase: 'P1',
    prepare: (context, first) => breakSdk(context, first, undefined),
    expect: always(TALK_SECOND, { ...inVain, code: 'provider/sdk-not-loaded' }),
    short: ['telnyx-twilio'],
  },
  {
    id: 'F25',
    name: 'the code of the SDK throws when it is run',
    phase: 'P1',
    prepare: (context, first) => breakSdk(context, first, 'throw new Error("broken");'),
    expect: always(TALK_SECOND, { ...inVain, code: 'provider/sdk-not-loaded' }),
  },
  {
    id: 'F26',
    name: 'the SDK throws when the call is placed',
    phase: 'P1',
    page: { sabotage: 'sdk-throws' },
    expect: always(TALK_SECOND, refused('provider-failed', 'provider/unexplained')),
    short: ['twilio-telnyx'],
  },
  {
    id: 'F28',
    name: 'both carriers are down',
    phase: 'P1',
    arrange: ({ gateway, otherGateway }) => {
      gateway.faults.tcp = 'refuse';
      otherGateway.faults.tcp = 'refuse';
    },
    expect: always(
      { ...inVain, switched: true, code: 'failover/exhausted', endedMs: [0, 8_000] },
      { ...noRoute, endedMs: [0, 8_000], redialAdvice: 'ok' },
    ),
    short: ['telnyx-twilio', 'twilio'],
  },
  {
    id: 'F28',
    name: 'both carriers are silent, standard deadlines',
    phase: 'P1',
    arrange: ({ gateway, otherGateway }) => {
      gateway.faults.login = 'silent';
      otherGateway.faults.upgrade = 'hold';
    },
    expect: always(
      {
        ...inVain,
        switched: true,
        code: 'failover/exhausted',
        endedMs: [2_450, 8_000],
      },
      { ...inTime, endedMs: [2_450, 8_000] },
    ),
  },
  {
    id: 'F32',
    name: 'the carrier refuses for its rate and says when to come back',
    phase: 'P1',
    arrange: ({ gateway, lab }) => {
      gateway.faults.login = 'reject';
      Object.assign(lab.twilio.settings, { loginErrorCode: 31206, retryAfterSeconds: 600 });
    },
    expect: withTwilio(
      { ...TALK_SECOND, logins: 1 },
      { ...refused('quota', 'provider/over-limit'), redialAdvice: 'no', logins: 1 },
    ),
    short: ['twilio-telnyx'],
  },
];

const VENDOR_FOLDERS: Readonly<Record<CarrierId, string>> = {
  telnyx: '@telnyx',
  twilio: '@twilio',
  sip: 'jssip',
};

/** Every chunk in which the vendor's code is does not come, or is this text instead. */
async function breakSdk(
  context: Parameters<NonNullable<Cell['prepare']>>[0],
  carrier: CarrierId,
  text: string | undefined,
): Promise<void> {
  await context.route('**/chunk-*.js', async (route) => {
    const response = await route.fetch();
    const vendor = `// node_modules/${VENDOR_FOLDERS[carrier]}/`;
    if (!(await response.text()).includes(vendor)) await route.fulfill({ response });
    else if (text === undefined) await route.abort();
    else await route.fulfill({ response, body: text });
  });
}
