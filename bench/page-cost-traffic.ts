import type { CDPSession } from 'playwright-core';
import type { Moment } from './bench.js';

/** What a page has asked of the network since it was opened. */
export interface Traffic {
  /** Bytes that came, as they came: compressed, with headers. */
  readonly bytes: number;
  /** Requests over HTTP, to whomever. */
  readonly requests: number;
  /** Of those, the ones to another origin than the page's own. */
  readonly elsewhere: number;
  /** Of those, the ones for sounds. */
  readonly sounds: number;
  readonly sockets: number;
}

/** Watches the traffic of a page that is still empty. */
export interface TrafficWatch {
  /** So far. */
  now(): Traffic;
  /** Each request so far; times are those since the navigation began. */
  readonly moments: readonly Moment[];
}

/** @param origin - the page's own */
export async function watchTraffic(devTools: CDPSession, origin: string): Promise<TrafficWatch> {
  let traffic: Traffic = { bytes: 0, requests: 0, elsewhere: 0, sounds: 0, sockets: 0 };
  let startedAt: number | undefined;
  const moments: Moment[] = [];
  const add = (more: Partial<Traffic>): void => {
    const sum = (key: keyof Traffic) => traffic[key] + (more[key] ?? 0);
    traffic = {
      bytes: sum('bytes'),
      requests: sum('requests'),
      elsewhere: sum('elsewhere'),
      sounds: sum('sounds'),
      sockets: sum('sockets'),
    };
  };
  const names = new Map<string, { name: string; atMs: number }>();
  devTools.on('Network.requestWillBeSent', ({ requestId, request, timestamp }) => {
    const url = new URL(request.url);
    if (!url.protocol.startsWith('http')) return;
    startedAt ??= timestamp;
    const isElsewhere = url.origin !== origin;
    const isSound = /\.(mp3|wav|ogg)$/.test(url.pathname);
    add({ requests: 1, elsewhere: Number(isElsewhere), sounds: Number(isSound) });
    const name = `${request.method} ${isElsewhere ? url.host : ''}${url.pathname}`;
    names.set(requestId, { name, atMs: (timestamp - startedAt) * 1000 });
  });
  devTools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const moment = names.get(requestId);
    if (moment === undefined) return;
    add({ bytes: encodedDataLength });
    moments.push({ ...moment, name: `${moment.name} ${(encodedDataLength / 1000).toFixed(1)} kB` });
  });
  devTools.on('Network.loadingFailed', ({ requestId, errorText }) => {
    const moment = names.get(requestId);
    if (moment !== undefined) moments.push({ ...moment, name: `${moment.name} ${errorText}` });
  });
  const sockets = new Map<string, string>();
  devTools.on('Network.webSocketCreated', ({ requestId, url }) => {
    add({ sockets: 1 });
    sockets.set(requestId, new URL(url).host);
  });
  devTools.on('Network.webSocketWillSendHandshakeRequest', ({ requestId, timestamp }) => {
    const atMs = (timestamp - (startedAt ?? timestamp)) * 1000;
    moments.push({ name: `WebSocket ${sockets.get(requestId)}`, atMs });
  });
  await devTools.send('Network.enable');
  return { now: () => traffic, moments };
}
