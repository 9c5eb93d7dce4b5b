import { describe, expect, test } from 'vitest';
import type { PhoneEvent } from '../lab/network/history.js';
import { checkInvariants, INVARIANT_NAMES } from './invariants.js';
import type { Observation } from './observation.js';
import type { PageRecord, RecordedEvent } from './page-side/page-types.js';

const CALL = 'call-1';
const event = (atMs: number, name: string, state: string, more: Partial<RecordedEvent> = {}) => ({
  name,
  atMs,
  callId: CALL,
  state,
  provider: 'telnyx',
  error: undefined,
  evidence: undefined,
  ...more,
});
const at = (atMs: number, type: PhoneEvent['type'], more: Partial<PhoneEvent> = {}) =>
  ({
    atMs,
    type,
    number: '+12025550177',
    carrier: 'telnyx',
    carrierCallId: 'leg-1',
    callId: CALL,
    ...more,
  }) as PhoneEvent;
const failure = (kind: string, text = '[provider/unreachable] It is down.') => ({
  code: 'provider/unreachable',
  kind,
  text,
  explained: true,
});

const RECORD: PageRecord = {
  pressedAtMs: 1_000,
  hungUpAtMs: 3_000,
  callIds: [CALL],
  events: [
    event(1_100, 'state', 'connecting'),
    event(1_200, 'state', 'ringing'),
    event(1_200, 'ringing', 'ringing'),
    event(1_500, 'state', 'answered'),
    event(1_500, 'answered', 'answered', { evidence: 'signalling' }),
    event(1_700, 'state', 'active'),
    event(3_000, 'state', 'ending'),
    event(3_010, 'state', 'ended'),
    event(3_010, 'ended', 'ended'),
  ],
  outcome: {
    cause: 'completed',
    by: 'local',
    confirmed: true,
    redialAdvice: 'ok',
    durationMs: 1_510,
    media: { released: true, tracks: 1, liveTracks: 0 },
    code: undefined,
  },
  errors: [],
  logs: [{ level: 'info', text: 'all is well' }],
  microphones: [{ askedAtMs: 1_001, givenAtMs: 1_050 }],
  tracksAfterEnd: 0,
  repeatedMs: 3,
  routes: [],
};

const GOOD: Observation = {
  carriers: ['telnyx', 'twilio', 'sip'],
  maxSwitches: 1,
  record: RECORD,
  leftAtMs: undefined,
  phone: [
    at(1_110, 'arrived'),
    at(1_160, 'ring-start'),
    at(1_490, 'answered'),
    at(3_005, 'hung-up'),
  ],
  invites: [{ carrier: 'telnyx', atMs: 1_100, callId: CALL, attempt: '1' }],
  logins: 1,
  endings: [],
  left: {
    liveTracks: 0,
    peerConnections: 0,
    sockets: 0,
    intervals: 0,
    timeouts: 0,
    audioContexts: 0,
  },
  pageErrors: [],
  consoleErrors: ['WebSocket connection to ws://127.0.0.1:1/ failed'],
  roundTripMs: 0,
  outOfReach: false,
  atMs: 4_000,
};

const record = (changes: Partial<PageRecord>): Observation => ({
  ...GOOD,
  record: { ...RECORD, ...changes },
});
const and = (...more: readonly RecordedEvent[]): Observation =>
  record({ events: [...RECORD.events, ...more] });
const without = (name: string): Observation =>
  record({ events: RECORD.events.filter((each) => each.name !== name) });
const outcome = (changes: object): Observation =>
  record({ outcome: { ...(RECORD.outcome as NonNullable<PageRecord['outcome']>), ...changes } });
const secondLeg = [
  { carrier: 'telnyx', atMs: 1_100, callId: CALL, attempt: '1' },
  { carrier: 'twilio', atMs: 1_300, callId: CALL, attempt: '2' },
] as const;
const ringsOn = GOOD.phone.slice(0, 2);

/** For each invariant what breaks it. */
const BROKEN: readonly (readonly [name: string, what: string, seen: Observation])[] = [
  ['I1', 'no end', without('ended')],
  ['I1', 'two ends', and(event(3_020, 'ended', 'ended'))],
  ['I1', 'something after the end', and(event(3_020, 'ringing', 'ended'))],
  [
    'I2',
    'two phones ring',
    {
      ...GOOD,
      phone: [
        ...GOOD.phone,
        at(1_300, 'ring-start', { carrierCallId: 'leg-2', carrier: 'twilio' }),
      ],
    },
  ],
  [
    'I2',
    'one rings, another is answered',
    { ...GOOD, phone: [...GOOD.phone, at(3_100, 'answered', { carrierCallId: 'leg-2' })] },
  ],
  ['I3', 'it rings on', { ...GOOD, phone: ringsOn }],
  ['I3', 'it rings on after a confirmed end', { ...GOOD, phone: ringsOn, outOfReach: true }],
  [
    'I3',
    'it rings on and nobody is asked',
    { ...outcome({ confirmed: false }), phone: ringsOn, outOfReach: true },
  ],
  [
    'I3',
    'it rings on when the page is gone',
    { ...GOOD, record: undefined, leftAtMs: 1_300, phone: ringsOn },
  ],
  [
    'I4',
    'a second INVITE beside a living leg',
    { ...GOOD, invites: secondLeg, endings: [{ carrier: 'telnyx', atMs: 1_200 }] },
  ],
  [
    'I4',
    'a second INVITE without a word',
    { ...GOOD, invites: secondLeg, phone: [at(1_110, 'arrived'), at(1_120, 'refused')] },
  ],
  ['I5', 'no microphone', record({ microphones: [] })],
  [
    'I5',
    'the microphone comes too late',
    record({ microphones: [{ askedAtMs: 1_050, givenAtMs: 1_150 }] }),
  ],
  ['I5', 'an INVITE after the hang-up', record({ hungUpAtMs: 1_010 })],
  [
    'I6',
    'a late switch',
    and(event(9_100, 'switched', 'preparing', { error: failure('infrastructure') })),
  ],
  [
    'I6',
    'a switch for a busy callee',
    and(event(1_090, 'switched', 'preparing', { error: failure('callee') })),
  ],
  [
    'I6',
    'a switch after ringing',
    and(event(1_300, 'switched', 'ringing', { error: failure('infrastructure') })),
  ],
  ['I6', 'three INVITEs', { ...GOOD, invites: [...secondLeg, secondLeg[0]] }],
  ['I7', 'the microphone stays on', record({ tracksAfterEnd: 1 })],
  ['I7', 'the receipt says so', outcome({ media: { released: false, tracks: 1, liveTracks: 1 } })],
  [
    'I7',
    'a microphone before the press',
    record({ microphones: [{ askedAtMs: 900, givenAtMs: 950 }] }),
  ],
  ['I8', 'a transition that is not drawn', and(event(3_020, 'state', 'ringing'))],
  [
    'I8',
    'answered too early',
    {
      ...GOOD,
      phone: [
        at(1_110, 'arrived'),
        at(1_160, 'ring-start'),
        at(1_600, 'answered'),
        at(3_005, 'hung-up'),
      ],
    },
  ],
  ['I8', 'a wrong duration', outcome({ durationMs: 9_000 })],
  [
    'I9',
    'it connects for ever',
    record({
      events: [
        event(1_100, 'state', 'connecting'),
        event(30_000, 'state', 'ended'),
        event(30_000, 'ended', 'ended'),
      ],
    }),
  ],
  ['I9', 'no outcome', record({ outcome: undefined })],
  [
    'I10',
    'a socket stays open',
    { ...GOOD, left: { ...(GOOD.left as NonNullable<Observation['left']>), sockets: 1 } },
  ],
  ['I11', 'an unhandled rejection', { ...GOOD, pageErrors: ['TypeError: no'] }],
  ['I11', 'console.error', { ...GOOD, consoleErrors: ['everdial: no'] }],
  ['I12', 'close() hangs', record({ repeatedMs: 6_000 })],
  [
    'I13',
    'a number in an error',
    record({ errors: [failure('infrastructure', 'no way to +12025550177')] }),
  ],
  ['I13', 'an unknown code', record({ errors: [{ ...failure('infrastructure'), code: 'a/b' }] })],
  [
    'I13',
    'no words for the person',
    record({ errors: [{ ...failure('infrastructure'), explained: false }] }),
  ],
  [
    'I14',
    'an INVITE without its call',
    { ...GOOD, invites: [{ carrier: 'telnyx', atMs: 1_100, callId: undefined, attempt: '1' }] },
  ],
  [
    'I14',
    'an INVITE without its attempt',
    { ...GOOD, invites: [{ carrier: 'telnyx', atMs: 1_100, callId: CALL, attempt: undefined }] },
  ],
  [
    'I14',
    'the ringing of another carrier',
    and(event(3_000, 'ringing', 'ringing', { provider: 'twilio' })),
  ],
  ['I18', 'a number in the log', record({ logs: [{ level: 'info', text: 'to +12025550177' }] })],
  ['I18', 'a token in the log', record({ logs: [{ level: 'info', text: 'with lab-twilio-3' }] })],
  ['I18', 'a password in the log', record({ logs: [{ level: 'info', text: 'secret-visitor' }] })],
  [
    'I18',
    'a private address in the log',
    record({ logs: [{ level: 'info', text: 'at 192.168.0.4' }] }),
  ],
  [
    'I19',
    'two questions for the microphone',
    record({ microphones: [...RECORD.microphones, ...RECORD.microphones] }),
  ],
];

describe('the invariants', () => {
  test('find nothing wrong with a good call', () => {
    expect(checkInvariants(GOOD)).toEqual([]);
  });

  test.each(BROKEN)('%s: %s', (name, _what, seen) => {
    expect(checkInvariants(seen).map((text) => text.split(':')[0])).toContain(name);
  });

  test('each of them can break', () => {
    expect([...new Set(BROKEN.map(([name]) => name))].sort()).toEqual([...INVARIANT_NAMES].sort());
  });
});
