import { tagOf } from './address.js';
import { type Header, Headers, type SipRequest, type SipResponse } from './message.js';

/** What a response carries beyond what it repeats of its request. */
export interface ResponseExtras {
  /** The gateway's tag; left out: none is added. */
  readonly tag?: string | undefined;
  /** Further headers. */
  readonly headers?: readonly Header[] | undefined;
  /** Body, SDP. @defaultValue none */
  readonly sdp?: string | undefined;
}

/** Answers one request over the socket that it came by. */
export type Reply = (status: number, extras?: ResponseExtras) => void;

const REASONS: Readonly<Record<number, string>> = {
  100: 'Trying',
  180: 'Ringing',
  183: 'Session Progress',
  200: 'OK',
  202: 'Accepted',
  302: 'Moved Temporarily',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  407: 'Proxy Authentication Required',
  408: 'Request Timeout',
  410: 'Gone',
  415: 'Unsupported Media Type',
  423: 'Interval Too Brief',
  480: 'Temporarily Unavailable',
  481: 'Call/Transaction Does Not Exist',
  484: 'Address Incomplete',
  486: 'Busy Here',
  487: 'Request Terminated',
  488: 'Not Acceptable Here',
  491: 'Request Pending',
  500: 'Server Internal Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Server Time-out',
  600: 'Busy Everywhere',
  603: 'Decline',
  604: 'Does Not Exist Anywhere',
};

const REPEATED = ['Via', 'From', 'Call-ID', 'CSeq', 'Record-Route'] as const;

/** Makes the response to a request (RFC 3261 8.2.6). */
export function responseTo(
  { headers }: SipRequest,
  status: number,
  { tag, headers: further = [], sdp }: ResponseExtras = {},
): SipResponse {
  const to = headers.get('to');
  const tagged = tag === undefined || tagOf(to) !== '' ? to : `${to};tag=${tag}`;
  return {
    kind: 'response',
    status,
    reason: REASONS[status] ?? 'Sent by the lab',
    headers: new Headers([
      ...REPEATED.flatMap((name) => headers.all(name).map((value): Header => [name, value])),
      ['To', tagged],
      ...further,
      ...(sdp === undefined ? [] : [['Content-Type', 'application/sdp'] as const]),
    ]),
    body: sdp ?? '',
  };
}
