// Typical mistakes that the types must catch. Each `@ts-expect-error` fails the build if its mistake stops being one.
import {
  type Call,
  createFailover,
  Dialer,
  DialerError,
  type DialerErrorCode,
  type FailoverPolicy,
  type HangupCause,
  isDialerError,
  type Provider,
} from 'everdial';
import type { Leg, LegEvent } from 'everdial/providers';
import { type SandboxScenario, sandbox, sandboxNumbers } from 'everdial/providers/sandbox';
import { telnyx } from 'everdial/providers/telnyx';
import { twilio } from 'everdial/providers/twilio';

// ---------------------------------------------------------------- making a Dialer
// A carrier that needs a token, and nobody to get one.
// @ts-expect-error
new Dialer({ providers: [telnyx(), twilio()] });
// One carrier without a token does not make up for the other.
// @ts-expect-error
new Dialer({ providers: [sandbox(), twilio()] });
// The sandbox alone needs none.
new Dialer({ providers: [sandbox()] });
// The factory itself instead of what it makes.
// @ts-expect-error
new Dialer({ providers: [telnyx], getToken: () => '' });
// A name instead of a provider.
// @ts-expect-error
new Dialer({ providers: ['telnyx'], getToken: () => '' });
// A token instead of a way to get one: it would expire.
// @ts-expect-error
new Dialer({ providers: [telnyx()], getToken: 'eyJhbGciOi' });
// A misspelt option.
// @ts-expect-error
new Dialer({ providers: [telnyx()], getToken: () => '', maxCall: 2 });
// A misspelt option without token.
// @ts-expect-error
new Dialer({ providers: [sandbox()], maxCall: 2 });
// A field of the request that does not exist.
// @ts-expect-error
new Dialer({ providers: [telnyx()], getToken: ({ vendor }) => vendor });
// Seconds, in a field that is called milliseconds: not caught by types, but a name without its unit is.
// @ts-expect-error
new Dialer({ providers: [sandbox()], timeouts: { ring: 45 } });
// A parsed answer of unknown shape.
// @ts-expect-error
new Dialer({ providers: [telnyx()], getToken: async () => ({ jwt: 'x' }) });
// Twilio's edge list: one route each, so that each has its own health.
// @ts-expect-error
twilio({ edge: ['dublin', 'ashburn'] });
// An option of the other carrier.
// @ts-expect-error
telnyx({ edge: 'dublin' });

declare const dialer: Dialer;
declare const call: Call;

// ---------------------------------------------------------------- dialling
// A Call is not a promise, but awaiting it must not change it.
const awaited: Call = await dialer.dial('+14155550123');
void awaited;
// A number as a number.
// @ts-expect-error
dialer.dial(14155550123);
// Twilio's way of passing the number.
// @ts-expect-error
dialer.dial({ params: { To: '+14155550123' } });
// Parameters are strings.
// @ts-expect-error
dialer.dial('+14155550123', { params: { crmId: 42 } });
// One route is a list of one.
// @ts-expect-error
dialer.dial('+14155550123', { routes: 'twilio' });
// The controller instead of its signal.
// @ts-expect-error
dialer.dial('+14155550123', { signal: new AbortController() });
// Calls are made by dial() only.
// @ts-expect-error
new Call();

// ---------------------------------------------------------------- events
// Words of other SDKs.
// @ts-expect-error
call.on('accept', () => undefined);
// @ts-expect-error
call.on('disconnect', () => undefined);
// @ts-expect-error
call.on('answer', () => undefined);
// @ts-expect-error
call.on('stateChanged', () => undefined);
// @ts-expect-error
dialer.on('tokenWillExpire', () => undefined);
// A call's event on the Dialer.
// @ts-expect-error
dialer.on('answered', () => undefined);
// A payload that the event does not have.
// @ts-expect-error
call.on('ringing', ({ cause }) => cause);
// Two arguments: there is never more than one.
// @ts-expect-error
call.on('ended', (end, error) => [end, error]);
// Payloads are read only.
call.on('ended', (end) => {
  // @ts-expect-error
  end.cause = 'completed';
});
// Nobody else fires events.
// @ts-expect-error
call.emit('answered', {});
// on() gives the function that removes the listener; there is no off().
// @ts-expect-error
call.off('ended', () => undefined);
// A milestone that may never come.
// @ts-expect-error
await call.when('ringing');

// ---------------------------------------------------------------- states and causes
// Not a state: hold is a flag.
// @ts-expect-error
if (call.state === 'held') console.log('held');
// Twilio's word.
// @ts-expect-error
if (call.state === 'open') console.log('open');
// Not in the closed list.
// @ts-expect-error
const cause: HangupCause = 'canceled';
void cause;
// States are read only.
// @ts-expect-error
call.state = 'ended';
// Lists are read only.
// @ts-expect-error
dialer.calls.push(call);
// The outcome exists only after the end.
// @ts-expect-error
console.log(call.outcome.cause);
// A table over all states must be complete.
// @ts-expect-error
const words: Record<Call['state'], string> = {
  preparing: '',
  connecting: '',
  ringing: '',
  active: '',
  ended: '',
};
void words;

// ---------------------------------------------------------------- call control
// Words of other SDKs.
// @ts-expect-error
call.disconnect();
// @ts-expect-error
call.unhold();
// @ts-expect-error
call.dtmf('1');
// A handler that would pass the click event as `muted`.
// @ts-expect-error
const onClick: (event: MouseEvent) => void = call.mute;
void onClick;
// A digit as a number.
// @ts-expect-error
await call.sendDigits(1);
// Hold exists on every call; whether it works is a fact of the route, to be asked at run time.
if (call.capabilities.hold) await call.hold();
// The capability is not a plain boolean: it says how.
// @ts-expect-error
const canHold: boolean = call.capabilities.hold;
void canHold;
// A promise is not an answer to "was it answered?".
// @ts-expect-error
if (call.when('answered')) console.log('always true');
// The vendor's object has no type here.
// @ts-expect-error
call.native.sendMessage({ content: 'hello' });

// ---------------------------------------------------------------- errors
// A code that does not exist.
// @ts-expect-error
new DialerError('call/engaged');
const caught: unknown = new Error('x');
// @ts-expect-error
if (isDialerError(caught, 'call/canceled')) console.log(caught);
if (isDialerError(caught, 'call/busy', 'call/no-answer')) {
  const code: 'call/busy' | 'call/no-answer' = caught.code;
  void code;
}
// Not known before it was asked.
// @ts-expect-error
console.log(caught.remedy);
const known: DialerErrorCode = 'network/offline';
void known;

// ---------------------------------------------------------------- failover
// A decision must be one of the five.
// @ts-expect-error
const evade: FailoverPolicy = () => ({ action: 'retry' });
// A policy decides at once: no promise.
// @ts-expect-error
const slow: FailoverPolicy = async () => ({ action: 'stop' });
// To wait needs a time.
// @ts-expect-error
const waitForEver: FailoverPolicy = () => ({ action: 'wait' });
// The context cannot be changed.
const change: FailoverPolicy = (context) => {
  // @ts-expect-error
  context.allowed = ['next'];
  return createFailover()(context);
};
void [evade, slow, waitForEver, change];

// ---------------------------------------------------------------- writing a provider
// `ended` must say whether it is proof.
// @ts-expect-error
const vague: LegEvent = { type: 'ended', by: 'remote', error: undefined };
// Error codes are not strings of the vendor's.
// @ts-expect-error
const raw: LegEvent = { type: 'ended', by: 'remote', final: true, error: 'USER_BUSY' };
// A leg must be able to end and to let go.
// @ts-expect-error
const half: Leg = {
  hangup: () => undefined,
  replaceTrack: async () => undefined,
  native: undefined,
};
// A provider says whether it needs tokens.
declare const rest: Omit<Provider, 'token'>;
// @ts-expect-error
const silent: Provider = { ...rest };
// A capability that does not exist.
// @ts-expect-error
const boast: Provider['capabilities'] = { teleport: true };
void [vague, raw, half, silent, boast];

// ---------------------------------------------------------------- sandbox
// A step without its time.
// @ts-expect-error
const script: SandboxScenario = [{ does: 'ring' }];
void script;
// A number that is not in the list.
// @ts-expect-error
dialer.dial(sandboxNumbers.engaged);
