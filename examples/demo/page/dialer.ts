import { Dialer } from 'everdial';
import { telnyx } from 'everdial/providers/telnyx';
import { twilio } from 'everdial/providers/twilio';
import type { LabAddresses } from '../protocol.js';

/**
 * The Dialer of this page: the same lines as in an application, but for `sdkOptions`, which send the vendors' SDKs to the
 * simulated carriers on this computer.
 */
export function makeDialer({ telnyx: telnyxUrl, twilio: twilioHost }: LabAddresses): Dialer {
  return new Dialer({
    // A call whose microphone was refused waits for the person; what was chosen outlives the Dialer.
    audio: { recoverMs: 60_000, rememberDevices: true },
    providers: [
      telnyx({ sdkOptions: { host: telnyxUrl } }),
      twilio({ sdkOptions: { chunderw: twilioHost } }),
    ],
    getToken: ({ provider, signal }) =>
      fetch(`/voice-token/${provider}`, { method: 'POST', signal }),
  });
}
