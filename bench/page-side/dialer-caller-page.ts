/** A page with one call button, made with everdial over both carriers. */
import { type Call, Dialer, warmUpOnIntent } from 'everdial';
import { telnyx } from 'everdial/providers/telnyx';
import { twilio } from 'everdial/providers/twilio';
import { callButton, callerQuery, createMoments, offer } from './caller-button.js';

const { carrier, host, to } = callerQuery();
const carriers = {
  telnyx: telnyx({ sdkOptions: { host } }),
  twilio: twilio({ sdkOptions: { chunderw: host } }),
};
const dialer = new Dialer({
  providers:
    carrier === 'telnyx' ? [carriers.telnyx, carriers.twilio] : [carriers.twilio, carriers.telnyx],
  getToken: ({ provider, signal }) => fetch(`/voice-token/${provider}`, { method: 'POST', signal }),
});
const moments = createMoments();
const button = callButton();
let call: Call | undefined;
let qualitySamples = 0;

warmUpOnIntent(dialer, button);

offer({
  ready: () => dialer.warmUp(),
  dial() {
    moments.restart();
    call = dialer.dial(to);
    call.on('ringing', () => moments.reach('ringing'));
    call.on('answered', () => moments.reach('answered'));
    call.on('quality-sample', ({ sample }) => {
      qualitySamples += 1;
      button.title = `MOS ${sample.mos}`;
    });
    return moments.until('ringing');
  },
  ringing: () => moments.until('ringing'),
  answered: () => moments.until('answered'),
  async hangup() {
    await call?.hangup();
  },
  get qualitySamples() {
    return qualitySamples;
  },
});
