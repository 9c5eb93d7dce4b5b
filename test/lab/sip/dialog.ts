import { randomBytes } from 'node:crypto';
import { readAddress, tagOf } from './address.js';
import { type Header, Headers, type SipRequest, type SipResponse, sequenceOf } from './message.js';

/** What a request carries beyond what every one has. */
export interface RequestExtras {
  readonly headers?: readonly Header[] | undefined;
  readonly body?: string | undefined;
  /** Number of its `CSeq`, for ACK. @defaultValue the next one */
  readonly sequence?: number | undefined;
}

/** Both ends of a dialog, from the gateway's side. */
export interface DialogEnds {
  readonly callId: string;
  /** `From` of the gateway's requests, with its tag. */
  readonly local: string;
  /** Their `To`, with the browser's tag. */
  readonly remote: string;
  /** Their Request-URI: the browser's `Contact`. */
  readonly target: string;
  /** The gateway's `Contact`. */
  readonly contact: string;
}

/** A peer-to-peer relation with a browser (RFC 3261 12). There are no proxies, so no routes. */
export class Dialog {
  readonly #ends: DialogEnds;
  #target: string;
  #localSequence: number;
  #remoteSequence = 0;

  /** @param sequence - of the gateway's last request in it */
  constructor(ends: DialogEnds, sequence = 0) {
    this.#ends = ends;
    this.#target = ends.target;
    this.#localSequence = sequence;
  }

  /** The dialog that the gateway enters with its answer to an INVITE. */
  static ofRequest({ headers }: SipRequest, tag: string, contact: string): Dialog {
    return new Dialog({
      callId: headers.get('call-id'),
      local: `${headers.get('to')};tag=${tag}`,
      remote: headers.get('from'),
      target: readAddress(headers.get('contact')).uri,
      contact,
    });
  }

  /** The dialog that the browser enters with its answer to the gateway's INVITE. */
  static ofResponse(response: SipResponse, contact: string): Dialog {
    const { headers } = response;
    return new Dialog(
      {
        callId: headers.get('call-id'),
        local: headers.get('from'),
        remote: headers.get('to'),
        target: readAddress(headers.get('contact')).uri,
        contact,
      },
      sequenceOf(response).number,
    );
  }

  /** Whether a request of the browser belongs to it. */
  owns({ headers }: SipRequest): boolean {
    const { callId, local, remote } = this.#ends;
    return (
      headers.get('call-id') === callId &&
      tagOf(headers.get('to')) === tagOf(local) &&
      tagOf(headers.get('from')) === tagOf(remote)
    );
  }

  /** Takes note of a request of the browser; false when it is older than another that came before (RFC 3261 12.2.2). */
  take(request: SipRequest): boolean {
    const { number, method } = sequenceOf(request);
    if (number < this.#remoteSequence) return false;
    this.#remoteSequence = number;
    const contact = request.headers.get('contact');
    if ((method === 'INVITE' || method === 'UPDATE') && contact !== '') {
      this.#target = readAddress(contact).uri;
    }
    return true;
  }

  /** Makes a request of the gateway in it. */
  request(method: string, { headers = [], body = '', sequence }: RequestExtras = {}): SipRequest {
    if (sequence === undefined) this.#localSequence += 1;
    const { callId, local, remote, contact } = this.#ends;
    return newRequest(
      method,
      this.#target,
      [
        ['From', local],
        ['To', remote],
        ['Call-ID', callId],
        ['CSeq', `${sequence ?? this.#localSequence} ${method}`],
        ['Contact', contact],
        ...headers,
      ],
      body,
    );
  }
}

/** Makes a request with a branch of its own. */
export function newRequest(
  method: string,
  uri: string,
  headers: readonly Header[],
  body = '',
): SipRequest {
  const via: Header = ['Via', `SIP/2.0/WS lab.example;branch=z9hG4bK${newTag()}`];
  return {
    kind: 'request',
    method,
    uri,
    headers: new Headers([via, ['Max-Forwards', '70'], ...headers]),
    body,
  };
}

/** A tag, or anything else that must be unlike all others. */
export function newTag(): string {
  return randomBytes(8).toString('hex');
}
