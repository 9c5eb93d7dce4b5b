import { type Bounds, bounded } from '../../core/wait.js';

/** Opens a WebSocket for SIP (RFC 7118 4.1); `undefined` when it does not open in time. */
export function openWebSocket(url: string, bounds: Bounds): Promise<WebSocket | undefined> {
  return bounded(
    bounds,
    (signal) =>
      new Promise<WebSocket | undefined>((resolve) => {
        const socket = new WebSocket(url, 'sip');
        signal.addEventListener('abort', () => socket.close());
        socket.binaryType = 'arraybuffer';
        socket.onopen = () => resolve(socket);
        // What the page's own policy forbids fails without a close.
        socket.onclose = socket.onerror = () => resolve(undefined);
      }),
  ).catch((error: unknown) => {
    if (bounds.signal?.aborted) throw error;
    return undefined;
  });
}
