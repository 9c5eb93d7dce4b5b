import { Dialer } from 'everdial';
import { type SandboxOptions, sandbox } from 'everdial/providers/sandbox';
import { testEnvironment } from 'everdial/testing';
import { describe, expect, test } from 'vitest';
import {
  type CallOutcome,
  type CallSnapshot,
  DialerError,
  type DialerErrorCode,
  type HangupCause,
} from '../../../src/index.js';
import { en } from '../../../src/widget/languages/en.js';
import { SCENE_LOOKS } from '../../../src/widget/panel/scenes.js';
import { SCENES, type Scene } from '../../../src/widget/scene.js';
import { type SceneFacts, sceneOf } from '../../../src/widget/scene-of.js';

const callThat = (more: Partial<CallSnapshot> = {}): CallSnapshot =>
  ({
    state: 'preparing',
    muted: false,
    held: false,
    heldByRemote: false,
    earlyMedia: false,
    quality: 'unknown',
    problem: undefined,
    answeredAtMs: undefined,
    outcome: undefined,
    ...more,
  }) as CallSnapshot;

const problem = (code: DialerErrorCode): Partial<CallSnapshot> => ({
  problem: new DialerError(code),
});

const ended = (
  cause: HangupCause,
  code?: DialerErrorCode,
  more: Partial<CallSnapshot> = {},
): CallSnapshot =>
  callThat({
    state: 'ended',
    outcome: {
      cause,
      error: code && new DialerError(code),
      attempts: [],
    } as unknown as CallOutcome,
    ...more,
  });

const scene = (more: Partial<SceneFacts> = {}): Scene =>
  sceneOf({
    call: undefined,
    audio: { asking: false },
    online: true,
    failure: undefined,
    consenting: false,
    starting: false,
    switched: false,
    slow: false,
    ...more,
  });

describe('without a call', () => {
  test.each<[Scene, Partial<SceneFacts>]>([
    ['idle', {}],
    ['offline', { online: false }],
    ['connecting', { starting: true }],
    ['connecting', { starting: true, online: false }],
    ['consent', { consenting: true, starting: true }],
    ['service', { failure: 'config/no-access-server' }],
    ['service', { failure: 'config/invalid-option' }],
    ['service', { failure: 'support/no-webrtc' }],
    ['service', { failure: 'internal/unexpected' }],
    ['policy', { failure: 'media/insecure-context' }],
    ['policy', { failure: 'media/blocked-by-page' }],
  ])('%s: %j', (expected, facts) => {
    expect(scene(facts)).toBe(expected);
  });

  test('the question for consent stands before everything else', () => {
    const facts = { consenting: true, failure: 'config/invalid-option' as const, online: false };
    expect(scene({ ...facts, call: ended('busy') })).toBe('consent');
  });
});

describe('while a call is prepared', () => {
  test.each<[Scene, DialerErrorCode]>([
    ['blocked', 'media/permission-denied'],
    ['blocked', 'media/permission-dismissed'],
    ['policy', 'media/blocked-by-page'],
    ['policy', 'media/insecure-context'],
    ['nodevice', 'media/device-not-found'],
    ['nodevice', 'media/device-lost'],
    ['nodevice', 'media/constraints-failed'],
    ['micbusy', 'media/device-in-use'],
    ['offline', 'network/offline'],
  ])('%s: %s', (expected, code) => {
    expect(scene({ call: callThat(problem(code)), slow: true })).toBe(expected);
    expect(scene({ call: callThat(problem(code)), audio: { asking: true } })).toBe(expected);
  });

  test('a problem that nobody can mend in the panel hides nothing', () => {
    expect(scene({ call: callThat(problem('network/slow')) })).toBe('connecting');
    expect(scene({ call: callThat(problem('call/slow')), slow: true })).toBe('slow');
  });

  test('the browser asks for the microphone', () => {
    expect(scene({ call: callThat(), audio: { asking: true } })).toBe('asking');
    expect(scene({ call: callThat(), audio: { asking: true }, slow: true })).toBe('asking');
    expect(scene({ call: callThat({ state: 'connecting' }), audio: { asking: true } })).toBe(
      'connecting',
    );
  });

  test.each(['preparing', 'connecting'] as const)('%s: slow, on another line', (state) => {
    const call = callThat({ state });
    expect(scene({ call })).toBe('connecting');
    expect(scene({ call, slow: true })).toBe('slow');
    expect(scene({ call, switched: true })).toBe('switching');
    expect(scene({ call, switched: true, slow: true })).toBe('switching');
  });

  test('sound before the answer counts as ringing, on another line too', () => {
    const call = callThat({ state: 'connecting', earlyMedia: true });
    expect(scene({ call, slow: true, switched: true })).toBe('ringing');
  });
});

test.each<[Scene, CallSnapshot['state']]>([
  ['ringing', 'ringing'],
  ['answered', 'answered'],
  ['talking', 'active'],
  ['reconnecting', 'reconnecting'],
  ['ending', 'ending'],
])('%s: %s', (expected, state) => {
  expect(scene({ call: callThat({ state }) })).toBe(expected);
  expect(scene({ call: callThat({ state }), slow: true, switched: true })).toBe(expected);
});

describe('while people talk', () => {
  const talk = (more: Partial<CallSnapshot>): Scene =>
    scene({ call: callThat({ state: 'active', ...more }) });

  test.each<[Scene, DialerErrorCode]>([
    ['silent', 'media/silent-microphone'],
    ['silent', 'media/device-lost'],
    ['micoff', 'media/microphone-muted'],
    ['nothing', 'media/not-receiving'],
    ['playback', 'media/not-playing'],
    ['playback', 'media/playback-blocked'],
    ['talking', 'media/far-end-silent'],
    ['talking', 'network/slow'],
  ])('%s: %s', (expected, code) => {
    expect(talk({ ...problem(code), quality: 'good' })).toBe(expected);
  });

  test.each<[Scene, Partial<CallSnapshot>]>([
    ['held', { held: true, heldByRemote: true, muted: true }],
    ['remotehold', { heldByRemote: true, muted: true }],
    ['muted', { muted: true, quality: 'poor' }],
    ['poor', { quality: 'poor' }],
    ['talking', { quality: 'fair' }],
    ['talking', { quality: 'unknown' }],
  ])('%s: %j', (expected, more) => {
    expect(talk(more)).toBe(expected);
  });

  test('what can be mended is told to somebody who is muted; on hold silence is right', () => {
    expect(talk({ ...problem('media/playback-blocked'), muted: true })).toBe('playback');
    expect(talk({ ...problem('media/not-receiving'), held: true })).toBe('held');
    expect(talk({ ...problem('media/not-receiving'), heldByRemote: true })).toBe('remotehold');
  });
});

const ENDS: Readonly<Record<HangupCause, Scene>> = {
  completed: 'ended',
  busy: 'busy',
  'no-answer': 'noanswer',
  rejected: 'declined',
  cancelled: 'cancelled',
  missed: 'cancelled',
  unavailable: 'unavailable',
  'invalid-number': 'invalid',
  blocked: 'refused',
  'permission-denied': 'blocked',
  'no-device': 'nodevice',
  unauthorized: 'service',
  quota: 'service',
  network: 'unreachable',
  'media-failed': 'unreachable',
  'provider-failed': 'unreachable',
  timeout: 'unreachable',
  'unknown-outcome': 'unknown',
};
const CAUSES = Object.entries(ENDS) as [HangupCause, Scene][];

describe('when a call is over', () => {
  test.each(CAUSES)('%s: %s', (cause, expected) => {
    expect(scene({ call: ended(cause) })).toBe(expected);
    expect(scene({ call: ended(cause), online: false, slow: true, switched: true })).toBe(expected);
  });

  test.each<[Scene, HangupCause, DialerErrorCode]>([
    ['micbusy', 'no-device', 'media/device-in-use'],
    ['nodevice', 'no-device', 'media/device-not-found'],
    ['policy', 'permission-denied', 'media/blocked-by-page'],
    ['policy', 'permission-denied', 'media/insecure-context'],
    ['blocked', 'permission-denied', 'media/permission-denied'],
    ['offline', 'network', 'network/offline'],
    ['unreachable', 'network', 'network/signalling-lost'],
    ['refused', 'blocked', 'call/blocked'],
    ['refused', 'blocked', 'call/emergency-number'],
    ['service', 'blocked', 'call/limit-reached'],
    ['service', 'blocked', 'config/invalid-option'],
    ['service', 'blocked', 'config/unknown-route'],
    ['service', 'unauthorized', 'config/no-access-server'],
    ['service', 'provider-failed', 'provider/misconfigured'],
  ])('%s: %s because of %s', (expected, cause, code) => {
    expect(scene({ call: ended(cause, code) })).toBe(expected);
  });

  test.each(CAUSES)('%s after the answer is told as cut off where the line was lost', (cause) => {
    const lost = ['network', 'media-failed', 'provider-failed', 'timeout', 'unknown-outcome'];
    const shown = scene({ call: ended(cause, undefined, { answeredAtMs: 0 }) });
    expect(shown === 'cutoff').toBe(lost.includes(cause) || cause === 'no-device');
    if (cause === 'completed') expect(shown).toBe('ended');
  });

  test('the microphone that was pulled out in the call cuts it off as well', () => {
    const call = ended('no-device', 'media/device-lost', { answeredAtMs: 1 });
    expect(scene({ call })).toBe('cutoff');
  });

  test('a doubtful or an answered call is never told as one that did not ring', () => {
    const claims = (shown: Scene): boolean => {
      const { text } = SCENE_LOOKS[shown];
      return text !== undefined && /did not ring|has not rung/.test(en[text]);
    };
    expect(claims('unreachable')).toBe(true);
    expect(claims(scene({ call: ended('unknown-outcome') }))).toBe(false);
    for (const [cause] of CAUSES) {
      const call = ended(cause, undefined, { answeredAtMs: 5 });
      expect(claims(scene({ call, switched: true })), cause).toBe(false);
    }
  });
});

describe('whether their phone did not ring', () => {
  const shown = (
    phase: CallOutcome['attempts'][number]['phase'],
    ringing: boolean,
    redialAdvice: CallOutcome['redialAdvice'] = 'ok',
  ): Scene => {
    const attempts = [{ phase: 'unsent' }, { phase }];
    const outcome = { cause: 'provider-failed', attempts, redialAdvice } as unknown;
    return scene({
      call: callThat({
        state: 'ended',
        capabilities: { ringing } as CallSnapshot['capabilities'],
        outcome: outcome as CallOutcome,
      }),
    });
  };

  test('is certain where nothing came back, or no ringing from a carrier that tells it', () => {
    expect(shown('sent', false)).toBe('unreachable');
    expect(shown('acknowledged', true)).toBe('unreachable');
  });

  test('is not where anything rang, could have rung, or the core has doubts', () => {
    expect(shown('progress', true)).toBe('unknown');
    expect(shown('acknowledged', false)).toBe('unknown');
    expect(shown('sent', true, 'ask')).toBe('unknown');
  });
});

describe('a real call that never got an answer', () => {
  const tried = async (options: SandboxOptions): Promise<Scene> => {
    const environment = testEnvironment();
    const dialer = new Dialer({ providers: [sandbox(options)], environment, logLevel: 'error' });
    const call = dialer.dial('+12025550100');
    await environment.clock.until(call.when('ended'));
    const shown = scene({ call });
    await environment.clock.until(dialer.close());
    return shown;
  };

  test.each<[string, SandboxOptions]>([
    [
      'rang and failed then',
      {
        scenario: [
          { afterMs: 50, does: 'ring' },
          { afterMs: 1_000, does: 'server-error' },
        ],
      },
    ],
    ['was taken, then silence', { scenario: [{ afterMs: 50, does: 'acknowledge' }] }],
    [
      'was taken by a carrier that tells no ringing',
      {
        scenario: [
          { afterMs: 50, does: 'acknowledge' },
          { afterMs: 20_000, does: 'hang-up' },
        ],
        capabilities: { ringing: false },
      },
    ],
  ])('%s: nobody can say that it did not ring', async (_, options) => {
    expect(await tried(options)).toBe('unknown');
  });

  test('was refused at once: it did not ring', async () => {
    expect(await tried({ scenario: [{ afterMs: 50, does: 'server-error' }] })).toBe('unreachable');
  });
});

test('every scene of the list can come about', () => {
  const made = new Set<Scene>([
    scene(),
    scene({ consenting: true }),
    scene({ online: false }),
    scene({ call: callThat(), audio: { asking: true } }),
    scene({ call: callThat(), slow: true }),
    scene({ call: callThat(), switched: true }),
    scene({ call: callThat() }),
    ...(['ringing', 'answered', 'active', 'reconnecting', 'ending'] as const).map((state) =>
      scene({ call: callThat({ state }) }),
    ),
    ...(
      [
        { muted: true },
        { held: true },
        { heldByRemote: true },
        { quality: 'poor' },
        problem('media/silent-microphone'),
        problem('media/microphone-muted'),
        problem('media/not-receiving'),
        problem('media/playback-blocked'),
      ] as Partial<CallSnapshot>[]
    ).map((more) => scene({ call: callThat({ state: 'active', ...more }) })),
    ...CAUSES.map(([cause]) => scene({ call: ended(cause) })),
    scene({ call: ended('no-device', 'media/device-in-use') }),
    scene({ call: ended('permission-denied', 'media/blocked-by-page') }),
    scene({ call: ended('network', undefined, { answeredAtMs: 0 }) }),
  ]);
  expect(SCENES.filter((one) => !made.has(one))).toEqual([]);
});
