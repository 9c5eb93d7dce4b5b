import { describe, expect, test } from 'vitest';
import { sandbox, sandboxNumbers } from '../../../../src/providers/sandbox/index.js';
import { dialled, endOf, historyOf, sandboxStage } from './sandbox-stage.js';

const UP_TO_THE_ANSWER = ['sent', 'identified', 'acknowledged', 'ringing', 'answered'];

describe('the numbers', () => {
  test('answers: rings after 0.3 s, is answered 1.5 s later', async () => {
    const { clock, says, provider, request } = await dialled();
    expect(says()).toEqual(['sent', 'identified']);
    await clock.advance(299);
    expect(says()).toEqual(['sent', 'identified', 'acknowledged']);
    await clock.advance(1);
    expect(says()).toEqual(['sent', 'identified', 'acknowledged', 'ringing']);
    await clock.advance(1_500);
    expect(says()).toEqual([...UP_TO_THE_ANSWER, 'media-flowing']);
    await clock.advance(600_000);
    expect(says()).toHaveLength(6);
    expect(provider.history).toEqual([
      {
        callId: 'call-1',
        to: request.to,
        event: 'rang',
        digit: undefined,
        atMs: clock.now() - 601_500,
      },
      {
        callId: 'call-1',
        to: request.to,
        event: 'answered',
        digit: undefined,
        atMs: clock.now() - 600_000,
      },
    ]);
  });

  test('a number that is none of them answers, too', async () => {
    const { clock, says } = await dialled({}, '+14155550123');
    await clock.advance(2_000);
    expect(says()).toContain('answered');
  });

  test.each([
    ['busy', 'call/busy', 486, 17],
    ['rejects', 'call/rejected', 603, 21],
    ['invalid', 'call/invalid-number', 404, 1],
    ['unavailable', 'call/unavailable', 480, 20],
    ['serverError', 'provider/server-error', 503, 41],
  ] as const)('%s ends as %s', async (name, code, sip, q850) => {
    const { clock, events, provider } = await dialled({}, sandboxNumbers[name]);
    await clock.advance(5_000);
    expect(endOf(events)).toEqual({ by: 'remote', final: true, code, sip, q850 });
    expect(events.at(-1)?.type).toBe('ended');
    expect(historyOf(provider)).toEqual(name === 'rejects' ? ['rang', 'stopped-ringing'] : []);
    expect(clock.pendingTimers).toBe(0);
  });

  test('a server error comes before anything else', async () => {
    const { clock, says } = await dialled({}, sandboxNumbers.serverError);
    await clock.advance(5_000);
    expect(says()).toEqual(['sent', 'identified', 'ended by remote']);
  });

  test('noAnswer rings and rings', async () => {
    const { clock, says } = await dialled({}, sandboxNumbers.noAnswer);
    await clock.advance(600_000);
    expect(says()).toEqual(['sent', 'identified', 'acknowledged', 'ringing']);
  });

  test('silence is sent and nothing comes back', async () => {
    const { clock, says, provider } = await dialled({}, sandboxNumbers.silence);
    await clock.advance(600_000);
    expect(says()).toEqual(['sent', 'identified']);
    expect(provider.history).toEqual([]);
  });

  test('earlyMedia: sound before the answer', async () => {
    const { clock, says } = await dialled({}, sandboxNumbers.earlyMedia);
    await clock.advance(5_000);
    expect(says().slice(3)).toEqual(['early media', 'media-flowing', 'answered', 'media-flowing']);
  });

  test('noSound is answered, and no packets arrive', async () => {
    const { clock, says } = await dialled({}, sandboxNumbers.noSound);
    await clock.advance(60_000);
    expect(says()).toEqual(UP_TO_THE_ANSWER);
  });

  test('interrupted: signalling is lost 5 s after the answer and comes back 3 s later', async () => {
    const { clock, says, connection } = await dialled({}, sandboxNumbers.interrupted);
    await clock.advance(6_799);
    expect(says().at(-1)).toBe('media-flowing');
    await clock.advance(1);
    expect(says().at(-1)).toBe('interrupted');
    expect(connection).toMatchObject([{ type: 'connection', state: 'reconnecting' }]);
    await clock.advance(3_000);
    expect(says().at(-1)).toBe('restored');
    expect(connection.at(-1)).toEqual({ type: 'connection', state: 'ready' });
  });
});

describe('the connection', () => {
  test('refused', async () => {
    const { open, clock } = sandboxStage({ connection: 'refused', route: 'first' });
    await expect(open()).rejects.toMatchObject({ code: 'provider/unreachable', route: 'first' });
    expect(clock.pendingTimers).toBe(0);
  });

  test('token refused', async () => {
    const { open } = sandboxStage({ connection: 'token-refused' });
    await expect(open()).rejects.toMatchObject({ code: 'auth/token-rejected' });
  });

  test('silent until the signal aborts', async () => {
    const { provider, context, clock, abort } = sandboxStage({ connection: 'silent' });
    const opening = provider.open(context);
    let settled = false;
    opening.catch(() => {
      settled = true;
    });
    await clock.advance(600_000);
    expect(settled).toBe(false);
    abort.abort();
    await expect(opening).rejects.toMatchObject({ code: 'state/aborted' });
    expect(clock.pendingTimers).toBe(0);
  });

  test('a ready one aborted while it is opened leaves no timer', async () => {
    const { provider, context, clock, abort } = sandboxStage();
    const opening = provider.open(context);
    await clock.advance(10);
    abort.abort();
    await expect(opening).rejects.toMatchObject({ code: 'state/aborted' });
    expect(clock.pendingTimers).toBe(0);
  });

  test('a call without it is never sent', async () => {
    const { session, request, provider, clock } = await dialled();
    provider.act('lose-signalling');
    const said: string[] = [];
    session.dial(request, ({ type }) => said.push(type));
    await clock.advance(5_000);
    expect(said).toEqual(['ended']);
  });

  test('lost and restored by hand, without a call', async () => {
    const { open, provider, connection } = sandboxStage();
    expect(() => provider.act('lose-signalling')).toThrow('call/not-ready');
    await open();
    expect(() => provider.act('ring')).toThrow('call/not-ready');
    provider.act('lose-signalling');
    provider.act('lose-signalling');
    provider.act('restore-signalling');
    expect(connection.map((event) => event.type === 'connection' && event.state)).toEqual([
      'reconnecting',
      'ready',
    ]);
  });
});

test('making one touches nothing and each has its own history', () => {
  expect(sandbox().route).toBe('sandbox');
  expect(sandbox({ route: 'first' })).toMatchObject({
    id: 'sandbox',
    route: 'first',
    token: 'none',
    origins: [],
    history: [],
  });
});

test('capabilities: everything but inbound, with what the options change', () => {
  expect(sandbox().capabilities).toEqual({
    hold: 'native',
    digits: 'signalling',
    ringing: true,
    callerId: true,
    reattach: true,
    acknowledges: true,
    confirmsHangup: true,
  });
  const like = sandbox({ scenario: [], capabilities: { hold: false, confirmsHangup: false } });
  expect(like.capabilities).toMatchObject({
    hold: false,
    confirmsHangup: false,
    acknowledges: false,
    reattach: true,
  });
});
