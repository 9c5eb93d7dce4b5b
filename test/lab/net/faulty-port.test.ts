import { once } from 'node:events';
import { get } from 'node:http';
import { get as getWithTls } from 'node:https';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { labNow } from '../clock.js';
import type { GatewayFaults } from '../types.js';
import { makeCertificate } from './certificate.js';
import { clearFaults, createFaults } from './faults.js';
import { FaultyPort } from './faulty-port.js';
import { DEFAULT_HANDSHAKE } from './handshake.js';

/** After this long an attempt without any answer counts as silence. */
const PATIENCE_MS = 500;

const certificate = await makeCertificate();

let port: FaultyPort;
let faults: GatewayFaults;
let opened: number;
let delayed: number;
let tls: boolean;

async function openPort(withTls: boolean): Promise<void> {
  tls = withTls;
  opened = 0;
  delayed = 0;
  faults = createFaults((tcp) => port.setTcp(tcp));
  port = new FaultyPort({
    ...(withTls ? { certificate } : {}),
    path: '/signal',
    faults,
    settings: {
      get handshakeRoundTrips() {
        delayed += 1;
        return DEFAULT_HANDSHAKE.handshakeRoundTrips;
      },
    },
    onSocket: (socket) => {
      opened += 1;
      socket.on('message', (data) => socket.send(String(data)));
    },
    onRequest: (_request, response) => response.end('hello'),
  });
  await port.open();
}

function newSocket(path = '/signal?v=1'): WebSocket {
  return new WebSocket(`${tls ? 'wss' : 'ws'}://${port.host}${path}`, {
    rejectUnauthorized: false,
  });
}

/** What an ordinary request gets. */
async function body(): Promise<string> {
  const request = tls
    ? getWithTls(`https://${port.host}`, { rejectUnauthorized: false })
    : get(`http://${port.host}`);
  const [response] = await once(request, 'response');
  return text(response);
}

/** How an attempt to open a WebSocket ends. */
async function attempt(path?: string): Promise<string> {
  const socket = newSocket(path);
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

describe.each([
  ['in clear text', false],
  ['with TLS', true],
])('a port with faults, %s', (_how, withTls) => {
  beforeEach(() => openPort(withTls));

  afterEach(() => port.close());

  it('is an ordinary one without them', async () => {
    expect(await attempt()).toBe('open');
    expect(await body()).toBe('hello');
  });

  it('refuses at once while open sockets live, and opens again under the same number', async () => {
    const socket = newSocket();
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
    expect(await attempt()).toMatch(/ECONNRESET|disconnected before secure/);
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

  it('takes the last change also when it comes while another is under way', async () => {
    faults.tcp = 'black-hole';
    await Promise.resolve();
    faults.tcp = 'ok';
    await port.settled();
    expect(await attempt()).toBe('open');
    faults.tcp = 'black-hole';
    await port.settled();
    faults.tcp = 'ok';
    await Promise.resolve();
    faults.tcp = 'refuse';
    await port.settled();
    expect(await attemptTcp()).toBe('ECONNREFUSED');
  });

  it('holds the upgrade, or answers it with a status', async () => {
    faults.upgrade = 'hold';
    const held = attempt();
    await vi.waitFor(() => expect(port.held).toBe(1));
    expect(await held).toBe('silence');
    await vi.waitFor(() => expect(port.held).toBe(0));
    faults.upgrade = 503;
    expect(await attempt()).toContain('503');
    expect(opened).toBe(0);
  });

  it('has WebSockets on its path only', async () => {
    expect(await attempt('/other')).toContain('404');
    expect(opened).toBe(0);
  });

  it('takes three round trips for a handshake on a slow line', async () => {
    faults.delayMs = 20;
    const startedAt = labNow();
    expect(await attempt()).toBe('open');
    expect(labNow() - startedAt).toBeGreaterThan(115);
  });

  it('closes with a socket open, another held and a third on its way', async () => {
    const open = newSocket();
    await once(open, 'open');
    faults.upgrade = 'hold';
    const held = attempt();
    await vi.waitFor(() => expect(port.held).toBe(1));
    Object.assign(faults, { upgrade: 'ok', delayMs: 10_000 });
    const late = attempt();
    await vi.waitFor(() => expect(delayed).toBe(1));
    const gone = once(open, 'close');
    await port.close();
    expect((await gone)[0]).toBe(1006);
    expect(await held).not.toBe('silence');
    expect(await late).not.toBe('silence');
    expect(process.getActiveResourcesInfo()).not.toContain('Timeout');
    expect(await attemptTcp()).toBe('ECONNREFUSED');
  });
});
