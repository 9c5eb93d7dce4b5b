/** The Dialer beside the raw SDKs. */
import { type Call, Dialer, warmUpOnIntent } from 'everdial';
import { telnyx } from 'everdial/providers/telnyx';
import { twilio } from 'everdial/providers/twilio';
import { type CallerConfig, callButton } from './caller-types.js';
import { createTold } from './told.js';

let dialer: Dialer;
let call: Call;
let dialledAt = 0;
let told = createTold();

const provider = ({ carrier, host }: CallerConfig) =>
  carrier === 'telnyx'
    ? telnyx({ sdkOptions: { host } })
    : twilio({ sdkOptions: { chunderw: host } });

globalThis.caller = {
  create(config) {
    dialer = new Dialer({
      providers: [provider(config)],
      logLevel: 'error',
      getToken: ({ provider: id, signal }) =>
        fetch(`/voice-token/${id}`, { method: 'POST', signal }),
    });
    const button = callButton();
    if (config.warm) warmUpOnIntent(dialer, button);
    button.addEventListener('click', () => {
      told = createTold();
      dialledAt = performance.now();
      call = dialer.dial(config.to);
      call.on('ringing', () => told.ring());
      call.on('ended', ({ error }) => told.fail(new Error(`it ended: ${error?.code}`)));
    });
  },
  ready: () => dialer.warmUp(),
  told: () => told.at,
  async hangup() {
    const { timeline } = await call.hangup();
    return timeline.map(({ name, atMs }) => ({ name, at: dialledAt + atMs }));
  },
  close: () => dialer.close(),
};
