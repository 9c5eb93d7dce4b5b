/** A page with the Telnyx provider over the vendor's own SDK, driven from Node at the height of the provider contract. */
import { telnyx } from 'everdial/providers/telnyx';
import { systemClock } from '../../../../src/core/clock.js';
import { isDialerError } from '../../../../src/errors/dialer-error.js';
import type {
  Leg,
  LegEvent,
  LegRequest,
  Provider,
  ProviderContext,
  ProviderSession,
} from '../../../../src/providers/provider.js';
import type { TelnyxOptions } from '../../../../src/providers/telnyx/index.js';

/** How to open a session; travels as JSON. */
export interface OpenConfig {
  readonly host: string;
  /** First token; each later one is `<token>-2` and so on. */
  readonly token?: string | undefined;
  readonly options?: Omit<TelnyxOptions, 'clientState' | 'sdk'> | undefined;
  /** Changes of the context. */
  readonly context?:
    | Partial<Pick<ProviderContext, 'relayOnly' | 'codecs' | 'vendorTelemetry' | 'iceServers'>>
    | undefined;
  /** Aborts after so many milliseconds. */
  readonly abortAfterMs?: number | undefined;
}

/** How to dial; travels as JSON. */
export interface DialConfig {
  readonly from?: string | undefined;
  readonly params?: Readonly<Record<string, string>> | undefined;
  /** Sends no sound. */
  readonly listenOnly?: boolean | undefined;
  /** The tracks are disabled before the call is made. */
  readonly muted?: boolean | undefined;
  /** The report throws when it hears this type. */
  readonly throwsAt?: LegEvent['type'] | undefined;
  /** It is hung up while this is being reported. */
  readonly hangsUpAt?: LegEvent['type'] | undefined;
}

/** What the page offers to tests. */
export interface AdapterPage {
  /** Opens a session; gives `ready`, or the code of the error. */
  open(config: OpenConfig): Promise<string>;
  /** Code of the error why the provider cannot be used here. */
  unsupported(config: OpenConfig): string | undefined;
  dial(to: string, config?: DialConfig): Promise<void>;
  hangup(): void;
  release(): void;
  /** Gives `done`, or the code of the error. */
  act(what: 'hold' | 'resume' | 'digit 5' | 'token'): Promise<string>;
  /** Sends a tone of this frequency instead, or nothing. */
  replaceTrack(frequency: number | undefined): Promise<void>;
  setMuted(muted: boolean): void;
  close(): Promise<void>;
  /** What the newest leg reported, in short. */
  readonly says: readonly string[];
  /** What the session reported, in short. */
  readonly connection: readonly string[];
  /** What was logged as an error. */
  readonly logged: readonly string[];
  /** Reasons for which tokens were asked for. */
  readonly tokens: readonly string[];
  /** The vendor's state of the newest leg. */
  readonly vendorState: string | undefined;
  /** Whether the microphone itself is live. */
  readonly microphoneLive: boolean;
  /** How often the page or the vendor opened a microphone. */
  readonly microphonesOpened: number;
  /** Listeners for `beforeunload` and `visibilitychange` that are still there. */
  readonly listeners: number;
}

declare global {
  /** Put there by this page. */
  var adapterPage: AdapterPage;
}

let provider: Provider | undefined;
let session: ProviderSession | undefined;
let leg: Leg | undefined;
let microphone: MediaStream | undefined;
let copy: MediaStream | undefined;
let calls = 0;
let microphonesOpened = 0;
let listeners = 0;
const says: string[] = [];
const connection: string[] = [];
const logged: string[] = [];
const tokens: string[] = [];

const { mediaDevices } = navigator;
if (mediaDevices) {
  const getUserMedia = mediaDevices.getUserMedia.bind(mediaDevices);
  mediaDevices.getUserMedia = (constraints) => {
    microphonesOpened += 1;
    return getUserMedia(constraints);
  };
}
countListeners(window, 'beforeunload');
countListeners(document, 'visibilitychange');

function countListeners(target: EventTarget, counted: string): void {
  const prototype = Object.getPrototypeOf(target) as object;
  const { addEventListener, removeEventListener } = target;
  const own: EventTarget['addEventListener'] = function (this: EventTarget, type, ...rest) {
    if (type === counted) listeners += 1;
    addEventListener.call(this, type, ...rest);
  };
  const ownRemove: EventTarget['removeEventListener'] = function (
    this: EventTarget,
    type,
    ...rest
  ) {
    if (type === counted) listeners -= 1;
    removeEventListener.call(this, type, ...rest);
  };
  Object.assign(prototype, { addEventListener: own, removeEventListener: ownRemove });
}

function present<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('not there yet');
  return value;
}

const codeOf = (error: unknown): string => (isDialerError(error) ? error.code : String(error));

function inShort(event: LegEvent): string {
  switch (event.type) {
    case 'progress':
      return `progress${event.ringing ? ' ringing' : ''}${event.earlyMedia ? ' early' : ''}`;
    case 'answered':
      return `answered ${event.evidence}`;
    case 'interrupted':
      return `interrupted ${event.error.code}`;
    case 'ended':
      return `ended ${event.by}${event.final ? ' final' : ''}${event.error ? ` ${event.error.code}` : ''}`;
    default:
      return event.type;
  }
}

function make({ host, options }: OpenConfig): Provider {
  return telnyx({
    ...options,
    sdkOptions: { host, iceServers: [], ...options?.sdkOptions },
    clientState: ({ callId }) => `state of ${callId} ✓`,
  });
}

globalThis.adapterPage = {
  async open(config) {
    const { token = 'lab', context, abortAfterMs } = config;
    const abort = new AbortController();
    if (abortAfterMs !== undefined) setTimeout(() => abort.abort(), abortAfterMs);
    const ignore = () => undefined;
    provider = make(config);
    let asked = 0;
    try {
      session = await provider.open({
        clock: systemClock,
        signal: abort.signal,
        logger: {
          debug: ignore,
          info: ignore,
          warn: ignore,
          error: (message, data) =>
            logged.push(`${message} ${String((data as { error?: unknown })?.error)}`),
        },
        getToken: async (why) => {
          tokens.push(why ?? 'first');
          asked += 1;
          return { token: asked === 1 ? token : `${token}-${asked}`.replace('expired', 'fresh') };
        },
        report: (event) => {
          if (event.type === 'connection') {
            connection.push(`${event.state}${event.error ? ` ${event.error.code}` : ''}`);
          } else connection.push(event.type);
        },
        iceServers: [],
        relayOnly: false,
        codecs: ['opus', 'pcmu'],
        maxBitrateKbps: 32,
        vendorTelemetry: false,
        ...context,
      });
      return 'ready';
    } catch (error) {
      return codeOf(error);
    }
  },
  unsupported: (config) => make(config).unsupported?.()?.code,
  async dial(to, config = {}) {
    calls += 1;
    says.length = 0;
    if (config.listenOnly) copy = undefined;
    else {
      microphone ??= await navigator.mediaDevices.getUserMedia({ audio: true });
      copy = microphone.clone();
      for (const track of copy.getTracks()) track.enabled = !config.muted;
    }
    const callId = `call-${calls}`;
    const request: LegRequest = {
      callId,
      attempt: 1,
      to,
      from: config.from,
      params: { ...config.params, 'everdial-call-id': callId },
      stream: copy,
      iceServers: [],
    };
    leg = present(session).dial(request, (event) => {
      says.push(inShort(event));
      if (event.type === config.hangsUpAt) leg?.hangup();
      if (event.type === config.throwsAt) throw new Error('a report that throws');
    });
  },
  hangup: () => leg?.hangup(),
  release: () => leg?.release(),
  async act(what) {
    try {
      if (what === 'token') await session?.updateToken?.({ token: 'another' });
      else if (what === 'digit 5') await leg?.sendDigit?.('5', 100);
      else await leg?.setHeld?.(what === 'hold');
      return 'done';
    } catch (error) {
      return codeOf(error);
    }
  },
  async replaceTrack(frequency) {
    if (frequency === undefined) return leg?.replaceTrack(null);
    globalThis.everdialLab.setMicrophone({ tone: frequency });
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    return leg?.replaceTrack(stream.getAudioTracks()[0] ?? null);
  },
  setMuted(muted) {
    for (const track of copy?.getTracks() ?? []) track.enabled = !muted;
  },
  async close() {
    await session?.close();
    for (const track of microphone?.getTracks() ?? []) track.stop();
    microphone = undefined;
  },
  says,
  connection,
  logged,
  tokens,
  get vendorState() {
    return (leg?.native as { state?: string } | undefined)?.state;
  },
  get microphoneLive() {
    return microphone?.getTracks().every(({ readyState }) => readyState === 'live') ?? false;
  },
  get microphonesOpened() {
    return microphonesOpened;
  },
  get listeners() {
    return listeners;
  },
};
