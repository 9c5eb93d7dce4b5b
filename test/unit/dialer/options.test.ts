import { describe, expect, it } from 'vitest';
import { Dialer } from '../../../src/dialer/dialer.js';
import type { DialerOptions } from '../../../src/dialer/dialer-options.js';
import { testEnvironment } from '../../../src/testing/index.js';
import { failing, SAYS, scripted } from '../failover/scripted-provider.js';
import { NUMBER, stage } from './dialer-stage.js';

const getToken = () => 'token';

describe('options that cannot work', () => {
  const providers = [scripted()];
  const factory = () => scripted();

  it.each([
    ['nothing', undefined, 'config/invalid-option'],
    ['no providers', {}, 'config/invalid-option'],
    ['providers that are no list', { providers: scripted() }, 'config/invalid-option'],
    ['an empty list', { providers: [] }, 'config/invalid-option'],
    ['a hole in the list', { providers: [undefined] }, 'config/invalid-option'],
    ['a factory that nobody called', { providers: [factory] }, 'config/invalid-option'],
    ['two of the same name', { providers: [scripted(), scripted()] }, 'config/duplicate-route'],
    ['no getToken', { providers: [scripted({ token: 'required' })] }, 'config/invalid-option'],
    [
      'a getToken that is no function',
      { providers: [scripted({ token: 'required' })], getToken: '/token' },
      'config/invalid-option',
    ],
    ['a caller ID that is none', { providers, from: '0800' }, 'config/invalid-option'],
    ['no calls at all', { providers, maxCalls: 0 }, 'config/invalid-option'],
    ['calls that are no number', { providers, maxCalls: Number.NaN }, 'config/invalid-option'],
    ['a bit rate too low', { providers, maxBitrateKbps: 5 }, 'config/invalid-option'],
    ['a bit rate too high', { providers, maxBitrateKbps: 65 }, 'config/invalid-option'],
    ['a negative deadline', { providers, timeouts: { ringMs: -1 } }, 'config/invalid-option'],
    ['a deadline that is text', { providers, timeouts: { ringMs: '5' } }, 'config/invalid-option'],
    [
      'an endless deadline',
      { providers, timeouts: { ringMs: Number.POSITIVE_INFINITY } },
      'config/invalid-option',
    ],
  ])('%s: refused when the Dialer is made', (_name, options, code) => {
    expect(() => new Dialer(options as DialerOptions)).toThrow(
      expect.objectContaining({ code, remedy: expect.stringMatching(/\w/) }),
    );
  });
});

describe('options that are left out', () => {
  it('may be there as undefined', async () => {
    const { dialer, clock } = stage(
      [scripted({ onDial: (leg) => leg.say(SAYS.sent, SAYS.rings) })],
      {
        from: undefined,
        maxCalls: undefined,
        failover: undefined,
        timeouts: { ringMs: undefined },
        audio: { ringback: undefined, echoCancellation: undefined },
        iceServers: undefined,
        codecs: undefined,
      },
    );
    const call = dialer.dial(NUMBER, {
      from: undefined,
      params: undefined,
      signal: undefined,
      routes: undefined,
      input: undefined,
      ringMs: undefined,
    });
    await clock.advance(44_999);
    expect(call.state).toBe('ringing');
    await clock.advance(1);
    expect(call.state).not.toBe('ended');
    await clock.until(call.when('ended'));
    expect(call.outcome?.cause).toBe('no-answer');
  });

  it('have the documented values for the providers', async () => {
    const provider = scripted();
    const { dialer, clock } = stage([provider]);
    await clock.until(dialer.warmUp());
    expect(provider.contexts[0]).toMatchObject({
      iceServers: [],
      relayOnly: false,
      codecs: ['opus', 'pcmu'],
      maxBitrateKbps: 32,
      vendorTelemetry: false,
      clock,
    });
  });

  it('are handed on when they are set', async () => {
    const settings = {
      iceServers: [{ urls: 'stun:stun.example.com' }],
      relayOnly: true,
      codecs: ['pcma'],
      maxBitrateKbps: 64,
      vendorTelemetry: true,
    } as const;
    const provider = scripted();
    const { dialer, clock } = stage([provider], settings);
    await clock.until(dialer.warmUp());
    expect(provider.contexts[0]).toMatchObject(settings);
  });

  it('let each deadline be changed', async () => {
    const timeouts = { connectMs: 100 };
    const provider = scripted({ login: () => new Promise(() => undefined) });
    const { dialer, clock } = stage([provider], { timeouts });
    const outcome = await clock.until(dialer.dial(NUMBER).when('ended'));
    expect([clock.monotonicNow(), outcome.cause]).toEqual([100, 'timeout']);
  });
});

describe('the log', () => {
  it('gets warnings and worse by default, marked as ours', async () => {
    const lines: string[] = [];
    const write = (level: string) => (message: string) => void lines.push(`${level} ${message}`);
    const environment = testEnvironment();
    const dialer = new Dialer({
      providers: [scripted({ login: failing('provider/unreachable') })],
      getToken,
      environment,
      logger: {
        debug: write('debug'),
        info: write('info'),
        warn: write('warn'),
        error: write('error'),
      },
    });
    await environment.clock.until(dialer.warmUp());
    expect(lines).toEqual(['warn everdial: route first failed: provider/unreachable']);
  });

  it('never holds a number or a token', async () => {
    const { dialer, clock, lines } = stage(
      [
        scripted({ token: 'required', login: failing('provider/unreachable') }),
        scripted({ route: 'second', onDial: (leg) => leg.say(SAYS.sent, SAYS.lost) }),
      ],
      { getToken: () => 'very-secret' },
    );
    await clock.until(dialer.dial(`${NUMBER},7`, { from: '+14155550199' }).when('ended'));
    expect(lines.length).toBeGreaterThan(0);
    expect(JSON.stringify(lines)).not.toMatch(/4155550|very-secret/);
  });
});

it('making a Dialer touches neither the environment nor a provider', () => {
  const touched: string[] = [];
  const watched = <Target extends object>(name: string, target: Target): Target =>
    new Proxy(target, {
      get(_target, key) {
        touched.push(`${name}.${String(key)}`);
        throw new Error('touched');
      },
    });
  const { clock, media, network, storage } = testEnvironment();
  const environment = {
    clock: watched('clock', clock),
    media: watched('media', media),
    network: watched('network', network),
    storage: watched('storage', storage),
  };
  const provider = scripted();
  const dialer = new Dialer({ providers: [provider], getToken, environment });
  expect([touched, provider.loads, provider.contexts.length]).toEqual([[], 0, 0]);
  expect([dialer.status, dialer.calls]).toEqual(['idle', []]);
});
