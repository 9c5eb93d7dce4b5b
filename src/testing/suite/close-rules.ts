import type { SuiteRule } from './suite-rule.js';

/** Closing the session. */
export const CLOSE_RULES: readonly SuiteRule[] = [
  {
    name: 'close() without a call frees everything',
    async check(stage) {
      await stage.close(await stage.open());
      await stage.expectNothingOpen();
    },
  },
  ...(['sent', 'progress', 'answered'] as const).map(
    (phase): SuiteRule => ({
      name: `close() with a call at "${phase}" frees everything, and nothing is reported afterwards`,
      async check(stage) {
        const session = await stage.open();
        await stage.dialUntil(phase, session);
        await stage.close(session);
        await stage.expectNothingOpen();
        await stage.subject.end('completed').catch(() => undefined);
        await stage.settle();
        stage.expectNoBreach();
      },
    }),
  ),
  {
    name: 'close() right after dial() frees everything',
    async check(stage) {
      const session = await stage.open();
      await stage.dial(session);
      await stage.close(session);
      await stage.expectNothingOpen();
      await stage.settle();
      stage.expectNoBreach();
    },
  },
  {
    name: 'close() twice, at once and later, does no harm',
    async check(stage) {
      const session = await stage.open();
      await Promise.all([session.close(), session.close()]);
      await stage.close(session);
      await stage.settle();
      stage.expectNoBreach();
    },
  },
  {
    name: 'close() after the connection was lost frees everything',
    async check(stage) {
      const session = await stage.open();
      await stage.subject.dropSignalling();
      await stage.close(session);
      await stage.expectNothingOpen();
      await stage.settle();
      stage.expectNoBreach();
    },
  },
];
