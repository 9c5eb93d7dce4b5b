import { DialerError, isDialerError } from '../../errors/dialer-error.js';
import { describe, expectThat, rejectionOf } from './expect-that.js';
import type { Stage } from './stage.js';
import type { SuiteRule } from './suite-rule.js';

const OPENING_FAMILIES = ['provider/', 'network/'];

async function expectRefusal(stage: Stage, families: readonly string[]): Promise<void> {
  const error = await rejectionOf(
    stage.provider.open(stage.context()).then((session) => stage.adopt(session)),
    'open() resolved although the vendor refused',
  );
  expectThat(
    isDialerError(error) && families.some((family) => error.code.startsWith(family)),
    `open() must reject with ${families.join(' or ')}…, it rejected with ${describe(error)}`,
  );
  await stage.settle();
  await stage.expectNothingOpen();
}

/** Making, loading and opening. */
export const OPEN_RULES: readonly SuiteRule[] = [
  {
    name: 'a provider says who it is and where it connects to',
    async check({ provider }) {
      expectThat(provider.id !== '', 'id is empty');
      expectThat(provider.route !== '', 'route is empty');
      for (const origin of provider.origins) {
        const isOrigin = /^(wss?|https?):\/\/[^/]+$/.test(origin);
        expectThat(isOrigin, `origins must be like wss://voice.example.com, one is ${origin}`);
      }
      const obstacle = provider.unsupported?.();
      expectThat(
        obstacle === undefined,
        `it can not be tested where it can not be used: ${describe(obstacle)}`,
      );
    },
  },
  {
    name: 'load() may be called several times and opens nothing',
    async check(stage) {
      await stage.provider.load(stage.context());
      await Promise.all([
        stage.provider.load(stage.context()),
        stage.provider.load(stage.context()),
      ]);
      const { openResources } = stage.subject;
      expectThat(openResources === 0, `load() opened ${openResources} resources`);
    },
  },
  {
    name: 'open() connects when the vendor accepts',
    async check(stage) {
      await stage.open();
      expectThat(stage.subject.sentCalls === 0, 'open() sent a call');
    },
  },
  {
    name: 'open() rejects with provider/… or network/… when the vendor can not be reached',
    async check(stage) {
      await stage.subject.connection('refuse');
      await expectRefusal(stage, OPENING_FAMILIES);
    },
  },
  {
    name: 'open() rejects with auth/… when the vendor refuses the token',
    async check(stage) {
      await stage.subject.connection('refuse-token');
      await expectRefusal(stage, ['auth/']);
    },
  },
  {
    name: 'open() passes on why there is no token, and leaves nothing open',
    async check(stage) {
      if (stage.provider.token === 'none') return;
      await stage.subject.connection('accept');
      const refusal = new DialerError('auth/token-unavailable');
      const getToken = () => Promise.reject(refusal);
      const error = await rejectionOf(
        stage.provider.open(stage.context({ getToken })).then((session) => stage.adopt(session)),
        'open() resolved without a token',
      );
      expectThat(
        isDialerError(error, 'auth/token-unavailable'),
        `open() must reject with auth/token-unavailable, it rejected with ${describe(error)}`,
      );
      await stage.expectNothingOpen();
    },
  },
  {
    name: 'open() that gets no answer stops when the signal aborts, and leaves nothing open',
    async check(stage) {
      await stage.subject.connection('ignore');
      let settled = false;
      const opening = stage.provider.open(stage.context());
      const settle = () => {
        settled = true;
      };
      opening.then((session) => stage.adopt(session)).then(settle, settle);
      await stage.settle();
      expectThat(!settled, 'open() settled although the vendor was silent: it owns no deadline');
      stage.abort.abort();
      await stage.eventually(
        () => settled,
        () => 'open() did not settle after the signal had aborted',
      );
      await rejectionOf(opening, 'open() resolved after the signal had aborted');
      await stage.expectNothingOpen();
      expectThat(stage.sessionEvents.length === 0, 'something was reported after the abort');
    },
  },
  {
    name: 'open() that is aborted at once leaves nothing open',
    async check(stage) {
      await stage.subject.connection('accept');
      const opening = stage.provider.open(stage.context());
      stage.abort.abort();
      // The connection may have won the race: then it is an ordinary session.
      await opening.then(
        (session) => stage.close(session),
        () => undefined,
      );
      await stage.expectNothingOpen();
    },
  },
];
