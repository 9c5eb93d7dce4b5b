import type { RouteId } from '../../core/ids.js';
import type { DialerErrorCode, FailureKind } from '../../errors/codes.js';
import { DialerError, type DialerErrorOptions } from '../../errors/dialer-error.js';
import { errorFromSip } from '../../errors/sip.js';
import type { VendorError } from './vendor.js';

/** What is known beside the vendor's error. */
export interface FailureContext {
  readonly route: RouteId;
  /**
   * Whether the callee's telephone had rung.
   * @defaultValue false
   */
  readonly ringing?: boolean | undefined;
}

/** From `https://www.twilio.com/docs/api/errors`; a kind where Twilio's code says more than ours. */
export const CODES: readonly (readonly [DialerErrorCode, readonly number[], FailureKind?])[] = [
  ['auth/token-rejected', [20101, 20151, 31201, 31202, 31203, 31204, 31207]],
  ['auth/token-expired', [20104, 31205]],
  ['provider/over-limit', [31206]],
  [
    'provider/misconfigured',
    [21218, 31001, 31002, 31100, 31101, 31102, 31103, 31104, 31105, 31106, 31400],
  ],
  ['media/permission-denied', [31208, 31401]],
  ['media/device-in-use', [31402]],
  ['media/connection-failed', [31003, 53405, 53407]],
  ['media/negotiation-failed', [53400], 'client'],
  ['media/negotiation-failed', [53401, 53402, 53403, 53404]],
  ['network/signalling-lost', [31009, 53001]],
  ['network/reconnect-failed', [31107, 31209, 31481]],
  ['provider/server-error', [53000]],
  ['provider/timeout', [32016]],
  ['call/cancelled', [31008]],
  ['call/invalid-number', [13223, 13224, 13226]],
  ['call/blocked', [13225, 13227, 21215, 32205]],
];

/** Errors that the SDK makes itself: no message of the far side stands behind them. */
const MADE_HERE: ReadonlySet<number> = new Set([
  31009, 31208, 31401, 31402, 53001, 53400, 53402, 53405,
]);

/** Ends that speak of the way back to a call, not of the call: its far side may live. */
const WAY_BACK_REFUSED: ReadonlySet<number> = new Set([31107, 31209]);

/** After these the SDK leaves a call standing that can not come up any more. */
const NEGOTIATION_FAILED: ReadonlySet<number> = new Set([53400, 53402]);

/** Codes of a connection that could not be made or was lost, when they come from the device. */
const TRANSPORT: ReadonlySet<number> = new Set([31000, 31005, 53001]);

/** The gateway's own frame inside an error, if there is one. */
function frameOf(error: VendorError): Readonly<Record<string, unknown>> {
  const { originalError } = error;
  return typeof originalError === 'object' && originalError !== null
    ? (originalError as Record<string, unknown>)
    : {};
}

/**
 * The number behind an error: the gateway's where the SDK hides it (31503 always arrives as 31005), else the SDK's.
 * An error without a number is 31000, Twilio's own word for "unknown".
 */
export function codeOf(error: VendorError): number {
  const { code } = frameOf(error);
  if (typeof code === 'number') return code;
  return typeof error.code === 'number' ? error.code : 31000;
}

/** Whether the number of an error is in 31400 to 31699 and stands for 31000 plus a SIP response. */
const sipCodeOf = (code: number): number | undefined =>
  code >= 31400 && code < 31700 ? code - 31000 : undefined;

/** What an error of a call means. */
export function callError(
  vendorError: VendorError,
  { route, ringing }: FailureContext,
): DialerError {
  const code = codeOf(vendorError);
  const { retryAfter } = frameOf(vendorError);
  const options: DialerErrorOptions = {
    route,
    providerCode: String(code),
    cause: vendorError,
    ...(typeof retryAfter === 'number' && { retryAfterMs: retryAfter * 1_000 }),
  };
  const listed = CODES.find(([, codes]) => codes.includes(code));
  if (listed) return new DialerError(listed[0], { ...options, kind: listed[2] });
  const sipCode = sipCodeOf(code);
  if (sipCode !== undefined) {
    // Before it rang, a TwiML application without address is told like a number that does not exist.
    const kind = sipCode === 404 && !ringing ? 'unknown' : undefined;
    return errorFromSip(sipCode, { ...options, kind, ringing });
  }
  // 11xxx, 12xxx and 13xxx: the TwiML of the application, or its server, failed.
  const ours = code >= 11_000 && code < 14_000;
  return new DialerError(ours ? 'provider/misconfigured' : 'provider/unexplained', options);
}

/**
 * What an error of the device means. The same numbers as in a call, except that 31000 and 31005 there are the socket:
 * refused, reset, a status other than 101 (browsers hide which).
 */
export function deviceError(vendorError: VendorError, route: RouteId): DialerError {
  const options = { route, providerCode: String(codeOf(vendorError)), cause: vendorError };
  return isTransport(vendorError)
    ? new DialerError('provider/unreachable', options)
    : callError(vendorError, { route });
}

/** Whether an error of the device is about its socket. */
export const isTransport = (error: VendorError): boolean => TRANSPORT.has(codeOf(error));

/** Whether the SDK could not send a message: it keeps it and sends it when the socket is back. */
export const isUndelivered = (error: VendorError): boolean => codeOf(error) === 31009;

/** Whether a call that still stands after this error has to be ended. */
export const isFatal = (error: VendorError): boolean => NEGOTIATION_FAILED.has(codeOf(error));

/** Who ended a call, and whether that proves that no telephone rings, by the error that came with its end. */
export function endedBy(error: VendorError | undefined): {
  readonly by: 'remote' | 'network';
  readonly final: boolean;
} {
  const code = error && codeOf(error);
  const proves = code === undefined || !(MADE_HERE.has(code) || WAY_BACK_REFUSED.has(code));
  return proves ? { by: 'remote', final: true } : { by: 'network', final: false };
}
