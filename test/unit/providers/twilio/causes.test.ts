import { describe, expect, test } from 'vitest';
import {
  callError,
  codeOf,
  deviceError,
  endedBy,
  isFatal,
} from '../../../../src/providers/twilio/causes.js';
import { vendorError } from './fake-vendor.js';

const route = 'twilio/dublin';

describe('what a number means in a call', () => {
  test.each([
    [20101, 'auth/token-rejected', 'auth'],
    [20104, 'auth/token-expired', 'auth'],
    [20151, 'auth/token-rejected', 'auth'],
    [31202, 'auth/token-rejected', 'auth'],
    [31204, 'auth/token-rejected', 'auth'],
    [31205, 'auth/token-expired', 'auth'],
    [31207, 'auth/token-rejected', 'auth'],
    [31206, 'provider/over-limit', 'capacity'],
    [31000, 'provider/unexplained', 'unknown'],
    [31001, 'provider/misconfigured', 'capacity'],
    [31002, 'provider/misconfigured', 'capacity'],
    [31003, 'media/connection-failed', 'media'],
    [31005, 'provider/unexplained', 'unknown'],
    [31009, 'network/signalling-lost', 'infrastructure'],
    [31105, 'provider/misconfigured', 'capacity'],
    [31107, 'network/reconnect-failed', 'infrastructure'],
    [31209, 'network/reconnect-failed', 'infrastructure'],
    [31400, 'provider/misconfigured', 'capacity'],
    [31401, 'media/permission-denied', 'client'],
    [31402, 'media/device-in-use', 'client'],
    [31208, 'media/permission-denied', 'client'],
    [31403, 'call/blocked', 'forbidden'],
    [31404, 'call/invalid-number', 'number'],
    [31408, 'provider/timeout', 'infrastructure'],
    [31480, 'call/unavailable', 'callee'],
    [31481, 'network/reconnect-failed', 'infrastructure'],
    [31484, 'call/invalid-number', 'number'],
    [31486, 'call/busy', 'callee'],
    [31487, 'call/cancelled', 'user'],
    [31500, 'provider/server-error', 'infrastructure'],
    [31503, 'provider/server-error', 'infrastructure'],
    [31504, 'provider/timeout', 'infrastructure'],
    [31530, 'provider/server-error', 'infrastructure'],
    [31600, 'call/busy', 'callee'],
    [31603, 'call/rejected', 'callee'],
    [31604, 'call/invalid-number', 'number'],
    [31606, 'media/negotiation-failed', 'media'],
    [53000, 'provider/server-error', 'infrastructure'],
    [53001, 'network/signalling-lost', 'infrastructure'],
    [53400, 'media/negotiation-failed', 'client'],
    [53402, 'media/negotiation-failed', 'media'],
    [53405, 'media/connection-failed', 'media'],
    [53407, 'media/connection-failed', 'media'],
    [13214, 'provider/misconfigured', 'capacity'],
    [13224, 'call/invalid-number', 'number'],
    [13227, 'call/blocked', 'forbidden'],
    [32205, 'call/blocked', 'forbidden'],
    [21218, 'provider/misconfigured', 'capacity'],
    [11200, 'provider/misconfigured', 'capacity'],
    [12100, 'provider/misconfigured', 'capacity'],
    [32016, 'provider/timeout', 'infrastructure'],
    [99999, 'provider/unexplained', 'unknown'],
  ])('%i is %s, %s', (code, expected, kind) => {
    const error = callError(vendorError(code), { route });
    expect(error).toMatchObject({ code: expected, kind, route, provider: 'twilio' });
    expect(error.codes.providerCode).toBe(String(code));
  });

  test('a time-out after ringing is nobody who answers', () => {
    expect(callError(vendorError(31408), { route, ringing: true }).code).toBe('call/no-answer');
  });

  test('the number that the SDK hides goes before the one that it shows', () => {
    expect(codeOf(vendorError(31005, 31503))).toBe(31503);
    const error = callError(vendorError(31005, 13224), { route });
    expect(error.code).toBe('call/invalid-number');
    expect(error.codes.providerCode).toBe('13224');
  });

  test('the SIP response is told only where there is one', () => {
    expect(callError(vendorError(31486), { route }).codes.sipCode).toBe(486);
    expect(callError(vendorError(31401), { route }).codes.sipCode).toBeUndefined();
    expect(callError(vendorError(53405), { route }).codes.sipCode).toBeUndefined();
  });

  test('the gateway says in seconds when to come back', () => {
    const error = callError(vendorError(31206, 31206, { retryAfter: 7 }), { route });
    expect(error.retryAfterMs).toBe(7_000);
  });

  test('an error without a number explains nothing', () => {
    expect(callError({}, { route }).code).toBe('provider/unexplained');
    expect(callError({ code: 'x', originalError: 'y' }, { route }).code).toBe(
      'provider/unexplained',
    );
  });
});

describe('what a number means on the device', () => {
  test.each([31000, 31005, 53001])('%i is the socket', (code) => {
    expect(deviceError(vendorError(code, code), route).code).toBe('provider/unreachable');
  });

  test('every other number is what it is in a call', () => {
    expect(deviceError(vendorError(20104, 31205), route).code).toBe('auth/token-expired');
  });
});

describe('who ended it', () => {
  test.each([undefined, 31486, 31503, 31005, 53000, 31481])('%s: the far side said so', (code) => {
    const error = code === undefined ? undefined : vendorError(code);
    expect(endedBy(error)).toEqual({ by: 'remote', final: true });
  });

  test.each([31401, 31402, 53001, 53402, 53405, 31209, 31107])('%i proves nothing', (code) => {
    expect(endedBy(vendorError(code))).toEqual({ by: 'network', final: false });
  });

  test('only a failed negotiation leaves a call that has to be ended', () => {
    expect([53400, 53402, 31005, 31009, 53405].map((code) => isFatal(vendorError(code)))).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});
