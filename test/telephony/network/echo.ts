import { type ChildProcess, spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { createInterface, type Interface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Echoes, Order } from './fixtures/browser-side.js';
import type { Link } from './link.js';

/** How to measure. */
export interface Measure {
  /** Number of datagrams or messages. @defaultValue 20 */
  readonly count?: number;
  /** @defaultValue 'udp' */
  readonly over?: 'udp' | 'tcp';
  /** Name of the sockets, as given to {@link Echo.open}. @defaultValue 'first', which is open from the start */
  readonly from?: string;
  /** Milliseconds between two. @defaultValue 5 */
  readonly gapMs?: number;
  /** How long to wait for the last echo, in milliseconds. @defaultValue 1000 */
  readonly waitMs?: number;
  /** Size without headers. @defaultValue 100 */
  readonly bytes?: number;
}

/** An echo at the gateway, and a program on the browser's side that uses it. */
export interface Echo {
  /** Opens sockets from the browser's address of this moment. */
  open(name: string): Promise<void>;
  /** Sends, and tells what came back. */
  measure(options?: Measure): Promise<Echoes>;
  /** Stops both. */
  close(): Promise<void>;
}

/** Starts both ends of an echo over the link. */
export async function startEcho(link: Link): Promise<Echo> {
  const udp = createSocket('udp4');
  udp.on('message', (message, from) => udp.send(message, from.port, from.address));
  udp.bind(0, link.gatewayAddress);
  const connections = new Set<Socket>();
  const tcp = createServer((socket) => {
    connections.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => undefined).pipe(socket);
  });
  tcp.listen(0, link.gatewayAddress);
  await Promise.all([once(udp, 'listening'), once(tcp, 'listening')]);

  const program = fileURLToPath(new URL('fixtures/browser-side.ts', import.meta.url));
  const ports = [udp.address().port, (tcp.address() as AddressInfo).port].map(String);
  const [command = '', ...prefix] = link.exec;
  const child: ChildProcess = spawn(
    command,
    [...prefix, process.execPath, '--import', 'tsx', program, link.gatewayAddress, ...ports],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const ended = once(child, 'exit');
  const answers: Interface = createInterface({ input: child.stdout ?? process.stdin });
  async function ask(order: Order): Promise<Echoes> {
    const answer = once(answers, 'line');
    child.stdin?.write(`${JSON.stringify(order)}\n`);
    return JSON.parse((await answer)[0] as string) as Echoes;
  }
  const open = async (name: string): Promise<void> => {
    await ask({ open: name });
  };
  await open('first');
  return {
    open,
    measure: (options = {}) =>
      ask({
        count: 20,
        over: 'udp',
        from: 'first',
        gapMs: 5,
        waitMs: 1000,
        bytes: 100,
        ...options,
      }),
    async close() {
      child.stdin?.end();
      await ended;
      udp.close();
      for (const connection of connections) connection.resetAndDestroy();
      await new Promise((resolve) => tcp.close(resolve));
    },
  };
}
