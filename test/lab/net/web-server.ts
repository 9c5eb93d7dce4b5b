import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, normalize } from 'node:path';
import { PAGES_ROOT } from '../root.js';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.map': 'application/json',
  '.json': 'application/json',
  '.css': 'text/css; charset=utf-8',
  '.wav': 'audio/wav',
  '.svg': 'image/svg+xml',
};

const BLANK = '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>blank</title>';

/** Answers a request, or says by `false` that it is not for it. */
export type RequestHandler = (
  request: IncomingMessage,
  response: ServerResponse,
) => boolean | Promise<boolean>;

/** The lab's web server. */
export interface WebServer {
  /** Its origin, such as `http://127.0.0.1:40123`: a secure context. */
  readonly origin: string;
  /** Serves a folder below a path, both with a slash at the end. */
  serve(path: string, folder: string): void;
  /** Stops it. */
  close(): Promise<void>;
}

/** Starts the server: `/pages/` has the built pages, `/blank` an empty one, handlers are asked first. */
export async function startWebServer(handlers: readonly RequestHandler[]): Promise<WebServer> {
  const folders = new Map([['/pages/', PAGES_ROOT]]);
  const server = createServer((request, response) => {
    void respond(request, response, handlers, folders);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    serve: (path, folder) => folders.set(path, folder),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  handlers: readonly RequestHandler[],
  folders: ReadonlyMap<string, string>,
): Promise<void> {
  for (const handler of handlers) {
    if (await handler(request, response)) return;
  }
  const path = decodeURIComponent(new URL(request.url ?? '/', 'http://lab').pathname);
  if (path === '/blank') {
    response.setHeader('content-type', 'text/html; charset=utf-8').end(BLANK);
    return;
  }
  const found = [...folders].find(([prefix]) => path.startsWith(prefix));
  const inside = found === undefined ? '' : normalize(path.slice(found[0].length));
  if (found === undefined || inside.startsWith('..')) {
    response.writeHead(404).end();
    return;
  }
  try {
    const body = await readFile(found[1] + inside);
    response
      .setHeader('content-type', TYPES[extname(inside)] ?? 'application/octet-stream')
      .setHeader('cache-control', 'no-store')
      .end(body);
  } catch {
    response.writeHead(404).end();
  }
}
