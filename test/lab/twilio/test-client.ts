import { WebSocket } from 'ws';

/** A frame as a test reads it. */
export interface TestFrame {
  readonly type: string;
  readonly payload: Record<string, unknown>;
}

/** A browser of the protocol tests: speaks frames, keeps what comes, answers heartbeats. */
export class TestClient {
  readonly received: TestFrame[] = [];
  heartbeats = 0;
  readonly #socket: WebSocket;
  readonly #wake = new Set<() => void>();
  #closed = false;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data) => this.#onMessage(String(data)));
    socket.on('error', () => {});
    socket.on('close', () => {
      this.#closed = true;
      for (const wake of this.#wake) wake();
    });
  }

  /** Opens `ws(s)://host/signal`. Rejects as `ws` does. */
  static async open(url: string): Promise<TestClient> {
    const socket = new WebSocket(url, { rejectUnauthorized: false });
    const client = new TestClient(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    return client;
  }

  /** Opens and logs in. */
  static async login(url: string, token = 'good'): Promise<TestClient> {
    const client = await TestClient.open(url);
    client.send('listen', { token });
    await client.next('connected');
    return client;
  }

  /** Sends a frame. */
  send(type: string, payload: Record<string, unknown>): void {
    this.#socket.send(JSON.stringify({ type, version: '1.6', payload }));
  }

  /** Sends any text. */
  sendText(text: string): void {
    this.#socket.send(text);
  }

  /** The payload of the next frame of this type that no `next` took before. */
  async next(type: string): Promise<Record<string, unknown>> {
    for (;;) {
      const index = this.received.findIndex((frame) => frame.type === type);
      const [frame] = index < 0 ? [] : this.received.splice(index, 1);
      if (frame !== undefined) return frame.payload;
      if (this.#closed) throw new Error(`Socket closed before ${type}`);
      await this.#change();
    }
  }

  /** Waits until the gateway has closed the socket. */
  async closed(): Promise<void> {
    while (!this.#closed) await this.#change();
  }

  /** Waits for a frame or heartbeat until the condition holds. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await this.#change();
  }

  /** Has the gateway handle everything sent so far: a message is acknowledged, in order. */
  async settle(): Promise<void> {
    this.send('message', { callsid: 'none', voiceeventsid: 'KXsettle', content: '' });
    await this.next('ack');
  }

  /** Closes from this side. */
  close(): void {
    this.#socket.close();
  }

  #onMessage(text: string): void {
    if (text === '\n') {
      this.heartbeats += 1;
      this.#socket.send('\n');
    } else {
      this.received.push(JSON.parse(text) as TestFrame);
    }
    for (const wake of this.#wake) wake();
  }

  async #change(): Promise<void> {
    await new Promise<void>((resolve) => {
      const wake = () => {
        this.#wake.delete(wake);
        resolve();
      };
      this.#wake.add(wake);
    });
  }
}
