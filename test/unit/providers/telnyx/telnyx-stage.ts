import { afterEach, beforeEach, vi } from 'vitest';
import { isDialerError } from '../../../../src/errors/dialer-error.js';
import type {
  Leg,
  LegEvent,
  LegRequest,
  ProviderContext,
  ProviderSession,
  SessionEvent,
} from '../../../../src/providers/provider.js';
import { createTelnyx } from '../../../../src/providers/telnyx/adapter.js';
import type { TelnyxOptions } from '../../../../src/providers/telnyx/options.js';
import { testEnvironment } from '../../../../src/testing/index.js';
import { type FakeCall, FakeTelnyx } from './fake-telnyx.js';

/** A stream that holds tracks; the environment of unit tests has none. */
class PlainStream {
  readonly #tracks: readonly MediaStreamTrack[];
  constructor(tracks: readonly MediaStreamTrack[] = []) {
    this.#tracks = tracks;
  }
  getTracks(): readonly MediaStreamTrack[] {
    return this.#tracks;
  }
}

const CODECS = ['audio/PCMU', 'audio/opus', 'audio/telephone-event', 'audio/G722'].map(
  (mimeType) => ({ mimeType }),
);

/** Gives the tests of a file the browser's parts that the adapter names. */
export function useBrowserParts(): void {
  beforeEach(() => {
    vi.stubGlobal('MediaStream', PlainStream);
    vi.stubGlobal('RTCPeerConnection', class {});
    vi.stubGlobal('RTCRtpReceiver', { getCapabilities: () => ({ codecs: CODECS }) });
  });
  afterEach(() => {
    vi.unstubAllGlobals();
  });
}

/** Reports of a leg in short words. */
export function inShort(event: LegEvent): string {
  switch (event.type) {
    case 'progress':
      return `progress${event.ringing ? ' ringing' : ''}${event.earlyMedia ? ' early' : ''}`;
    case 'answered':
      return `answered ${event.evidence}`;
    case 'ended':
      return `ended ${event.by}${event.final ? ' final' : ''}${event.error ? ` ${event.error.code}` : ''}`;
    default:
      return event.type;
  }
}

/** A provider over the fake vendor, on a simulated clock. */
export class TelnyxStage {
  readonly clients: FakeTelnyx[] = [];
  /** Levels that the vendor's logger was set to. */
  readonly logLevels: string[] = [];
  readonly #environment = testEnvironment();
  readonly clock = this.#environment.clock;
  readonly abort = new AbortController();
  readonly connection: string[] = [];
  readonly said: string[] = [];
  readonly tokens: string[] = [];
  readonly logged: string[] = [];
  readonly context: ProviderContext;
  readonly provider;
  #session: ProviderSession | undefined;
  #leg: Leg | undefined;
  stream: MediaStream | undefined;

  constructor(options: TelnyxOptions = {}, changes: Partial<ProviderContext> = {}) {
    const { clients, logLevels } = this;
    class Client extends FakeTelnyx {
      constructor(given: Readonly<Record<string, unknown>>) {
        super(given);
        clients.push(this);
      }
      get __logger() {
        return { setLevel: (level: string) => logLevels.push(level) };
      }
    }
    this.provider = createTelnyx({ ...options, sdk: () => ({ TelnyxRTC: Client }) });
    const ignore = () => undefined;
    const note = (message: string) => this.logged.push(message);
    this.context = {
      signal: this.abort.signal,
      logger: { debug: ignore, info: ignore, warn: note, error: note },
      clock: this.clock,
      getToken: async (why) => {
        this.tokens.push(why ?? 'first');
        return { token: `token-${this.tokens.length}` };
      },
      report: (event) => this.connection.push(shortConnection(event)),
      iceServers: [],
      relayOnly: false,
      codecs: ['opus', 'pcmu'],
      maxBitrateKbps: 32,
      vendorTelemetry: false,
      ...changes,
    };
  }

  get client(): FakeTelnyx {
    return present(this.clients.at(-1));
  }

  get session(): ProviderSession {
    return present(this.#session);
  }

  get leg(): Leg {
    return present(this.#leg);
  }

  /** The vendor's object of the newest call. */
  get call(): FakeCall {
    return this.leg.native as FakeCall;
  }

  /** Begins to open, up to the moment when the vendor's client connects. */
  async opening(): Promise<Promise<string>> {
    const outcome = this.provider.open(this.context).then(
      (session) => {
        this.#session = session;
        return 'open';
      },
      (error: unknown) => (isDialerError(error) ? error.code : String(error)),
    );
    await vi.waitFor(() => present(this.clients.at(-1)?.said.includes('connect') || undefined));
    return outcome;
  }

  async open(): Promise<void> {
    const outcome = this.opening();
    await vi.waitFor(() => present(this.clients.at(-1)?.said.includes('connect') || undefined));
    this.client.comeUp();
    await outcome;
    present(this.#session);
  }

  async dial(changes: Partial<LegRequest> = {}): Promise<void> {
    this.stream = await this.#environment.media.getUserMedia({ audio: true });
    this.#leg = this.session.dial(
      {
        callId: 'call-1',
        attempt: 1,
        to: '+12025550100',
        from: undefined,
        params: { 'everdial-call-id': 'call-1' },
        stream: this.stream,
        iceServers: [],
        ...changes,
      },
      (event) => this.said.push(inShort(event)),
    );
  }

  /** Dials over an open session, up to this phase. */
  async dialled(phase: 'unsent' | 'sent' | 'ringing' | 'answered' = 'sent'): Promise<void> {
    await this.open();
    await this.dial();
    if (phase === 'unsent') return;
    this.call.send();
    if (phase === 'sent') return;
    this.frame('ringing');
    if (phase === 'answered') this.frame('answer');
  }

  frame(method: string, params: object = {}): void {
    this.client.frame(method, { callID: this.call.id, ...params });
  }

  /** Lets what waits for the next turn happen. */
  settle(): Promise<void> {
    return this.clock.advance(0);
  }
}

function shortConnection(event: SessionEvent): string {
  if (event.type !== 'connection') return event.type;
  return `${event.state}${event.error ? ` ${event.error.code}` : ''}`;
}

function present<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('not there yet');
  return value;
}
