import { describe, expect, test } from 'vitest';
import {
  callError,
  codeOf,
  deviceError,
  endedBy,
  isFatal,
  isTransport,
  isUndelivered,
} from '../../../../src/providers/twilio/causes.js';
import { rang, sent, unsent } from '../../failover/contexts.js';
import { specTable } from '../../failover/spec-table.js';
import { vendorError } from './fake-vendor.js';

const route = 'twilio/dublin';

/** Twilio's code → our code, kind, before anything was sent, before `ringing`, after it. */
const CODES = specTable(
  ['number', 'code', 'kind', 'first', 'before', 'after'],
  `
  20101,20151                    auth/token-rejected       auth           refresh-token refresh-token stop
  20104                          auth/token-expired        auth           refresh-token refresh-token stop
  31000                          provider/unexplained      unknown        next          next          ask
  31001,21218                    provider/misconfigured    capacity       next          next          stop
  31002                          provider/misconfigured    capacity       next          next          stop
  31003                          media/connection-failed   media          next          next          ask
  31005                          provider/unexplained      unknown        next          next          ask
  31008                          call/cancelled            user           stop          stop          stop
  # The SDK's own word, not the gateway's: it may send the call later, so nothing is proven once it was sent.
  31009                          network/signalling-lost   infrastructure next          ask           ask
  31100,31101,31102,31103        provider/misconfigured    capacity       next          next          stop
  31104,31105,31106              provider/misconfigured    capacity       next          next          stop
  # The way back was refused: the call itself may live.
  31107,31209                    network/reconnect-failed  infrastructure next          ask           ask
  31201,31202,31203,31204,31207  auth/token-rejected       auth           refresh-token refresh-token stop
  31205                          auth/token-expired        auth           refresh-token refresh-token stop
  31206                          provider/over-limit       capacity       next          next          stop
  # The microphone, not SIP 401 and 402.
  31208,31401                    media/permission-denied   client         stop          ask           ask
  31402                          media/device-in-use       client         stop          ask           ask
  31400                          provider/misconfigured    capacity       next          next          stop
  31403                          call/blocked              forbidden      stop          stop          stop
  31408                          provider/timeout          infrastructure next          next          stop
  31480                          call/unavailable          callee         stop          stop          stop
  31481                          network/reconnect-failed  infrastructure next          next          ask
  31484,31604                    call/invalid-number       number         stop          stop          stop
  # A number or a TwiML application that does not exist: before ringing the next carrier may know better.
  31404                          call/invalid-number       unknown        next          next          stop
  31486,31600                    call/busy                 callee         stop          stop          stop
  31487                          call/cancelled            user           stop          stop          stop
  31488,31606                    media/negotiation-failed  media          next          next          ask
  31500,31502,31503,31530        provider/server-error     infrastructure next          next          ask
  31504                          provider/timeout          infrastructure next          next          ask
  # A callee who declines, as far as the browser can tell: never evaded.
  31603                          call/rejected             callee         stop          stop          stop
  31499                          provider/unexplained      unknown        next          next          ask
  32016                          provider/timeout          infrastructure next          next          ask
  53000                          provider/server-error     infrastructure next          next          ask
  53001                          network/signalling-lost   infrastructure next          ask           ask
  53400                          media/negotiation-failed  client         stop          ask           ask
  53401,53403,53404              media/negotiation-failed  media          next          next          ask
  53402                          media/negotiation-failed  media          next          ask           ask
  53405                          media/connection-failed   media          next          ask           ask
  53407                          media/connection-failed   media          next          next          ask
  13214                          provider/misconfigured    capacity       next          next          stop
  13223,13224,13226              call/invalid-number       number         stop          stop          stop
  13225,13227,32205,21215        call/blocked              forbidden      stop          stop          stop
  # The application's TwiML, or its server.
  11000,11200,11750,12100,13999  provider/misconfigured    capacity       next          next          stop
  10999,14000,31700,99999        provider/unexplained      unknown        next          next          ask
`,
);

describe('what a number means in a call', () => {
  test.each(CODES)('$number is $code, $kind: $first, $before, $after', (row) => {
    const told = vendorError(Number(row.number));
    const error = callError(told, { route });
    const { code, kind } = row;
    expect(error).toMatchObject({ code, kind, route, provider: 'twilio' });
    expect(error.codes.providerCode).toBe(row.number);
    const { final } = endedBy(told);
    const later = callError(told, { route, ringing: true });
    expect([unsent(error), sent(error, final), rang(later, final)]).toEqual([
      row.first,
      row.before,
      row.after,
    ]);
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
    expect(callError(vendorError(31404), { route }).codes.sipCode).toBe(404);
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

  test('only these are, and only one says that a message was not sent', () => {
    const codes = [31000, 31005, 53001, 31009, 53000, 31205];
    const which = (is: typeof isTransport) => codes.filter((code) => is(vendorError(code)));
    expect([which(isTransport), which(isUndelivered)]).toEqual([[31000, 31005, 53001], [31009]]);
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

  test.each([31009, 31208, 31401, 31402, 53001, 53400, 53402, 53405, 31209, 31107])(
    '%i proves nothing',
    (code) => {
      expect(endedBy(vendorError(code))).toEqual({ by: 'network', final: false });
    },
  );

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
