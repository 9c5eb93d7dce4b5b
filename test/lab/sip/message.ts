/** SIP messages as text and back (RFC 3261 7), as far as the lab needs them. */

/** One header: name as written, value without the space around it. */
export type Header = readonly [name: string, value: string];

/** The headers of a message, in order. Names are found in any case, and in their short form. */
export class Headers {
  readonly list: readonly Header[];

  constructor(list: readonly Header[]) {
    this.list = list;
  }

  /** All values of a header. */
  all(name: string): readonly string[] {
    return this.list.filter(([known]) => longName(known) === name.toLowerCase()).map(([, v]) => v);
  }

  /** Its first value; empty when there is none. */
  get(name: string): string {
    return this.all(name)[0] ?? '';
  }
}

/** A request. */
export interface SipRequest {
  readonly kind: 'request';
  readonly method: string;
  /** Request-URI. */
  readonly uri: string;
  readonly headers: Headers;
  readonly body: string;
}

/** A response. */
export interface SipResponse {
  readonly kind: 'response';
  readonly status: number;
  readonly reason: string;
  readonly headers: Headers;
  readonly body: string;
}

/** What travels in one WebSocket frame. */
export type SipMessage = SipRequest | SipResponse;

const MANDATORY = ['via', 'from', 'to', 'call-id', 'cseq'] as const;

const SHORT_NAMES: Readonly<Record<string, string>> = {
  b: 'referred-by',
  c: 'content-type',
  e: 'content-encoding',
  f: 'from',
  i: 'call-id',
  k: 'supported',
  l: 'content-length',
  m: 'contact',
  o: 'event',
  r: 'refer-to',
  s: 'subject',
  t: 'to',
  u: 'allow-events',
  v: 'via',
  x: 'session-expires',
};

/** Reads a frame; `undefined` when it is no whole SIP message. */
export function readMessage(text: string): SipMessage | undefined {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const [start = '', ...lines] = text
    .slice(0, end)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n');
  const headers = readHeaders(lines);
  if (headers === undefined) return undefined;
  const body = text.slice(end + 4);
  if (Buffer.byteLength(body) < Number(headers.get('content-length'))) return undefined;
  const [, method, uri] = /^([A-Z]+) (\S+) SIP\/2\.0$/.exec(start) ?? [];
  if (method !== undefined && uri !== undefined) {
    return { kind: 'request', method, uri, headers, body };
  }
  const [, status, reason] = /^SIP\/2\.0 ([1-6]\d\d) ?(.*)$/.exec(start) ?? [];
  if (status === undefined) return undefined;
  return { kind: 'response', status: Number(status), reason: reason ?? '', headers, body };
}

/** Writes a message; its length is added. */
export function writeMessage(message: SipMessage): string {
  const start =
    message.kind === 'request'
      ? `${message.method} ${message.uri} SIP/2.0`
      : `SIP/2.0 ${message.status} ${message.reason}`;
  const headers = message.headers.list.map(([name, value]) => `${name}: ${value}`);
  const length = `Content-Length: ${Buffer.byteLength(message.body)}`;
  return [start, ...headers, length, '', message.body].join('\r\n');
}

/** Number and method of a message's `CSeq`. */
export function sequenceOf({ headers }: SipMessage): {
  readonly number: number;
  readonly method: string;
} {
  const [number = '', method = ''] = headers.get('cseq').split(/\s+/);
  return { number: Number(number), method };
}

/** What names the transaction of a message: the branch of its topmost `Via`. */
export function branchOf({ headers }: SipMessage): string {
  return /;\s*branch=([^;,\s]+)/i.exec(headers.get('via'))?.[1] ?? '';
}

function readHeaders(lines: readonly string[]): Headers | undefined {
  const list: Header[] = [];
  for (const line of lines) {
    const [, name, value] = /^([\w\-.!%*+`'~]+)[ \t]*:[ \t]*(.*?)[ \t]*$/.exec(line) ?? [];
    if (name === undefined || value === undefined) return undefined;
    list.push([name, value]);
  }
  const headers = new Headers(list);
  return MANDATORY.every((name) => headers.get(name) !== '') ? headers : undefined;
}

function longName(name: string): string {
  const lower = name.toLowerCase();
  return SHORT_NAMES[lower] ?? lower;
}
