import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';

/** A web server for the files of a folder, an origin of its own. */
export interface StaticServer {
  /** Such as `http://127.0.0.1:40001`. */
  readonly origin: string;
  /** Stops it. */
  close(): Promise<void>;
}

/** How to serve. */
export interface StaticServerOptions {
  /** More headers for each answer. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Pages that are not in the folder: path → text. */
  readonly pages?: Readonly<Record<string, string>>;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
};

/** Starts a server for `folder`. As on a CDN any page may use its files. */
export async function serve(
  folder: string,
  { headers = {}, pages = {} }: StaticServerOptions = {},
): Promise<StaticServer> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const path = normalize(pathname).replace(/\/$/, '/index.html');
    const page = pages[path];
    const text = page === undefined ? readFile(join(folder, path)) : Promise.resolve(page);
    text.then(
      (body) => {
        response.writeHead(200, {
          'content-type': TYPES[extname(path)] ?? 'application/octet-stream',
          'access-control-allow-origin': '*',
          ...headers,
        });
        response.end(body);
      },
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
