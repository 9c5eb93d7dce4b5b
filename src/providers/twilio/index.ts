/**
 * `everdial/providers/twilio`: calls over Twilio Programmable Voice.
 * @packageDocumentation
 */
import type { Provider } from '../provider.js';
import { createTwilio } from './adapter.js';
import type { TwilioOptions } from './options.js';

export type { ServerHoldRequest, TwilioOptions } from './options.js';

/**
 * Twilio Programmable Voice. Needs the optional peer dependency `@twilio/voice-sdk`, access tokens, and
 * `answerOnBridge` in the TwiML. Capabilities: no hold, digits by RTP, ringing told, caller ID decided by the server,
 * cancel not confirmed.
 * @example
 * const dialer = new Dialer({ providers: [twilio()], getToken });
 */
export function twilio(options: TwilioOptions = {}): Provider {
  return createTwilio({ ...options, sdk: options.sdk ?? (() => import('@twilio/voice-sdk')) });
}
