/** A page with the SIP provider over the unmodified JsSIP, driven from Node at the height of the provider contract. */
import { sip } from 'everdial/providers/sip';
import { systemClock } from '../../../../src/core/clock.js';
import { isDialerError } from '../../../../src/errors/dialer-error.js';
import type {
  InboundLeg,
  Leg,
  LegEvent,
  ProviderSession,
  SessionEvent,
} from '../../../../src/providers/provider.js';
import type { OpenConfig } from './sip-page-types.js';

let session: ProviderSession | undefined;
let leg: Leg | InboundLeg | undefined;
let microphone: MediaStream | undefined;
let copy: MediaStream | undefined;
let calls = 0;
let microphonesOpened = 0;
let dialledAtMs = 0;
let lastError: Readonly<Record<string, unknown>> | undefined;
const says: string[] = [];
const connection: string[] = [];
const tokens: string[] = [];
const incoming: unknown[] = [];

const { mediaDevices } = navigator;
const getUserMedia = mediaDevices.getUserMedia.bind(mediaDevices);
mediaDevices.getUserMedia = (constraints) => {
  microphonesOpened += 1;
  return getUserMedia(constraints);
};

function present<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('not there yet');
  return value;
}

const codeOf = (error: unknown): string => (isDialerError(error) ? error.code : String(error));
const newest = () => present(globalThis.everdialLab.peerConnections().at(-1));

function inShort(event: LegEvent): string {
  switch (event.type) {
    case 'progress':
      return `progress${event.ringing ? ' ringing' : ''}${event.earlyMedia ? ' early' : ''}`;
    case 'answered':
      return `answered ${event.evidence}`;
    case 'identified':
      return `identified ${event.providerCallId}`;
    case 'interrupted':
      return `interrupted ${event.error.code}`;
    case 'remote-hold':
      return `remote-hold ${event.held}`;
    case 'ended':
      return `ended ${event.by}${event.final ? ' final' : ''}${event.error ? ` ${event.error.code}` : ''}`;
    default:
      return event.type;
  }
}

function hear(event: LegEvent): void {
  says.push(inShort(event));
  if (event.type !== 'ended' || !event.error) return;
  const { code, codes, retryAfterMs } = event.error;
  lastError = { code, ...codes, retryAfterMs };
}

function hearSession(event: SessionEvent, choice: OpenConfig['incoming']): void {
  if (event.type === 'connection') {
    connection.push(`${event.state}${event.error ? ` ${event.error.code}` : ''}`);
  } else if (event.type === 'incoming') {
    const { from, to, params } = event;
    incoming.push({ from, to, params });
    if (choice === 'attach') leg = event.attach(hear);
  }
}

async function speak(): Promise<MediaStream> {
  microphone ??= await mediaDevices.getUserMedia({ audio: true });
  copy = microphone.clone();
  return copy;
}

globalThis.sipPage = {
  async open(config) {
    const { server, token = 'secret-visitor', options, context, abortAfterMs } = config;
    const abort = new AbortController();
    if (abortAfterMs !== undefined) setTimeout(() => abort.abort(), abortAfterMs);
    const ignore = () => undefined;
    try {
      session = await sip({ ...options, server, domain: 'lab.example' }).open({
        clock: systemClock,
        signal: abort.signal,
        logger: { debug: ignore, info: ignore, warn: ignore, error: ignore },
        getToken: async (why) => {
          tokens.push(why ?? 'first');
          return { token, username: 'visitor' };
        },
        report: (event) => hearSession(event, config.incoming),
        iceServers: [],
        relayOnly: false,
        codecs: ['opus', 'pcmu'],
        maxBitrateKbps: 32,
        vendorTelemetry: false,
        ...context,
      });
      if (config.incoming) await session.register?.();
      return 'ready';
    } catch (error) {
      return codeOf(error);
    }
  },
  async dial(to, config = {}) {
    calls += 1;
    says.length = 0;
    copy = undefined;
    if (!config.listenOnly) {
      for (const track of (await speak()).getTracks()) track.enabled = !config.muted;
    }
    const callId = `call-${calls}`;
    dialledAtMs = performance.timeOrigin + performance.now();
    leg = present(session).dial(
      {
        callId,
        attempt: 1,
        to,
        from: config.from,
        params: { ...config.params, 'everdial-call-id': callId },
        stream: copy,
        iceServers: [],
      },
      (event) => {
        hear(event);
        if (event.type === config.hangsUpAt) leg?.hangup();
      },
    );
  },
  hangup: () => leg?.hangup(),
  release: () => leg?.release(),
  async act(what) {
    try {
      switch (what) {
        case 'token':
          await session?.updateToken?.({ token: 'secret-visitor', username: 'visitor' });
          break;
        case 'digit 5':
          await leg?.sendDigit?.('5', 100);
          break;
        case 'transfer':
          await leg?.transfer?.('+12025550199');
          break;
        case 'answer':
          await (leg as InboundLeg).answer(await speak());
          break;
        case 'listen':
          await (leg as InboundLeg).answer(undefined);
          break;
        default:
          await leg?.setHeld?.(what === 'hold');
      }
      return 'done';
    } catch (error) {
      return codeOf(error);
    }
  },
  async replaceTrack(frequency) {
    if (frequency === undefined) return leg?.replaceTrack(null);
    globalThis.everdialLab.setMicrophone({ tone: frequency });
    const stream = await mediaDevices.getUserMedia({ audio: true });
    return leg?.replaceTrack(stream.getAudioTracks()[0] ?? null);
  },
  setMuted(muted) {
    for (const track of copy?.getTracks() ?? []) track.enabled = !muted;
  },
  pretend(state, value) {
    Object.defineProperty(newest(), state, { value, configurable: true });
    newest().dispatchEvent(new Event(state.toLowerCase().replace('state', 'statechange')));
    Reflect.deleteProperty(newest(), state);
  },
  async close() {
    await session?.close();
    for (const track of microphone?.getTracks() ?? []) track.stop();
    microphone = undefined;
  },
  hurry(ms, lengths) {
    const { setTimeout } = globalThis.window;
    const hurried = (handler: TimerHandler, delay?: number, ...args: unknown[]) =>
      setTimeout(handler, lengths.includes(delay ?? 0) ? ms : delay, ...args);
    Object.assign(globalThis, { setTimeout: hurried });
  },
  async remoteCandidates() {
    const found: string[] = [];
    for (const stat of (await newest().getStats()).values()) {
      if (stat.type === 'remote-candidate') found.push(stat.candidateType);
    }
    return found;
  },
  says,
  connection,
  tokens,
  incoming,
  get lastError() {
    return lastError;
  },
  get dialledAtMs() {
    return dialledAtMs;
  },
  get isEnabled() {
    return copy?.getTracks().every(({ enabled }) => enabled) ?? false;
  },
  get microphonesOpened() {
    return microphonesOpened;
  },
};
