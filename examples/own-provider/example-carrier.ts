// A third party's adapter for a vendor that everdial does not know.
import { DialerError } from 'everdial';
import type {
  Leg,
  LegReport,
  LegRequest,
  Provider,
  ProviderContext,
  ProviderSession,
} from 'everdial/providers';

/** What the vendor's SDK looks like. */
interface VendorSdk {
  /** Rejects with `{ status: 401 }` when the token is refused, with anything else when there is no connection. */
  connect(token: string, options: { signal: AbortSignal }): Promise<VendorClient>;
}
interface VendorClient {
  call(to: string, options: VendorCallOptions): VendorCall;
  onclose: (() => void) | undefined;
  close(): Promise<void>;
}
interface VendorCallOptions {
  from: string | undefined;
  headers: Readonly<Record<string, string>>;
  stream: MediaStream | undefined;
}
interface VendorCall {
  readonly id: string;
  readonly connection: RTCPeerConnection;
  on(type: 'sent' | 'ringing' | 'answered', listener: () => void): void;
  on(type: 'sound', listener: (stream: MediaStream) => void): void;
  on(type: 'over', listener: (code: number) => void): void;
  end(): void;
  free(): void;
  dtmf(digit: string): Promise<void>;
}

/** Options of {@link exampleCarrier}. */
export interface ExampleCarrierOptions {
  /**
   * Name of this route.
   * @defaultValue 'example'
   */
  readonly route?: string | undefined;
  /** Fetches the vendor's SDK. */
  readonly sdk: () => Promise<VendorSdk>;
}

/** Makes the provider. */
export function exampleCarrier({ route = 'example', sdk }: ExampleCarrierOptions): Provider {
  return {
    id: 'example',
    route,
    token: 'required',
    capabilities: { digits: 'signalling', ringing: true, callerId: true, confirmsHangup: true }, // no hold, nothing comes in
    origins: ['wss://voice.example.com'],
    async load() {
      await sdk();
    },
    async open(context) {
      const vendor = await sdk();
      const { token } = await context.getToken();
      const client = await vendor
        .connect(token, { signal: context.signal })
        .catch((cause: unknown) => {
          const code = isRefusal(cause) ? 'auth/token-rejected' : 'provider/unreachable';
          throw new DialerError(code, { cause, route });
        });
      return openSession(client, context);
    },
  };
}

const isRefusal = (cause: unknown) =>
  typeof cause === 'object' && cause !== null && 'status' in cause && cause.status === 401;

function openSession(client: VendorClient, context: ProviderContext): ProviderSession {
  client.onclose = () =>
    context.report({
      type: 'connection',
      state: 'failed',
      error: new DialerError('network/signalling-lost'),
    });
  return {
    dial: (request, report) => startLeg(client, request, report),
    close: () => client.close(),
  };
}

function startLeg(client: VendorClient, request: LegRequest, report: LegReport): Leg {
  report({ type: 'sent' }); // before the write: from here on a leg may exist
  const call = client.call(request.to, {
    from: request.from,
    headers: request.params,
    stream: request.stream,
  });
  let hungUp = false;

  report({ type: 'peer-connection', connection: call.connection });
  report({ type: 'identified', providerCallId: call.id });
  call.on('ringing', () => report({ type: 'progress', ringing: true, earlyMedia: false }));
  call.on('answered', () => report({ type: 'answered', evidence: 'signalling' }));
  call.on('sound', (stream) => report({ type: 'remote-stream', stream }));
  call.on('over', (code) =>
    report({ type: 'ended', by: hungUp ? 'local' : 'remote', final: true, error: explain(code) }),
  );

  return {
    native: call,
    hangup: () => {
      hungUp = true;
      call.end();
    },
    release: () => call.free(),
    sendDigit: (digit) => call.dtmf(digit),
    replaceTrack: async (track) => {
      await call.connection.getSenders()[0]?.replaceTrack(track);
    },
  };
}

// The vendor's numbers to ours: the heart of every adapter, kept as a table so that it can be tested as one.
const MEANING = {
  404: 'call/invalid-number',
  480: 'call/unavailable',
  486: 'call/busy',
  503: 'provider/server-error',
  603: 'call/rejected',
} as const;

function explain(code: number): DialerError | undefined {
  if (code === 200) return undefined;
  const meaning = MEANING[code as keyof typeof MEANING] ?? 'provider/unexplained';
  return new DialerError(meaning, { sipCode: code, providerCode: String(code) });
}
