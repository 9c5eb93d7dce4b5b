import { describe, expect, it, vi } from 'vitest';
import type { CloseCallRequest } from '../../../src/access/hooks.js';
import { DialerError } from '../../../src/errors/dialer-error.js';
import { failing, never, SAYS } from '../failover/scripted-provider.js';
import { NUMBER } from './dialer-stage.js';
import { granting, served } from './served-stage.js';

describe('a server that is told of the end', () => {
  it('hears it once, after the call has ended', async () => {
    const told: unknown[] = [];
    const { dialer, clock, expectNothingLeft } = served({
      closeCall: (request) => void told.push([request, call.state]),
    });
    const call = dialer.dial(NUMBER);
    await clock.until(call.when('active'));
    expect(told).toEqual([]);
    await clock.until(call.hangup());
    await call.hangup();
    await expectNothingLeft();
    expect(told).toEqual([[{ callId: call.id, pageLeaving: false }, 'ended']]);
  });

  it.each([
    ['a call that failed', {}, failing('provider/unreachable')],
    ['a call that it refused', { openCall: failing('call/blocked') }, undefined],
    ['a call that it could not open', { openCall: failing('auth/token-unavailable') }, undefined],
  ] as const)('hears of %s, too', async (_name, hooks, login) => {
    const closeCall = vi.fn();
    const broken = login ? { login } : {};
    const { dialer, clock } = served({ ...hooks, closeCall }, {}, broken, broken);
    const call = dialer.dial(NUMBER);
    await clock.until(call.when('ended'));
    expect(closeCall.mock.calls).toEqual([[{ callId: call.id, pageLeaving: false }]]);
  });

  it('hears nothing of what was never a call', async () => {
    const closeCall = vi.fn();
    const { dialer, clock } = served({ closeCall });
    await clock.until(dialer.dial('12').when('ended'));
    const stop = new AbortController();
    stop.abort();
    await clock.until(dialer.dial(NUMBER, { signal: stop.signal }).when('ended'));
    expect(closeCall).not.toHaveBeenCalled();
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('down');
      },
    ],
    ['rejects', () => Promise.reject(new Error('down'))],
    ['never answers', never],
  ])('is told once and is waited for by nobody when it %s', async (name, answer) => {
    const closeCall = vi.fn<(request: CloseCallRequest) => Promise<void>>(answer);
    const { dialer, clock, lines, expectNothingLeft } = served({ closeCall });
    const call = dialer.dial(NUMBER);
    await clock.until(call.when('active'));
    expect((await clock.until(call.hangup())).cause).toBe('completed');
    await expectNothingLeft();
    expect(closeCall).toHaveBeenCalledTimes(1);
    const warnings = lines.filter(([level, text]) => level === 'warn' && /closeCall/.test(text));
    expect(warnings).toHaveLength(name === 'never answers' ? 0 : 1);
  });

  it('hears that the page goes away, in that turn and not again', async () => {
    const closeCall = vi.fn();
    const { dialer, clock, environment } = served({ closeCall });
    const call = dialer.dial(NUMBER);
    await clock.until(call.when('active'));
    environment.tellPage('left');
    expect(closeCall.mock.calls).toEqual([[{ callId: call.id, pageLeaving: true }]]);
    await clock.until(call.when('ended'));
    environment.tellPage('left');
    await clock.advance(10_000);
    expect(closeCall).toHaveBeenCalledTimes(1);
  });

  it('hears so of a call that it is still opening', async () => {
    const closeCall = vi.fn();
    const { dialer, clock, environment } = served({ openCall: never, closeCall });
    const call = dialer.dial(NUMBER);
    await clock.advance(100);
    environment.tellPage('left');
    expect(closeCall.mock.calls).toEqual([[{ callId: call.id, pageLeaving: true }]]);
    await clock.advance(0);
    expect([call.state, closeCall.mock.calls.length]).toEqual(['ended', 1]);
  });
});

describe('every leg', () => {
  it('carries the id of its call and its own number, which a switch counts up', async () => {
    const { dialer, clock, first, second } = served(
      {},
      {},
      {
        onDial: (leg) => leg.say(SAYS.lost),
      },
    );
    const call = dialer.dial(NUMBER);
    await clock.until(call.when('active'));
    expect([first.leg, second.leg].map(({ request }) => [request.params, request.attempt])).toEqual(
      [
        [{ 'everdial-call-id': call.id, 'everdial-attempt': '1' }, 1],
        [{ 'everdial-call-id': call.id, 'everdial-attempt': '2' }, 2],
      ],
    );
  });

  it('is numbered anew for a fresh token, too', async () => {
    const { dialer, clock, first } = served(
      {},
      {},
      {
        token: 'required',
        onDial: (leg) =>
          first.legs.length === 1
            ? leg.say({ ...SAYS.lost, error: new DialerError('auth/token-expired') })
            : leg.say(SAYS.sent, SAYS.answered, SAYS.flows),
      },
    );
    await clock.until(dialer.dial(NUMBER).when('active'));
    expect(first.legs.map(({ request }) => request.params['everdial-attempt'])).toEqual(['1', '2']);
  });

  it('cannot be given others by an application or its server', async () => {
    const forged = { 'everdial-call-id': 'mine', 'everdial-attempt': '9' };
    const { dialer, clock, first } = served(
      { openCall: granting({ params: forged, tokens: { first: { token: 'x', params: forged } } }) },
      {},
      { token: 'required' },
    );
    const call = dialer.dial(NUMBER, { params: forged });
    await clock.until(call.when('active'));
    expect(first.leg.request.params).toEqual({
      'everdial-call-id': call.id,
      'everdial-attempt': '1',
    });
  });
});
