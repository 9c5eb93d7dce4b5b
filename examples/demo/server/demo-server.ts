import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { build } from 'esbuild';
import { PROJECT_ROOT } from '../../../test/lab/root.js';
import { type Lab, startLab } from '../../../test/lab/start-lab.js';
import type { LabAddresses, LabCommand } from '../protocol.js';
import { LabDesk } from './lab-desk.js';

/** The running demo. */
export interface DemoServer {
  /** Address of the page. */
  readonly url: string;
  /** The lab behind it. */
  readonly lab: Lab;
  /** The number of the phone on the page: it rings until somebody answers. */
  readonly number: string;
  /** Stops everything. */
  close(): Promise<void>;
}

/** The scripted phone of the lab that rings until told otherwise. */
const NUMBER = '+12025550107';

/** How often the page is told what has changed, milliseconds. */
const LOOK_MS = 50;

const BUILT = `${PROJECT_ROOT}.cache/demo/`;

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  map: 'application/json',
};

/** Starts the lab, builds the page and serves both on `port` of 127.0.0.1, or on a free port if that one is taken. */
export async function startDemo(port: number): Promise<DemoServer> {
  // All addresses of this machine: an ordinary browser does not offer 127.0.0.1 to WebRTC.
  const [lab] = await Promise.all([startLab({ addresses: 'all' }), buildDemoPage()]);
  const desk = new LabDesk(lab, NUMBER);
  const addresses: LabAddresses = {
    number: NUMBER,
    telnyx: lab.telnyx.url,
    twilio: lab.twilio.plainHost,
  };
  const server = createServer((request, response) => {
    respond(request, response, { lab, desk, addresses }).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });
  await listen(server, port);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    lab,
    number: NUMBER,
    async close() {
      desk.close();
      server.close();
      server.closeAllConnections();
      await lab.close();
    },
  };
}

async function buildDemoPage(): Promise<void> {
  const page = `${PROJECT_ROOT}examples/demo/page/`;
  await build({
    entryPoints: { page: `${page}main.ts`, style: `${page}style.css` },
    outdir: BUILT,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    sourcemap: 'linked',
    chunkNames: 'chunk-[name]-[hash]',
    logLevel: 'warning',
  });
}

interface Parts {
  readonly lab: Lab;
  readonly desk: LabDesk;
  readonly addresses: LabAddresses;
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  { lab, desk, addresses }: Parts,
): Promise<void> {
  // The application's own server: the same endpoint that a real page would have.
  if (await lab.tokens.handle(request, response)) return;
  const path = new URL(request.url ?? '/', 'http://demo').pathname;
  response.setHeader('cache-control', 'no-store');
  if (request.method === 'POST' && path === '/lab') {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    await desk.obey(JSON.parse(Buffer.concat(chunks).toString()) as LabCommand);
    response.writeHead(204).end();
  } else if (path === '/lab.json') {
    response.setHeader('content-type', 'application/json').end(JSON.stringify(addresses));
  } else if (path === '/events') {
    sendEvents(response, desk);
  } else {
    await sendFile(path === '/' ? 'index.html' : path.slice(1), response, addresses);
  }
}

function sendEvents(response: ServerResponse, desk: LabDesk): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  let sent = '';
  const look = (): void => {
    const state = JSON.stringify(desk.state);
    if (state !== sent) response.write(`data: ${state}\n\n`);
    sent = state;
  };
  const timer = setInterval(look, LOOK_MS);
  response.once('close', () => clearInterval(timer));
  look();
}

async function sendFile(
  name: string,
  response: ServerResponse,
  addresses: LabAddresses,
): Promise<void> {
  const isPage = name === 'index.html';
  const folder = isPage ? `${PROJECT_ROOT}examples/demo/page/` : BUILT;
  if (!/^[\w-]+(\.[\w-]+)+$/.test(name)) {
    response.writeHead(404).end();
    return;
  }
  try {
    const file = await readFile(folder + name);
    if (isPage) response.setHeader('content-security-policy', contentSecurityPolicy(addresses));
    response
      .setHeader('content-type', TYPES[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream')
      .end(file);
  } catch {
    response.writeHead(404).end();
  }
}

/** As strict as a page with everdial can be; docs/guide/csp-and-privacy.md explains each part. */
function contentSecurityPolicy({ telnyx, twilio }: LabAddresses): string {
  const carriers = `${telnyx} ${telnyx.replace('ws:', 'http:')} ws://${twilio}`;
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    'media-src mediastream:',
    `connect-src 'self' ${carriers}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

async function listen(server: Server, port: number): Promise<void> {
  const open = (wanted: number): Promise<void> =>
    new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(wanted, '127.0.0.1', () => {
        server.off('error', reject);
        resolve();
      });
    });
  await open(port).catch(() => open(0));
}
