import { describe, expect, it, vi } from 'vitest';
import type { CallGrant, OpenCallRequest } from '../../../src/access/hooks.js';
import { recordEvents } from '../../../src/testing/index.js';
import { failing, never, SAYS, type Script } from '../failover/scripted-provider.js';
import { NUMBER } from './dialer-stage.js';
import { granting, served } from './served-stage.js';

describe('a server that opens calls', () => {
  it('is asked once for a call, with what was dialled', async () => {
    const asked: OpenCallRequest[] = [];
    const { dialer, clock } = served({
      openCall: async (request) => {
        asked.push(request);
        return {};
      },
    });
    const call = dialer.dial('+1 415 555 0123,,42#', { params: { topic: 'sales' } });
    await clock.until(call.when('active'));
    expect(asked).toEqual([
      {
        callId: call.id,
        to: NUMBER,
        params: { topic: 'sales' },
        signal: expect.any(AbortSignal),
      },
    ]);
  });

  it('is asked while the person thinks about the microphone', async () => {
    const openCall = vi.fn(never);
    const { dialer, clock, media } = served({ openCall }, { permission: 'prompt' });
    dialer.dial(NUMBER);
    await clock.advance(0);
    expect([media.openPrompts, openCall.mock.calls.length]).toEqual([1, 1]);
  });

  it('decides before anything is opened', async () => {
    const { dialer, clock, first } = served({ openCall: never });
    const call = dialer.dial(NUMBER);
    await clock.advance(2_000);
    expect([call.state, first.contexts.length]).toEqual(['preparing', 0]);
  });

  it('may leave everything as it is', async () => {
    const { dialer, clock, first } = served({ openCall: granting({}) }, { from: '+12025550111' });
    await clock.until(dialer.dial(NUMBER, { params: { a: '1' } }).when('active'));
    expect(first.leg.request).toMatchObject({
      to: NUMBER,
      from: '+12025550111',
      params: { a: '1' },
    });
  });

  it('may return nothing, as plain JavaScript does', async () => {
    const openCall = (async () => undefined) as unknown as () => Promise<CallGrant>;
    const { dialer, clock } = served({ openCall });
    const call = dialer.dial(NUMBER);
    await clock.until(call.when('active'));
    expect(call.route).toBe('first');
  });

  it('may say where, as whom, and with what', async () => {
    const { dialer, clock, first } = served(
      {
        openCall: granting({
          to: '+12025550142',
          from: '+12025550199',
          params: { b: 'server', c: '3' },
        }),
      },
      { from: '+12025550111' },
    );
    const call = dialer.dial(NUMBER, { params: { a: '1', b: '2' } });
    await clock.until(call.when('active'));
    expect(first.leg.request).toMatchObject({
      to: '+12025550142',
      from: '+12025550199',
      params: { a: '1', b: 'server', c: '3' },
    });
    // The person sees what was dialled.
    expect([call.to, call.params]).toEqual([NUMBER, { a: '1', b: '2' }]);
  });

  it('has the token asked for with what will be dialled', async () => {
    const asked: unknown[] = [];
    const { dialer, clock } = served(
      { openCall: granting({ to: 'opaque-1' }) },
      {
        getToken: ({ to, callId }) => {
          asked.push([to, callId]);
          return 'token';
        },
      },
      { token: 'required' },
    );
    const call = dialer.dial(NUMBER);
    await clock.until(call.when('active'));
    expect(asked).toEqual([['opaque-1', call.id]]);
  });
});

describe('a server that refuses', () => {
  it('ends the call with its reason, and is not asked again', async () => {
    const openCall = vi.fn(failing('call/blocked'));
    const { dialer, clock, first, second, media } = served({ openCall });
    const outcome = await clock.until(dialer.dial(NUMBER).when('ended'));
    expect(outcome).toMatchObject({
      cause: 'blocked',
      error: { code: 'call/blocked' },
      confirmed: true,
      redialAdvice: 'no',
      attempts: [],
    });
    expect([openCall.mock.calls.length, clock.monotonicNow()]).toEqual([1, 0]);
    expect([first.contexts.length, second.contexts.length, media.liveTracks]).toEqual([0, 0, 0]);
  });

  it('may do so with any other code', async () => {
    const { dialer, clock } = served({ openCall: failing('provider/over-limit') });
    expect((await clock.until(dialer.dial(NUMBER).when('ended'))).cause).toBe('quota');
  });
});

describe('a server that fails', () => {
  it('is asked once more after half a second', async () => {
    const atMs: number[] = [];
    const { dialer, clock, first } = served({
      openCall: () => {
        atMs.push(clock.monotonicNow());
        if (atMs.length === 1) throw new Error('down');
        return { to: '+12025550142' };
      },
    });
    await clock.until(dialer.dial(NUMBER).when('active'));
    expect([atMs, first.leg.request.to]).toEqual([[0, 500], '+12025550142']);
  });

  it.each([
    ['throws', 500, () => Promise.reject(new Error('down'))],
    ['says nothing', 3_000 + 500 + 3_000, never],
  ])('for good ends the call: it %s', async (_name, atMs, openCall) => {
    const asked = vi.fn<() => Promise<CallGrant>>(openCall);
    const { dialer, clock, first, expectNothingLeft } = served({ openCall: asked });
    const outcome = await clock.until(dialer.dial(NUMBER).when('ended'));
    expect(clock.monotonicNow()).toBe(atMs);
    expect(outcome).toMatchObject({
      cause: 'unauthorized',
      error: { code: 'auth/token-unavailable' },
    });
    expect([asked.mock.calls.length, first.contexts.length]).toEqual([2, 0]);
    expect(dialer.routes.map(({ health }) => health)).toEqual(['healthy', 'healthy']);
    await expectNothingLeft();
  });
});

describe('a destination that only the server knows', () => {
  it('is put in its place', async () => {
    const asked: string[] = [];
    const { dialer, clock, first } = served({
      openCall: ({ to }) => {
        asked.push(to);
        return { to: NUMBER };
      },
    });
    const call = dialer.dial('ref:sales');
    await clock.until(call.when('active'));
    expect([asked, first.leg.request.to, call.to]).toEqual([['ref:sales'], NUMBER, 'ref:sales']);
  });

  it.each([
    ['no server', {}],
    ['a server that does not know it', { openCall: granting({}) }],
    ['a server that only repeats it', { openCall: granting({ to: 'ref:sales' }) }],
  ])('leads nowhere with %s', async (_name, hooks) => {
    const { dialer, clock, first } = served(hooks);
    const { error, redialAdvice } = await clock.until(dialer.dial('ref:sales').when('ended'));
    expect([error?.code, first.contexts.length]).toEqual(['config/no-access-server', 0]);
    expect(redialAdvice).toBe('no');
  });
});

describe('the routes of a call', () => {
  const routeOf = async (routes: readonly string[], dialled?: readonly string[]) => {
    const { dialer, clock } = served({ openCall: granting({ routes }) });
    const call = dialer.dial(NUMBER, { routes: dialled });
    await clock.until(call.when('active'));
    return call.route;
  };

  it('are tried in the order of the server, which knows more', async () => {
    expect(await routeOf(['second', 'first'])).toBe('second');
    expect(await routeOf(['second'])).toBe('second');
    expect(await routeOf([])).toBe('first');
  });

  it('may be unknown to this page, which passes them over', async () => {
    expect(await routeOf(['third', 'second'])).toBe('second');
    expect(await routeOf(['third'])).toBe('first');
  });

  it('stay those that the application chose', async () => {
    expect(await routeOf(['second'], ['first'])).toBe('first');
  });

  it('that the server did not name come after those it did', async () => {
    const { dialer, clock, first } = served(
      { openCall: granting({ routes: ['second'] }) },
      {},
      {},
      { login: failing('provider/unreachable') },
    );
    const call = dialer.dial(NUMBER);
    await clock.until(call.when('active'));
    expect([call.route, first.legs.length]).toEqual(['first', 1]);
  });

  it('that failed in this page lately come last all the same', async () => {
    const { dialer, clock } = served(
      { openCall: granting({ routes: ['second', 'first'] }) },
      {},
      {},
      { login: failing('provider/unreachable') },
    );
    await clock.until(dialer.warmUp({ routes: ['second'] }));
    const call = dialer.dial(NUMBER);
    const switches = recordEvents(call, ['switched']);
    await clock.until(call.when('active'));
    expect([call.route, switches]).toEqual(['first', []]);
  });
});

describe('tokens that come with the answer', () => {
  const reads = (tokens: unknown[]): Script => ({
    token: 'required',
    login: async ({ getToken }) => tokens.push((await getToken()).token),
  });

  it('are used, for the first attempt and for a switch, and none is asked for', async () => {
    const tokens: unknown[] = [];
    const getToken = vi.fn(() => 'asked for');
    const { dialer, clock } = served(
      { openCall: granting({ tokens: { first: { token: 'one' }, second: { token: 'two' } } }) },
      { getToken },
      { ...reads(tokens), onDial: (leg) => leg.say(SAYS.lost) },
      reads(tokens),
    );
    await clock.until(dialer.dial(NUMBER).when('active'));
    expect([tokens, getToken.mock.calls.length]).toEqual([['one', 'two'], 0]);
  });

  it('are asked for where they are missing', async () => {
    const tokens: unknown[] = [];
    const { dialer, clock } = served(
      { openCall: granting({ tokens: { first: { token: 'one' }, other: { token: 'none' } } }) },
      { getToken: ({ provider }) => `asked for ${provider}` },
      { ...reads(tokens), onDial: (leg) => leg.say(SAYS.lost) },
      reads(tokens),
    );
    await clock.until(dialer.dial(NUMBER).when('active'));
    expect(tokens).toEqual(['one', 'asked for second']);
  });

  it('bring their parameters and ICE servers with them', async () => {
    const iceServers = [{ urls: 'turn:turn.example' }];
    const token = { token: 'one', params: { lease: '7' }, iceServers };
    const { dialer, clock, first } = served(
      { openCall: granting({ tokens: { first: token } }) },
      {},
      { token: 'required' },
    );
    await clock.until(dialer.dial(NUMBER).when('active'));
    expect(first.leg.request).toMatchObject({ params: { lease: '7' }, iceServers });
  });

  it('that are none end the call with the reason', async () => {
    const { dialer, clock } = served(
      { openCall: granting({ tokens: { first: {} as never } }) },
      {},
      { token: 'required' },
    );
    const { error } = await clock.until(dialer.dial(NUMBER).when('ended'));
    expect(error?.code).toBe('config/invalid-option');
  });
});

describe('a conversation that may not last for ever', () => {
  it('is hung up by the page after that time, counted from the answer', async () => {
    const { dialer, clock, first } = served(
      { openCall: granting({ maxDurationMs: 60_000 }) },
      {},
      { onDial: (leg) => leg.say(SAYS.sent, SAYS.rings) },
    );
    const call = dialer.dial(NUMBER);
    await clock.advance(20_000);
    first.leg.say(SAYS.answered, SAYS.flows);
    await clock.advance(59_999);
    expect(call.state).toBe('active');
    const outcome = await clock.until(call.when('ended'));
    expect(outcome).toMatchObject({
      cause: 'completed',
      by: 'network',
      error: undefined,
      durationMs: 60_000,
      confirmed: true,
    });
    expect(first.leg.hangups).toBe(1);
  });

  it("is the person's own end before that", async () => {
    const { dialer, clock, expectNothingLeft } = served({
      openCall: granting({ maxDurationMs: 60_000 }),
    });
    const call = dialer.dial(NUMBER);
    await clock.advance(59_999);
    expect(await clock.until(call.hangup())).toMatchObject({ cause: 'completed', by: 'local' });
    await expectNothingLeft();
  });
});

describe('a call that is cancelled while the server is asked', () => {
  it('ends at once, and the server is told by its signal', async () => {
    const asked: OpenCallRequest[] = [];
    const { dialer, clock, first, expectNothingLeft } = served({
      openCall: (request) => {
        asked.push(request);
        return never();
      },
    });
    const call = dialer.dial(NUMBER);
    await clock.advance(1_000);
    expect(asked[0]?.signal.aborted).toBe(false);
    const outcome = await clock.until(call.hangup());
    expect(outcome).toMatchObject({ cause: 'cancelled', by: 'local', attempts: [] });
    expect([asked[0]?.signal.aborted, clock.monotonicNow()]).toEqual([true, 1_000]);
    await clock.advance(10_000);
    expect([asked.length, first.contexts.length]).toEqual([1, 0]);
    await expectNothingLeft();
  });

  it('is over for good, even if the server answers in the same moment', async () => {
    for (const hangsUpFirst of [true, false]) {
      let grant: (answer: CallGrant) => void = () => undefined;
      const { dialer, clock, first } = served({
        openCall: () =>
          new Promise((resolve) => {
            grant = resolve;
          }),
      });
      const call = dialer.dial(NUMBER);
      await clock.advance(0);
      if (hangsUpFirst) void call.hangup();
      grant({});
      if (!hangsUpFirst) void call.hangup();
      const { cause } = await clock.until(call.when('ended'));
      const snapshot = call.getSnapshot();
      await clock.advance(10_000);
      expect([cause, first.contexts.length]).toEqual(['cancelled', 0]);
      expect(call.getSnapshot()).toBe(snapshot);
    }
  });
});
