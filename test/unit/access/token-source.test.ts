import { describe, expect, it } from 'vitest';
import type { GetToken, TokenAnswer, TokenRequest } from '../../../src/access/hooks.js';
import { TokenSource } from '../../../src/access/token-source.js';
import { sleep } from '../../../src/core/wait.js';
import { DialerError } from '../../../src/errors/dialer-error.js';
import { createSimulatedClock } from '../../../src/testing/simulated-clock.js';

const FOR_A_CALL = { reason: 'dial', callId: 'call-1', attempt: 1, to: '+14155550123' } as const;

function setUp(getToken: GetToken | readonly (() => TokenAnswer | Promise<TokenAnswer>)[]) {
  const clock = createSimulatedClock();
  const requests: TokenRequest[] = [];
  const source = new TokenSource({
    provider: 'telnyx',
    route: 'telnyx/us-west',
    clock,
    tokenMs: 3000,
    getToken: (request) => {
      requests.push(request);
      if (typeof getToken === 'function') return getToken(request);
      const answer = getToken[Math.min(requests.length, getToken.length) - 1];
      if (!answer) throw new Error('no answer was prepared');
      return answer();
    },
  });
  return { clock, requests, source };
}

const fail = (error: unknown) => (): TokenAnswer => {
  throw error;
};

describe('a token source', () => {
  it('says for what it asks', async () => {
    const { source, requests } = setUp([() => 'a']);
    await source.get(FOR_A_CALL);
    expect(requests).toEqual([
      {
        provider: 'telnyx',
        route: 'telnyx/us-west',
        reason: 'dial',
        callId: 'call-1',
        attempt: 1,
        to: '+14155550123',
        signal: expect.any(AbortSignal),
      },
    ]);
  });

  it('asks once for two who ask at the same time', async () => {
    const { source, requests, clock } = setUp(() => sleep(clock, 100).then(() => 'shared'));
    const [first, second] = await clock.until(
      Promise.all([source.get(FOR_A_CALL), source.get({ ...FOR_A_CALL, reason: 'warm-up' })]),
    );
    expect(first).toBe(second);
    expect(requests).toHaveLength(1);
  });

  it('keeps a token until shortly before its end', async () => {
    let count = 0;
    const { source, requests, clock } = setUp(() => {
      count += 1;
      return { token: `token-${count}`, expiresInMs: 3_600_000 };
    });
    await source.get(FOR_A_CALL);
    await clock.advance(3_600_000 - 61_000);
    expect((await source.get(FOR_A_CALL)).token).toBe('token-1');
    await clock.advance(1_000);
    expect((await source.get(FOR_A_CALL)).token).toBe('token-2');
    expect(requests).toHaveLength(2);
  });

  it('replaces a short-lived token when a fifth of its life is left', async () => {
    const { source, clock } = setUp(() => ({ token: 't', expiresInMs: 10_000 }));
    await source.get(FOR_A_CALL);
    expect(source.renewAtMs).toBe(clock.now() + 8_000);
  });

  it('asks again once a token was refused', async () => {
    const { source, requests } = setUp([() => 'old', () => 'new']);
    await source.get(FOR_A_CALL);
    expect(source.current?.token).toBe('old');
    source.invalidate();
    expect([source.current, source.renewAtMs]).toEqual([undefined, undefined]);
    expect((await source.get({ ...FOR_A_CALL, reason: 'refused' })).token).toBe('new');
    expect(requests[1]?.reason).toBe('refused');
  });

  it('tries once more, after half a second', async () => {
    const { source, requests, clock } = setUp([fail(new TypeError('Failed to fetch')), () => 'ok']);
    const token = source.get(FOR_A_CALL);
    await clock.advance(499);
    expect(requests).toHaveLength(1);
    await clock.advance(1);
    expect((await token).token).toBe('ok');
    expect(requests).toHaveLength(2);
  });

  it('gives up after the second failure, and asks anew for the next one who needs it', async () => {
    const { source, requests, clock } = setUp([
      () => new Response('', { status: 500 }),
      () => new Response('', { status: 503 }),
      () => 'recovered',
    ]);
    await expect(clock.until(source.get(FOR_A_CALL))).rejects.toMatchObject({
      code: 'auth/token-unavailable',
      message: expect.stringContaining('503'),
    });
    expect(requests).toHaveLength(2);
    expect((await source.get(FOR_A_CALL)).token).toBe('recovered');
  });

  it.each([
    ['a refusal of the application', new DialerError('call/blocked'), 'call/blocked'],
    ['its own judgement', new DialerError('auth/token-rejected'), 'auth/token-rejected'],
  ])('does not repeat %s', async (_name, error, code) => {
    const { source, requests, clock } = setUp([fail(error)]);
    await expect(clock.until(source.get(FOR_A_CALL))).rejects.toMatchObject({ code });
    expect(requests).toHaveLength(1);
  });

  it('explains what is thrown, and what comes of a body that was read already', async () => {
    const thrown = new TypeError('Failed to fetch');
    const { source, clock } = setUp([fail(thrown)]);
    await expect(clock.until(source.get(FOR_A_CALL))).rejects.toMatchObject({
      code: 'auth/token-unavailable',
      cause: thrown,
    });
    const response = new Response('token');
    await response.text();
    const used = setUp([() => response]);
    await expect(used.clock.until(used.source.get(FOR_A_CALL))).rejects.toMatchObject({
      code: 'auth/token-unavailable',
    });
  });

  it('does not repeat a request that gave something that is no token', async () => {
    const { source, requests, clock } = setUp([() => 5 as unknown as string]);
    await expect(clock.until(source.get(FOR_A_CALL))).rejects.toMatchObject({
      code: 'config/invalid-option',
    });
    expect(requests).toHaveLength(1);
  });

  it('waits no longer than its deadline, twice, and tells the application to stop', async () => {
    const { source, requests, clock } = setUp(() => new Promise<string>(() => undefined));
    await expect(clock.until(source.get(FOR_A_CALL))).rejects.toMatchObject({
      code: 'auth/token-unavailable',
      route: 'telnyx/us-west',
    });
    expect(clock.monotonicNow()).toBe(3000 + 500 + 3000);
    expect(requests.map(({ signal }) => signal.aborted)).toEqual([true, true]);
    expect(clock.pendingTimers).toBe(0);
  });

  it('counts a body that never comes into the deadline', async () => {
    const slow = { ok: true, status: 200, text: () => new Promise(() => undefined) };
    const { source, clock } = setUp(() => slow as unknown as Response);
    await expect(clock.until(source.get(FOR_A_CALL))).rejects.toMatchObject({
      code: 'auth/token-unavailable',
    });
  });

  it('takes no late answer for a token', async () => {
    const { source, clock } = setUp(() => sleep(clock, 60_000).then(() => 'late'));
    await expect(clock.until(source.get(FOR_A_CALL))).rejects.toBeDefined();
    await clock.advance(120_000);
    expect(source.current).toBeUndefined();
  });

  it('aborts what runs when it is closed, in the pause before the repetition too', async () => {
    const { source, requests, clock } = setUp(() => new Promise<string>(() => undefined));
    const token = source.get(FOR_A_CALL);
    token.catch(() => undefined);
    await clock.advance(10);
    source.close();
    await expect(token).rejects.toMatchObject({ code: 'state/aborted' });
    expect(requests[0]?.signal.aborted).toBe(true);

    const pausing = setUp([fail(new Error('no'))]);
    const second = pausing.source.get(FOR_A_CALL);
    second.catch(() => undefined);
    await pausing.clock.advance(10);
    pausing.source.close();
    await expect(second).rejects.toMatchObject({ code: 'state/aborted' });
    expect([clock.pendingTimers, pausing.clock.pendingTimers]).toEqual([0, 0]);
  });
});
