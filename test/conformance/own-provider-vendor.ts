import type { exampleCarrier } from '../../examples/own-provider/example-carrier.js';

type VendorSdk = Awaited<ReturnType<Parameters<typeof exampleCarrier>[0]['sdk']>>;
type VendorClient = Awaited<ReturnType<VendorSdk['connect']>>;
type VendorCall = ReturnType<VendorClient['call']>;

const HUNG_UP = 200;

/** The cloud of the made-up vendor of `examples/own-provider`, and its SDK. */
export function simulatedVendor() {
  const clients = new Set<VendorClient>();
  const calls = new Set<SimulatedCall>();
  let last: SimulatedCall | undefined;
  let outcome = 'accept';
  let online = true;
  let sentCalls = 0;

  const connect = async (_token: string, { signal }: { signal: AbortSignal }) => {
    signal.throwIfAborted();
    if (outcome === 'refuse') throw new Error('no route to host');
    if (outcome === 'refuse-token') throw Object.assign(new Error('refused'), { status: 401 });
    if (outcome === 'ignore') {
      await new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
      });
    }
    const client: VendorClient = {
      onclose: undefined,
      call(_to, { stream }) {
        const call = new SimulatedCall(stream, () => calls.delete(call));
        calls.add(call);
        last = call;
        if (online) sentCalls += 1;
        return call;
      },
      async close() {
        clients.delete(client);
        for (const call of calls) call.free();
      },
    };
    clients.add(client);
    return client;
  };

  return {
    sdk: async (): Promise<VendorSdk> => ({ connect }),
    async connection(next: string): Promise<void> {
      outcome = next;
    },
    async emit(type: 'ringing' | 'answered' | 'over', code = HUNG_UP): Promise<void> {
      if (type === 'over') last?.over(code);
      else last?.tell(type);
    },
    async drop(): Promise<void> {
      online = false;
      for (const client of clients) client.onclose?.();
    },
    get sentCalls() {
      return sentCalls;
    },
    get openResources() {
      return clients.size + calls.size;
    },
    async stop(): Promise<void> {
      calls.clear();
      clients.clear();
    },
  };
}

class SimulatedCall implements VendorCall {
  readonly id = 'vendor-call';
  // As much of a peer connection as the adapter touches.
  readonly connection = {
    signalingState: 'stable',
    getSenders: () => [this.#sender],
  } as unknown as RTCPeerConnection;
  readonly #sender = { replaceTrack: async () => undefined };
  readonly #stream: MediaStream | undefined;
  readonly #onFree: () => void;
  readonly #listeners = new Map<string, (payload: never) => void>();

  constructor(stream: MediaStream | undefined, onFree: () => void) {
    this.#stream = stream;
    this.#onFree = onFree;
  }

  on(type: string, listener: (payload: never) => void): void {
    this.#listeners.set(type, listener);
  }

  tell(type: 'ringing' | 'answered'): void {
    this.#listeners.get(type)?.(undefined as never);
  }

  over(code: number): void {
    this.#listeners.get('over')?.(code as never);
    this.#listeners.clear();
  }

  end(): void {
    queueMicrotask(() => this.over(HUNG_UP));
  }

  free(): void {
    this.#listeners.clear();
    Object.assign(this.connection, { signalingState: 'closed' });
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    this.#onFree();
  }

  async dtmf(): Promise<void> {}
}
