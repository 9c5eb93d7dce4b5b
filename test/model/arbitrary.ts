import fc from 'fast-check';
import type { CarrierBehaviour, Invites, Login } from './carriers/behaviour.js';
import type { Action, Moment, PlainAction, Script, Step } from './script.js';
import type { Fence } from './world/access-server.js';
import type { Taking } from './world/phone.js';

/** The first of these is what a failing script is shrunk to. */
const weighted = <Value>(...choices: readonly (readonly [weight: number, value: Value])[]) =>
  fc.oneof(...choices.map(([weight, value]) => ({ weight, arbitrary: fc.constant(value) })));

const login = weighted<Login>(
  [24, 'works'],
  [2, 'is refused'],
  [1, 'is silent'],
  [1, 'takes 1 s'],
  [1, 'refuses the first token'],
  [1, 'refuses every token'],
  [1, 'lacks its code'],
  [1, 'has slow code'],
);

const invites = weighted<Invites>(
  [14, 'are routed'],
  [2, 'are swallowed'],
  [2, 'are routed in silence'],
  [2, 'are shelved'],
  [2, 'are late'],
  [1, 'ring, then fail'],
  [2, 'fail with 503'],
  [1, 'fail with 500'],
  [1, 'fail with 401'],
  [1, 'fail with 402'],
  [1, 'fail with 403'],
  [1, 'fail with 408'],
  [1, 'fail with 480'],
  [1, 'fail with 488'],
  [1, 'fail with 603'],
);

const carrier = fc.record<CarrierBehaviour>({
  kind: fc.constantFrom('telnyx', 'twilio', 'sip'),
  login,
  invites,
  forCalls: weighted([3, Number.POSITIVE_INFINITY], [1, 1]),
  latencyMs: weighted<readonly [number, number]>([4, [20, 60]], [1, [1, 400]], [1, [600, 900]]),
  answersItself: weighted([6, false], [1, true]),
  asksServer: weighted([4, true], [1, false]),
  talksOn: weighted([4, false], [1, true]),
});

const taking = fc.record<Taking>({
  callee: fc.constantFrom(
    'answers',
    'lets it ring',
    'answers during cancel',
    'declines',
    'hangs up soon',
    'hears an announcement first',
    'is busy',
    'has no such number',
  ),
  postDialDelayMs: weighted([4, 200], [2, 1], [2, 2_900], [1, 6_000], [1, 12_000]),
  ringMs: weighted([4, 2_000], [2, 1], [1, 100], [1, 20_000]),
});

const plain = weighted<PlainAction>(
  [4, 'nothing'],
  [6, 'click'],
  [6, 'hang up'],
  [1, 'click another number'],
  [1, 'warm up'],
  [1, 'mute'],
  [1, 'unmute'],
  [1, 'hold'],
  [1, 'send digits'],
  [1, 'close'],
  [1, 'go offline'],
  [1, 'come online'],
  [1, 'leave the page'],
  [1, 'freeze the page'],
  [1, 'come back to the page'],
  [2, 'allow the microphone'],
  [1, 'deny the microphone'],
  [1, 'unplug the microphone'],
  [1, 'plug in the microphone'],
  [1, 'token server fails'],
  [1, 'token server works'],
  [3, 'the callee answers'],
  [2, 'the callee hangs up'],
);

const onCarrier = fc.record<Extract<Action, object>>({
  carrier: fc.nat({ max: 2 }),
  does: weighted<Extract<Action, object>['does']>(
    [3, 'break: reset'],
    [3, 'heal'],
    [2, 'break: silent'],
    [1, 'break: uplink'],
    [1, 'break: downlink'],
    [1, 'fail the session'],
    [1, 'expire the token'],
    [1, 'repeat the last words'],
    [1, 'fail every leg with 503'],
    [1, 'fail every leg with 486'],
    [1, 'fail every leg with 603'],
  ),
});

const moment = fc.constantFrom<Moment>(
  'sent',
  'acknowledged',
  'progress',
  'answered',
  'silent',
  'switched',
  'over',
);

const wait = fc.oneof(
  { weight: 4, arbitrary: fc.nat({ max: 200 }) },
  { weight: 3, arbitrary: fc.nat({ max: 4_000 }) },
  { weight: 1, arbitrary: fc.nat({ max: 60_000 }) },
  { weight: 5, arbitrary: moment },
);

const step = fc.record<Step>({
  wait,
  do: fc.oneof({ weight: 3, arbitrary: plain }, { weight: 2, arbitrary: onCarrier }),
});

const CLICK: Step = { wait: 0, do: 'click' };

/** Any script: it begins with a press, and after that anything may happen at any time. */
export const anyScript: fc.Arbitrary<Script> = fc
  .record({
    carriers: fc.array(carrier, { minLength: 1, maxLength: 3 }),
    taking,
    fence: weighted<Fence>([4, 'none'], [3, 'works'], [1, 'silent'], [1, 'refuses']),
    microphone: weighted<Script['microphone']>(
      [20, 'granted'],
      [2, 'prompt'],
      [1, 'denied'],
      [1, 'slow'],
      [1, 'missing'],
      [1, 'busy'],
    ),
    policy: weighted<Script['policy']>(
      [6, 'standard'],
      [1, 'always dials on'],
      [1, 'always waits'],
      [1, 'changes its mind'],
    ),
    seed: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
    steps: fc.array(step, { maxLength: 9 }),
  })
  .map(({ steps, ...world }) => ({ ...world, steps: [CLICK, ...steps] }));
