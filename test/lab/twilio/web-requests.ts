import type { IncomingMessage, ServerResponse } from 'node:http';
import { labNow } from '../clock.js';

/** A plain HTTP request that reached the gateway: sounds or insights, when the test maps the vendor's hosts here. */
export interface WebRequest {
  readonly atMs: number;
  readonly method: string;
  /** Host that the page asked for. */
  readonly host: string;
  readonly path: string;
}

/** Answers so that the SDK is content: CORS allowed, insights swallowed, each sound a short silence. */
export function answerWeb(
  request: IncomingMessage,
  response: ServerResponse,
  onRequest: (request: WebRequest) => void,
): void {
  const method = request.method ?? 'GET';
  const path = request.url ?? '/';
  onRequest({ atMs: labNow(), method, host: request.headers.host ?? '', path });
  request.resume();
  response.setHeader('Access-Control-Allow-Origin', request.headers.origin ?? '*');
  response.setHeader('Access-Control-Allow-Methods', 'GET, POST, OPTIONS');
  response.setHeader(
    'Access-Control-Allow-Headers',
    request.headers['access-control-request-headers'] ?? '*',
  );
  if (method === 'OPTIONS') {
    response.writeHead(204).end();
  } else if (method === 'POST') {
    response.writeHead(200, { 'Content-Type': 'application/json' }).end('{}');
  } else if (path.includes('/sounds/')) {
    response.writeHead(200, { 'Content-Type': 'audio/wav' }).end(shortSilence());
  } else {
    response.writeHead(404).end();
  }
}

/** 20 ms of 8 kHz, 8 bit silence in a WAV file, which decoders take whatever the name says. */
function shortSilence(): Buffer {
  const samples = 160;
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + samples, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(8000, 24);
  header.writeUInt32LE(8000, 28);
  header.writeUInt16LE(1, 32);
  header.writeUInt16LE(8, 34);
  header.write('data', 36);
  header.writeUInt32LE(samples, 40);
  return Buffer.concat([header, Buffer.alloc(samples, 128)]);
}
