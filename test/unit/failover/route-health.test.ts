import { describe, expect, it, vi } from 'vitest';
import type { DialerErrorCode } from '../../../src/errors/codes.js';
import { DialerError, type DialerErrorOptions } from '../../../src/errors/dialer-error.js';
import { RouteHealth } from '../../../src/failover/route-health.js';
import { createSimulatedClock } from '../../../src/testing/simulated-clock.js';

const MIDDLE = 0.5;
const MINUTE_MS = 60_000;

/** The health of one route; chance stands in the middle, where it spreads nothing. */
function health(random: () => number = () => MIDDLE) {
  const clock = createSimulatedClock();
  const route = new RouteHealth(clock, random);
  const fail = (code: DialerErrorCode = 'provider/unreachable', options?: DialerErrorOptions) =>
    route.failed(new DialerError(code, options));
  return {
    clock,
    route,
    fail,
    /** How long the route is left alone from now on. */
    holdOffMs: () => (route.retryAtMs === undefined ? undefined : route.retryAtMs - clock.now()),
  };
}

const holdOffAfter = (code: DialerErrorCode, options?: DialerErrorOptions) => {
  const { fail, holdOffMs, route } = health();
  const counts = fail(code, options);
  return [counts, route.state, holdOffMs()];
};

const UNTOUCHED = [false, 'healthy', undefined];

describe('a route that failed', () => {
  it('is left alone for half a minute, and twice as long after each further failure, to five minutes', () => {
    const { fail, holdOffMs } = health();
    const holdOffs = Array.from({ length: 7 }, () => {
      fail();
      return holdOffMs();
    });
    expect(holdOffs).toEqual([30_000, 60_000, 120_000, 240_000, 300_000, 300_000, 300_000]);
  });

  it('does not come to an end of counting', () => {
    const { fail, holdOffMs } = health();
    for (let count = 0; count < 2_000; count += 1) fail();
    expect(holdOffMs()).toBe(300_000);
  });

  it.each([
    [0, 22_500, 45_000],
    [0.25, 26_250, 52_500],
    [1, 37_500, 75_000],
  ])('is left alone a quarter shorter or longer as chance (%d) has it', (chance, first, second) => {
    const { fail, holdOffMs } = health(() => chance);
    fail();
    expect(holdOffMs()).toBe(first);
    fail();
    expect(holdOffMs()).toBe(second);
  });

  it('is tried again when the server says so, whatever chance has', () => {
    const after = (retryAfterMs: number) => {
      const { fail, holdOffMs } = health(() => 0);
      fail('provider/unreachable', { retryAfterMs });
      return holdOffMs();
    };
    expect([0, 5_000, 600_000].map(after)).toEqual([0, 5_000, 600_000]);
  });

  it('is cooling down until then, and waits for a connection of its signalling after that', async () => {
    const { clock, route, fail } = health();
    fail();
    await clock.advance(29_999);
    expect([route.state, route.awaitsProbe]).toEqual(['cooling-down', false]);
    await clock.advance(1);
    expect([route.state, route.awaitsProbe]).toEqual(['cooling-down', true]);
  });

  it('counts the same error once, however many tell of it', () => {
    const { route, holdOffMs } = health();
    const error = new DialerError('provider/server-error');
    expect([route.failed(error), route.failed(error)]).toEqual([true, false]);
    expect(holdOffMs()).toBe(30_000);
  });
});

describe('what says something about a route', () => {
  it.each([
    'provider/unreachable',
    'provider/timeout',
    'provider/server-error',
    'provider/sdk-not-loaded',
    'network/signalling-lost',
  ] as const)('%s: it cools down', (code) => {
    expect(holdOffAfter(code)).toEqual([true, 'cooling-down', 30_000]);
  });

  it.each(['auth/token-rejected', 'auth/token-expired', 'provider/misconfigured'] as const)(
    '%s: its owner must act, which takes half an hour',
    (code) => {
      expect(holdOffAfter(code)).toEqual([true, 'misconfigured', 30 * MINUTE_MS]);
    },
  );

  it('a limit of the account passes by itself', () => {
    expect(holdOffAfter('provider/over-limit')).toEqual([true, 'cooling-down', 30_000]);
  });

  it('so does what the server names a time for', () => {
    const options = { retryAfterMs: 7_000 };
    expect(holdOffAfter('auth/token-rejected', options)).toEqual([true, 'cooling-down', 7_000]);
    expect(holdOffAfter('provider/misconfigured', options)).toEqual([true, 'cooling-down', 7_000]);
  });

  it.each([
    ['the own token server', 'auth/token-unavailable'],
    ['the callee', 'call/busy'],
    ['the callee', 'call/no-answer'],
    ['the number', 'call/invalid-number'],
    ['a rule', 'call/blocked'],
    ['the microphone', 'media/permission-denied'],
    ['the network of the page', 'network/offline'],
    ['the person', 'call/cancelled'],
    ['the developer', 'config/invalid-option'],
    ['nothing known', 'provider/unexplained'],
  ] as const)('not a failure of %s (%s)', (_whose, code) => {
    expect(holdOffAfter(code)).toEqual(UNTOUCHED);
  });

  it.each(['auth/token-unavailable', 'call/busy', 'call/unavailable', 'call/blocked'] as const)(
    'not %s either when it comes with a time',
    (code) => {
      expect(holdOffAfter(code, { retryAfterMs: 60_000 })).toEqual(UNTOUCHED);
    },
  );

  it('is the kind that the provider tells, not the one that the code stands for', () => {
    expect(holdOffAfter('provider/server-error', { kind: 'callee' })).toEqual(UNTOUCHED);
    expect(holdOffAfter('call/unavailable', { kind: 'infrastructure' })).toEqual([
      true,
      'cooling-down',
      30_000,
    ]);
  });
});

describe('a route in bad health', () => {
  it('is not healed by a connection before its hold-off is over', async () => {
    const { clock, route, fail, holdOffMs } = health();
    fail();
    await clock.advance(29_999);
    route.connected();
    expect([route.state, holdOffMs()]).toEqual(['cooling-down', 1]);
  });

  it('is healed by one after that', async () => {
    const { clock, route, fail } = health();
    fail();
    await clock.advance(30_000);
    route.connected();
    expect([route.state, route.retryAtMs, route.awaitsProbe]).toEqual([
      'healthy',
      undefined,
      false,
    ]);
  });

  it('is healed by one at once when its login had been refused', () => {
    const { route, fail } = health();
    fail('auth/token-rejected');
    route.connected();
    expect([route.state, route.retryAtMs]).toEqual(['healthy', undefined]);
  });

  it('is not healed at once by one when more than its login failed', () => {
    for (const code of ['provider/misconfigured', 'provider/over-limit'] as const) {
      const { route, fail } = health();
      fail('auth/token-rejected');
      fail(code);
      route.connected();
      expect(route.state).not.toBe('healthy');
    }
  });

  it('is left alone for longer when it fails after a connection that promised too much', async () => {
    const { clock, route, fail, holdOffMs } = health();
    fail();
    await clock.advance(30_000);
    route.connected();
    fail();
    expect(holdOffMs()).toBe(60_000);
  });

  it('is healed at once by a call that it carried, and its failures are forgotten', () => {
    const { route, fail, holdOffMs } = health();
    fail();
    fail();
    route.succeeded();
    expect([route.state, route.retryAtMs]).toEqual(['healthy', undefined]);
    fail();
    expect(holdOffMs()).toBe(30_000);
  });

  it('may fail for the very same reason again after it was healed', () => {
    const { route } = health();
    const error = new DialerError('provider/server-error');
    route.failed(error);
    route.succeeded();
    expect([route.failed(error), route.state]).toEqual([true, 'cooling-down']);
  });

  it('is not bettered by a failure that says nothing about it', () => {
    const { route, fail, holdOffMs } = health();
    fail();
    fail('call/busy');
    expect([route.state, holdOffMs()]).toEqual(['cooling-down', 30_000]);
  });
});

it('knows no time and no chance but those it was given', async () => {
  const { clock, route, fail, holdOffMs } = health();
  vi.useFakeTimers({ now: 0 });
  const chance = vi.spyOn(Math, 'random').mockReturnValue(0);
  try {
    fail();
    vi.setSystemTime(10 * 365 * 24 * 60 * MINUTE_MS);
    expect([holdOffMs(), route.awaitsProbe, chance.mock.calls]).toEqual([30_000, false, []]);
  } finally {
    vi.useRealTimers();
    chance.mockRestore();
  }
  await clock.advance(30_000);
  expect(route.awaitsProbe).toBe(true);
});
