/** A page with one call button, made with Twilio's SDK as its quickstart shows it: it registers when the page is loaded. */
import { type Call, Device } from '@twilio/voice-sdk';
import { callerQuery, createMoments, offer } from './caller-button.js';

const { host, to } = callerQuery();
const moments = createMoments();
let call: Call | undefined;

const register = async (): Promise<Device> => {
  const response = await fetch('/voice-token/twilio', { method: 'POST' });
  // `chunderw` is where the lab is; the types do not know it.
  const options = { chunderw: host } as Device.Options;
  const device = new Device(await response.text(), options);
  await device.register();
  return device;
};
const registered = register();

offer({
  ready: async () => {
    await registered;
  },
  async dial() {
    moments.restart();
    const device = await registered;
    call = await device.connect({ params: { To: to } });
    call.on('ringing', () => moments.reach('ringing'));
    call.on('accept', () => moments.reach('answered'));
    call.on('disconnect', () => moments.reach('ended'));
    await moments.until('ringing');
  },
  ringing: () => moments.until('ringing'),
  answered: () => moments.until('answered'),
  async hangup() {
    call?.disconnect();
    await moments.until('ended');
  },
  qualitySamples: 0,
});
