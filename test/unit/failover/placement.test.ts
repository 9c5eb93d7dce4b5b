import { describe, expect, it } from 'vitest';
import type { DialerErrorCode } from '../../../src/errors/codes.js';
import { DialerError } from '../../../src/errors/dialer-error.js';
import type { FailoverContext } from '../../../src/failover/failover-context.js';
import { recordEvents } from '../../../src/testing/index.js';
import { NUMBER, stage } from '../dialer/dialer-stage.js';
import { failing, never, SAYS, type Script, scripted } from './scripted-provider.js';

const works = (route = 'second') =>
  scripted({ route, onDial: (leg) => leg.say(SAYS.sent, SAYS.answered, SAYS.flows) });

const attemptsOf = (call: {
  readonly outcome: { readonly attempts: readonly object[] } | undefined;
}) => call.outcome?.attempts;

describe('a route that cannot be reached before the call was sent', () => {
  const failures: readonly (readonly [string, Script, DialerErrorCode, number])[] = [
    ['refuses', { login: failing('provider/unreachable') }, 'provider/unreachable', 0],
    ['does not answer', { login: never }, 'provider/timeout', 2_500],
    ['has no code', { load: failing('provider/sdk-not-loaded') }, 'provider/sdk-not-loaded', 0],
    ['loads for ever', { load: never }, 'provider/sdk-not-loaded', 2_500],
    [
      'fails in a way of its own',
      { login: () => Promise.reject(new Error('x')) },
      'provider/unreachable',
      0,
    ],
    [
      'throws when it dials',
      {
        onDial: () => {
          throw new Error('x');
        },
      },
      'internal/unexpected',
      0,
    ],
    ['never writes the call', {}, 'provider/timeout', 3_000],
    [
      'fails before it writes the call',
      { onDial: (leg) => leg.say(SAYS.lost) },
      'network/signalling-lost',
      0,
    ],
    [
      'ends without a word',
      { onDial: (leg) => leg.say({ ...SAYS.lost, error: undefined }) },
      'provider/unexplained',
      0,
    ],
  ];

  it.each(failures)('is replaced when it %s', async (_name, script, code, afterMs) => {
    const first = scripted(script);
    const second = works();
    const { dialer, clock, expectNothingLeft } = stage([first, second]);
    const call = dialer.dial(NUMBER);
    const events = recordEvents(call, ['switched', 'answered']);
    await clock.until(call.when('active'));
    expect(clock.monotonicNow()).toBe(afterMs);
    expect(events.map(([type]) => type)).toEqual(['switched', 'answered']);
    expect(events[0]?.[1]).toMatchObject({ from: 'first', to: 'second', error: { code } });
    await clock.until(call.hangup());
    expect(attemptsOf(call)).toMatchObject([
      { attempt: 1, route: 'first', phase: 'unsent', error: { code }, startMs: 0, endMs: afterMs },
      { attempt: 2, route: 'second', phase: 'answered', error: undefined, startMs: afterMs },
    ]);
    await expectNothingLeft();
    expect([first.openSessions, second.openSessions]).toEqual([0, 0]);
  });

  it('is not even tried when the browser does not support it', async () => {
    const first = scripted({ unsupported: () => new DialerError('provider/unsupported') });
    const { dialer, clock } = stage([first, works()]);
    const call = dialer.dial(NUMBER);
    await clock.until(call.when('active'));
    expect([call.route, first.loads, first.contexts.length]).toEqual(['second', 0, 0]);
    expect(dialer.routes.map(({ route, health }) => [route, health])).toEqual([
      ['second', 'healthy'],
      ['first', 'unsupported'],
    ]);
  });

  it('shows the new route in the listener of the switch', async () => {
    const { dialer, clock } = stage([
      scripted({ login: failing('provider/unreachable') }),
      works(),
    ]);
    const call = dialer.dial(NUMBER);
    const seen: unknown[] = [];
    call.on('switched', ({ call: { route, provider } }) => seen.push(route, provider));
    await clock.until(call.when('active'));
    expect(seen).toEqual(['second', 'second']);
  });

  it('is not replaced for a person who hangs up while the switch is told', async () => {
    const second = works();
    const { dialer, clock } = stage([scripted({ login: failing('provider/unreachable') }), second]);
    const call = dialer.dial(NUMBER);
    call.on('switched', () => void call.hangup());
    const outcome = await clock.until(call.when('ended'));
    await clock.advance(1_000);
    expect([outcome.cause, outcome.by, second.loads]).toEqual(['cancelled', 'local', 0]);
  });

  it('gives each leg copies of the microphone of its own, and asks for it once', async () => {
    const first = scripted();
    const second = works();
    const { dialer, clock, media } = stage([first, second], { permission: 'prompt' });
    const call = dialer.dial(NUMBER);
    await clock.advance(10);
    expect(media.openPrompts).toBe(1);
    media.answerPrompt('granted');
    await clock.until(call.when('active'));
    const [one, two] = [first.leg, second.leg].map(({ request }) => request.stream?.getTracks()[0]);
    expect(one?.id).not.toBe(two?.id);
    expect([one?.readyState, two?.readyState]).toEqual(['ended', 'live']);
    const { media: receipt } = await clock.until(call.hangup());
    expect(receipt).toEqual({ released: true, tracks: 1, liveTracks: 0 });
  });

  it('is the end when it is the last one, with one error for all', async () => {
    const { dialer, clock } = stage([
      scripted({ login: failing('provider/unreachable') }),
      scripted({ route: 'second', login: failing('provider/server-error') }),
    ]);
    const { cause, error, redialAdvice, confirmed } = await clock.until(
      dialer.dial(NUMBER).when('ended'),
    );
    expect({ cause, code: error?.code, redialAdvice, confirmed }).toEqual({
      cause: 'provider-failed',
      code: 'failover/exhausted',
      redialAdvice: 'ok',
      confirmed: true,
    });
    expect(error?.cause).toMatchObject({ code: 'provider/server-error' });
  });

  it.each([
    ['tokens', 'auth/token-rejected', 'unauthorized'],
    ['limits', 'provider/over-limit', 'quota'],
    ['the microphone', 'media/device-in-use', 'no-device'],
  ] as const)('keeps the cause when every route failed for %s', async (_name, code, cause) => {
    const { dialer, clock } = stage([
      scripted({ login: failing('provider/unreachable') }),
      scripted({ route: 'second', login: failing(code) }),
    ]);
    const outcome = await clock.until(dialer.dial(NUMBER).when('ended'));
    expect([outcome.cause, outcome.error?.code]).toEqual([cause, code]);
  });
});

describe('a refused token', () => {
  const refusing = (times: number): Script => ({
    token: 'required',
    login: async (context, count) => {
      await context.getToken();
      if (count <= times) await failing('auth/token-rejected')();
    },
    onDial: (leg) => leg.say(SAYS.sent, SAYS.answered, SAYS.flows),
  });

  it('is replaced by a fresh one, once, on the same route', async () => {
    let count = 0;
    const first = scripted(refusing(1));
    const { dialer, clock } = stage([first, works()], {
      getToken: () => {
        count += 1;
        return `token-${count}`;
      },
    });
    const call = dialer.dial(NUMBER);
    const events = recordEvents(call, ['switched']);
    await clock.until(call.when('active'));
    expect([call.route, count, events]).toEqual(['first', 2, []]);
  });

  it('leads to the next route when the fresh one is refused, too', async () => {
    const first = scripted(refusing(9));
    const { dialer, clock } = stage([first, works()]);
    const call = dialer.dial(NUMBER);
    await clock.until(call.when('active'));
    expect([call.route, first.contexts.length]).toEqual(['second', 2]);
  });

  it('that is only noticed when the call is sent opens a new session with a fresh one', async () => {
    let count = 0;
    const tokens: unknown[] = [];
    const first = scripted({
      token: 'required',
      login: async (context) => tokens.push((await context.getToken()).token),
      onDial(leg) {
        if (tokens.length > 1) leg.say(SAYS.sent, SAYS.answered, SAYS.flows);
        else leg.say({ ...SAYS.lost, error: new DialerError('auth/token-expired') });
      },
    });
    const { dialer, clock } = stage([first], {
      getToken: () => {
        count += 1;
        return `token-${count}`;
      },
    });
    const call = dialer.dial(NUMBER);
    await clock.until(call.when('active'));
    expect(tokens).toEqual(['token-1', 'token-2']);
    expect(first.openSessions).toBe(1);
  });

  it('does not cost another call the session that it lives on', async () => {
    const first = scripted({
      token: 'required',
      onDial(leg) {
        if (leg === first.legs[0]) leg.say(SAYS.sent, SAYS.answered, SAYS.flows);
        else leg.say({ ...SAYS.lost, error: new DialerError('auth/token-expired') });
      },
    });
    const { dialer, clock } = stage([first, works()], { maxCalls: 2 });
    const running = dialer.dial(NUMBER);
    await clock.until(running.when('active'));
    const other = dialer.dial('+14155550111');
    await clock.until(other.when('active'));
    expect([other.route, running.state, first.contexts.length]).toEqual(['second', 'active', 1]);
    expect(first.leg.released).toBe(true);
    expect(first.legs[0]?.released).toBe(false);
  });

  it('cannot be refreshed for ever, whatever the policy says', async () => {
    const first = scripted(refusing(1000));
    const { dialer, clock, lines } = stage([first], {
      failover: () => ({ action: 'refresh-token' }),
    });
    const outcome = await clock.until(dialer.dial(NUMBER).when('ended'));
    expect([outcome.cause, first.contexts.length]).toEqual(['unauthorized', 2]);
    expect(lines.filter(([, message]) => message.includes('failover/refused'))).toHaveLength(1);
  });
});

describe('a policy of the application', () => {
  it('is told what happened', async () => {
    const contexts: FailoverContext[] = [];
    const { dialer, clock, environment } = stage(
      [scripted({ login: failing('provider/unreachable') }), works(), works('third')],
      {
        failover: (context) => {
          contexts.push(context);
          return { action: 'next', route: 'third' };
        },
      },
    );
    const call = dialer.dial(NUMBER);
    environment.setOnline(false);
    await clock.until(call.when('active'));
    expect(call.route).toBe('third');
    expect(contexts).toHaveLength(1);
    expect(contexts[0]).toMatchObject({
      callId: call.id,
      to: NUMBER,
      provider: 'first',
      route: 'first',
      error: { code: 'network/offline' },
      phase: 'unsent',
      evidence: 'never-sent',
      attempt: 1,
      sentAttempts: 0,
      tokenRefreshed: false,
      elapsedMs: 0,
      online: false,
      allowed: ['next', 'refresh-token', 'ask', 'stop'],
    });
    expect(contexts[0]?.candidates.map(({ route }) => route)).toEqual(['second', 'third']);
  });

  it('never brings back a route that has failed', async () => {
    const first = scripted({ login: failing('provider/unreachable') });
    const { dialer, clock } = stage(
      [first, scripted({ route: 'second', login: failing('provider/unreachable') })],
      {
        failover: () => ({ action: 'next', route: 'first' }),
      },
    );
    await clock.until(dialer.dial(NUMBER).when('ended'));
    expect(first.contexts).toHaveLength(1);
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('mine');
      },
    ],
    ['says nothing', () => undefined],
    ['answers later', async () => ({ action: 'next' })],
    ['wants to wait', () => ({ action: 'wait', forMs: 10 })],
  ])('that %s dials nobody, and the person is asked', async (_name, policy) => {
    const second = works();
    const { dialer, clock, lines } = stage(
      [scripted({ login: failing('provider/unreachable') }), second],
      {
        failover: policy as never,
      },
    );
    const outcome = await clock.until(dialer.dial(NUMBER).when('ended'));
    expect([outcome.redialAdvice, second.contexts.length]).toEqual(['ask', 0]);
    expect(lines.some(([, message]) => message.includes('failover/refused'))).toBe(true);
  });
});
