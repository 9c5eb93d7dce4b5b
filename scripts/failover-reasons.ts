import type { CONDITIONS, DECISION_TABLE } from '../src/failover/decision-table.js';

/** A row of the decision table. */
export type RowId = (typeof DECISION_TABLE)[number]['id'];

/** Why each row decides as it does. They are here so that no page has to load them. */
export const REASONS: Readonly<Record<RowId, string>> = {
  silent:
    'The call lives and may ring at any moment. It is cancelled, and asked about again with what is then known.',
  unproven:
    'Nobody can tell whether a telephone rings. Only the person at the page may risk that it rings twice.',
  callee:
    'Busy, declined, absent: that is the answer, and another carrier would ring again for it.',
  forbidden:
    'Fraud control, country, own rules: what one carrier blocks is never tried over another.',
  cancelled: 'Nobody wants the call any more.',
  developer: 'A mistake in the options or in what was sent goes along to every carrier.',
  browser: 'Microphone, page and network of this browser are the same on every route.',
  rang: 'A telephone has rung. Calling again is for the person to decide, who is told what happened.',
  'rang-account':
    'A telephone has rung, and what is wrong takes the owner of the site: calling again would not help.',
  number:
    'A number not in service is so for every carrier. The option `crossCheckNumber` asks one more.',
  'slow-far-side':
    'The carrier took the call and we gave it up for silence: a telephone may have rung without a word of it.',
  offline: 'Without a network no carrier can be reached, and none is to blame.',
  contradiction:
    'What is told of this attempt does not go together, or another dial is not allowed: nothing is risked.',
  'no-route-left': 'Every route was tried.',
  'switches-used-up':
    'Each call that was sent may have reached somebody. `maxSwitches` bounds how many there are.',
  'late-after-sending':
    'After `withinMs` people have gone on to something else, or dialled by hand. They are asked first.',
  late: 'The same, and nothing was sent: calling again is harmless, so it need not be asked about.',
  'fresh-token': 'A token that ran out or was refused is replaced, once for each route.',
  next: 'A fault of the carrier, its account, the way to it, or the sound over it: the next one may do.',
  'unheard-of': 'What is not known here is no reason to dial.',
};

/** What the conditions of the table mean. */
export const CONDITION_TEXTS: Readonly<Record<keyof typeof CONDITIONS, string>> = {
  everywhere: 'not `provider/unsupported`, which speaks for one provider only',
  believed: '`crossCheckNumber` is off',
  offline: 'the browser is offline',
  'our-deadline': '`provider/timeout` without any code of the carrier',
  'not-allowed': '`next` is not in `allowed`',
  'no-route-left': 'no candidate is left, and no token to refresh',
  'switches-used-up': 'more than `maxSwitches` calls were sent, and no token is to refresh',
  'late-after-sending': 'later than `withinMs`, and a call was sent before',
  late: 'later than `withinMs`',
  refreshable: '`auth`, not yet refreshed, and not `auth/token-unavailable`',
};
