import { type Call, Dialer } from 'everdial';
import { telnyx } from 'everdial/providers/telnyx';
import { twilio } from 'everdial/providers/twilio';
import { endLeg } from '../../test/lab/browser/page-side/end-leg.js';
import { present } from '../../test/lab/browser/page-side/present.js';
import type { PageConfig, PressRecord } from './bench-page-types.js';

const now = (): number => performance.timeOrigin + performance.now();

let dialer: Dialer | undefined;
let call: Call | undefined;

const provider = (carrier: PageConfig['routes'][number], { hosts }: PageConfig) =>
  carrier === 'telnyx'
    ? telnyx({ sdkOptions: { host: hosts.telnyx } })
    : twilio({ sdkOptions: { chunderw: hosts.twilio } });

globalThis.everdialBench = {
  create(config) {
    dialer = new Dialer({
      providers: config.routes.map((carrier) => provider(carrier, config)),
      timeouts: config.timeouts,
      logLevel: 'error',
      getToken: ({ provider: id, signal }) =>
        fetch(`/voice-token/${id}`, { method: 'POST', signal }),
      endLeg: config.endLeg ? endLeg : undefined,
    });
  },
  warmUp: () => present(dialer).warmUp(),
  press(to) {
    const pressedAtMs = now();
    const pressed = present(dialer).dial(to);
    call = pressed;
    return new Promise((resolve) => {
      const tell = (times: Pick<PressRecord, 'ringingAtMs' | 'code'>) =>
        resolve({ ...times, pressedAtMs, callId: pressed.id, timeline: pressed.timeline });
      pressed.on('ringing', () => tell({ ringingAtMs: now(), code: undefined }));
      pressed.on('ended', ({ error }) => tell({ ringingAtMs: undefined, code: error?.code }));
    });
  },
  async hangup() {
    const { attempts } = await present(call).hangup();
    return attempts.map(({ route }) => route);
  },
  close: () => present(dialer).close(),
};
