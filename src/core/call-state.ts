import type { TransitionTable } from './state-machine.js';

/**
 * Where a call stands. A closed list.
 *
 * ```
 * outbound  preparing → connecting → ringing → answered → active ⇄ reconnecting
 * inbound                            ringing → connecting → answered → active ⇄ reconnecting
 *           any → ending → ended                 (ended is the only terminal state)
 * ```
 * `preparing` nothing has been sent: permission, microphone, token, signalling ·
 * `connecting` the call was sent (inbound: our answer was sent) ·
 * `ringing` the callee's telephone rings (inbound: it rings here) ·
 * `answered` the far side took the call ·
 * `active` packets arrive and DTLS is up ·
 * `reconnecting` the connection was lost and is being repaired ·
 * `ending` hanging up, not yet confirmed ·
 * `ended` over, and the microphone is off.
 *
 * `muted`, `held` and `earlyMedia` are flags beside the state: a call on hold is still `active`.
 * `ringing` is skipped when the provider does not tell.
 */
export type CallState =
  | 'preparing'
  | 'connecting'
  | 'ringing'
  | 'answered'
  | 'active'
  | 'reconnecting'
  | 'ending'
  | 'ended';

/** Which call state may follow which. A switch to the next route stays in the state it finds. */
export const CALL_TRANSITIONS = {
  preparing: ['connecting', 'ending', 'ended'],
  connecting: ['ringing', 'answered', 'ending', 'ended'],
  ringing: ['connecting', 'answered', 'ending', 'ended'],
  answered: ['active', 'reconnecting', 'ending', 'ended'],
  active: ['reconnecting', 'ending', 'ended'],
  reconnecting: ['answered', 'active', 'ending', 'ended'],
  ending: ['ended'],
  ended: [],
} as const satisfies TransitionTable<CallState>;
