import { describe, expect, it } from 'vitest';
import { createEarlyToken } from '../../../src/access/early-token.js';
import type { TokenRequest } from '../../../src/access/hooks.js';
import { NUMBER, stage } from '../dialer/dialer-stage.js';
import { scripted } from '../failover/scripted-provider.js';

const request = (more: Partial<TokenRequest> = {}): TokenRequest => ({
  provider: 'vendor',
  route: 'vendor',
  reason: 'warm-up',
  callId: undefined,
  attempt: 0,
  to: undefined,
  signal: new AbortController().signal,
  ...more,
});

describe('a token that is asked for early', () => {
  const made = () => {
    const asked: TokenRequest[] = [];
    const early = createEarlyToken((wanted) => {
      asked.push(wanted);
      return `token ${asked.length}`;
    });
    return { asked, early };
  };

  it('is asked for in this very turn, and given once, to the same request', async () => {
    const { asked, early } = made();
    early.ask(request());
    expect(asked).toHaveLength(1);
    expect(await early.getToken(request())).toBe('token 1');
    expect(await early.getToken(request())).toBe('token 2');
  });

  it('is not given to another request', async () => {
    const { early } = made();
    early.ask(request());
    expect(await early.getToken(request({ route: 'other' }))).toBe('token 2');
  });

  it('is not asked for again while nobody has come for it', () => {
    const { asked, early } = made();
    early.ask(request());
    early.ask(request());
    early.ask(request({ reason: 'dial', callId: 'call', attempt: 1, to: NUMBER }));
    expect(asked).toHaveLength(1);
  });

  it('is given up with the one who asks, and with the one who comes for it', async () => {
    const { asked, early } = made();
    const [first, second] = [new AbortController(), new AbortController()];
    early.ask(request({ signal: first.signal }));
    first.abort();
    expect(asked[0]?.signal.aborted).toBe(true);
    await early.getToken(request());
    early.ask(request());
    await early.getToken(request({ signal: second.signal }));
    second.abort();
    expect(asked[1]?.signal.aborted).toBe(true);
  });

  it('fails for whoever waits for it; who comes later has another try', async () => {
    let tries = 0;
    const early = createEarlyToken(() => {
      tries += 1;
      if (tries !== 3) throw new TypeError('no');
      return 'token';
    });
    early.ask(request());
    await expect(early.getToken(request())).rejects.toThrow('no');
    early.ask(request());
    await Promise.resolve();
    expect([await early.getToken(request()), tries]).toEqual(['token', 3]);
  });
});

it('a finger, its press and its click ask for one token', async () => {
  const asked: unknown[] = [];
  const { dialer, clock } = stage([scripted({ token: 'required' })], {
    getToken: ({ reason }) => {
      asked.push(reason);
      return 'token';
    },
  });
  void dialer.warmUp();
  void dialer.warmUp({ microphone: true });
  dialer.dial(NUMBER);
  await clock.advance(100);
  expect(asked).toEqual(['warm-up']);
});
