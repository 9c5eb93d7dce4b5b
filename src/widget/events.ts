import type { Call, CallEvents, Dialer, DialOptions } from '../index.js';

/** Payload of `everdial:before-call`. */
export interface BeforeCallDetail {
  /** What is about to be called. */
  readonly to: string;
  /** Changes the options of this call, for example its parameters. Later ones win. */
  setOptions(options: DialOptions): void;
  /**
   * Waits before dialling; `false` or a rejection cancels, anything else does not. Keep it short: browsers forget the click after some seconds.
   */
  waitUntil(promise: Promise<unknown>): void;
}

/**
 * DOM events of `<ever-dial>`: `everdial:` and the name of the call's event, the same payload as `detail`. They bubble
 * and cross shadow roots.
 */
export type EverdialEventMap = {
  [Type in keyof CallEvents as `everdial:${Type}`]: CustomEvent<CallEvents[Type]>;
} & {
  /** The code is there and the element has its Dialer. */
  'everdial:ready': CustomEvent<{ readonly dialer: Dialer }>;
  /** Somebody pressed Call. Cancelable: `preventDefault()` stops it. */
  'everdial:before-call': CustomEvent<BeforeCallDetail>;
  /** The person said how the sound was. */
  'everdial:rated': CustomEvent<{
    readonly rating: 'bad' | 'okay' | 'good';
    readonly call: Call;
  }>;
  /**
   * Something is wrong that belongs to no call: a wrong attribute (a `DialerError`), code that can not be loaded (what the
   * browser threw).
   */
  'everdial:error': CustomEvent<{ readonly error: Error }>;
};

declare global {
  /** Makes `everdial:…` events typed wherever they are listened to: they bubble up to the document. */
  interface GlobalEventHandlersEventMap extends EverdialEventMap {}
}
