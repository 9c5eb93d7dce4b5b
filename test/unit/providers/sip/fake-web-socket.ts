import { afterEach, beforeEach, vi } from 'vitest';

/** A WebSocket that the test moves. */
export class FakeWebSocket {
  /** All that were made in this test, oldest first. */
  static readonly all: FakeWebSocket[] = [];
  /** What the next ones do at once. */
  static mode: 'opens' | 'refuses' | 'hangs' | 'throws' = 'opens';

  readonly url: string;
  readonly protocol: string;
  readonly sent: string[] = [];
  binaryType = 'blob';
  readyState = 0;
  onopen: (() => void) | null = null;
  onclose: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;

  constructor(url: string, protocol: string) {
    if (FakeWebSocket.mode === 'throws') throw new DOMException('insecure', 'SecurityError');
    this.url = url;
    this.protocol = protocol;
    FakeWebSocket.all.push(this);
    const { mode } = FakeWebSocket;
    queueMicrotask(() => {
      if (mode === 'opens') this.open();
      if (mode === 'refuses') this.break();
    });
  }

  /** The one made last. */
  static get newest(): FakeWebSocket {
    const newest = FakeWebSocket.all.at(-1);
    if (!newest) throw new Error('No socket was opened');
    return newest;
  }

  send(text: string): void {
    if (this.readyState !== 1) throw new Error('sent on a socket that is not open');
    this.sent.push(text);
  }

  close(): void {
    this.break();
  }

  open(): void {
    if (this.readyState !== 0) return;
    this.readyState = 1;
    this.onopen?.();
  }

  /** The line breaks, and the browser notices. */
  break(): void {
    if (this.readyState === 3) return;
    this.readyState = 3;
    this.onclose?.();
  }

  /** The server says something. */
  say(data: unknown): void {
    this.onmessage?.({ data });
  }
}

/** Puts it in the place of the browser's, for each test of the file. */
export function useFakeWebSocket(): void {
  beforeEach(() => {
    FakeWebSocket.all.length = 0;
    FakeWebSocket.mode = 'opens';
    vi.stubGlobal('WebSocket', FakeWebSocket);
  });
  afterEach(() => vi.unstubAllGlobals());
}
