import type { CallEvents } from '../src/dialer/call.js';

/** Every event of a call, for tests that record whatever is told. */
export const CALL_EVENTS = Object.keys({
  'state-changed': true,
  ringing: true,
  answered: true,
  active: true,
  'mute-changed': true,
  'hold-changed': true,
  switched: true,
  reconnecting: true,
  reconnected: true,
  'quality-sample': true,
  'quality-changed': true,
  'problem-changed': true,
  ended: true,
} satisfies Record<keyof CallEvents, true>) as readonly (keyof CallEvents)[];
