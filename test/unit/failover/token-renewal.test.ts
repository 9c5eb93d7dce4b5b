import { describe, expect, it } from 'vitest';
import type { GetToken, TokenGrant, TokenRequest } from '../../../src/access/hooks.js';
import { NUMBER, stage } from '../dialer/dialer-stage.js';
import { failing, SAYS, type Script, scripted } from './scripted-provider.js';

/** Two minutes; renewed 24 s before the end. */
const LIFE_MS = 120_000;
const RENEWED_AFTER_MS = 96_000;

function setUp(script: Script = {}, getToken?: GetToken) {
  const requests: TokenRequest[] = [];
  const swapped: string[] = [];
  const opened: string[] = [];
  const provider = scripted({
    token: 'required',
    login: async (context) => opened.push((await context.getToken()).token),
    onDial: (leg) => leg.say(SAYS.sent, SAYS.answered, SAYS.flows),
    onHangup: (leg) => leg.say(SAYS.confirmed),
    session: {
      updateToken: async ({ token }: TokenGrant) => {
        swapped.push(token);
      },
    },
    ...script,
  });
  const set = stage([provider], {
    getToken: (request) => {
      requests.push(request);
      return getToken?.(request) ?? { token: `token-${requests.length}`, expiresInMs: LIFE_MS };
    },
  });
  return { ...set, provider, requests, swapped, opened };
}

/** Keeps the connection in use without a call, as clicks on a page would. */
async function keepWarm({ dialer, clock }: ReturnType<typeof setUp>): Promise<void> {
  const call = dialer.dial(NUMBER);
  await clock.until(call.when('active'));
  await clock.until(call.hangup());
}

describe('the token of a connection', () => {
  it('is swapped ahead of its end, on our own clock', async () => {
    const set = setUp();
    await set.clock.until(set.dialer.warmUp());
    await set.clock.advance(50_000);
    await keepWarm(set);
    await set.clock.advance(RENEWED_AFTER_MS - 50_000 - 1);
    expect(set.swapped).toEqual([]);
    await set.clock.advance(1);
    expect([set.swapped, set.opened]).toEqual([['token-2'], ['token-1']]);
    expect(set.requests.map(({ reason }) => reason)).toEqual(['warm-up', 'expiring']);
  });

  it('is not touched in a call, and swapped right after it', async () => {
    const { dialer, clock, swapped, requests } = setUp();
    const call = dialer.dial(NUMBER);
    await clock.until(call.when('active'));
    await clock.advance(10 * LIFE_MS);
    expect([swapped, requests.length]).toEqual([[], 1]);
    await clock.until(call.hangup());
    await clock.advance(0);
    expect(swapped).toEqual(['token-2']);
  });

  it('is swapped after the call when the fresh one arrived during it', async () => {
    let give: (grant: TokenGrant) => void = () => undefined;
    const set = setUp({}, ({ reason }) =>
      reason === 'expiring'
        ? new Promise<TokenGrant>((resolve) => {
            give = resolve;
          })
        : { token: 'first', expiresInMs: LIFE_MS },
    );
    const { dialer, clock, provider, swapped } = set;
    await clock.until(dialer.warmUp());
    provider.contexts[0]?.report({ type: 'token-expiring', expiresInMs: 10_000 });
    const call = dialer.dial(NUMBER);
    await clock.until(call.when('active'));
    give({ token: 'fresh', expiresInMs: LIFE_MS });
    await clock.advance(1_000);
    expect(swapped).toEqual([]);
    await clock.until(call.hangup());
    await clock.advance(0);
    expect(swapped).toEqual(['fresh']);
  });

  it('is swapped when the vendor says that it ends', async () => {
    const { dialer, clock, provider, swapped } = setUp();
    await clock.until(dialer.warmUp());
    provider.contexts[0]?.report({ type: 'token-expiring', expiresInMs: 10_000 });
    await clock.advance(0);
    expect(swapped).toEqual(['token-2']);
  });

  it('leads to a new session where it cannot be swapped, for the next call', async () => {
    const { dialer, clock, provider, opened } = setUp({ session: {} });
    const call = dialer.dial(NUMBER);
    await clock.until(call.when('active'));
    await clock.advance(LIFE_MS);
    expect(call.state).toBe('active');
    await clock.until(call.hangup());
    await clock.advance(0);
    expect(provider.openSessions).toBe(0);
    await clock.until(dialer.dial(NUMBER).when('active'));
    expect(opened).toEqual(['token-1', 'token-2']);
  });

  it.each([
    ['it cannot be had', {}, failing('auth/token-unavailable')],
    [
      'the vendor refuses it',
      { session: { updateToken: failing('auth/token-rejected') } },
      undefined,
    ],
  ] as const)('costs nothing but a new session when %s', async (_name, script, expiring) => {
    const { dialer, clock, provider } = setUp(script, ({ reason }) =>
      reason === 'expiring' && expiring ? expiring() : { token: 'fine', expiresInMs: LIFE_MS },
    );
    await clock.until(dialer.warmUp());
    provider.contexts[0]?.report({ type: 'token-expiring', expiresInMs: 10_000 });
    await clock.advance(1_000);
    expect(provider.openSessions).toBe(0);
    await clock.until(dialer.dial(NUMBER).when('active'));
  });

  it('is never asked for without a pause, however short its life', async () => {
    const { dialer, clock, requests } = setUp({}, () => ({ token: 'brief', expiresInMs: 1 }));
    await clock.until(dialer.warmUp());
    await clock.advance(50_000);
    expect(requests.length).toBeLessThan(20);
  });

  it('leaves no timer when the Dialer is closed while it is swapped', async () => {
    let swap: () => void = () => undefined;
    const { dialer, clock, provider, expectNothingLeft } = setUp({
      session: {
        updateToken: () =>
          new Promise<void>((resolve) => {
            swap = resolve;
          }),
      },
    });
    await clock.until(dialer.warmUp());
    provider.contexts[0]?.report({ type: 'token-expiring', expiresInMs: 10_000 });
    await clock.advance(0);
    await expectNothingLeft();
    swap();
    await clock.advance(0);
    expect(clock.pendingTimers).toBe(0);
  });

  it('goes along with the call, with what belongs to it', async () => {
    const iceServers = [{ urls: 'turn:turn.example.com' }];
    const { dialer, clock, provider } = setUp({}, () => ({
      token: 'secret',
      params: { ticket: '7', shared: 'server' },
      iceServers,
    }));
    const call = dialer.dial(NUMBER, { params: { shared: 'page', own: 'x' } });
    await clock.until(call.when('active'));
    expect(provider.leg.request).toMatchObject({
      callId: call.id,
      attempt: 1,
      to: NUMBER,
      params: { own: 'x', shared: 'server', ticket: '7', 'everdial-call-id': call.id },
      iceServers,
    });
  });
});

describe('a request for a token', () => {
  it('is made beside the loading of the code, for the call that needs it', async () => {
    const { dialer, clock, requests } = setUp();
    const call = dialer.dial(NUMBER);
    await clock.until(call.when('active'));
    expect(requests).toMatchObject([
      {
        provider: 'first',
        route: 'first',
        reason: 'dial',
        callId: call.id,
        attempt: 1,
        to: NUMBER,
      },
    ]);
  });

  it('is aborted when the Dialer is closed', async () => {
    const { dialer, clock, requests, expectNothingLeft } = setUp(
      {},
      () => new Promise(() => undefined),
    );
    dialer.dial(NUMBER);
    await clock.advance(10);
    expect(requests[0]?.signal.aborted).toBe(false);
    await expectNothingLeft();
    expect(requests[0]?.signal.aborted).toBe(true);
  });

  it('tells the provider a fresh one after a refusal, when the provider asks itself', async () => {
    const seen: string[] = [];
    const { dialer, clock, requests } = setUp({
      login: async ({ getToken }) => {
        seen.push((await getToken()).token, (await getToken('refused')).token);
      },
    });
    await clock.until(dialer.warmUp());
    expect(seen).toEqual(['token-1', 'token-2']);
    expect(requests.map(({ reason }) => reason)).toEqual(['warm-up', 'refused']);
  });
});
