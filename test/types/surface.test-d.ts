// What an application relies on, beyond that it compiles.
import {
  type Call,
  type CallEvents,
  type CallOutcome,
  type CallState,
  Dialer,
  type DialerErrorCode,
  type DialerEvents,
  type GetToken,
  isDialerError,
} from 'everdial';
import type { EverdialGlobal } from 'everdial/global';
import type { sandbox } from 'everdial/providers/sandbox';
import { telnyx } from 'everdial/providers/telnyx';
import { twilio } from 'everdial/providers/twilio';
import { expectTypeOf, test } from 'vitest';

declare const call: Call;
declare const dialer: Dialer;

test('dial gives the call at once', () => {
  expectTypeOf(dialer.dial('+14155550123')).toEqualTypeOf<Call>();
});

test('states are a closed list', () => {
  expectTypeOf<CallState>().toEqualTypeOf<
    | 'preparing'
    | 'connecting'
    | 'ringing'
    | 'answered'
    | 'active'
    | 'reconnecting'
    | 'ending'
    | 'ended'
  >();
});

test('a listener gets what its event carries, and on() gives the function that removes it', () => {
  expectTypeOf(call.on('ended', () => undefined)).toEqualTypeOf<() => void>();
  call.on('ended', (end) => expectTypeOf(end).toExtend<Pick<CallOutcome, 'cause' | 'error'>>());
  call.on('state-changed', ({ state }) => expectTypeOf(state).toEqualTypeOf<CallState>());
  expectTypeOf<keyof CallEvents>().toExtend<string>();
  expectTypeOf<keyof DialerEvents>().toExtend<string>();
});

test('the end can be awaited', () => {
  expectTypeOf(call.when('ended')).resolves.toExtend<Pick<CallOutcome, 'cause' | 'error'>>();
});

test('an error that was asked for is known by its code', () => {
  const caught: unknown = undefined;
  if (isDialerError(caught, 'call/busy')) expectTypeOf(caught.code).toEqualTypeOf<'call/busy'>();
  if (isDialerError(caught)) expectTypeOf(caught.code).toEqualTypeOf<DialerErrorCode>();
});

test('getToken may give the text, the server’s answer, or a promise of either', () => {
  expectTypeOf(() => 'token').toExtend<GetToken>();
  expectTypeOf(async () => 'token').toExtend<GetToken>();
  expectTypeOf(() => fetch('/token')).toExtend<GetToken>();
  new Dialer({ providers: [telnyx(), twilio()], getToken: () => fetch('/token') });
});

test('the script tag has the same classes and factories', () => {
  expectTypeOf<EverdialGlobal['Dialer']>().toEqualTypeOf<typeof Dialer>();
  expectTypeOf<EverdialGlobal['telnyx']>().toEqualTypeOf<typeof telnyx>();
  expectTypeOf<EverdialGlobal['twilio']>().toEqualTypeOf<typeof twilio>();
  expectTypeOf<EverdialGlobal['sandbox']>().toEqualTypeOf<typeof sandbox>();
  window.Everdial = window.Everdial ?? { cmd: [] };
  window.Everdial.cmd.push((everdial) => expectTypeOf(everdial).toEqualTypeOf<EverdialGlobal>());
});
