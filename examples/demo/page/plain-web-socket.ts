/**
 * Lets WebSockets to one host go without TLS. Twilio's SDK always asks for `wss:`, and an ordinary browser refuses the
 * certificate that a carrier on this computer could have. Only the demo needs this.
 * @param host - `host:port`
 */
export function allowPlainWebSocket(host: string): void {
  const Original = globalThis.WebSocket;
  globalThis.WebSocket = class extends Original {
    constructor(address: string | URL, protocols?: string | string[]) {
      const url = new URL(address);
      if (url.host === host) url.protocol = 'ws:';
      super(url, protocols);
    }
  };
}
