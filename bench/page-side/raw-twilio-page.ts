/** `@twilio/voice-sdk` as its quickstart shows it, without the Dialer. */
import type { Call, Device } from '@twilio/voice-sdk';
import { startRawPage } from './raw-page.js';

let DeviceClass: typeof Device;
let device: Device;
let call: Promise<Call>;
let onRinging: () => void;
let registered: Promise<void>;

startRawPage({
  async load() {
    DeviceClass = (await import('@twilio/voice-sdk')).Device;
  },
  async connect(token, { host }, tell) {
    onRinging = tell;
    const where = { chunderw: host };
    device = new DeviceClass(token, { ...where, codecPreferences: ['opus', 'pcmu'] as never });
    registered = new Promise((resolve) => device.on('registered', resolve));
    // Not waited for: a call can be placed without it.
    void device.register();
  },
  loggedIn: () => registered,
  dial(to) {
    call = device.connect({ params: { To: to } });
    void call.then((made) => made.on('ringing', onRinging));
  },
  hangup: () => void call.then((made) => made.disconnect()),
  close: () => device.destroy(),
});
