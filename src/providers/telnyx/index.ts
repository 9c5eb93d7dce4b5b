/**
 * `everdial/providers/telnyx`: calls over Telnyx by WebRTC.
 * @packageDocumentation
 */
import type { Provider } from '../provider.js';
import { createTelnyx } from './adapter.js';
import type { TelnyxOptions } from './options.js';

export type { TelnyxOptions } from './options.js';

/**
 * Telnyx by WebRTC. Needs the optional peer dependency `@telnyx/webrtc` and tokens made from telephony credentials.
 * Capabilities: native hold, digits by signalling, ringing told, caller ID chosen by the browser, cancel confirmed.
 */
export function telnyx(options: TelnyxOptions = {}): Provider {
  return createTelnyx({ ...options, sdk: options.sdk ?? (() => import('@telnyx/webrtc')) });
}
