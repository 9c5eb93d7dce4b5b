import type { DialerErrorCode } from '../../../../src/errors/codes.js';
import type {
  LegEvent,
  LegRequest,
  ProviderContext,
  SessionEvent,
} from '../../../../src/providers/provider.js';
import {
  type SandboxOptions,
  type SandboxProvider,
  sandbox,
  sandboxNumbers,
} from '../../../../src/providers/sandbox/index.js';
import { testEnvironment } from '../../../../src/testing/index.js';

const ignore = () => undefined;

/** A sandbox on a simulated clock, and what it reported. */
export function sandboxStage(options: SandboxOptions = {}, provider = sandbox(options)) {
  const { clock, media } = testEnvironment();
  const abort = new AbortController();
  const connection: SessionEvent[] = [];
  const context: ProviderContext = {
    signal: abort.signal,
    logger: { debug: ignore, info: ignore, warn: ignore, error: ignore },
    clock,
    getToken: () => Promise.reject(new Error('the sandbox needs no token')),
    report: (event) => connection.push(event),
    iceServers: [],
    relayOnly: false,
    codecs: ['opus'],
    maxBitrateKbps: 32,
    vendorTelemetry: false,
  };
  const open = () => clock.until(provider.open(context));
  return { provider, clock, media, abort, connection, context, open };
}

/** Opens the sandbox and sends one call; `says` gives the reports so far in short words. */
export async function dialled(options: SandboxOptions = {}, to: string = sandboxNumbers.answers) {
  const stage = sandboxStage(options);
  const session = await stage.open();
  const stream = await stage.media.getUserMedia({ audio: true });
  const events: LegEvent[] = [];
  const request: LegRequest = {
    callId: 'call-1',
    attempt: 1,
    to,
    from: undefined,
    params: {},
    stream,
    iceServers: [],
  };
  const leg = session.dial(request, (event) => events.push(event));
  return { ...stage, session, leg, events, request, says: () => events.map(inShort) };
}

/** What happened to the telephones, in short words. */
export const historyOf = ({ history }: SandboxProvider): readonly string[] =>
  history.map(({ event, digit }) => (digit === undefined ? event : `${event} ${digit}`));

/** The code of the end, and its numbers. */
export function endOf(events: readonly LegEvent[]) {
  const ended = events.find((event) => event.type === 'ended');
  if (!ended) throw new Error('it has not ended');
  const { by, final, error } = ended;
  const code: DialerErrorCode | undefined = error?.code;
  return { by, final, code, sip: error?.codes.sipCode, q850: error?.codes.q850Cause };
}

function inShort(event: LegEvent): string {
  switch (event.type) {
    case 'progress':
      return [event.ringing && 'ringing', event.earlyMedia && 'early media']
        .filter(Boolean)
        .join(' and ');
    case 'remote-hold':
      return event.held ? 'held by the far side' : 'taken back';
    case 'ended':
      return `ended by ${event.by}`;
    default:
      return event.type;
  }
}
