/** JSON-RPC 2.0 as the Telnyx WebRTC gateway speaks it. */

/** A request or a response, not yet looked at. */
export interface WireMessage {
  /** The request's id; responses repeat it. */
  readonly id?: string | number | undefined;
  /** Name of the request; missing in responses. */
  readonly method?: string | undefined;
  /** A kind of request of its own, without method (debug reports). */
  readonly type?: string | undefined;
  /** Parameters of the request. */
  readonly params?: WireParams | undefined;
}

/** Parameters that the lab reads; see each request. */
export interface WireParams {
  readonly login_token?: string | undefined;
  readonly login?: string | undefined;
  readonly passwd?: string | undefined;
  readonly sessid?: string | undefined;
  readonly reconnection?: boolean | undefined;
  readonly sdp?: string | undefined;
  readonly action?: string | undefined;
  readonly dtmf?: string | undefined;
  readonly candidate?: string | undefined;
  readonly sdpMid?: string | undefined;
  readonly sdpMLineIndex?: number | undefined;
  readonly callID?: string | undefined;
  readonly dialogParams?: DialogParams | undefined;
}

/** The call that a request is about. */
export interface DialogParams {
  readonly callID?: string | undefined;
  readonly destination_number?: string | undefined;
  readonly caller_id_number?: string | undefined;
  readonly custom_headers?:
    | readonly { readonly name: string; readonly value: string }[]
    | undefined;
}

/** Errors of the lab's gateway. Never -32000: the SDK takes that for "log in again" and does so without end. */
export const WIRE_ERRORS = {
  login: { code: -32001, message: 'Login Incorrect' },
  noCall: { code: -32002, message: 'CALL DOES NOT EXIST' },
  refused: { code: -32003, message: 'CALL REFUSED' },
  answered: { code: -32004, message: 'CALL IS ANSWERED' },
  media: { code: -32005, message: 'MEDIA ERROR' },
} as const;

/** One of the gateway's errors. */
export type WireError = (typeof WIRE_ERRORS)[keyof typeof WIRE_ERRORS];

/** Reads a frame; `undefined` when it is none of ours (the speed test sends plain text). */
export function readMessage(text: string): WireMessage | undefined {
  if (!text.startsWith('{')) return undefined;
  return JSON.parse(text) as WireMessage;
}

/** Custom headers as the network wants them: lower-case names without `x-`. */
export function headersToParams(
  headers: DialogParams['custom_headers'],
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    (headers ?? []).map(({ name, value }) => [name.toLowerCase().replace(/^x-/, ''), value]),
  );
}
