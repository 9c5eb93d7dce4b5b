import { connect, type Socket } from 'node:net';
import { Worker } from 'node:worker_threads';

/** A port on which connection attempts get no answer at all. */
export interface BlackHole {
  /** Gives the port back. */
  close(): Promise<void>;
}

/** Listens in a thread that then stands still, so that nothing is ever accepted. */
const LISTENER = `
const { workerData, parentPort } = require('node:worker_threads');
const server = require('node:net').createServer();
server.on('error', (error) => parentPort.postMessage(String(error)));
server.listen({ port: workerData.port, host: '127.0.0.1', backlog: 1 }, () => {
  parentPort.postMessage('listening');
  Atomics.wait(new Int32Array(workerData.lock), 0, 0);
});
`;

/** So many attempts fill the queue of such a listener for certain (the kernel keeps backlog + 1). */
const FILLERS = 4;

/**
 * Turns a port of 127.0.0.1 into a black hole: its queue of pending connections is full, so the kernel drops each further
 * SYN, as a firewall does that drops packets.
 */
export async function openBlackHole(port: number): Promise<BlackHole> {
  const worker = new Worker(LISTENER, {
    eval: true,
    workerData: { port, lock: new SharedArrayBuffer(4) },
  });
  const said = await new Promise<unknown>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  if (said !== 'listening') {
    await worker.terminate();
    throw new Error(`No black hole on port ${port}: ${String(said)}`);
  }
  const fillers: Socket[] = [];
  await new Promise<void>((resolve) => {
    let connected = 0;
    for (let index = 0; index < FILLERS; index += 1) {
      const filler = connect({ port, host: '127.0.0.1' }, () => {
        connected += 1;
        if (connected === 2) resolve();
      });
      filler.on('error', () => {});
      fillers.push(filler);
    }
  });
  return {
    async close() {
      for (const filler of fillers) filler.destroy();
      await worker.terminate();
    },
  };
}
