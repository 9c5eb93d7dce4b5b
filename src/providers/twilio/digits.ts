import { DialerError } from '../../errors/dialer-error.js';
import { insertDigit } from '../insert-digit.js';
import type { VendorCall } from './vendor.js';

/** What carries the digits of one call. */
export interface DigitLine {
  readonly call: Pick<VendorCall, 'sendDigits'>;
  readonly connection: RTCPeerConnection;
  /** Aborts when the call is over. */
  readonly over: AbortSignal;
}

/**
 * Sends a digit in the sound. Where the far side did not negotiate telephone-events, the SDK sends it by signalling, with
 * a length of its own and without A to D.
 */
export async function sendDigit(
  digit: string,
  toneMs: number,
  { call, connection, over }: DigitLine,
): Promise<void> {
  if (await insertDigit(digit, toneMs, connection, over)) return;
  if (/[A-D]/i.test(digit))
    throw new DialerError('call/not-supported', { detail: 'digits A to D' });
  call.sendDigits(digit);
}
