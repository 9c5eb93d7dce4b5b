import { type Call, Dialer } from 'everdial';
import { sip } from 'everdial/providers/sip';
import { present } from '../../test/lab/browser/page-side/present.js';
import './sip-page-types.js';

let dialer: Dialer | undefined;
let call: Call | undefined;

globalThis.sipBench = {
  create({ server, domain, username, password }) {
    dialer = new Dialer({
      providers: [sip({ server, domain })],
      getToken: () => ({ token: password, username }),
      logLevel: 'error',
    });
  },
  warmUp: () => present(dialer).warmUp(),
  press(to) {
    globalThis.sipWatch.press();
    const pressed = present(dialer).dial(to);
    call = pressed;
    return new Promise((resolve, reject) => {
      pressed.on('answered', () => resolve(performance.now()));
      pressed.on('ended', ({ error }) => reject(new Error(`it ended: ${error?.code}`)));
    });
  },
  async hangup() {
    const { timeline } = await present(call).hangup();
    const { pressedAt } = globalThis.sipWatch;
    return timeline.map(({ name, atMs }) => ({ name, at: pressedAt + atMs }));
  },
};
