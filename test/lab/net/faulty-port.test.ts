import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { GatewayFaults } from '../types.js';
import { clearFaults, createFaults } from './faults.js';
import { FaultyPort } from './faulty-port.js';

/** After this long an attempt without any answer counts as silence. */
const PATIENCE_MS = 500;

let port: FaultyPort;
let faults: GatewayFaults;
let opened: number;

beforeEach(async () => {
  opened = 0;
  faults = createFaults((tcp) => port.setTcp(tcp));
  port = new FaultyPort({
    faults,
    handshakeRoundTrips: () => 3,
    onSocket: (socket) => {
      opened += 1;
      socket.on('message', (data) => socket.send(String(data)));
    },
    onRequest: (_request, response) => response.end('hello'),
  });
  await port.open();
});

afterEach(() => port.close());

/** How an attempt to open a WebSocket ends. */
async function attempt(): Promise<string> {
  const socket = new WebSocket(`ws://${port.host}`);
  const how = await new Promise<string>((resolve) => {
    const timer = setTimeout(() => resolve('silence'), PATIENCE_MS);
    const finish = (result: string): void => {
      clearTimeout(timer);
      resolve(result);
    };
    socket.on('open', () => finish('open'));
    socket.on('error', (error) => finish(error.message));
  });
  socket.terminate();
  return how;
}

/** How an attempt to connect by TCP ends. */
async function attemptTcp(): Promise<string> {
  const [host, number] = port.host.split(':');
  return new Promise((resolve) => {
    const finish = (how: string): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(how);
    };
    const timer = setTimeout(() => finish('silence'), PATIENCE_MS);
    const socket = connect({ port: Number(number), host: host ?? '' }, () => finish('connected'));
    socket.on('error', (error) => finish('code' in error ? String(error.code) : error.message));
  });
}

describe('a port with faults', () => {
  it('is an ordinary one without them', async () => {
    expect(await attempt()).toBe('open');
    expect(await (await fetch(`http://${port.host}`)).text()).toBe('hello');
  });

  it('refuses at once while open sockets live, and opens again under the same number', async () => {
    const socket = new WebSocket(`ws://${port.host}`);
    await once(socket, 'open');
    const host = port.host;
    faults.tcp = 'refuse';
    expect(await attemptTcp()).toBe('ECONNREFUSED');
    socket.send('still here');
    expect(String((await once(socket, 'message'))[0])).toBe('still here');
    socket.terminate();
    clearFaults(faults);
    await port.settled();
    expect(port.host).toBe(host);
    expect(await attempt()).toBe('open');
  });

  it('resets what it accepted', async () => {
    faults.tcp = 'reset';
    expect(await attempt()).toContain('ECONNRESET');
    expect(opened).toBe(0);
  });

  it('drops each SYN as a black hole, and can be used again afterwards', async () => {
    faults.tcp = 'black-hole';
    await port.settled();
    expect(await attemptTcp()).toBe('silence');
    faults.tcp = 'ok';
    await port.settled();
    expect(await attempt()).toBe('open');
  });

  it('takes the last of several changes', async () => {
    faults.tcp = 'black-hole';
    faults.tcp = 'refuse';
    faults.tcp = 'ok';
    await port.settled();
    expect(await attempt()).toBe('open');
    faults.tcp = 'ok';
    faults.tcp = 'black-hole';
    faults.tcp = 'refuse';
    await port.settled();
    expect(await attemptTcp()).toBe('ECONNREFUSED');
  });

  it('holds the upgrade, or answers it with a status', async () => {
    faults.upgrade = 'hold';
    expect(await attempt()).toBe('silence');
    faults.upgrade = 503;
    expect(await attempt()).toContain('503');
    expect(opened).toBe(0);
  });
});
