// What goes wrong outside of the package: each has its own code and a remedy, and nothing keeps running.
import { Dialer, DialerError, type DialerOptions, isDialerError } from 'everdial';
import type { Provider } from 'everdial/providers';
import { sandbox, sandboxNumbers } from 'everdial/providers/sandbox';
import { type TestEnvironment, testEnvironment } from 'everdial/testing';
import { expect, test } from 'vitest';

const needingToken = (): Provider => ({ ...sandbox(), token: 'required' });
const refusedBy = (exception: Error) => (environment: TestEnvironment) => {
  environment.media.getUserMedia = () => Promise.reject(exception);
};

interface Trouble {
  readonly to?: string;
  readonly options?: Partial<DialerOptions>;
  readonly prepare?: (environment: TestEnvironment) => void;
  readonly permission?: 'denied' | 'prompt';
  readonly answer?: 'denied' | 'dismissed';
}

const TROUBLES: readonly (readonly [what: string, code: string, trouble: Trouble])[] = [
  ['a wrong number', 'call/invalid-number', { to: '555-0123' }],
  ['an emergency number', 'call/emergency-number', { to: '911' }],
  [
    'a getToken that throws',
    'auth/token-unavailable',
    {
      options: {
        providers: [needingToken()],
        getToken: () => {
          throw new TypeError('Failed to fetch');
        },
      },
    },
  ],
  [
    'a token server that is down',
    'auth/token-unavailable',
    {
      options: {
        providers: [needingToken()],
        getToken: () => new Response('', { status: 503 }),
      },
    },
  ],
  [
    'a token that is no string',
    'config/invalid-option',
    { options: { providers: [needingToken()], getToken: () => 42 as unknown as string } },
  ],
  [
    'an insecure page',
    'media/insecure-context',
    { prepare: refusedBy(new DialerError('media/insecure-context')) },
  ],
  [
    'a frame without allow="microphone"',
    'media/blocked-by-page',
    { prepare: refusedBy(new DialerError('media/blocked-by-page')) },
  ],
  ['no microphone', 'media/device-not-found', { prepare: ({ media }) => media.unplug('default') }],
  ['a microphone that is denied', 'media/permission-denied', { permission: 'denied' }],
  [
    'a question that is answered with no',
    'media/permission-denied',
    { permission: 'prompt', answer: 'denied' },
  ],
  [
    'a question that is dismissed',
    'media/permission-dismissed',
    { permission: 'prompt', answer: 'dismissed' },
  ],
  ['a question that nobody answers', 'media/permission-dismissed', { permission: 'prompt' }],
  [
    'a microphone that another program has',
    'media/device-in-use',
    { prepare: ({ media }) => media.setBusy('default', true) },
  ],
  [
    'a browser without WebRTC',
    'support/no-webrtc',
    {
      options: {
        providers: [{ ...sandbox(), unsupported: () => new DialerError('support/no-webrtc') }],
      },
    },
  ],
  [
    'a vendor package that is missing, or blocked by the Content-Security-Policy',
    'provider/sdk-not-loaded',
    {
      options: {
        providers: [
          { ...sandbox(), load: () => Promise.reject(new DialerError('provider/sdk-not-loaded')) },
        ],
      },
    },
  ],
  ['no network', 'network/offline', { prepare: (environment) => environment.setOnline(false) }],
];

test.each(TROUBLES)('%s: %s', async (_what, code, trouble) => {
  const { to = sandboxNumbers.answers, options, prepare, permission, answer } = trouble;
  const environment = testEnvironment({ permission });
  const { clock, media } = environment;
  prepare?.(environment);
  const dialer = new Dialer({
    providers: [sandbox()],
    getToken: () => 'token',
    logLevel: 'silent',
    ...options,
    environment,
  });
  const call = dialer.dial(to);
  if (answer) {
    await clock.advance(1_000);
    media.answerPrompt(answer);
  }
  const { error, media: receipt } = await clock.until(call.when('ended'));
  expect(error?.code).toBe(code);
  expect(receipt).toMatchObject({ released: true, liveTracks: 0 });
  expect(error?.summary).toMatch(/\.$/);
  expect(error?.remedy).toMatch(/\.$/);

  await clock.until(dialer.close());
  expect([clock.pendingTimers, media.liveTracks, dialer.calls]).toEqual([0, 0, []]);
});

test.each<readonly [what: string, code: string, options: object]>([
  ['no providers', 'config/invalid-option', { providers: [] }],
  ['a missing getToken', 'config/invalid-option', { providers: [needingToken()] }],
  ['the same route twice', 'config/duplicate-route', { providers: [sandbox(), sandbox()] }],
])('%s: %s, when the Dialer is made', (_what, code, options) => {
  let thrown: unknown;
  try {
    new Dialer(options as DialerOptions);
  } catch (error) {
    thrown = error;
  }
  expect(isDialerError(thrown) && [thrown.code, thrown.remedy !== '']).toEqual([code, true]);
});

test.each([0, 1, 25, 60, 120, 320, 1_900, 5_000])(
  'closing the Dialer %i ms after the click leaves nothing',
  async (afterMs) => {
    const environment = testEnvironment();
    const { clock, media } = environment;
    const provider = sandbox();
    const dialer = new Dialer({ providers: [provider], environment });
    const call = dialer.dial(sandboxNumbers.answers);
    await clock.advance(afterMs);
    const startMs = clock.monotonicNow();
    await clock.until(dialer.close());
    expect(clock.monotonicNow() - startMs).toBeLessThanOrEqual(5_000);
    expect([call.state, call.outcome?.media.liveTracks]).toEqual(['ended', 0]);
    const seen = provider.history.length;
    await clock.advance(60_000);
    expect([clock.pendingTimers, media.liveTracks, media.playingTones]).toEqual([0, 0, 0]);
    expect(provider.history).toHaveLength(seen);
    expect(['stopped-ringing', 'hung-up', undefined]).toContain(provider.history.at(-1)?.event);
  },
);
