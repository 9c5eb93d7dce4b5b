/** A page with one call button, made with Telnyx's SDK as its quickstart shows it: it connects when the page is loaded. */
import { type Call, type IClientOptions, TelnyxRTC } from '@telnyx/webrtc';
import { callerQuery, createMoments, offer } from './caller-button.js';

const { host, to } = callerQuery();
const moments = createMoments();
let activeCall: Call | undefined;

const connect = async (): Promise<TelnyxRTC> => {
  const response = await fetch('/voice-token/telnyx', { method: 'POST' });
  // `host` is where the lab is; the types do not know it.
  const options = { login_token: await response.text(), host } as IClientOptions;
  const client = new TelnyxRTC(options);
  client.remoteElement = 'remoteMedia';
  client.on('telnyx.notification', (notification: { type: string; call?: Call }) => {
    if (notification.type !== 'callUpdate' || notification.call === undefined) return;
    activeCall = notification.call;
    if (activeCall.state === 'active') moments.reach('answered');
    if (activeCall.state === 'destroy') moments.reach('ended');
  });
  // No notification tells of ringing: only the gateway's own message does.
  client.on('telnyx.socket.message', ({ method }: { method?: string }) => {
    if (method === 'telnyx_rtc.ringing') moments.reach('ringing');
  });
  await new Promise<void>((resolve) => {
    client.on('telnyx.ready', () => resolve());
    void client.connect();
  });
  return client;
};
const connected = connect();

offer({
  ready: async () => {
    await connected;
  },
  async dial() {
    moments.restart();
    const client = await connected;
    activeCall = client.newCall({ destinationNumber: to, callerNumber: '+12025550199' });
    await moments.until('ringing');
  },
  ringing: () => moments.until('ringing'),
  answered: () => moments.until('answered'),
  async hangup() {
    void activeCall?.hangup();
    await moments.until('ended');
  },
  qualitySamples: 0,
});
