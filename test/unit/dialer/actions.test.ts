import { describe, expect, it } from 'vitest';
import { sleep } from '../../../src/core/wait.js';
import { recordEvents } from '../../../src/testing/index.js';
import { failing, never, SAYS, type Script, scripted } from '../failover/scripted-provider.js';
import { NUMBER, stage } from './dialer-stage.js';

async function setUp(script: Script = {}, to = NUMBER) {
  const provider = scripted({
    onDial: (leg) => leg.say(SAYS.sent),
    onHangup: (leg) => leg.say(SAYS.confirmed),
    ...script,
  });
  const set = stage([provider]);
  const call = set.dialer.dial(to);
  await set.clock.advance(0);
  return { ...set, provider, call, leg: provider.leg };
}

async function answered(script: Script = {}) {
  const set = await setUp(script);
  set.leg.say(SAYS.answered, SAYS.flows);
  return set;
}

describe('mute', () => {
  const sounding = ({ request }: { request: { stream: MediaStream | undefined } }) =>
    request.stream?.getAudioTracks().map(({ enabled }) => enabled);

  it('is immediate, and told once for each change', async () => {
    const { call, leg } = await answered();
    const events = recordEvents(call, ['mute-changed']);
    call.mute();
    call.mute(true);
    expect([call.muted, sounding(leg)]).toEqual([true, [false]]);
    call.mute(false);
    call.mute(false);
    expect([call.muted, sounding(leg)]).toEqual([false, [true]]);
    expect(events.map(([, { muted }]) => muted)).toEqual([true, false]);
  });

  it('can be asked for before there is a microphone', async () => {
    const provider = scripted();
    const { dialer, clock } = stage([provider]);
    const call = dialer.dial(NUMBER);
    call.mute();
    await clock.advance(0);
    expect(sounding(provider.leg)).toEqual([false]);
  });

  it('survives a switch', async () => {
    const first = scripted();
    const second = scripted({ route: 'second' });
    const { dialer, clock } = stage([first, second]);
    const call = dialer.dial(NUMBER);
    call.mute();
    await clock.advance(3_000);
    expect([call.route, sounding(second.leg)]).toEqual(['second', [false]]);
  });

  it('is nothing any more after the end', async () => {
    const { call, clock } = await answered();
    await clock.until(call.hangup());
    call.mute();
    expect(call.muted).toBe(false);
  });
});

describe('hold', () => {
  it('resolves when the provider has confirmed, and tells then', async () => {
    const { call, clock, leg } = await answered({
      leg: { setHeld: () => sleep(clockOf(), 300) },
    });
    const clockOf = () => clock;
    const events = recordEvents(call, ['hold-changed']);
    const holding = call.hold();
    await clock.advance(299);
    expect([call.held, events]).toEqual([false, []]);
    await clock.until(holding);
    expect(call.held).toBe(true);
    await clock.until(call.hold(true));
    await clock.until(call.hold(false));
    expect([call.held, leg.log]).toEqual([false, ['hold', 'hold', 'take back']]);
    expect(events.map(([, { held, by }]) => [held, by])).toEqual([
      [true, 'local'],
      [false, 'local'],
    ]);
  });

  it('does one thing after the other', async () => {
    let running = 0;
    let most = 0;
    const set = await answered({
      leg: {
        setHeld: async () => {
          running += 1;
          most = Math.max(most, running);
          await sleep(set.clock, 100);
          running -= 1;
        },
      },
    });
    await set.clock.until(Promise.all([set.call.hold(), set.call.hold(false), set.call.hold()]));
    expect([most, set.call.held, set.leg.log]).toEqual([1, true, ['hold', 'take back', 'hold']]);
  });

  it('is refused where it cannot be done, and not pretended', async () => {
    const { call, leg } = await answered({ capabilities: { hold: false } });
    await expect(call.hold()).rejects.toMatchObject({ code: 'call/not-supported' });
    expect([call.held, leg.log]).toEqual([false, []]);
  });

  it('is refused before the answer and after the end', async () => {
    const { call, clock } = await setUp();
    await expect(call.hold()).rejects.toMatchObject({ code: 'call/not-ready' });
    await clock.until(call.hangup());
    await expect(call.hold()).rejects.toMatchObject({ code: 'call/not-ready' });
  });

  it('is given ten seconds, or what the application says', async () => {
    const { call, clock } = await answered({ leg: { setHeld: never } });
    const startMs = clock.monotonicNow();
    await expect(clock.until(call.hold())).rejects.toMatchObject({ code: 'state/timeout' });
    expect(clock.monotonicNow() - startMs).toBe(10_000);
    await expect(clock.until(call.hold(true, { timeoutMs: 100 }))).rejects.toMatchObject({
      code: 'state/timeout',
    });
    const stop = new AbortController();
    const holding = call.hold(true, { signal: stop.signal });
    holding.catch(() => undefined);
    stop.abort();
    await expect(holding).rejects.toMatchObject({ code: 'state/aborted' });
    expect([call.held, call.state]).toEqual([false, 'active']);
  });

  it('that fails leaves the call as it was, and the next one is free', async () => {
    let count = 0;
    const { call, clock } = await answered({
      leg: {
        setHeld: async () => {
          count += 1;
          if (count === 1) await failing('provider/server-error')();
        },
      },
    });
    await expect(call.hold()).rejects.toMatchObject({ code: 'provider/server-error' });
    expect(call.held).toBe(false);
    await clock.until(call.hold());
    expect(call.held).toBe(true);
  });

  it('always rejects with an error of ours', async () => {
    const { call } = await answered({
      leg: { setHeld: () => Promise.reject(new Error('vendor')) },
    });
    await expect(call.hold()).rejects.toMatchObject({
      code: 'internal/unexpected',
      cause: { message: 'vendor' },
    });
  });

  it('does not wait for a call that is over', async () => {
    const { call, clock, leg } = await answered({ leg: { setHeld: never } });
    const holding = call.hold();
    holding.catch(() => undefined);
    await clock.advance(10);
    leg.say(SAYS.hungUp);
    await expect(clock.until(holding)).rejects.toMatchObject({ code: 'state/aborted' });
    expect(clock.pendingTimers).toBeLessThanOrEqual(1);
  });
});

describe('digits', () => {
  it('are sent one after the other, with their pauses', async () => {
    const { call, clock, leg } = await answered();
    const sent: number[] = [];
    const startMs = clock.monotonicNow();
    const sending = call.sendDigits('1,2w#');
    for (let count = 0; count < 3; count += 1) {
      const length = leg.log.length;
      while (leg.log.length === length) await clock.advance(10);
      sent.push(clock.monotonicNow() - startMs);
    }
    await clock.until(sending);
    expect(leg.log).toEqual(['1 160', '2 160', '# 160']);
    expect(sent.map((ms) => Math.round(ms / 100) * 100)).toEqual([0, 2_100, 2_600]);
  });

  it('take the lengths of the application', async () => {
    const { call, clock, leg } = await answered();
    const startMs = clock.monotonicNow();
    await clock.until(call.sendDigits('aB', { toneMs: 80, gapMs: 500 }));
    expect([leg.log, clock.monotonicNow() - startMs]).toEqual([['A 80', 'B 80'], 1_000]);
  });

  it('of two strings do not mix', async () => {
    const { call, clock, leg } = await answered();
    await clock.until(Promise.all([call.sendDigits('12'), call.sendDigits('34')]));
    expect(leg.log.map((entry) => entry[0]).join('')).toBe('1234');
  });

  it('that are left are dropped when the signal aborts, and others may follow', async () => {
    const { call, clock, leg } = await answered();
    const stop = new AbortController();
    const sending = call.sendDigits('1,2', { signal: stop.signal });
    sending.catch(() => undefined);
    await clock.advance(1_000);
    stop.abort();
    await expect(sending).rejects.toMatchObject({ code: 'state/aborted' });
    await clock.advance(5_000);
    await clock.until(call.sendDigits('3'));
    expect(leg.log).toEqual(['1 160', '3 160']);
  });

  it('that are left are dropped when time is up, or the call', async () => {
    const { call, clock, leg } = await answered();
    await expect(clock.until(call.sendDigits('1,2', { timeoutMs: 500 }))).rejects.toMatchObject({
      code: 'state/timeout',
    });
    const sending = call.sendDigits('3,4');
    sending.catch(() => undefined);
    await clock.advance(100);
    leg.say(SAYS.hungUp);
    await expect(clock.until(sending)).rejects.toMatchObject({ code: 'state/aborted' });
    await clock.advance(10_000);
    expect(leg.log.filter((entry) => entry !== 'release')).toEqual(['1 160', '3 160']);
  });

  it('are refused before the answer, after the end, and where they cannot be sent', async () => {
    const early = await setUp();
    await expect(early.call.sendDigits('1')).rejects.toMatchObject({ code: 'call/not-ready' });
    await early.clock.until(early.call.hangup());
    await expect(early.call.sendDigits('1')).rejects.toMatchObject({ code: 'call/not-ready' });
    const { call } = await answered({ capabilities: { digits: false } });
    await expect(call.sendDigits('1')).rejects.toMatchObject({ code: 'call/not-supported' });
  });

  it('that are none are refused before any is sent', async () => {
    const { call, leg } = await answered();
    await expect(call.sendDigits('12x')).rejects.toMatchObject({ code: 'config/invalid-option' });
    expect(leg.log).toEqual([]);
  });

  it('that the vendor never sends are given up', async () => {
    const { call, clock } = await answered({ leg: { sendDigit: never } });
    await expect(clock.until(call.sendDigits('1'))).rejects.toMatchObject({
      code: 'state/timeout',
    });
  });

  it('that the vendor refuses reject with an error of ours', async () => {
    const { call } = await answered({
      leg: { sendDigit: () => Promise.reject(new TypeError('vendor')) },
    });
    await expect(call.sendDigits('1')).rejects.toMatchObject({ code: 'internal/unexpected' });
  });
});

describe('digits behind the number', () => {
  it('are sent once sound flows, and once only', async () => {
    const { call, clock, leg } = await setUp({}, `${NUMBER},,7#w2`);
    expect([leg.request.to, call.to]).toEqual([NUMBER, `${NUMBER},,7#w2`]);
    leg.say(SAYS.answered);
    await clock.advance(4_900);
    expect(leg.log).toEqual([]);
    leg.say(SAYS.flows);
    await clock.advance(3_900);
    expect(leg.log).toEqual([]);
    await clock.advance(5_000);
    expect(leg.log).toEqual(['7 160', '# 160', '2 160']);
    leg.say({ type: 'interrupted', error: SAYS.lost.error }, { type: 'restored' });
    await clock.advance(20_000);
    expect(leg.log).toHaveLength(3);
  });

  it('cost nothing but a warning where they cannot be sent', async () => {
    const { call, clock, leg, lines } = await setUp(
      { capabilities: { digits: false } },
      `${NUMBER},7`,
    );
    leg.say(SAYS.answered, SAYS.flows);
    await clock.advance(0);
    expect(call.state).toBe('active');
    const warnings = lines.filter(([level, text]) => level === 'warn' && text.includes('digits'));
    expect(warnings).toHaveLength(1);
  });
});

describe('transfer', () => {
  const capabilities = { transfer: true };

  it('passes the number on as E.164 and waits for the provider', async () => {
    const { call, leg, clock } = await answered({ capabilities });
    await clock.until(call.transfer('+1 (202) 555-0143'));
    expect([leg.log, call.state]).toEqual([['transfer +12025550143'], 'active']);
  });

  it('is refused where it cannot be done, and not pretended', async () => {
    const { call, leg } = await answered();
    await expect(call.transfer('+12025550143')).rejects.toMatchObject({
      code: 'call/not-supported',
    });
    const { call: early } = await setUp({ capabilities });
    await expect(early.transfer('+12025550143')).rejects.toMatchObject({ code: 'call/not-ready' });
    expect(leg.log).toEqual([]);
  });

  it.each([
    ['911', 'call/emergency-number'],
    ['0123', 'call/invalid-number'],
  ])('to %s is refused before anything is sent', async (to, code) => {
    const { call, leg } = await answered({ capabilities });
    await expect(call.transfer(to)).rejects.toMatchObject({ code });
    expect(leg.log).toEqual([]);
  });

  it('that the provider does not take in time is told, and the call goes on', async () => {
    const { call, clock } = await answered({ capabilities, leg: { transfer: never } });
    await expect(clock.until(call.transfer('+12025550143'))).rejects.toMatchObject({
      code: 'state/timeout',
    });
    expect(call.state).toBe('active');
  });
});
