import { describe, expect, it } from 'vitest';
import { SAYS, scripted } from '../failover/scripted-provider.js';
import { NUMBER, stage } from './dialer-stage.js';

async function setUp() {
  const provider = scripted({
    onDial: (leg) => leg.say(SAYS.sent),
    onHangup: (leg) => leg.say(SAYS.confirmed),
  });
  const set = stage([provider]);
  const call = set.dialer.dial(NUMBER);
  await set.clock.advance(0);
  return { ...set, call, leg: provider.leg };
}

describe('when', () => {
  it('waits for what is to come, with the payload of the event', async () => {
    const { call, clock, leg } = await setUp();
    const seen: unknown[] = [];
    call.on('answered', (event) => seen.push(event));
    const answered = call.when('answered');
    leg.say(SAYS.answered);
    expect(await clock.until(answered)).toBe(seen[0]);
  });

  it('resolves at once for what has passed, after the end as well', async () => {
    const { call, leg } = await setUp();
    leg.say(SAYS.answered, SAYS.flows, SAYS.hungUp);
    expect(await call.when('answered')).toMatchObject({ evidence: 'signalling' });
    expect(await call.when('active')).toMatchObject({ call });
    expect(await call.when('ended')).toMatchObject({ cause: 'completed' });
  });

  it.each([
    ['busy', SAYS.busy, 'call/busy'],
    ['cancelled', undefined, 'call/cancelled'],
  ] as const)('rejects for what will not come any more: %s', async (_name, end, code) => {
    const { call, clock, leg } = await setUp();
    const waits = Promise.allSettled([call.when('answered'), call.when('active')]);
    if (end) leg.say(end);
    else void call.hangup();
    const rejected = { status: 'rejected', reason: { code } };
    expect(await clock.until(waits)).toMatchObject([rejected, rejected]);
    await expect(call.when('answered')).rejects.toMatchObject({ code });
    await expect(clock.until(call.when('ended'))).resolves.toMatchObject({ call });
  });

  it('does not reject what has passed when the call ends', async () => {
    const { call, clock, leg } = await setUp();
    leg.say(SAYS.answered);
    const active = call.when('active');
    leg.say(SAYS.hungUp);
    await expect(clock.until(active)).rejects.toMatchObject({ code: 'call/cancelled' });
    await expect(call.when('answered')).resolves.toMatchObject({ call });
  });

  it('leaves nothing unhandled when nobody waits', async () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown) => unhandled.push(reason);
    process.on('unhandledRejection', note);
    const { call, clock, leg } = await setUp();
    leg.say(SAYS.busy);
    await clock.until(call.when('ended'));
    await clock.advance(1_000);
    process.off('unhandledRejection', note);
    expect(unhandled).toEqual([]);
  });

  it('gives up at its own time-out and signal, which do not touch the call', async () => {
    const { call, clock, leg } = await setUp();
    const reason = new Error('left the page');
    const stop = new AbortController();
    const timed = call.when('answered', { timeoutMs: 500 });
    const signalled = call.when('ended', { signal: stop.signal });
    signalled.catch(() => undefined);
    await expect(clock.until(timed)).rejects.toMatchObject({ code: 'state/timeout' });
    stop.abort(reason);
    await expect(signalled).rejects.toMatchObject({ code: 'state/aborted', cause: reason });
    await expect(call.when('ended', { signal: stop.signal })).rejects.toMatchObject({
      code: 'state/aborted',
    });
    leg.say(SAYS.answered);
    expect(call.state).toBe('answered');
  });
});
