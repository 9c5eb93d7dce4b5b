import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AbsentPeer } from '../media/absent-peer.js';
import type { Carrier, NetworkLeg } from '../types.js';
import { PhoneNetwork } from './phone-network.js';

let network: PhoneNetwork;

beforeEach(() => {
  vi.useFakeTimers();
  network = new PhoneNetwork();
});

afterEach(() => {
  network.reset();
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

interface Placed {
  readonly leg: NetworkLeg;
  readonly told: string[];
  readonly media: AbsentPeer;
}

function place(
  to: string,
  callId = 'call-1',
  carrierCallId = 'leg-1',
  carrier: Carrier = 'telnyx',
): Placed {
  const told: string[] = [];
  const media = new AbsentPeer();
  const leg = network.place(
    {
      carrier,
      carrierCallId,
      to,
      from: undefined,
      params: { 'everdial-call-id': callId, 'everdial-attempt': '1' },
      media,
    },
    {
      ringing: () => told.push('ringing'),
      earlyMedia: () => told.push('early media'),
      answered: () => told.push('answered'),
      ended: (end) => told.push(`ended ${end.sipCode} ${end.q850Cause} ${end.name}`),
    },
  );
  return { leg, told, media };
}

const types = (number: string): string[] => network.history(number).map((event) => event.type);

describe('phones by number', () => {
  it.each([
    [
      '+14155550123',
      400,
      ['ringing', 'answered'],
      ['arrived', 'ring-start', 'ring-end', 'answered'],
    ],
    ['+12025550101', 60, ['ended 486 17 USER_BUSY'], ['arrived', 'refused']],
    [
      '+12025550102',
      4000,
      ['ringing', 'ended 480 19 NO_ANSWER'],
      ['arrived', 'ring-start', 'ring-end', 'refused'],
    ],
    [
      '+12025550103',
      600,
      ['ringing', 'ended 603 21 CALL_REJECTED'],
      ['arrived', 'ring-start', 'ring-end', 'refused'],
    ],
    ['+12025550104', 60, ['ended 404 1 UNALLOCATED_NUMBER'], ['arrived', 'refused']],
    ['+12025550105', 60, ['ended 503 41 NORMAL_TEMPORARY_FAILURE'], ['arrived', 'refused']],
    ['+12025550107', 60_000, ['ringing'], ['arrived', 'ring-start']],
    [
      '+12025550108',
      1700,
      ['ringing', 'early media', 'answered'],
      ['arrived', 'ring-start', 'early-media', 'ring-end', 'answered'],
    ],
    [
      '+12025550111',
      1500,
      ['ringing', 'answered', 'ended 200 16 NORMAL_CLEARING'],
      ['arrived', 'ring-start', 'ring-end', 'answered', 'hung-up'],
    ],
    ['+12025550112', 2900, [], ['arrived']],
    ['+12025550116', 60, ['answered'], ['arrived', 'answered']],
    [
      '+12025550117',
      1700,
      ['early media', 'ended 404 1 UNALLOCATED_NUMBER'],
      ['arrived', 'early-media', 'refused'],
    ],
    ['+12025550118', 1100, ['ended 504 102 RECOVERY_ON_TIMER_EXPIRE'], ['arrived', 'refused']],
  ])('%s after %i ms', (number, afterMs, told, history) => {
    const placed = place(number);
    expect(placed.told).toEqual([]);
    vi.advanceTimersByTime(afterMs);
    expect(placed.told).toEqual(told);
    expect(types(number)).toEqual(history);
  });
});

describe('a scripted phone', () => {
  it('takes its own behaviour for the calls that follow', () => {
    const phone = network.phone('+14155550123');
    phone.behaviour = { refuse: 502, rings: false, postDialDelayMs: 10 };
    const { told } = place(phone.number);
    vi.advanceTimersByTime(20);
    expect(told).toEqual(['ended 502 38 NETWORK_OUT_OF_ORDER']);
    network.reset();
    expect(phone.behaviour.refuse).toBeUndefined();
  });

  it('is answered, held and hung up by hand', () => {
    const phone = network.phone('+12025550107');
    const { told, media } = place(phone.number);
    vi.advanceTimersByTime(50);
    phone.answer();
    expect(media.asked).toEqual(['block none', 'play {"tone":1400}']);
    phone.hold();
    expect(media.asked.at(-1)).toBe('block both');
    phone.hold(false);
    expect(media.asked.at(-1)).toBe('block none');
    phone.hangUp();
    expect(told).toEqual(['ringing', 'answered', 'ended 200 16 NORMAL_CLEARING']);
    expect(phone.history.slice(-3)).toMatchObject([
      { type: 'held', by: 'callee' },
      { type: 'resumed', by: 'callee' },
      { type: 'hung-up', by: 'callee' },
    ]);
    expect(() => phone.hangUp()).toThrow('There is no call');
  });

  it('declines by hand before the answer', () => {
    const phone = network.phone('+12025550107');
    const { told } = place(phone.number);
    vi.advanceTimersByTime(50);
    phone.decline();
    expect(told).toEqual(['ringing', 'ended 603 21 CALL_REJECTED']);
  });

  it('stays held until both sides have taken the call back', () => {
    const phone = network.phone('+12025550116');
    const { leg, media } = place(phone.number);
    vi.advanceTimersByTime(60);
    leg.hold(true);
    phone.hold(true);
    leg.hold(false);
    expect(media.asked.at(-1)).toBe('block both');
    phone.hold(false);
    expect(media.asked.at(-1)).toBe('block none');
  });

  it.each([
    ['both', 'block none'],
    ['to-caller', 'block from-browser'],
    ['to-callee', 'block to-browser'],
    ['none', 'block both'],
  ] as const)('passes sound %s', (sound, asked) => {
    const phone = network.phone('+14155550123');
    phone.behaviour = { sound };
    const { media } = place(phone.number);
    vi.advanceTimersByTime(400);
    expect(media.asked).toContain(asked);
  });
});

describe('a caller who gives up', () => {
  it('silences the phone, and nothing is told after that', () => {
    const { leg, told } = place('+12025550107');
    vi.advanceTimersByTime(50);
    leg.hangup();
    leg.hangup();
    vi.advanceTimersByTime(60_000);
    expect(told).toEqual(['ringing']);
    expect(leg.over).toBe(true);
    expect(types('+12025550107')).toEqual(['arrived', 'ring-start', 'ring-end', 'cancelled']);
  });

  it('before the first ring leaves the phone silent', () => {
    const { leg, told } = place('+12025550112');
    vi.advanceTimersByTime(1000);
    leg.hangup();
    vi.advanceTimersByTime(60_000);
    expect(told).toEqual([]);
    expect(types('+12025550112')).toEqual(['arrived', 'cancelled']);
  });

  it('may lose against the answer, and must hang up again', () => {
    const { leg, told } = place('+12025550113');
    vi.advanceTimersByTime(50);
    leg.hangup();
    expect(told).toEqual(['ringing', 'answered']);
    expect(leg.over).toBe(false);
    vi.advanceTimersByTime(2000);
    leg.hangup();
    expect(leg.over).toBe(true);
    expect(network.billedSeconds('+12025550113')).toBeCloseTo(2, 1);
  });

  it('may find the call answered and ended', () => {
    const { leg, told } = place('+12025550119');
    vi.advanceTimersByTime(50);
    leg.hangup();
    expect(told).toEqual(['ringing', 'answered']);
    expect(leg.over).toBe(true);
    expect(types('+12025550119').slice(-2)).toEqual(['answered', 'hung-up']);
  });
});

describe('the carrier’s server', () => {
  it.each([
    [20, 'ended', ['arrived', 'cancelled']],
    [60, 'ringing', ['arrived', 'ring-start', 'ring-end', 'cancelled']],
  ])('ends a leg after %i ms as %s', (ms, fate, history) => {
    const { told } = place('+12025550107');
    vi.advanceTimersByTime(ms);
    expect(network.endLeg('call-1', 1)).toBe(fate);
    expect(types('+12025550107')).toEqual(history);
    expect(told.at(-1)).toBe('ended 487 487 ORIGINATOR_CANCEL');
  });

  it('tells of a leg that is over whether its phone had rung', () => {
    const { leg } = place('+12025550107');
    vi.advanceTimersByTime(60);
    leg.hangup();
    expect(network.endLeg('call-1', 1)).toBe('ringing');
  });

  it('leaves an answered leg alone', () => {
    place('+12025550116');
    vi.advanceTimersByTime(60);
    expect(network.endLeg('call-1', 1)).toBe('answered');
    expect(network.liveCalls).toBe(1);
  });

  it('refuses a leg that comes after it was ended, and no other one', () => {
    expect(network.endLeg('call-1', 1)).toBe('ended');
    const late = place('+12025550107');
    const other = place('+12025550107', 'call-2');
    vi.advanceTimersByTime(60);
    expect(late.told).toEqual(['ended 403 21 CALL_REJECTED']);
    expect(other.told).toEqual(['ringing']);
  });
});

describe('a phone that is scripted for one carrier', () => {
  it('takes calls of another one as it always does', () => {
    network.phone('+14155550123').behaviour = { via: 'twilio', rings: false, refuse: 486 };
    const one = place('+14155550123', 'call-1', 'leg-1', 'twilio');
    const other = place('+14155550123', 'call-2', 'leg-2', 'telnyx');
    vi.advanceTimersByTime(400);
    expect([one.told, other.told]).toEqual([['ended 486 17 USER_BUSY'], ['ringing', 'answered']]);
  });
});

describe('the oracle', () => {
  it('counts rings, answers and seconds, of live calls too', () => {
    place('+12025550100');
    vi.advanceTimersByTime(350 + 5000);
    expect(network.rings('+12025550100')).toBe(1);
    expect(network.answeredCount()).toBe(1);
    expect(network.answeredCount('+12025550101')).toBe(0);
    expect(network.billedSeconds()).toBeCloseTo(5, 1);
    expect(network.liveCalls).toBe(1);
  });

  it('sees that one call rang through two legs, and that two calls are no such thing', () => {
    place('+12025550107', 'call-1', 'leg-1');
    place('+12025550107', 'call-2', 'leg-2');
    vi.advanceTimersByTime(60);
    expect(network.everRangTwice()).toBe(false);
    place('+12025550107', 'call-1', 'leg-3');
    expect(network.everRangTwice('call-1')).toBe(false);
    vi.advanceTimersByTime(60);
    expect(network.everRangTwice('call-1')).toBe(true);
    expect(network.everRangTwice('call-2')).toBe(false);
    expect(network.everRangTwice()).toBe(true);
  });

  it('counts an answer without a ring as a ring', () => {
    place('+12025550107', 'call-1', 'leg-1');
    place('+12025550116', 'call-1', 'leg-2');
    vi.advanceTimersByTime(60);
    expect(network.everRangTwice('call-1')).toBe(true);
  });

  it('notes digits of both kinds', () => {
    const { leg, media } = place('+12025550100');
    vi.advanceTimersByTime(400);
    leg.digit('5');
    media.onDigit?.('#');
    const digits = network.history('+12025550100').filter((event) => event.type === 'digit');
    expect(digits.map((event) => event.digit)).toEqual(['5', '#']);
    expect(digits[0]).toMatchObject({
      carrier: 'telnyx',
      carrierCallId: 'leg-1',
      callId: 'call-1',
    });
  });

  it('notes each steady tone once', () => {
    const { media } = place('+12025550100');
    vi.advanceTimersByTime(400);
    media.hears = { frequency: 700, level: 0.2, packets: 10 };
    vi.advanceTimersByTime(2000);
    media.hears = { frequency: 0, level: 0, packets: 0 };
    vi.advanceTimersByTime(400);
    media.hears = { frequency: 900, level: 0.2, packets: 10 };
    vi.advanceTimersByTime(2000);
    const tones = network.history('+12025550100').filter((event) => event.type === 'tone');
    expect(tones.map((event) => event.frequency)).toEqual([700, 900]);
  });
});

describe('waiting', () => {
  it('finds what was there before and what comes', async () => {
    const phone = network.phone('+12025550100');
    const answered = phone.waitFor('answered');
    place(phone.number);
    vi.advanceTimersByTime(400);
    await expect(answered).resolves.toMatchObject({ type: 'answered', callId: 'call-1' });
    await expect(phone.waitFor('ring-start')).resolves.toMatchObject({ type: 'ring-start' });
  });

  it('counts, and says what happened instead', async () => {
    const phone = network.phone('+12025550100');
    place(phone.number);
    const second = phone.waitFor('ring-start', { nth: 2, timeoutMs: 1000 });
    const failed = expect(second).rejects.toThrow(
      'No ring-start at +12025550100 within 1000 ms; what happened: +12025550100 arrived (telnyx), +12025550100 ring-start (telnyx)',
    );
    vi.advanceTimersByTime(1000);
    await failed;
    const other = phone.waitFor('ring-start', { callId: 'call-2' });
    place(phone.number, 'call-2');
    vi.advanceTimersByTime(60);
    await expect(other).resolves.toMatchObject({ callId: 'call-2' });
  });
});
