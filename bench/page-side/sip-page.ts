import { type Call, Dialer } from 'everdial';
import { sip } from 'everdial/providers/sip';
import './sip-page-types.js';

let dialer: Dialer | undefined;
let call: Call | undefined;

function present<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('not made yet');
  return value;
}

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
