import type {
  LegEvent,
  LegRequest,
  ProviderContext,
  SessionEvent,
} from '../../../../src/providers/provider.js';
import { createTwilio } from '../../../../src/providers/twilio/adapter.js';
import type { TwilioOptions } from '../../../../src/providers/twilio/options.js';
import { testEnvironment } from '../../../../src/testing/index.js';
import { FakeCall, FakeDevice } from './fake-vendor.js';

const ignore = () => undefined;

/** The provider on a vendor that the test moves, on a simulated clock. */
export function twilioStage(options: TwilioOptions = {}) {
  const { clock, media } = testEnvironment();
  const abort = new AbortController();
  const sessionEvents: SessionEvent[] = [];
  const warnings: string[] = [];
  const devices: FakeDevice[] = [];
  class Device extends FakeDevice {
    constructor(...args: ConstructorParameters<typeof FakeDevice>) {
      super(...args);
      devices.push(this);
    }
  }
  const provider = createTwilio({ ...options, sdk: options.sdk ?? (() => ({ Device })) });
  const context: ProviderContext = {
    signal: abort.signal,
    logger: { debug: ignore, info: ignore, warn: (text) => warnings.push(text), error: ignore },
    clock,
    getToken: async () => ({ token: 'a-token' }),
    report: (event) => sessionEvents.push(event),
    iceServers: [],
    relayOnly: false,
    codecs: ['opus', 'pcmu'],
    maxBitrateKbps: 32,
    vendorTelemetry: false,
  };
  /** Begins to open; gives the device as soon as it is there. */
  const begin = async (changes: Partial<ProviderContext> = {}) => {
    const opening = provider.open({ ...context, ...changes });
    opening.catch(ignore);
    await provider.load(context);
    for (let turn = 0; turn < 20 && devices.length === 0; turn += 1) await Promise.resolve();
    const device = devices.at(-1);
    if (!device) throw new Error('No device was made');
    return { opening, device };
  };
  const open = async (changes: Partial<ProviderContext> = {}) => {
    const { opening, device } = await begin(changes);
    device.logIn();
    return { session: await opening, device };
  };
  return { provider, clock, media, abort, context, sessionEvents, warnings, devices, begin, open };
}

/** Opens a session and dials; the call is there, and nothing has come back. */
export async function dialled(
  options: TwilioOptions = {},
  changes: Partial<LegRequest> = {},
  contextChanges: Partial<ProviderContext> = {},
) {
  const stage = twilioStage(options);
  const { session, device } = await stage.open(contextChanges);
  const call = new FakeCall();
  device.connection = Promise.resolve(call);
  const stream = await stage.media.getUserMedia({ audio: true });
  const events: LegEvent[] = [];
  const request: LegRequest = {
    callId: 'call-1',
    attempt: 1,
    to: '+12025550100',
    from: undefined,
    params: { 'everdial-call-id': 'call-1' },
    stream,
    iceServers: [],
    ...changes,
  };
  const leg = session.dial(request, (event) => events.push(event));
  const tick = () => stage.clock.advance(0);
  await tick();
  return { ...stage, session, device, call, leg, events, request, stream, tick };
}

/** The end as reported, in plain words; fails when there is not exactly one, at the end. */
export function endOf(events: readonly LegEvent[]) {
  const ended = events.filter((event) => event.type === 'ended');
  const [end] = ended;
  if (!end || ended.length !== 1 || events.at(-1) !== end) {
    throw new Error(`reported: ${events.map(({ type }) => type).join(', ')}`);
  }
  return {
    by: end.by,
    final: end.final,
    code: end.error?.code,
    vendor: end.error?.codes.providerCode,
  };
}
