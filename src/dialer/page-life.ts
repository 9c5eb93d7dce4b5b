import type { PageEnvironment } from '../core/environment.js';
import type { LiveCall } from './live-call.js';

/** What {@link watchPage} needs. */
export interface PageLifeOptions {
  readonly page: PageEnvironment;
  /** Calls that have not ended, as they are at any moment. */
  readonly calls: readonly LiveCall[];
  /** Closes the connections that no call needs. */
  readonly closeIdle: () => Promise<void>;
  /** Whether the browser asks before the page is left while there is a call. */
  readonly confirm: boolean | undefined;
}

/** The page's life, as far as calls depend on it. */
export interface PageLife {
  /** A call came or ended. */
  update(): void;
  /** Listens and asks no more. */
  stop(): void;
}

/**
 * Ends calls with their page: all of them when it is left, as it may never come back; those without an answer when it is
 * frozen, as nobody here would notice the callee. Connections that no call needs are closed too: an open one may keep the
 * page out of the back-forward cache, and is dead when the page comes back. Nothing is to be done then.
 */
export function watchPage({ page, calls, closeIdle, confirm }: PageLifeOptions): PageLife {
  let stopAsking: (() => void) | undefined;
  const ask = (wanted: boolean) => {
    if (wanted) stopAsking ??= page.confirmLeave();
    else {
      stopAsking?.();
      stopAsking = undefined;
    }
  };
  const stopListening = page.onMoment((moment) => {
    if (moment === 'back') return;
    const leaving = calls.filter((call) => moment === 'left' || call.answeredAtMs === undefined);
    for (const call of leaving) call.leavePage();
    void Promise.all(leaving.map((call) => call.when('ended'))).then(closeIdle);
  });
  return {
    update: () => ask(confirm === true && calls.length > 0),
    stop() {
      stopListening();
      ask(false);
    },
  };
}
