/** `@telnyx/webrtc` as its README shows it, without the Dialer. */
import type { TelnyxRTC } from '@telnyx/webrtc';
import { startRawPage } from './raw-page.js';

let Client: typeof TelnyxRTC;
let client: TelnyxRTC;
let call: ReturnType<TelnyxRTC['newCall']>;

startRawPage({
  async load() {
    Client = (await import('@telnyx/webrtc')).TelnyxRTC;
  },
  connect: (token, { host }, onRinging) =>
    new Promise((resolve, reject) => {
      // `host` and `iceServers` are all that differs from the README. No STUN server can be reached here, and without any the
      // SDK is at its fastest: it waits for the last candidate.
      // `host` is not in the SDK's own type.
      const where = { host, iceServers: [] };
      client = new Client({ login_token: token, ...where });
      client.remoteElement = 'remoteMedia';
      client.on('telnyx.ready', () => resolve());
      client.on('telnyx.error', reject);
      // No notification tells of ringing: only the gateway's own message does.
      client.on('telnyx.socket.message', ({ method }: { method?: string }) => {
        if (method === 'telnyx_rtc.ringing') onRinging();
      });
      void client.connect();
    }),
  loggedIn: async () => undefined,
  dial(to) {
    call = client.newCall({ destinationNumber: to, callerNumber: '+12025550199', audio: true });
  },
  hangup: () => void call.hangup(),
  close: () => void client.disconnect(),
});
