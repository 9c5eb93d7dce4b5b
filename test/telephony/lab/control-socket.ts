import { connect, type Socket } from 'node:net';

/** An event of baresip, as it tells it. */
export interface BaresipEvent {
  readonly event?: boolean;
  readonly type: string;
  /** Account: `sip:5550100@…`. */
  readonly accountaor?: string;
  /** The call's SIP Call-ID. */
  readonly id?: string;
  readonly direction?: 'incoming' | 'outgoing';
  /** Digit, or reason of the end. */
  readonly param?: string;
}

/** baresip's control socket: JSON in netstrings. */
export class ControlSocket {
  readonly #socket: Socket;
  #unread = Buffer.alloc(0);

  constructor(socket: Socket, onEvent: (event: BaresipEvent) => void) {
    this.#socket = socket;
    socket.on('error', () => undefined); // The phone is gone.
    socket.on('data', (chunk) => {
      this.#unread = Buffer.concat([this.#unread, chunk]);
      for (let message = this.#next(); message !== undefined; message = this.#next()) {
        const told = JSON.parse(message) as BaresipEvent;
        if (told.event === true) onEvent(told);
      }
    });
  }

  /** Connects; `undefined` when nobody listens yet. */
  static open(
    address: string,
    port: number,
    onEvent: (event: BaresipEvent) => void,
  ): Promise<ControlSocket | undefined> {
    return new Promise((resolve) => {
      const socket = connect(port, address);
      const refused = () => resolve(undefined);
      socket.once('error', refused);
      socket.once('connect', () => {
        socket.off('error', refused);
        resolve(new ControlSocket(socket, onEvent));
      });
    });
  }

  /** Sends a command. */
  send(command: string, params = ''): void {
    const message = JSON.stringify({ command, params, token: 'lab' });
    this.#socket.write(`${Buffer.byteLength(message)}:${message},`);
  }

  close(): void {
    this.#socket.destroy();
  }

  #next(): string | undefined {
    const colon = this.#unread.indexOf(':');
    const length = Number(this.#unread.subarray(0, Math.max(colon, 0)).toString());
    const end = colon + 1 + length;
    if (colon < 0 || this.#unread.length < end + 1) return undefined;
    const message = this.#unread.subarray(colon + 1, end).toString();
    this.#unread = this.#unread.subarray(end + 1);
    return message;
  }
}
