import type { RouteId } from '../../core/ids.js';
import { DialerError } from '../../errors/dialer-error.js';
import { errorFromSip } from '../../errors/sip.js';
import type { SipMessage } from './vendor.js';

/** What is known about a call when it ends. */
export interface CallSoFar {
  readonly route: RouteId;
  /** Whether the callee's telephone rang. */
  readonly ringing: boolean;
}

/** Out of the `Reason` headers (RFC 3326): the numbers of a protocol. */
function reason(message: SipMessage, protocol: string): number | undefined {
  const pattern = new RegExp(`^\\s*${protocol}\\s*;.*?cause\\s*=\\s*(\\d+)`, 'i');
  for (const header of message.getHeaders('reason')) {
    const cause = pattern.exec(header.replace(/"[^"]*"/g, ''))?.[1];
    if (cause) return Number(cause);
  }
  return undefined;
}

const retryAfterMs = (message: SipMessage): number | undefined => {
  const seconds = Number.parseInt(message.getHeader('retry-after') ?? '', 10);
  return seconds >= 0 ? seconds * 1_000 : undefined;
};

/** What a final response to our INVITE means. */
export function explainResponse(response: SipMessage, call: CallSoFar): DialerError {
  const { status_code } = response;
  return errorFromSip(status_code, {
    ...call,
    q850Cause: reason(response, 'Q\\.850'),
    retryAfterMs: retryAfterMs(response),
    providerCode: status_code?.toString(),
  });
}

/** What a BYE after the answer means: `undefined` for an ordinary end. */
export function explainBye(bye: SipMessage, call: CallSoFar): DialerError | undefined {
  const q850Cause = reason(bye, 'Q\\.850');
  const error = errorFromSip(reason(bye, 'SIP'), { ...call, q850Cause });
  return error.kind === 'infrastructure' || error.kind === 'media' ? error : undefined;
}

/** Refusals of a login: an unknown account is told as 404 by some. */
const LOGIN_REFUSED: ReadonlySet<number | undefined> = new Set([401, 403, 404, 407]);

/** What a failed registration means; without a response nobody answered. */
export function explainRegistration(response: SipMessage | null, route: RouteId): DialerError {
  const sipCode = response?.status_code;
  if (!response) return new DialerError('provider/timeout', { route });
  const code = LOGIN_REFUSED.has(sipCode) ? 'auth/token-rejected' : 'provider/server-error';
  return new DialerError(code, {
    route,
    sipCode,
    providerCode: sipCode?.toString(),
    retryAfterMs: retryAfterMs(response),
  });
}
