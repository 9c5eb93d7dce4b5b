import { describe, expect, it } from 'vitest';
import type { DialerErrorCode } from '../../../src/errors/codes.js';
import { recordEvents } from '../../../src/testing/index.js';
import { failing, SAYS, type Script, scripted } from '../failover/scripted-provider.js';
import { NUMBER, stage } from './dialer-stage.js';

const OTHER = '+14155550111';

const answers: Script = {
  onDial: (leg) => leg.say(SAYS.sent, SAYS.answered, SAYS.flows),
  onHangup: (leg) => leg.say(SAYS.confirmed),
};

describe('dial', () => {
  it('gives the call at once, and fires nothing before the caller has run to its end', async () => {
    const { dialer, clock } = stage([scripted(answers)]);
    const heard: string[] = [];
    dialer.on('call-added', () => heard.push('call-added'));
    const call = dialer.dial(NUMBER);
    expect([heard, call.state, dialer.calls]).toEqual([[], 'preparing', [call]]);
    call.on('state-changed', ({ state }) => heard.push(state));
    await clock.until(call.when('active'));
    expect(heard).toEqual(['call-added', 'connecting', 'answered', 'active']);
  });

  it('sends what it was asked to', async () => {
    const provider = scripted({ ...answers, capabilities: { callerId: true } });
    const iceServers = [{ urls: 'stun:stun.example.com' }];
    const { dialer, clock } = stage([provider], { from: '+14155550199', iceServers });
    const call = dialer.dial(' +1 (415) 555-01.23 ', { params: { 'Ticket-7': 'open' } });
    await clock.until(call.when('active'));
    expect(provider.leg.request).toEqual({
      callId: call.id,
      attempt: 1,
      to: '+14155550123',
      from: '+14155550199',
      params: { 'Ticket-7': 'open', 'everdial-call-id': call.id, 'everdial-attempt': '1' },
      stream: expect.anything(),
      iceServers,
    });
    expect(call).toMatchObject({
      to: ' +1 (415) 555-01.23 ',
      remoteNumber: ' +1 (415) 555-01.23 ',
      from: '+14155550199',
      params: { 'Ticket-7': 'open' },
      direction: 'outbound',
      provider: 'first',
      route: 'first',
    });
  });

  it('prefers the caller ID of the call, and warns where the server decides', async () => {
    const provider = scripted(answers);
    const { dialer, clock, lines } = stage([provider], { from: '+14155550199' });
    const call = dialer.dial(NUMBER, { from: '+14155550155' });
    await clock.until(call.when('active'));
    expect([call.from, provider.leg.request.from]).toEqual(['+14155550155', '+14155550155']);
    expect(lines.some(([level, text]) => level === 'warn' && text.includes('caller ID'))).toBe(
      true,
    );
  });

  it('uses the routes it was told, in that order', async () => {
    const providers = ['first', 'second', 'third'].map((route) =>
      scripted({
        ...answers,
        route,
        login: async () => route === 'third' && failing('provider/unreachable')(),
      }),
    );
    const { dialer, clock } = stage(providers);
    const call = dialer.dial(NUMBER, { routes: ['third', 'second'] });
    await clock.until(call.when('active'));
    expect(call.route).toBe('second');
    expect(providers[0]?.contexts).toEqual([]);
  });

  it('keeps a call on the one route that it was pinned to', async () => {
    const { dialer, clock } = stage([
      scripted({ login: failing('provider/unreachable') }),
      scripted({ ...answers, route: 'second' }),
    ]);
    const { error } = await clock.until(dialer.dial(NUMBER, { routes: ['first'] }).when('ended'));
    expect(error?.code).toBe('provider/unreachable');
  });

  it('is bound', async () => {
    const { dialer, clock } = stage([scripted(answers)]);
    const { dial, close, warmUp, on } = dialer;
    let added = 0;
    on('call-added', () => {
      added += 1;
    });
    await clock.until(warmUp());
    const { when, hangup, mute } = dial(NUMBER);
    mute();
    await clock.until(when('active'));
    await clock.until(hangup());
    await clock.until(close());
    expect(added).toBe(1);
  });
});

describe('a second click', () => {
  it('is the same call while that one is being set up, whatever the options', async () => {
    const provider = scripted();
    const { dialer, clock } = stage([provider], { maxCalls: 5 });
    const call = dialer.dial(NUMBER);
    expect(dialer.dial(NUMBER, { input: 'none' })).toBe(call);
    await clock.advance(0);
    provider.leg.say(SAYS.sent, SAYS.rings);
    expect(dialer.dial(NUMBER)).toBe(call);
    expect(provider.legs).toHaveLength(1);
  });

  it('is another call once that one was answered, if more than one may be', async () => {
    const provider = scripted(answers);
    const { dialer, clock } = stage([provider], { maxCalls: 2 });
    const first = dialer.dial(NUMBER);
    await clock.until(first.when('active'));
    const second = dialer.dial(NUMBER);
    expect(second).not.toBe(first);
    await clock.until(second.when('active'));
    expect([dialer.calls, provider.legs.length]).toEqual([[first, second], 2]);
    expect(first.id).not.toBe(second.id);
  });

  it('is another call while the first one is being hung up', async () => {
    const provider = scripted({ onDial: (leg) => leg.say(SAYS.sent, SAYS.rings) });
    const { dialer, clock } = stage([provider]);
    const first = dialer.dial(NUMBER);
    await clock.advance(0);
    void first.hangup();
    const second = dialer.dial(NUMBER);
    await clock.advance(0);
    expect([first.state, second.state]).toEqual(['ending', 'ringing']);
  });
});

describe('the number of calls at once', () => {
  it('is one, unless the application says more', async () => {
    const { dialer, clock, media } = stage([scripted(answers)]);
    await clock.until(dialer.dial(NUMBER).when('active'));
    const refused = dialer.dial(OTHER);
    const events = recordEvents(refused, ['state-changed', 'ended']);
    const { cause, error, by, attempts } = await clock.until(refused.when('ended'));
    expect([cause, error?.code, by, attempts]).toEqual([
      'blocked',
      'call/limit-reached',
      'network',
      [],
    ]);
    expect(events.map(([type]) => type)).toEqual(['state-changed', 'ended']);
    expect([dialer.calls.length, media.liveTracks]).toEqual([1, 2]);
  });

  it('may be two, each with a microphone of its own', async () => {
    const { dialer, clock, media, expectNothingLeft } = stage([scripted(answers)], { maxCalls: 2 });
    const calls = [dialer.dial(NUMBER), dialer.dial(OTHER)] as const;
    await clock.until(Promise.all(calls.map((call) => call.when('active'))));
    const third = await clock.until(dialer.dial('+14155550112').when('ended'));
    expect(third.error?.code).toBe('call/limit-reached');
    const outcome = await clock.until(calls[0].hangup());
    expect([outcome.media.liveTracks, media.liveTracks, dialer.calls]).toEqual([0, 2, [calls[1]]]);
    await expectNothingLeft();
  });

  it('has room again in the listener of the end', async () => {
    const { dialer, clock } = stage([scripted(answers)]);
    const first = dialer.dial(NUMBER);
    await clock.until(first.when('active'));
    const again: { state: string }[] = [];
    first.on('ended', ({ call }) => again.push(call.redial()));
    await clock.until(first.hangup());
    await clock.advance(0);
    expect(again[0]?.state).toBe('active');
  });
});

describe('a call that cannot be made', () => {
  const refusals: readonly (readonly [string, string, object, DialerErrorCode, string])[] = [
    ['no number', 'hello', {}, 'call/invalid-number', 'invalid-number'],
    ['an empty number', '', {}, 'call/invalid-number', 'invalid-number'],
    ['an emergency number', '112', {}, 'call/emergency-number', 'blocked'],
    ['a reference without server', 'ref:sales', {}, 'config/no-access-server', 'unauthorized'],
    ['digits that are none', `${NUMBER},x`, {}, 'config/invalid-option', 'blocked'],
    ['a caller ID that is none', NUMBER, { from: '123' }, 'config/invalid-option', 'blocked'],
    ['a bad name', NUMBER, { params: { 'a b': 'x' } }, 'config/invalid-option', 'blocked'],
    ['a bad value', NUMBER, { params: { a: 5 } }, 'config/invalid-option', 'blocked'],
    [
      'too many parameters',
      NUMBER,
      { params: { a: 'x'.repeat(1024) } },
      'config/invalid-option',
      'blocked',
    ],
    ['an unknown route', NUMBER, { routes: ['telnix'] }, 'config/unknown-route', 'blocked'],
    ['no route', NUMBER, { routes: [] }, 'config/unknown-route', 'blocked'],
    ['routes that are no list', NUMBER, { routes: 'first' }, 'config/invalid-option', 'blocked'],
    ['a signal that is none', NUMBER, { signal: 'stop' }, 'config/invalid-option', 'blocked'],
  ];

  it.each(refusals)('for %s ends at once and says why', async (_name, to, options, code, cause) => {
    const provider = scripted(answers);
    const { dialer, clock, expectNothingLeft } = stage([provider], { permission: 'prompt' });
    const events = recordEvents(dialer, ['call-added', 'call-ended']);
    const call = dialer.dial(to, options);
    const heard = recordEvents(call, ['state-changed', 'ended']);
    await clock.advance(0);
    expect(call.outcome).toMatchObject({
      cause,
      by: 'network',
      error: { code },
      confirmed: true,
      durationMs: 0,
      media: { released: true, tracks: 0, liveTracks: 0 },
      attempts: [],
    });
    expect(call.outcome?.error?.remedy).toMatch(/\w/);
    expect(heard.map(([type]) => type)).toEqual(['state-changed', 'ended']);
    expect(events.map(([type]) => type)).toEqual(['call-added', 'call-ended']);
    expect([provider.loads, dialer.calls]).toEqual([0, []]);
    await expectNothingLeft();
  });

  it('because the destination is no text', async () => {
    const { dialer, clock } = stage([scripted()]);
    for (const to of [undefined, null, 14155550123, {}]) {
      const { error } = await clock.until(dialer.dial(to as unknown as string).when('ended'));
      expect(error?.code).toBe('config/invalid-option');
    }
  });

  it('because the browser is offline', async () => {
    const { dialer, clock, environment } = stage([scripted(answers)], { online: false });
    const outcome = await clock.until(dialer.dial(NUMBER).when('ended'));
    expect([outcome.cause, outcome.error?.code, outcome.redialAdvice]).toEqual([
      'network',
      'network/offline',
      'ok',
    ]);
    environment.setOnline(true);
    await clock.until(dialer.dial(NUMBER).when('active'));
  });

  it('because the Dialer is closed', async () => {
    const { dialer, clock, expectNothingLeft } = stage([scripted(answers)]);
    await expectNothingLeft();
    const outcome = await clock.until(dialer.dial(NUMBER).when('ended'));
    expect([outcome.cause, outcome.error?.code]).toEqual(['blocked', 'state/closed']);
  });

  it.each([['media/permission-denied', { permission: 'denied' }, 'permission-denied']] as const)(
    'because of %s',
    async (code, options, cause) => {
      const second = scripted({ ...answers, route: 'second' });
      const { dialer, clock, expectNothingLeft } = stage([scripted(answers), second], options);
      const outcome = await clock.until(dialer.dial(NUMBER).when('ended'));
      expect(outcome).toMatchObject({
        cause,
        by: 'network',
        error: { code },
        attempts: [{ route: 'first', phase: 'unsent', error: { code } }],
      });
      // It would follow the caller to every route.
      expect(second.contexts).toEqual([]);
      await expectNothingLeft();
    },
  );

  it('because what is to be heard is none of the three', async () => {
    const { dialer, clock } = stage([scripted(answers)]);
    const input = 'mic' as unknown as 'microphone';
    const { error } = await clock.until(dialer.dial(NUMBER, { input }).when('ended'));
    expect(error?.code).toBe('config/invalid-option');
  });

  it('but not because plain JavaScript passes null for the options', async () => {
    const { dialer, clock } = stage([scripted(answers)]);
    await clock.until(dialer.dial(NUMBER, null as unknown as undefined).when('active'));
  });

  it('says no secret in its error', async () => {
    const { dialer, clock } = stage([scripted({ login: failing('provider/unreachable') })]);
    const { error } = await clock.until(dialer.dial(NUMBER).when('ended'));
    expect(JSON.stringify([error, error?.message])).not.toContain('4155550123');
  });
});

describe('redial', () => {
  it('is a new call to the same party, with the same options but the old signal', async () => {
    const provider = scripted(answers);
    const stop = new AbortController();
    const { dialer, clock } = stage([scripted({ ...answers, route: 'other' }), provider]);
    const call = dialer.dial(NUMBER, {
      params: { a: 'b' },
      routes: ['first'],
      input: 'none',
      signal: stop.signal,
    });
    await clock.until(call.when('active'));
    await clock.until(call.hangup());
    stop.abort();
    const again = call.redial();
    await clock.until(again.when('active'));
    expect(again.id).not.toBe(call.id);
    expect(again).toMatchObject({ to: NUMBER, params: { a: 'b' }, route: 'first' });
    expect(provider.leg.request.stream).toBeUndefined();
    await clock.until(again.hangup());
    const other = call.redial({ routes: ['other'], params: {} });
    await clock.until(other.when('active'));
    expect([other.route, other.params]).toEqual(['other', {}]);
  });
});
