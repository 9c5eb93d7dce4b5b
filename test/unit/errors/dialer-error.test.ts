import { runInNewContext } from 'node:vm';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { causeOfCode, type DialerErrorCode, ERROR_CODES } from '../../../src/errors/codes.js';
import { DialerError, isDialerError } from '../../../src/errors/dialer-error.js';
import { CAUSE_TEXTS } from '../../../src/errors/hangup-cause.js';

describe('DialerError', () => {
  it('takes kind from its code and leaves the rest undefined', () => {
    const error = new DialerError('call/busy');
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ name: 'DialerError', code: 'call/busy', kind: 'callee' });
    expect(error.codes).toEqual({
      sipCode: undefined,
      q850Cause: undefined,
      providerCode: undefined,
    });
    expect([error.provider, error.route, error.retryAfterMs, error.cause]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('carries what the provider said, and a kind that is more exact than the code', () => {
    const error = new DialerError('provider/server-error', {
      kind: 'capacity',
      sipCode: 503,
      q850Cause: 42,
      providerCode: '31503',
      retryAfterMs: 2000,
    });
    expect(error.kind).toBe('capacity');
    expect(error.codes).toEqual({ sipCode: 503, q850Cause: 42, providerCode: '31503' });
    expect(error.retryAfterMs).toBe(2000);
  });

  it('derives the provider from the route unless it is given', () => {
    expect(new DialerError('call/busy', { route: 'telnyx/us-west' }).provider).toBe('telnyx');
    expect(new DialerError('call/busy', { route: 'twilio' }).provider).toBe('twilio');
    expect(new DialerError('call/busy', { route: 'main', provider: 'sip' }).provider).toBe('sip');
  });

  it('keeps an Error as its cause and wraps anything else in one', () => {
    const original = new TypeError('x');
    expect(new DialerError('call/busy', { cause: original }).cause).toBe(original);
    const foreign: unknown = runInNewContext('new Error("of another frame")');
    expect(foreign).not.toBeInstanceOf(Error);
    expect(new DialerError('call/busy', { cause: foreign }).cause).toBe(foreign);
    for (const thrown of ['text', 7, null, { name: 'Ann' }]) {
      const { cause } = new DialerError('call/busy', { cause: thrown });
      expect(cause).toBeInstanceOf(Error);
      expect((cause as Error).cause).toBe(thrown);
    }
  });

  it('tells code and detail in its message, and blots out numbers and tokens', () => {
    const { message } = new DialerError('config/invalid-option', {
      detail: 'got +14155550123 and eyJhbGciOi.eyJzdWIi.c2ln in from.',
    });
    expect(message).toMatch(/^\[config\/invalid-option\] .+ got … and … in from\.$/);
  });

  it('makes JSON with the codes of its causes, without stacks, messages or thrown objects', () => {
    const vendor = Object.assign(new RangeError('secret of +14155550123'), { code: 31005 });
    vendor.cause = { name: 'Ann', code: 5 };
    const inner = new DialerError('provider/unreachable', { cause: vendor });
    const outer = new DialerError('failover/exhausted', { cause: inner, route: 'telnyx/eu' });
    const json = JSON.stringify(outer);
    expect(JSON.parse(json)).toEqual({
      code: 'failover/exhausted',
      kind: 'infrastructure',
      provider: 'telnyx',
      route: 'telnyx/eu',
      causes: ['provider/unreachable', 'RangeError 31005'],
    });
    expect(json).not.toMatch(/secret|Ann|4155550123|\.ts/);
  });

  it('makes JSON of causes that go in a circle', () => {
    const loop = new Error('a');
    loop.cause = loop;
    expect(new DialerError('call/busy', { cause: loop }).toJSON()['causes']).toHaveLength(5);
  });

  it('survives a code that is not registered, as plain JavaScript may pass', () => {
    const error = new DialerError('my/own' as DialerErrorCode);
    expect(error.kind).toBe('unknown');
    expect(error.summary).toBe(CAUSE_TEXTS['provider-failed'][0]);
  });
});

describe('isDialerError', () => {
  it('is true for our errors, of one of the codes if any are given', () => {
    const error: unknown = new DialerError('call/busy');
    expect(isDialerError(error)).toBe(true);
    expect(isDialerError(error, 'call/rejected', 'call/busy')).toBe(true);
    expect(isDialerError(error, 'call/rejected')).toBe(false);
  });

  it('is false for anything else', () => {
    const lookalike = Object.assign(new Error('x'), { code: 'call/busy', name: 'DialerError' });
    for (const value of [lookalike, null, undefined, 'call/busy', {}, () => 1]) {
      expect(isDialerError(value)).toBe(false);
    }
  });

  it('recognises an error of a second copy of the package', async () => {
    vi.resetModules();
    const copy = await import('../../../src/errors/dialer-error.js');
    expect(copy.DialerError).not.toBe(DialerError);
    const error = new copy.DialerError('call/busy');
    expect(error).not.toBeInstanceOf(DialerError);
    expect(isDialerError(error, 'call/busy')).toBe(true);
  });
});

describe('summary and remedy', () => {
  beforeEach(() => {
    vi.resetModules();
  });

  it('are those of the hangup cause until those of the code are loaded, then those of the code', async () => {
    const copy = await import('../../../src/errors/dialer-error.js');
    const { loadErrorTexts } = await import('../../../src/errors/load-texts.js');
    const error = new copy.DialerError('media/device-in-use');
    expect([error.summary, error.remedy]).toEqual(CAUSE_TEXTS['no-device']);
    expect(error.message).toBe(`[media/device-in-use] ${CAUSE_TEXTS['no-device'][0]}`);
    const first = loadErrorTexts();
    expect(loadErrorTexts()).toBe(first);
    await first;
    const { ERROR_TEXTS } = await import('../../../src/errors/texts.js');
    const text = ERROR_TEXTS['media/device-in-use'];
    expect([error.summary, error.remedy]).toEqual([text.summary, text.remedy]);
    expect(new copy.DialerError('media/device-in-use').message).toContain(text.developer);
  });

  it('stay those of the cause when the sentences can not be loaded, and the next call tries again', async () => {
    const copy = await import('../../../src/errors/dialer-error.js');
    const { loadErrorTexts } = await import('../../../src/errors/load-texts.js');
    const error = new copy.DialerError('media/device-in-use');
    await loadErrorTexts(() => Promise.reject(new Error('chunk blocked')));
    expect(error.summary).toBe(CAUSE_TEXTS['no-device'][0]);
    await loadErrorTexts();
    expect(error.summary).not.toBe(CAUSE_TEXTS['no-device'][0]);
  });
});

it('every cause of a code has its sentences', () => {
  for (const code of Object.keys(ERROR_CODES)) {
    expect(CAUSE_TEXTS[causeOfCode(code)]).toHaveLength(2);
  }
});
