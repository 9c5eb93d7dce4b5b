import type { Call, CallEvents } from '../../index.js';

/** All of them; the type makes sure that none is missing. */
const EVENTS = Object.keys({
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
} satisfies Record<keyof CallEvents, true>) as (keyof CallEvents)[];

/** Fires each event of a call as `everdial:<name>` on the element, until the call has ended. */
export function forwardEvents(call: Call, element: HTMLElement): void {
  for (const type of EVENTS) call.on(type, (detail) => tell(element, type, detail));
}

/** Fires `everdial:<name>`; it bubbles and crosses shadow roots. */
export function tell(element: HTMLElement, type: string, detail: unknown): void {
  element.dispatchEvent(
    new CustomEvent(`everdial:${type}`, { detail, bubbles: true, composed: true }),
  );
}
